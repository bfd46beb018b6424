/* SPDX-License-Identifier: MIT
 * Gathering rows one after the other: features are numbered as they come, and numbered anew as columns at the end, in
 * place, so that entries are stored once, in four bytes. Not thread-safe. */
#ifndef STANCE_TRAIN_ROWS_GATHER_H
#define STANCE_TRAIN_ROWS_GATHER_H

#include "rows.h"

struct rows_run { /* consecutive entries of one value */
  float value;
  uint32_t count;
};

/* One unit's entries by value: repeated ids added up. A workspace: make it
 * {0}, free it with rows_sorted_free. */
struct rows_sorted {
  uint64_t *ids; /* [count], by run */
  struct rows_run *runs;
  size_t count, run_count;
  struct rows_slot *slots; /* work space of rows_sort */
  struct rows_slot *items;
  size_t slot_count, capacity;
};
/* Sorts a unit's features into runs, in the order of their first appearance. */
enum stance_status rows_sort(const uint64_t *ids, const float *values, size_t count, struct rows_sorted *out,
                             struct stance_error *error);
/* Frees what it holds. */
void rows_sorted_free(struct rows_sorted *sorted);

struct rows_feature {
  uint64_t id;
  uint32_t rows, first_row;
};

/* Make it {0}. Free it with rows_gather_free. */
struct rows_gather {
  struct rows rows;              /* columns are numbers of features until rows_gather_finish */
  struct rows_feature *features; /* in order of appearance */
  uint32_t *slots;               /* open addressing: index in `features` + 1; 0: free */
  size_t slot_count, feature_count, feature_capacity, entry_capacity, value_capacity, row_capacity, dense_capacity;
};
/* Adds a row. dense [dense_count]: the values of zones, of which all rows have as many. */
enum stance_status rows_gather_add(struct rows_gather *gather, const uint64_t *ids, const struct rows_run *runs,
                                   size_t run_count, const float *dense, size_t dense_count,
                                   struct stance_error *error);
/* Drops features of fewer than min_count rows and numbers the others as columns. *out takes the rows. */
enum stance_status rows_gather_finish(struct rows_gather *gather, size_t min_count, struct rows *out,
                                      struct stance_error *error);
/* Frees what it holds. */
void rows_gather_free(struct rows_gather *gather);

#endif
