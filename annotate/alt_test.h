/* SPDX-License-Identifier: MIT
 * May a model replace annotators? The alternative annotator test of Calderon, Reichart and Dror (2025): each annotator
 * is left out in turn, and the model must agree with the others as well as the annotator left out, within epsilon. */
#ifndef STANCE_ANNOTATE_ALT_TEST_H
#define STANCE_ANNOTATE_ALT_TEST_H

#include "stance/base/arena.h"
#include "stance/stance.h"

enum alt_test_score {
  ALT_TEST_ACCURACY, /* the share of the others with the same label */
  ALT_TEST_NEG_RMSE, /* minus the root of the mean squared distance of the labels' values */
  ALT_TEST_KAPPA,    /* accuracy with units weighted by 1 / the frequency of the others' label */
};

enum { ALT_TEST_NONE = -1 };

struct alt_test_data {
  size_t units, annotators, labels;
  const int *given;     /* [units][annotators]: label or ALT_TEST_NONE */
  const double *values; /* [labels] */
};

struct alt_test_settings {
  double epsilon, q; /* epsilon: the advantage that the model gets for being cheaper; q: the false discovery rate */
  enum alt_test_score score;
  size_t least; /* an annotator needs as many units; usually 30 */
};

struct alt_test_annotator {
  size_t annotator, units;
  double difference, sd, t, p, advantage; /* mean and sd of d = v - w; test of H0: mean >= epsilon; mean of w */
  bool is_rejected;
};

struct alt_test_result {
  struct alt_test_annotator *rows; /* [count], in the arena */
  size_t count, skipped;           /* annotators with enough units; annotators with fewer */
  size_t dropped;                  /* units with fewer than two annotators */
  double winning_rate, advantage;  /* the model passes if winning_rate >= 0.5 */
};

/* model: [units], the model's label or ALT_TEST_NONE. */
enum stance_status alt_test_run(const struct alt_test_data *data, const int *model,
                                const struct alt_test_settings *settings, struct stance_arena *arena,
                                struct alt_test_result *out, struct stance_error *error);
/* Baseline that must fail: the most common label for every unit. model: [units], filled in; *label: that label. */
void alt_test_constant(const struct alt_test_data *data, int *model, int *label);
/* Baseline that must fail: for each unit the label of one of its annotators, drawn at random; ALT_TEST_NONE if nobody
 * labelled it. */
void alt_test_random(const struct alt_test_data *data, uint64_t seed, int *model);

#endif
