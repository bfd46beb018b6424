/* SPDX-License-Identifier: MIT
 * Evaluating a model against labels, on all units and on those whose sentences it was not trained on; comparing two
 * models. */
#ifndef STANCE_TRAIN_EVALUATE_H
#define STANCE_TRAIN_EVALUATE_H

#include "dataset.h"
#include "group.h"
#include "metric.h"
#include "pool.h"
#include "stance/model/model.h"

struct evaluation_part {
  struct metrics metrics;
  struct pair_metrics pairs; /* dyads only */
  struct metric_intervals intervals;
};

struct evaluation { /* of one head; arrays in the arena */
  const struct dataset *data;
  size_t head; /* in the model */
  uint32_t *predicted, *groups, group_count;
  double *decisions; /* [count][label_count] */
  float *p;
  const double *factor;      /* [label_count], the model's */
  bool *is_seen, *is_unseen; /* [count]: whether the model was trained on the sentence, or not */
  size_t seen_count;
  const char
      *misses; /* the head whose dyads the model reads for these sentences, of which none are labelled; or NULL */
  struct evaluation_part all, unseen;
  struct reliability reliability;
  struct probability_scores probabilities;
};

/* The labelled units of all heads: a head about sentences may read the dyads of another (stance/model/lean.h). */
struct evaluation_data {
  const struct dataset *items;
  size_t count;
};
/* Scores the data set's units with head `head` of the model, and computes all figures. */
enum stance_status train_evaluate_head(const struct stance_model *model, size_t head, const struct dataset *data,
                                       struct evaluation_data all, size_t threads, uint64_t seed,
                                       const struct pool_progress *progress, struct stance_arena *arena,
                                       struct evaluation *out, struct stance_error *error);

/* A comparison of models a and b on the units in sentences that neither was trained on. */
struct comparison {
  size_t only_a, only_b;    /* number of units that only one gets right */
  double mcnemar;           /* p value of McNemar's exact two-sided test of equal error rates */
  double difference;        /* macro-F1 of b minus that of a */
  struct interval interval; /* 95% by paired bootstrap over groups */
  size_t units;             /* number of units compared */
  double p;                 /* two-sided p value of no difference in macro-F1, by a permutation test over groups */
};
/* Compares two models. Equal seeds give equal figures. */
enum stance_status train_evaluate_compare(const struct evaluation *a, const struct evaluation *b, uint64_t seed,
                                          struct comparison *out, struct stance_error *error);

#endif
