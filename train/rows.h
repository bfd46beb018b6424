/* SPDX-License-Identifier: MIT
 * Units as sparse rows. Features are computed once; all folds, labels and parameters use the same rows. */
#ifndef STANCE_TRAIN_ROWS_H
#define STANCE_TRAIN_ROWS_H

#include "pool.h"
#include "stance/features/feature.h"
#include "stance/labels/record.h"

/* Compressed sparse rows; the columns of a row ascend. Columns are numbered by ascending feature id, so that they do
 * not depend on threads. */
struct rows {
  size_t count, column_count;
  size_t *first;     /* [count + 1] */
  uint32_t *columns; /* [first[count]] */
  float *values;
  uint64_t *ids;     /* [column_count]: feature ids, ascending */
  uint32_t *seen_in; /* [column_count]: the first row that has the feature, from which its name is made */
  size_t dropped;    /* number of features in fewer than min_count rows */
};

struct rows_settings {
  const struct stance_lexicon *lexicon;
  const struct stance_vectors *vectors; /* NULL: none */
  stance_template_set templates;
  size_t threads, min_count; /* min_count: least number of rows that must have a feature */
};

/* Values of zones are columns too: the i-th has the id ROWS_DENSE + i, after all features (a hash is that large with
 * probability 2^-48). */
#define ROWS_DENSE (UINT64_MAX - 0xffff)

/* Makes the rows of the records' units. Free with rows_free. */
enum stance_status rows_make(const struct stance_record *const *records, size_t count,
                             const struct rows_settings *settings, const struct pool_progress *progress,
                             struct rows *out, struct stance_error *error);
/* Makes rows from given entries: those of row i are [first[i], first[i + 1]), in any order; repeated ids add up. */
enum stance_status rows_build(size_t count, const size_t *first, const uint64_t *ids, const float *values,
                              size_t min_count, struct rows *out, struct stance_error *error);
/* Frees what it holds. */
void rows_free(struct rows *rows);
/* Keeps the columns with keep[column], renumbered in order. */
enum stance_status rows_select(struct rows *rows, const bool *keep, struct stance_error *error);
/* Makes the names [column_count] of the columns with wanted[column] (NULL: all), in the arena; the others are NULL. */
enum stance_status rows_names(const struct rows *rows, const struct stance_record *const *records,
                              const struct rows_settings *settings, const bool *wanted, struct stance_arena *arena,
                              const char ***names, struct stance_error *error);

#endif
