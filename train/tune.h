/* SPDX-License-Identifier: MIT
 * Tuning by grouped cross-validation: cost, balance of labels, gamma, then templates one by one. */
#ifndef STANCE_TRAIN_TUNE_H
#define STANCE_TRAIN_TUNE_H

#include "grid.h"
#include "trainer.h"

enum tune_metric { TUNE_MACRO_F1, TUNE_MICRO_F1, TUNE_POLAR_F1, TUNE_PAIR_F1 };

struct tune_settings {
  enum tune_metric metric;
  bool by_one_standard_error; /* the smallest cost within one standard error of the best */
  bool tries_templates;       /* try templates too */
  const char *
      log; /* results by settings, a JSON line each: read first, so that a tuning that was stopped goes on; NULL: none */
  struct train_grid *grid;                                /* takes all that is tried; NULL: none */
  bool (*step)(void *context, size_t done, size_t total); /* false stops: the best so far is kept */
  void *context;
};

struct tuned {
  double c, balance, gamma;
  stance_template_set templates;
  double score, error; /* of the best: the mean of folds has this standard error */
  double first;        /* the score of the settings that tuning began with */
  size_t tried;
  bool is_stopped;
};

/* `trained` is prepared; its settings (and rows, when templates changed) are those of the best afterwards. */
enum stance_status train_tune(struct trained *trained, const struct stance_lexicon *lexicon,
                              struct trainer_settings *settings, const struct tune_settings *tune, struct tuned *out,
                              struct stance_error *error);

/* Nested: each fold is labelled by a model whose settings were tuned on the other folds only. lexicon and trainer: for the templates,
 * where those are tried. */
enum stance_status train_tune_nested(struct trained *trained, const struct stance_lexicon *lexicon,
                                     struct trainer_settings *settings, const struct tune_settings *tune, double *score,
                                     double *deviation, struct stance_error *error);

#endif
