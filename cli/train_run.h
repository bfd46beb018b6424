/* SPDX-License-Identifier: MIT
 * What the files of stance train share: its options, and all that a run holds.
 *   train.c        flags, labels, codebook;  train_head.c  choose, train and judge a head;  train_write.c  what is written of it */
#ifndef STANCE_CLI_TRAIN_RUN_H
#define STANCE_CLI_TRAIN_RUN_H

#include "command.h"
#include "progress.h"
#include "train/preset.h"
#include "train/transfer.h"
#include "train/tune.h"

struct train_options {
  const char *output, *codebook, *lexicon, *vectors, *head, *from, *until, *tune_log, *report, *folds_out, *grid_out;
  struct flag_list features, head_costs, where, test;
  enum solver_kind solver;
  enum stance_kernel kernel;
  enum stance_calibration calibration;
  enum tune_metric metric;
  enum preset preset;
  enum splits_by cv_by;
  double c, gamma, coef0, epsilon, balance, prune;
  long degree, folds, seed, threads, min_count;
  bool quiet, plain, tune, nested, one_error, tune_templates;
};

/* All that a run holds, to be let go in one place. */
struct train_run {
  const struct train_options *options;
  struct trainer_settings settings;
  const char *metric; /* that tuning maximises, by name */
  struct stance_arena arena;
  struct stance_codebook codebook;
  struct stance_lexicon *lexicon;
  struct stance_vectors *vectors;
  struct dataset *data, *tests; /* of --test, one a head; NULL: none given */
  struct trained *trained;
  struct transfer *transfers; /* [trained_count], with --cv-by */
  size_t trained_count;
  struct train_grid grid; /* of --grid-out */
  struct progress bar;
  struct pool_progress progress;
  bool has_written; /* the model */
};

/* The head's name and its figures go to standard output. */
enum stance_status train_head(struct train_run *run, const struct dataset *data, struct stance_error *error);

/* Writes the model of all heads that were trained to --output. */
enum stance_status train_write_model(struct train_run *run, struct stance_error *error);
/* What was said of each unit out of fold; with --cv-by, of each unit tested. */
enum stance_status train_write_folds(struct train_run *run, struct stance_error *error);
/* Writes --report, as HTML or JSON by its ending. */
enum stance_status train_write_report(struct train_run *run, struct stance_error *error);
/* The model, as written, against the labels of --test. */
enum stance_status train_test(struct train_run *run, struct stance_error *error);

#endif
