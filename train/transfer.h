/* SPDX-License-Identifier: MIT
 * Transfer: how well a model works on an outlet or a time that it was not trained on. In each split, all choices
 * (features, C), calibration and weights are made on the training units only.
 *
 *   splits -> settings, weights and calibration from training units -> the tested units of all splits together */
#ifndef STANCE_TRAIN_TRANSFER_H
#define STANCE_TRAIN_TRANSFER_H

#include "splits.h"
#include "trainer.h"

struct transfer_split {
  const char *name;
  size_t trained, tested, near; /* near: left out of training as near duplicates of tested ones */
  bool is_judged;               /* false: the training units do not have two labels */
  double macro_f1, micro_f1;
};

struct transfer { /* arrays in the arena */
  struct splits splits;
  struct transfer_split *split; /* [split_count] */
  size_t split_count, judged_count;
  struct dataset tested; /* the units tested, in the order of the data; the arrays below are over these */
  uint32_t *folds;       /* the split that tests each unit */
  float *p;
  uint32_t *predicted;
  struct metrics metrics;
  struct metric_intervals intervals;
  struct reliability reliability;
  struct probability_scores probabilities;
};

/* Chooses settings (templates, min_count, C ...) on the training units of a split. */
struct transfer_chooser {
  enum stance_status (*choose)(void *context, const struct dataset *training, struct trainer_settings *settings,
                               struct stance_error *error);
  void *context;
};

/* Runs all splits. settings: the chooser starts from these in each split. STANCE_INPUT: no split has two labels to
 * train on. *stopped: progress stopped it. */
enum stance_status train_transfer(const struct dataset *data, const struct stance_lexicon *lexicon,
                                  const struct trainer_settings *settings, enum splits_by by,
                                  const struct transfer_chooser *chooser, const struct pool_progress *progress,
                                  struct stance_arena *arena, struct transfer *out, bool *stopped,
                                  struct stance_error *error);

#endif
