/* SPDX-License-Identifier: MIT
 * Groups and folds: what is (nearly) the same sentence, or of the same article, never stands on both sides of a split. */
#ifndef STANCE_TRAIN_GROUP_H
#define STANCE_TRAIN_GROUP_H

#include "stance/stance.h"

/* Two sentences are near duplicates where the sets of their 3-word shingles overlap by this share (Jaccard), exactly computed. */
#define GROUP_JACCARD 0.8

struct group_summary {
  size_t texts, duplicates,
      near_duplicates; /* different texts; texts that equal an earlier one; pairs joined by shingles */
};

/* groups[i] of text i: 0, 1, ... by first appearance. Texts with equal articles (NULL: none), equal or near-duplicate texts share one. */
enum stance_status group_make(const char *const *texts, const char *const *articles, size_t count, uint32_t *groups,
                              uint32_t *group_count, struct group_summary *summary, struct stance_error *error);

/* Marks the texts of `test` whose sentence stands, equal or nearly so, in `train`. */
enum stance_status group_leaks(const char *const *train, size_t train_count, const char *const *test, size_t test_count,
                               bool *is_seen, bool *is_nearly_seen, struct stance_error *error);

/* Folds 0 .. k - 1 over groups, with labels spread evenly (greedy, largest groups first); integers only, so that every machine
 * gets the same. Fewer groups than folds: some folds stay empty. */
enum stance_status group_make_folds(const uint32_t *groups, uint32_t group_count, const uint32_t *labels,
                                    size_t label_count, size_t count, uint32_t k, uint64_t seed, uint32_t *folds,
                                    struct stance_error *error);

#endif
