/* SPDX-License-Identifier: MIT
 * A head from its examples: features, groups, folds, out-of-fold decisions, calibration, the model on all of them.
 *
 *   dataset -> rows -> groups -> folds -> decisions -> calibration
 *                 \-> weights on all rows -> pruning -> names -> struct stance_model_head */
#ifndef STANCE_TRAIN_TRAINER_H
#define STANCE_TRAIN_TRAINER_H

#include "crossval.h"
#include "dataset.h"
#include "group.h"
#include "metric.h"

struct trainer_settings {
  const char *templates; /* as stance_template_parse takes it; NULL: the default */
  enum solver_kind solver;
  enum stance_kernel kernel;
  double c, gamma, coef0, epsilon, balance; /* gamma: 1 suits rows of about unit length */
  int degree;
  const struct stance_vectors *vectors; /* of words, borrowed; NULL: none */
  uint32_t folds;
  uint64_t seed;
  size_t threads, min_count;
  double prune;                        /* weights below prune times the head's largest, in all labels, are dropped */
  bool is_raw;                         /* without names */
  enum stance_calibration calibration; /* STANCE_CALIBRATION_NONE: the logistic one */
  bool by_plain_probability;           /* labels by the largest p, without factors tuned for macro-F1 */
};

/* What keeps units together in folds. By sentence where fewer than two labels occur in two articles each: the figures are then too high
 * for other articles. Unjudged where fewer than two occur in two sentences: no folds, no calibration. */
enum trainer_grouping { TRAINER_BY_ARTICLE, TRAINER_BY_SENTENCE, TRAINER_UNJUDGED };

/* What came of a head; the model head's arrays live in the arena given. */
struct trained {
  const struct dataset *data;
  struct stance_model_head head;
  struct crossval_settings settings;
  const char *solver_reason; /* why auto chose */
  bool has_factors;
  enum stance_calibration calibration;
  struct rows rows;
  struct solver_data *shared;
  uint32_t *groups, group_count, *folds, fold_count; /* folds that hold units */
  enum trainer_grouping grouping;
  size_t label_groups[STANCE_LABELS_MAX]; /* groups in which each label stands */
  size_t min_count;
  const char *preset; /* of preset.h, or "given" */
  double
      selected; /* macro-F1 where what was chosen (preset, tuning) is chosen anew inside of each fold; -1: nothing was chosen */
  struct group_summary group_summary;
  double *decisions;   /* out of fold, [count][label_count] */
  float *p;            /* calibrated, [count][label_count] */
  uint32_t *predicted; /* [count] */
  struct metrics metrics;
  struct metric_intervals intervals;
  struct reliability reliability;
  struct probability_scores probabilities;
  struct pair_metrics pairs; /* of dyads */
  size_t features_dropped_rare, features_dropped_small;
  const struct transfer *transfer; /* of transfer.h: left out by outlet or by date; NULL: not asked for */
};

/* Can a model be made of these labels at all: two labels with units. */
enum stance_status train_trainer_check(const struct dataset *data, struct stance_error *error);

/* Stages, for those who need one alone. */
enum stance_status train_trainer_prepare(const struct dataset *data, const struct stance_lexicon *lexicon,
                                         const struct trainer_settings *settings, const struct pool_progress *progress,
                                         struct stance_arena *arena, struct trained *out, struct stance_error *error);
/* Decision values out of fold for all units. *stopped: progress was told to stop. */
enum stance_status train_trainer_crossval(struct trained *trained, const struct pool_progress *progress, bool *stopped,
                                          struct stance_error *error);
/* Calibrates by the decision values out of fold, and chooses the factors. */
enum stance_status train_trainer_calibrate(struct trained *trained, uint64_t seed, struct stance_arena *arena,
                                           struct stance_error *error);
/* Fits calibration and factors to the decisions of the rows whose fold is not TRAINER_EXCLUDED; p and predicted of all rows
 * by them, and the factors [label_count] (NULL: not wanted). */
#define TRAINER_EXCLUDED UINT32_MAX
/* Probabilities [count][labels] and labels of all units, where each fold is calibrated on the others. */
enum stance_status train_trainer_predict(const struct trained *trained, const uint32_t *folds, const double *decisions,
                                         float *p, uint32_t *predicted, double *factor, struct stance_error *error);
/* Trains on all units, and fills the head in that is written to the model, in the arena. */
enum stance_status train_trainer_finish(struct trained *trained, const struct stance_lexicon *lexicon,
                                        const struct trainer_settings *settings, struct stance_arena *arena,
                                        struct stance_error *error);
/* Frees what it holds. */
void train_trainer_free(struct trained *trained);

/* "settings", "scores" and "data" for the model's header. The caller deletes it. */
struct cJSON *train_trainer_header(const struct trained *heads, size_t head_count,
                                   const struct trainer_settings *settings);

#endif
