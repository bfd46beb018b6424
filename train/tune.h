/* SPDX-License-Identifier: MIT
 * Tuning by grouped cross-validation: a grid of C, balance and gamma, then templates one by one. */
#ifndef STANCE_TRAIN_TUNE_H
#define STANCE_TRAIN_TUNE_H

#include "grid.h"
#include "trainer.h"

enum tune_metric { TUNE_MACRO_F1, TUNE_MICRO_F1, TUNE_POLAR_F1, TUNE_PAIR_F1 };

struct tune_settings {
  enum tune_metric metric;
  bool by_one_standard_error; /* take the smallest C within one standard error of the best score */
  bool tries_templates;       /* also try templates */
  const char *log;            /* JSON Lines of results, read first so that a stopped tuning is resumed; NULL: none */
  struct train_grid *grid;    /* gets all settings tried; may be NULL */
  bool (*step)(void *context, size_t done, size_t total); /* false stops the tuning, which keeps the best so far */
  void *context;
};

struct tuned {
  double c, balance, gamma;
  stance_template_set templates;
  double score, error; /* of the best settings; error: the standard error over folds */
  double first;        /* the score of the initial settings */
  size_t tried;
  bool is_stopped;
};

/* Tunes a prepared head; afterwards its settings, and its rows if templates changed, are the best ones. */
enum stance_status train_tune(struct trained *trained, const struct stance_lexicon *lexicon,
                              struct trainer_settings *settings, const struct tune_settings *tune, struct tuned *out,
                              struct stance_error *error);

/* Nested cross-validation: each fold is labelled by a model whose settings were tuned on the other folds only. *score:
 * over all units; *deviation: the standard deviation of the folds' scores. lexicon and settings: for trying
 * templates. */
enum stance_status train_tune_nested(struct trained *trained, const struct stance_lexicon *lexicon,
                                     struct trainer_settings *settings, const struct tune_settings *tune, double *score,
                                     double *deviation, struct stance_error *error);

#endif
