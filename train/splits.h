/* SPDX-License-Identifier: MIT
 * Splits by outlet or by time instead of by article: leave one outlet out, and forward in time.
 *
 *   outlet   each outlet is tested once, by what was learnt from the others (leave one group out)
 *   date     units in the order of their days are cut into k + 1 blocks; each but the first is tested by what was learnt from all
 *            days before it (rolling origin; the cuts of scikit-learn's TimeSeriesSplit, moved to the next change of day) */
#ifndef STANCE_TRAIN_SPLITS_H
#define STANCE_TRAIN_SPLITS_H

#include "dataset.h"

enum splits_by { SPLITS_BY_ARTICLE, SPLITS_BY_OUTLET, SPLITS_BY_DATE }; /* by article: none of these, grouped folds */
enum { SPLITS_MAX = 100 };
#define SPLITS_NONE UINT32_MAX

struct splits { /* arrays in the arena */
  enum splits_by by;
  uint32_t *block; /* [units]: 0 .. block_count - 1; SPLITS_NONE: the unit lacks the field and takes no part */
  uint32_t block_count, from; /* blocks from .. block_count - 1 are tested */
  const char **names;         /* [block_count]: the outlet, "12 outlets", or "2021-03-01 .. 2021-06-30" */
  uint32_t *groups;           /* [units]: sentences that are nearly equal share one */
  uint32_t group_count;
  size_t values, missing; /* different outlets or days; units without the field */
};

/* k: blocks to be tested by date; outlets beyond SPLITS_MAX share blocks, the largest apart. STANCE_INPUT: no unit has the field, or all
 * have one value. */
enum stance_status train_splits_make(const struct dataset *data, enum splits_by by, uint32_t k,
                                     struct stance_arena *arena, struct splits *out, struct stance_error *error);
/* trains[i]: unit i is learnt from where `block` is tested. A sentence nearly equal to one tested is not; *near such units were left out.
 * */
enum stance_status train_splits_train(const struct splits *splits, size_t count, uint32_t block, bool *trains,
                                      size_t *near, struct stance_error *error);

#endif
