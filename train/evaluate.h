/* SPDX-License-Identifier: MIT
 * A model against labels: all units, those whose sentences the model was not trained on, and two models against each other. */
#ifndef STANCE_TRAIN_EVALUATE_H
#define STANCE_TRAIN_EVALUATE_H

#include "dataset.h"
#include "group.h"
#include "metric.h"
#include "pool.h"
#include "stance/model/model.h"

struct evaluation_part {
  struct metrics metrics;
  struct pair_metrics pairs; /* of dyads */
  struct metric_intervals intervals;
};

struct evaluation { /* of one head; arrays in the arena */
  const struct dataset *data;
  size_t head; /* in the model */
  uint32_t *predicted, *groups, group_count;
  double *decisions; /* [count][label_count] */
  float *p;
  const double *factor;      /* of the model [label_count] */
  bool *is_seen, *is_unseen; /* the sentence was trained on */
  size_t seen_count;
  struct evaluation_part all, unseen;
  struct reliability reliability;
  struct probability_scores probabilities;
};

/* Scores the dataset's units by the model's head of the same name and measures. */
enum stance_status train_evaluate_head(const struct stance_model *model, size_t head, const struct dataset *data,
                                       size_t threads, uint64_t seed, const struct pool_progress *progress,
                                       struct stance_arena *arena, struct evaluation *out, struct stance_error *error);

/* Units that a model was trained on are left out of all comparisons (seen by either: keep false). */
struct comparison {
  size_t only_a, only_b;    /* units that one alone gets right */
  double mcnemar;           /* the exact two-sided p of equal error rates */
  double difference;        /* macro-F1 of b minus that of a */
  struct interval interval; /* 95% by paired bootstrap over groups */
  size_t units;             /* that were compared: in sentences that neither model was trained on */
  double p; /* two-sided, of no difference in macro-F1: labels of a and b exchanged, group by group, at random */
};
/* Compares two models on the units that neither was trained on. Equal seeds give equal figures. */
enum stance_status train_evaluate_compare(const struct evaluation *a, const struct evaluation *b, uint64_t seed,
                                          struct comparison *out, struct stance_error *error);

#endif
