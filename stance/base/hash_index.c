/* SPDX-License-Identifier: MIT */
#include "hash_index.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 64 };

static void put(struct stance_hash_index *index, const struct stance_hash_slot *slot) {
  size_t at = slot->hash & index->mask;
  while (index->slots[at].number) at = (at + 1) & index->mask;
  index->slots[at] = *slot;
}

static bool grow(struct stance_hash_index *index) {
  size_t size = index->slots ? (index->mask + 1) * 2 : FIRST_SLOTS;
  struct stance_hash_index wider = {calloc(size, sizeof *wider.slots), size - 1, index->count};
  if (!wider.slots) return false;
  /* Items with one hash keep their order: the copy starts after a free slot, so no run of items is cut. */
  size_t start = 0;
  while (index->slots && index->slots[start].number) start++;
  for (size_t i = 0; index->slots && i <= index->mask; i++) {
    const struct stance_hash_slot *slot = &index->slots[(start + i) & index->mask];
    if (slot->number) put(&wider, slot);
  }
  free(index->slots);
  *index = wider;
  return true;
}

bool stance_hash_index_add(struct stance_hash_index *index, uint64_t hash, size_t item) {
  if (item >= STANCE_HASH_NONE - 1) return false;
  if ((!index->slots || (index->count + 1) * 2 > index->mask + 1) && !grow(index)) return false;
  put(index, &(struct stance_hash_slot){hash, (uint32_t)item + 1});
  index->count++;
  return true;
}

void stance_hash_index_clear(struct stance_hash_index *index) {
  if (index->slots) memset(index->slots, 0, (index->mask + 1) * sizeof *index->slots);
  index->count = 0;
}

void stance_hash_index_free(struct stance_hash_index *index) {
  free(index->slots);
  *index = (struct stance_hash_index){0};
}
