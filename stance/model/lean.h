/* SPDX-License-Identifier: MIT
 * What the stances in a sentence say of the sentence's own label: the probabilities of its dyads, summed up in a few
 * inputs, add W z to the decision values of a head about sentences. A sentence without dyads has z = 0. Thread-safe. */
#ifndef STANCE_LEAN_H
#define STANCE_LEAN_H

#include "stance/stance.h"

enum { STANCE_LEAN_INPUTS = 5 }; /* 1; the largest p of a bad and of a good label over the dyads; their means */

struct stance_lean_weights {
  const char *head;                                      /* of the dyads; NULL: none */
  double weights[STANCE_LABELS_MAX][STANCE_LEAN_INPUTS]; /* W */
};

/* Sums over the dyads of a sentence; starts as zeros. */
struct stance_lean {
  double largest[2], sum[2]; /* by bad, good */
  size_t count;
};
/* Adds a dyad: p [label_count], and the labels' values, whose sign says which are bad and good. */
void stance_lean_add(struct stance_lean *lean, const float *p, const double *values, size_t label_count);
/* Fills z. */
void stance_lean_inputs(const struct stance_lean *lean, double z[STANCE_LEAN_INPUTS]);
/* decisions += W z. */
void stance_lean_apply(const struct stance_lean_weights *weights, const double z[STANCE_LEAN_INPUTS],
                       size_t label_count, double *decisions);

#endif
