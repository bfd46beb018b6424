/* SPDX-License-Identifier: MIT
 * The options and the state of a run of stance train, shared by its files:
 *   train.c        flags, labels, codebook
 *   train_head.c   choose settings, train and evaluate a head
 *   train_write.c  write results */
#ifndef STANCE_CLI_TRAIN_RUN_H
#define STANCE_CLI_TRAIN_RUN_H

#include "command.h"
#include "progress.h"
#include "train/base.h"
#include "train/preset.h"
#include "train/transfer.h"
#include "train/tune.h"

struct train_options {
  const char *output, *codebook, *lexicon, *vectors, *head, *from, *until, *tune_log, *report, *folds_out, *grid_out, *base;
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

/* The state of a run, freed in one place. */
struct train_run {
  const struct train_options *options;
  struct trainer_settings settings;
  const char *metric; /* name of the metric that tuning maximises */
  struct stance_arena arena;
  struct stance_codebook codebook;
  const struct stance_lexicon *lexicon; /* own or base_model's */
  const struct stance_vectors *vectors;
  struct stance_lexicon *own_lexicon;
  struct stance_vectors *own_vectors;
  struct stance_model *base_model; /* of --base; NULL: not given */
  struct base base;                /* its head for the head in training, if settings.base is not NULL */
  struct dataset *data, *tests; /* tests: of --test, one for each head; NULL: not given */
  struct trained *trained;
  struct transfer *transfers; /* [trained_count], with --cv-by */
  size_t trained_count;
  struct train_grid grid; /* for --grid-out */
  struct progress bar;
  struct pool_progress progress;
  bool has_written; /* the model */
};

/* Trains a head and prints its name and figures on standard output. */
enum stance_status train_head(struct train_run *run, const struct dataset *data, struct stance_error *error);

/* Writes the model of all trained heads to --output. */
enum stance_status train_write_model(struct train_run *run, struct stance_error *error);
/* Writes the out-of-fold prediction of each unit; with --cv-by, the prediction of each test unit. */
enum stance_status train_write_folds(struct train_run *run, struct stance_error *error);
/* Writes --report, as HTML or JSON by its ending. */
enum stance_status train_write_report(struct train_run *run, struct stance_error *error);
/* Evaluates the model, as written, on the labels of --test. */
enum stance_status train_test(struct train_run *run, struct stance_error *error);

#endif
