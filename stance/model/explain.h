/* SPDX-License-Identifier: MIT
 * Why a linear model decided so: each feature's share of the decision values.
 *
 *   d[l] = bias[l] + sum of contributions[..].by_label[l]      (exactly: what is summed is what decides) */
#ifndef STANCE_EXPLAIN_H
#define STANCE_EXPLAIN_H

#include "model.h"
#include "stance/base/arena.h"
#include "stance/features/feature.h"

struct stance_contribution {
  const char *name;    /* of the feature; borrowed from features and the model */
  uint32_t start, end; /* bytes in document->text: the words of its first occurrence */
  double by_label[STANCE_LABELS_MAX];
  double push; /* sum of by_label times the labels' values: towards friendly above 0, towards hostile below */
};

/* What a word of a zone adds to each label's decision value; push: as above. False: the head has no word vectors. */
bool stance_explain_zone_word(const struct stance_model *model, size_t head, const struct stance_zone_word *word,
                              double *by_label, double *push);
/* The features that the model knows, those that weigh most (in any label) first. features: made with origins. In the arena.
 * STANCE_USAGE for a kernel model, whose decisions are no sum over features. */
enum stance_status stance_explain(const struct stance_model *model, size_t head, const struct stance_features *features,
                                  struct stance_arena *arena, struct stance_contribution **out, size_t *count,
                                  struct stance_error *error);
/* The contributions [count] as they are shown: the first `limit` of them, all numbers in ten-thousandths that add up. All in
 * the arena. */
enum stance_status stance_explanation_make(const struct stance_model *model, size_t head,
                                           const struct stance_contribution *contributions, size_t count,
                                           const double *decisions, size_t limit, struct stance_arena *arena,
                                           struct stance_explanation *out, struct stance_error *error);

#endif
