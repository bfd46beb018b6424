/* SPDX-License-Identifier: MIT
 * From keys, which are hashes, to two small numbers of the caller's. Equal hashes are taken for equal keys; where texts must be compared, see
 * hash_index.h.
 *
 *   struct stance_hash_cell *cell = stance_hash_map_put(&map, hash);
 *   if (!cell) return stance_fail_memory(error);
 *   if (!cell->count++) cell->value = first;
 *
 * May include base/ alone; for all. One thread at a time while keys are put; any number may get.
 */
#ifndef STANCE_HASH_MAP_H
#define STANCE_HASH_MAP_H

#include <stddef.h>
#include <stdint.h>

struct stance_hash_cell {
  uint64_t key; /* 0: free */
  uint32_t value, count;
};

/* Open addressing in a power of two of cells, at most half of them taken: 32 to 64 bytes a key. A zeroed map is empty. */
struct stance_hash_map {
  struct stance_hash_cell *cells; /* free ones among them: to walk over all, skip those of key 0 */
  size_t mask, count;             /* mask: cells - 1 */
};

/* The key's cell; a new one has value and count 0. It moves when the next key is put. Key 0 shares the cell of key 1. NULL: out of memory,
 * nothing was changed. */
struct stance_hash_cell *stance_hash_map_put(struct stance_hash_map *map, uint64_t key);
/* The key's cell; NULL: it was never put. */
struct stance_hash_cell *stance_hash_map_get(const struct stance_hash_map *map, uint64_t key);
/* Frees what it holds; the map is empty then. */
void stance_hash_map_free(struct stance_hash_map *map);

#endif
