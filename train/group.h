/* SPDX-License-Identifier: MIT
 * Groups and folds: equal or near-duplicate sentences, and sentences of one article, are never on both sides of a
 * split. */
#ifndef STANCE_TRAIN_GROUP_H
#define STANCE_TRAIN_GROUP_H

#include "stance/stance.h"

/* Two sentences are near duplicates if the Jaccard similarity of their sets of 3-word shingles is at least this,
 * computed exactly. */
#define GROUP_JACCARD 0.8

struct group_summary {
  size_t texts, duplicates,
      /* Number of different texts; of texts that equal an earlier one; of pairs joined as near duplicates. */
      near_duplicates;
};

/* Fills groups [count], numbered from 0 by first appearance. Texts share a group if their articles (NULL: none) are
 * equal, if they are equal or near duplicates, or if they begin alike (group_head.h). summary may be NULL. Fails only for lack of memory. */
enum stance_status group_make(const char *const *texts, const char *const *articles, size_t count, uint32_t *groups,
                              uint32_t *group_count, struct group_summary *summary, struct stance_error *error);

/* Marks the texts of `test` that are equal to, or near duplicates of, or begin like, a text of `train`. */
enum stance_status group_leaks(const char *const *train, size_t train_count, const char *const *test, size_t test_count,
                               bool *is_seen, bool *is_nearly_seen, struct stance_error *error);

/* Assigns groups to folds 0 .. k - 1 with labels spread evenly (greedy, largest groups first), by integer arithmetic,
 * so that every machine gets the same. With fewer groups than folds, some folds are empty. */
enum stance_status group_make_folds(const uint32_t *groups, uint32_t group_count, const uint32_t *labels,
                                    size_t label_count, size_t count, uint32_t k, uint64_t seed, uint32_t *folds,
                                    struct stance_error *error);

#endif
