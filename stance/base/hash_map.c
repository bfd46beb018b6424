/* SPDX-License-Identifier: MIT */
#include "hash_map.h"

#include <stdbool.h>
#include <stdlib.h>

enum { FIRST_CELLS = 64 };

/* The key's cell, or the free cell for it. Fibonacci hashing (Knuth, TAOCP 3, 6.4) spreads small and consecutive
 * keys. */
static struct stance_hash_cell *cell_of(const struct stance_hash_map *map, uint64_t key) {
  size_t at = (size_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 20) & map->mask;
  while (map->cells[at].key && map->cells[at].key != key) at = (at + 1) & map->mask;
  return &map->cells[at];
}

static bool grow(struct stance_hash_map *map) {
  size_t size = map->cells ? (map->mask + 1) * 2 : FIRST_CELLS;
  struct stance_hash_map wider = {calloc(size, sizeof *wider.cells), size - 1, map->count};
  if (!wider.cells) return false;
  for (size_t i = 0; map->cells && i <= map->mask; i++)
    if (map->cells[i].key) *cell_of(&wider, map->cells[i].key) = map->cells[i];
  free(map->cells);
  *map = wider;
  return true;
}

struct stance_hash_cell *stance_hash_map_put(struct stance_hash_map *map, uint64_t key) {
  key += !key;
  if ((!map->cells || (map->count + 1) * 2 > map->mask + 1) && !grow(map)) return NULL;
  struct stance_hash_cell *cell = cell_of(map, key);
  if (!cell->key) {
    cell->key = key;
    map->count++;
  }
  return cell;
}

struct stance_hash_cell *stance_hash_map_get(const struct stance_hash_map *map, uint64_t key) {
  if (!map->cells) return NULL;
  struct stance_hash_cell *cell = cell_of(map, key + !key);
  return cell->key ? cell : NULL;
}

void stance_hash_map_free(struct stance_hash_map *map) {
  free(map->cells);
  *map = (struct stance_hash_map){0};
}
