/* SPDX-License-Identifier: MIT
 * A hash table from hashes to indices of the caller's array. Several items may have one hash: the caller compares.
 *
 *   size_t at = stance_hash_index_start(&index, hash);
 *   while ((i = stance_hash_index_next(&index, hash, &at)) != STANCE_HASH_NONE)
 *     if (is_same(&items[i], key)) return i;
 *
 * The tables of names, lexicon, model and word cache have layouts of their own, for files or for the processor's cache.
 * May include base/ only. Adding needs exclusive access; any number of threads may search.
 */
#ifndef STANCE_HASH_INDEX_H
#define STANCE_HASH_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { STANCE_HASH_NONE = 0xffffffff };

struct stance_hash_slot {
  uint64_t hash;
  uint32_t number; /* index of the item + 1; 0: free */
};

/* Open addressing, a power of two of slots, at most half of them taken. Zeroed is empty. */
struct stance_hash_index {
  struct stance_hash_slot *slots;
  size_t mask, count;
};

/* Adds `item` (less than STANCE_HASH_NONE) under the hash, besides others with the same hash. False: out of memory, and
 * nothing changed. */
bool stance_hash_index_add(struct stance_hash_index *index, uint64_t hash, size_t item);
/* Removes all items, keeps the memory. */
void stance_hash_index_clear(struct stance_hash_index *index);
/* Frees what it holds. */
void stance_hash_index_free(struct stance_hash_index *index);

static inline size_t stance_hash_index_start(const struct stance_hash_index *index, uint64_t hash) {
  return hash & index->mask;
}
/* The next item under the hash, in the order of adding; STANCE_HASH_NONE: no more. *at: from
 * stance_hash_index_start. */
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
/* The first item under the hash, if equal hashes mean equal items; STANCE_HASH_NONE: none. */
static inline uint32_t stance_hash_index_find(const struct stance_hash_index *index, uint64_t hash) {
  size_t at = stance_hash_index_start(index, hash);
  return stance_hash_index_next(index, hash, &at);
}

#endif
