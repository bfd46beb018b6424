/* SPDX-License-Identifier: MIT
 * Training a head from its examples: features, groups, folds, out-of-fold decision values, calibration, the final model
 * on all units.
 *
 *   dataset -> rows -> groups -> folds -> decisions -> calibration
 *                 \-> weights on all rows -> pruning -> names -> struct stance_model_head (finish.c) */
#ifndef STANCE_TRAIN_TRAINER_H
#define STANCE_TRAIN_TRAINER_H

#include "crossval.h"
#include "dataset.h"
#include "group.h"
#include "metric.h"

struct trainer_settings {
  const char *templates; /* for stance_template_parse; NULL: the default */
  enum solver_kind solver;
  enum stance_kernel kernel;
  double c, gamma, coef0, epsilon, balance; /* gamma: 1 suits rows of about unit length */
  int degree;
  const struct stance_vectors *vectors; /* borrowed; NULL: none */
  const struct base *base; /* the head to start from (base.h), with its templates, lexicon and vectors; NULL: none */
  uint32_t folds;
  uint64_t seed;
  size_t threads, min_count;
  double prune;    /* features whose weights in all labels are below prune times the head's largest are dropped */
  bool is_raw;     /* without names */
  bool keeps_rows; /* rows and solver data are kept by train_trainer_finish, for a report */
  enum stance_calibration calibration; /* STANCE_CALIBRATION_NONE stands for logistic */
  const atomic_int *interrupted;       /* see struct solver_settings */
  bool by_plain_probability;           /* the label is that of the largest p, without factors tuned for macro-F1 */
};

/* Which units are kept together in folds: those of an article; those of a sentence, if fewer than two labels occur in
 * two articles each (the scores are then too high for other articles); or there are no folds and no calibration, if
 * fewer than two labels occur in two sentences. */
enum trainer_grouping { TRAINER_BY_ARTICLE, TRAINER_BY_SENTENCE, TRAINER_UNJUDGED };

/* The result of training a head; the arrays of `head` are in the caller's arena. */
struct trained {
  const struct dataset *data;
  struct stance_model_head head;
  struct crossval_settings settings;
  const char *solver_reason; /* why SOLVER_AUTO chose the solver */
  bool has_factors;
  enum stance_calibration calibration;
  struct rows rows;
  struct solver_data *shared;
  uint32_t *groups, group_count, *folds, fold_count; /* fold_count: folds with units */
  enum trainer_grouping grouping;
  size_t label_groups[STANCE_LABELS_MAX]; /* number of groups with each label */
  size_t min_count;
  const char *preset;        /* a name of preset.h, or "given" */
  bool is_tuned;             /* settings were tuned on these folds: the figures have no intervals (NAN) */
  const char *nested_metric; /* of tuning, if that is not macro-F1; NULL: none */
  double nested;             /* its value if tuned anew without each fold */
  double selected; /* macro-F1 if preset and tuning are chosen anew without each fold; -1: nothing was chosen */
  struct group_summary group_summary;
  double *decisions;   /* [count][label_count], out of fold */
  float *p;            /* [count][label_count], calibrated */
  uint32_t *predicted; /* [count] */
  struct metrics metrics;
  struct metric_intervals intervals;
  struct reliability reliability;
  struct probability_scores probabilities;
  struct pair_metrics pairs; /* of dyads */
  size_t features_dropped_rare, features_dropped_small;
  bool has_base;
  size_t seen_by_base;             /* units of sentences that the base was trained on: figures on them are too good */
  const struct transfer *transfer; /* evaluation by outlet or by date (transfer.h); NULL: not asked for */
};

/* STANCE_INPUT: fewer than two labels have units. */
enum stance_status train_trainer_check(const struct dataset *data, struct stance_error *error);

/* The stages of training, in order. Prepare: settings, rows, groups and folds. */
enum stance_status train_trainer_prepare(const struct dataset *data, const struct stance_lexicon *lexicon,
                                         const struct trainer_settings *settings, const struct pool_progress *progress,
                                         struct stance_arena *arena, struct trained *out, struct stance_error *error);
/* Computes out-of-fold decision values for all units. *stopped: progress stopped it. */
enum stance_status train_trainer_crossval(struct trained *trained, const struct pool_progress *progress, bool *stopped,
                                          struct stance_error *error);
/* Calibrates on the out-of-fold decision values, chooses the factors, and computes all metrics. */
enum stance_status train_trainer_calibrate(struct trained *trained, uint64_t seed, struct stance_arena *arena,
                                           struct stance_error *error);
#define TRAINER_EXCLUDED UINT32_MAX
/* Fits calibration and factors to the decision values of the rows whose fold is not TRAINER_EXCLUDED, and computes p
 * [count][labels] and predicted of all rows by them; factor [label_count] may be NULL. */
enum stance_status train_trainer_predict(const struct trained *trained, const uint32_t *folds, const double *decisions,
                                         float *p, uint32_t *predicted, double *factor, struct stance_error *error);
/* Trains on all units and fills the model head, in the arena. */
enum stance_status train_trainer_finish(struct trained *trained, const struct stance_lexicon *lexicon,
                                        const struct trainer_settings *settings, struct stance_arena *arena,
                                        struct stance_error *error);
/* Frees what it holds. */
void train_trainer_free(struct trained *trained);

/* "settings", "scores" and "data" for the model's header. Delete it. NULL: out of memory. */
struct cJSON *train_trainer_header(const struct trained *heads, size_t head_count,
                                   const struct trainer_settings *settings);

#endif
