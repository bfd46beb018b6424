/* SPDX-License-Identifier: MIT
 * How well a model carries over to an outlet or a time that it was not trained on: for each split, all choices (features, C), calibration
 * and weights come from the training units only.
 *
 *   splits -> choose on the training units -> weights and calibration by them -> the tested units, all splits together */
#ifndef STANCE_TRAIN_TRANSFER_H
#define STANCE_TRAIN_TRANSFER_H

#include "splits.h"
#include "trainer.h"

struct transfer_split {
  const char *name;
  size_t trained, tested, near; /* near: left out of training, since nearly equal to a tested one */
  bool is_judged;               /* false: the training units do not have two labels */
  double macro_f1, micro_f1;
};

struct transfer { /* arrays in the arena */
  struct splits splits;
  struct transfer_split *split; /* [split_count] */
  size_t split_count, judged_count;
  struct dataset tested; /* the units tested, in the order of the data; what follows is of them */
  uint32_t *folds;       /* which split */
  float *p;
  uint32_t *predicted;
  struct metrics metrics;
  struct metric_intervals intervals;
  struct reliability reliability;
  struct probability_scores probabilities;
};

/* Sets what is to be chosen (templates, min_count, C ...) by the training units of a split. */
struct transfer_chooser {
  enum stance_status (*choose)(void *context, const struct dataset *training, struct trainer_settings *settings,
                               struct stance_error *error);
  void *context;
};

/* settings: those given, as the chooser finds them before each split. STANCE_INPUT where no split can be judged. *stopped: progress said
 * so. */
enum stance_status train_transfer(const struct dataset *data, const struct stance_lexicon *lexicon,
                                  const struct trainer_settings *settings, enum splits_by by,
                                  const struct transfer_chooser *chooser, const struct pool_progress *progress,
                                  struct stance_arena *arena, struct transfer *out, bool *stopped,
                                  struct stance_error *error);

#endif
