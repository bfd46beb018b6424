/* SPDX-License-Identifier: MIT
 * Splits by outlet or by time instead of by article: leave one outlet out, and forward in time.
 *
 *   outlet   each outlet is tested once, by a model trained on the others (leave one group out)
 *   date     units ordered by day are cut into k + 1 blocks; each but the first is tested by a model trained on all
 *            days before it (rolling origin, as scikit-learn's TimeSeriesSplit, with cuts moved to the next change of day) */
#ifndef STANCE_TRAIN_SPLITS_H
#define STANCE_TRAIN_SPLITS_H

#include "dataset.h"

enum splits_by {
  SPLITS_BY_ARTICLE,
  SPLITS_BY_OUTLET,
  SPLITS_BY_DATE
}; /* by article: grouped folds instead of these splits */
enum { SPLITS_MAX = 100 };
#define SPLITS_NONE UINT32_MAX

struct splits { /* arrays in the arena */
  enum splits_by by;
  uint32_t *block;            /* [units]: 0 .. block_count - 1; SPLITS_NONE: the unit lacks the field and is not used */
  uint32_t block_count, from; /* blocks `from` .. block_count - 1 are tested */
  const char **names;         /* [block_count]: the outlet, "12 outlets", or "2021-03-01 .. 2021-06-30" */
  uint32_t *groups;           /* [units]: equal and near-duplicate sentences share one */
  uint32_t group_count;
  size_t values, missing; /* number of different outlets or days, and of units without the field */
};

/* Makes the splits. k: number of blocks to test by date. With more than SPLITS_MAX outlets, the smaller ones share
 * blocks. STANCE_INPUT: no unit has the field, or all have one value. */
enum stance_status train_splits_make(const struct dataset *data, enum splits_by by, uint32_t k,
                                     struct stance_arena *arena, struct splits *out, struct stance_error *error);
/* Sets trains[i] if unit i is in the training data when `block` is tested. Sentences that are near duplicates of a
 * tested one are left out; *near counts these. */
enum stance_status train_splits_train(const struct splits *splits, size_t count, uint32_t block, bool *trains,
                                      size_t *near, struct stance_error *error);

#endif
