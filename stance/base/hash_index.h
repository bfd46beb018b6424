/* SPDX-License-Identifier: MIT
 * From hashes to the numbers of items, which stand in an array of the caller's. Many items may have one hash: the caller compares.
 *
 *   for (size_t at = stance_hash_index_start(&index, hash); (i = stance_hash_index_next(&index, hash, &at)) != STANCE_HASH_NONE;)
 *     if (is_same(&items[i], key)) return i;
 *
 * The tables of names, lexicon, model and word cache are not made so: they lie in files, or in few lines of the processor's cache.
 * May include base/ alone; for all. One thread at a time while it is added to.
 */
#ifndef STANCE_HASH_INDEX_H
#define STANCE_HASH_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { STANCE_HASH_NONE = 0xffffffff };

struct stance_hash_slot {
  uint64_t hash;
  uint32_t number; /* of the item, from 1; 0: free */
};

/* Open addressing in a power of two of slots, at most half of them taken. A zeroed one is empty. */
struct stance_hash_index {
  struct stance_hash_slot *slots;
  size_t mask, count;
};

/* Adds item `item` (less than STANCE_HASH_NONE) under the hash, beside what stands there already. False: out of memory, nothing was
 * changed. */
bool stance_hash_index_add(struct stance_hash_index *index, uint64_t hash, size_t item);
/* Forgets all, keeps the memory. */
void stance_hash_index_clear(struct stance_hash_index *index);
/* Frees what it holds. */
void stance_hash_index_free(struct stance_hash_index *index);

static inline size_t stance_hash_index_start(const struct stance_hash_index *index, uint64_t hash) {
  return hash & index->mask;
}
/* The items under the hash, one a call, as they were added; STANCE_HASH_NONE: no more. */
static inline uint32_t stance_hash_index_next(const struct stance_hash_index *index, uint64_t hash, size_t *at) {
  if (!index->slots) return STANCE_HASH_NONE;
  for (;; *at = (*at + 1) & index->mask) {
    const struct stance_hash_slot *slot = &index->slots[*at];
    if (!slot->number) return STANCE_HASH_NONE;
    if (slot->hash != hash) continue;
    *at = (*at + 1) & index->mask;
    return slot->number - 1;
  }
}
/* The first item under the hash, for those who take equal hashes for equal items. */
static inline uint32_t stance_hash_index_find(const struct stance_hash_index *index, uint64_t hash) {
  size_t at = stance_hash_index_start(index, hash);
  return stance_hash_index_next(index, hash, &at);
}

#endif
