/* SPDX-License-Identifier: MIT
 * Explaining a linear model's decision: what each feature adds to the decision values. Thread-safe.
 *
 *   d[l] = bias[l] + sum of contributions[..].by_label[l]; one of them, "dyads", is what dyads add (lean.h)      */
#ifndef STANCE_EXPLAIN_H
#define STANCE_EXPLAIN_H

#include "model.h"
#include "stance/base/arena.h"
#include "stance/features/feature.h"

struct stance_contribution {
  const char *name;    /* the feature's; borrowed from features and the model */
  uint32_t start, end; /* bytes in document->text of its first occurrence */
  double by_label[STANCE_LABELS_MAX];
  double push; /* sum of by_label times the labels' values: above 0 towards friendly, below 0 towards hostile */
};

/* What a word of a zone adds to each label's decision value (by_label) and to push, as above. False: the head has no
 * word vectors. */
bool stance_explain_zone_word(const struct stance_model *model, size_t head, const struct stance_zone_word *word,
                              double *by_label, double *push);
/* lean: what dyads add, [label_count]; NULL: nothing. The contributions of the features that the model knows, by their largest absolute weight in any label, descending; in
 * the arena. features: made with origins. STANCE_USAGE: a kernel model, whose decision values are no sum over
 * features. */
enum stance_status stance_explain(const struct stance_model *model, size_t head, const struct stance_features *features,
                                  const double *lean, struct stance_arena *arena, struct stance_contribution **out,
                                  size_t *count, struct stance_error *error);
/* The first `limit` of the contributions [count], in ten-thousandths that add up to the decision values. In the
 * arena. */
enum stance_status stance_explanation_make(const struct stance_model *model, size_t head,
                                           const struct stance_contribution *contributions, size_t count,
                                           const double *decisions, size_t limit, struct stance_arena *arena,
                                           struct stance_explanation *out, struct stance_error *error);

#endif
