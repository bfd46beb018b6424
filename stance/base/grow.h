/* SPDX-License-Identifier: MIT
 * Lists on the heap that become longer. May include nothing; for all. Thread-safe. */
#ifndef STANCE_GROW_H
#define STANCE_GROW_H

#include <stddef.h>

/* Room for at least `needed` items of `size` bytes: returns items itself while *capacity (in items) suffices, else moves them to a block
 * that is at least twice as large, and sets *capacity. New items are not zeroed; free() frees the list. NULL when memory is out or the size
 * overflows: items and *capacity are then as they were. items NULL and *capacity 0: an empty list. */
void *stance_grow(void *items, size_t *capacity, size_t needed, size_t size);

#endif
