/* SPDX-License-Identifier: MIT
 * Units as sparse rows. Features are computed once; all folds, labels and parameters use the same rows.
 *
 *   records -> features -> rows_gather (features numbered as they come) -> columns: frequent first, rare ones dropped */
#ifndef STANCE_TRAIN_ROWS_H
#define STANCE_TRAIN_ROWS_H

#include "pool.h"
#include "stance/features/feature.h"
#include "stance/labels/record.h"

/* A row has few different values (14 in 180 entries of dyads), so its columns stand by value: the first of each value has
 * the bit ROWS_NEXT, which goes on to the row's next value.
 *
 *   const float *value = rows->values + rows->first_value[row] - 1;
 *   for (size_t e = rows->first[row]; e < rows->first[row + 1]; e++) {
 *     value += rows->columns[e] >> 31;
 *     ... rows->columns[e] & ROWS_COLUMN, *value ...
 *   }
 *
 * Columns are numbered by the number of their rows, most first, then by first appearance, so that they do not depend on
 * threads and the weights used most lie together. The values of zones are the last dense_count columns, of all rows. */
#define ROWS_NEXT UINT32_C(0x80000000)
#define ROWS_COLUMN UINT32_C(0x7fffffff)
struct rows {
  size_t count, column_count, dense_count;
  size_t *first;        /* [count + 1]: the row's first entry */
  size_t *first_value;  /* [count + 1] */
  uint32_t *columns;    /* [first[count]]: ascending among those of a value */
  float *values;        /* [first_value[count]] */
  float *dense;         /* [count][dense_count] */
  uint64_t *ids;        /* [column_count]: feature ids */
  uint32_t *row_counts; /* [column_count]: the number of rows that have the feature; of zones, of all */
  uint32_t *seen_in;    /* [column_count]: the first row that has the feature, from which its name is made */
  size_t dropped;       /* number of features in fewer than min_count rows */
};

struct base;
struct rows_settings {
  const struct stance_lexicon *lexicon;
  const struct stance_vectors *vectors; /* NULL: none */
  const struct base *base;              /* whose decision values are columns too; NULL: none */
  stance_template_set templates;
  size_t threads, min_count; /* min_count: least number of rows that must have a feature */
};

/* Values of zones are columns too: the i-th has the id ROWS_DENSE + i (a hash is that large with probability
 * 2^-48). */
#define ROWS_DENSE (UINT64_MAX - 0xffff)
/* So are the decision values of a base (base.h): that of its label k has the id ROWS_BASE + k. */
#define ROWS_BASE (ROWS_DENSE - 0x10000)
static inline bool rows_is_base(uint64_t id) { return id >= ROWS_BASE && id < ROWS_DENSE; }

/* Makes the rows of the records' units. Free with rows_free. */
enum stance_status rows_make(const struct stance_record *const *records, size_t count,
                             const struct rows_settings *settings, const struct pool_progress *progress,
                             struct rows *out, struct stance_error *error);
/* Makes rows from given entries: those of row i are [first[i], first[i + 1]), in any order; repeated ids add up. */
enum stance_status rows_build(size_t count, const size_t *first, const uint64_t *ids, const float *values,
                              size_t min_count, struct rows *out, struct stance_error *error);
/* Frees what it holds. */
void rows_free(struct rows *rows);

/* Frees the entries, once weights are made of them; columns keep their ids and counts. */
void rows_free_entries(struct rows *rows);

struct rows_entry {
  uint32_t column;
  float value;
};
/* The most entries that a row has, zones included. */
size_t rows_longest(const struct rows *rows);
/* The number of all entries, zones included. */
size_t rows_entries(const struct rows *rows);
/* Fills the row's entries by ascending column, without zones of value 0. Returns their number. */
size_t rows_expand(const struct rows *rows, size_t row, struct rows_entry *out);

/* Makes the names [column_count] of the columns with wanted[column] (NULL: all), in the arena; the others are NULL. */
enum stance_status rows_names(const struct rows *rows, const struct stance_record *const *records,
                              const struct rows_settings *settings, const bool *wanted, struct stance_arena *arena,
                              const char ***names, struct stance_error *error);

#endif
