/* SPDX-License-Identifier: MIT */
#include "grow.h"

#include <stdint.h>
#include <stdlib.h>

#include "memory.h"

void *stance_grow(void *items, size_t *capacity, size_t needed, size_t size) {
  if (needed <= *capacity && items) return items;
  size_t larger = *capacity < 16 ? 16 : *capacity;
  while (larger < needed) {
    if (larger > SIZE_MAX / 2) return NULL;
    larger *= 2;
  }
  if (size && larger > SIZE_MAX / size) return NULL;
  void *result = realloc(items, larger * size);
  if (result) *capacity = larger;
  else stance_memory_note_out();
  return result;
}
