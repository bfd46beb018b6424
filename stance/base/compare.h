/* SPDX-License-Identifier: MIT
 * Comparison functions for qsort, and a test of a text's ending. Includes no other header of ours. Thread-safe. */
#ifndef STANCE_COMPARE_H
#define STANCE_COMPARE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static inline int stance_by_double(const void *a, const void *b) { /* not for NaN */
  const double *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

static inline int stance_by_u64(const void *a, const void *b) {
  const uint64_t *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

/* An item to be sorted by key; items with equal keys are sorted by index. */
struct stance_keyed {
  uint64_t key;
  size_t index;
};
static inline int stance_by_key(const void *a, const void *b) {
  const struct stance_keyed *x = a, *y = b;
  if (x->key != y->key) return x->key < y->key ? -1 : 1;
  return (x->index > y->index) - (x->index < y->index);
}

static inline bool stance_ends_with(const char *text, const char *ending) {
  size_t length = strlen(text), end = strlen(ending);
  return length >= end && memcmp(text + length - end, ending, end) == 0;
}

#endif
