/* SPDX-License-Identifier: MIT
 * Growing arrays on the heap. Includes no other header of ours. Thread-safe. */
#ifndef STANCE_GROW_H
#define STANCE_GROW_H

#include <stddef.h>

/* Makes room for at least `needed` items of `size` bytes. Returns items itself while *capacity (in items) suffices,
 * else moves them to a block at least twice as large and sets *capacity. New items are not zeroed. items NULL and
 * *capacity 0: a new array. NULL: out of memory or overflow; items and *capacity are unchanged. free() the array. */
void *stance_grow(void *items, size_t *capacity, size_t needed, size_t size);

#endif
