/* SPDX-License-Identifier: MIT
 * A hash table from 64-bit hashes to two 32-bit numbers of the caller's. Equal hashes count as equal keys; to compare
 * texts, use hash_index.h.
 *
 *   struct stance_hash_cell *cell = stance_hash_map_put(&map, hash);
 *   if (!cell) return stance_fail_memory(error);
 *   if (!cell->count++) cell->value = first;
 *
 * May include base/ only. Putting needs exclusive access; any number of threads may get.
 */
#ifndef STANCE_HASH_MAP_H
#define STANCE_HASH_MAP_H

#include <stddef.h>
#include <stdint.h>

struct stance_hash_cell {
  uint64_t key; /* 0: free */
  uint32_t value, count;
};

/* Open addressing, a power of two of cells, at most half of them taken: 32 to 64 bytes per key. Zeroed is empty. */
struct stance_hash_map {
  struct stance_hash_cell *cells; /* [mask + 1]; cells with key 0 are free */
  size_t mask, count;
};

/* Finds or makes the key's cell; a new one has value and count 0. Valid until the next put. Key 0 shares the cell of
 * key 1. NULL: out of memory, and nothing changed. */
struct stance_hash_cell *stance_hash_map_put(struct stance_hash_map *map, uint64_t key);
/* The key's cell; NULL: none. */
struct stance_hash_cell *stance_hash_map_get(const struct stance_hash_map *map, uint64_t key);
/* Frees what it holds; the map is empty then. */
void stance_hash_map_free(struct stance_hash_map *map);

#endif
