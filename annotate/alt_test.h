/* SPDX-License-Identifier: MIT
 * May a model stand in for annotators? The alternative annotator test of Calderon, Reichart and Dror (2025): each annotator is left out in turn,
 * and the model must be as close to the others as the one left out, but for epsilon. Plain arithmetic over a table of labels. */
#ifndef STANCE_ANNOTATE_ALT_TEST_H
#define STANCE_ANNOTATE_ALT_TEST_H

#include "stance/base/arena.h"
#include "stance/stance.h"

enum alt_test_score {
  ALT_TEST_ACCURACY, /* the share of the others with the same label */
  ALT_TEST_NEG_RMSE, /* minus the root of the mean squared distance of the labels' values */
  ALT_TEST_KAPPA, /* as accuracy, a unit counting by 1 / share of the others' label: rare labels decide as much as the common one */
};

enum { ALT_TEST_NONE = -1 };

struct alt_test_data {
  size_t units, annotators, labels;
  const int *given;     /* [units][annotators]: label or ALT_TEST_NONE */
  const double *values; /* [labels] */
};

struct alt_test_settings {
  double epsilon, q; /* the benefit of the model's price; the false discovery rate */
  enum alt_test_score score;
  size_t least; /* units an annotator must have: 30 */
};

struct alt_test_annotator {
  size_t annotator, units;
  double difference, sd, t, p, advantage; /* mean and sd of d = v - w; of H0: mean >= epsilon; mean of w */
  bool is_rejected;
};

struct alt_test_result {
  struct alt_test_annotator *rows; /* [count], in the arena */
  size_t count, skipped;           /* annotators with enough units; with fewer */
  size_t dropped;                  /* units with fewer than two annotators */
  double winning_rate, advantage;  /* passes from 0.5 on */
};

/* model [units]: its label, ALT_TEST_NONE where it has none. */
enum stance_status alt_test_run(const struct alt_test_data *data, const int *model,
                                const struct alt_test_settings *settings, struct stance_arena *arena,
                                struct alt_test_result *out, struct stance_error *error);
/* Two that must not pass: the most common label, always; and the label of one of the unit's annotators, drawn by the seed. model: [units], filled. */
void alt_test_constant(const struct alt_test_data *data, int *model, int *label);
/* For each unit the label of one of its annotators, drawn by the seed; ALT_TEST_NONE: nobody labelled it. */
void alt_test_random(const struct alt_test_data *data, uint64_t seed, int *model);

#endif
