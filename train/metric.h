/* SPDX-License-Identifier: MIT
 * Figures of a classification: per label and overall, of directed pairs, with bootstrap intervals. */
#ifndef STANCE_TRAIN_METRIC_H
#define STANCE_TRAIN_METRIC_H

#include "stance/labels/codebook.h"
#include "stance/labels/record.h"

struct metric_label {
  double precision, recall, f1;
  size_t support, predicted;
};

struct metrics {
  size_t count, label_count;
  size_t confusion[STANCE_LABELS_MAX][STANCE_LABELS_MAX]; /* [truth][prediction] */
  struct metric_label label[STANCE_LABELS_MAX];
  double macro_f1; /* over the labels that stand in truth or prediction */
  double micro_f1; /* the share of right ones */
  double polar_f1; /* mean F1 of the labels with a value above and below 0 (favour and against) */
  double balanced; /* balanced accuracy: the mean recall of the labels that stand in truth */
  double kappa;    /* Cohen's; NAN: truth and prediction are one label throughout */
  double
      mcc; /* Matthews' correlation of several classes (Gorodkin 2004); NAN: truth or prediction is one label throughout */
};

/* keep NULL: all; else those i with keep[i]. */
void metrics_compute(const struct stance_head *head, const uint32_t *truth, const uint32_t *predicted, const bool *keep,
                     size_t count, struct metrics *out);
/* The same from a confusion matrix already filled in. */
void metrics_finish(const struct stance_head *head, struct metrics *out);

/* A half-width interval by bootstrap over groups: 1,000 samples of groups, the 2.5th and 97.5th percentiles of macro-F1. */
enum { METRIC_SAMPLES = 1000 };
struct interval {
  double low, high;
};
struct metric_intervals {
  struct interval macro_f1, micro_f1, polar_f1, label_f1[STANCE_LABELS_MAX];
};
/* As above, of all figures of an evaluation. Equal seeds give equal intervals. */
enum stance_status metrics_bootstrap(const struct stance_head *head, const uint32_t *truth, const uint32_t *predicted,
                                     const uint32_t *groups, uint32_t group_count, size_t count, uint64_t seed,
                                     struct metric_intervals *out, struct stance_error *error);

/* Expected calibration error over 10 equal bins of the printed label's probability, and the table. */
enum { METRIC_BINS = 10 };
struct reliability {
  size_t count[METRIC_BINS];
  double confidence[METRIC_BINS], accuracy[METRIC_BINS]; /* means in the bin */
  double error;
};
/* p: [count][label_count]. */
void metrics_reliability(const float *p, size_t label_count, const uint32_t *truth, const uint32_t *predicted,
                         size_t count, struct reliability *out);

/* What the probabilities themselves are worth, class by class. */
struct probability_scores {
  double log_loss, brier; /* means a unit: -log p of the true label; sum over labels of (p - is true)^2 */
  double mean_p[STANCE_LABELS_MAX], share[STANCE_LABELS_MAX]; /* of each label: the mean of its p, its true share */
  double error
      [STANCE_LABELS_MAX]; /* class-wise calibration error: |mean p - share| over METRIC_BINS bins with equally many units */
  double mean_error;       /* over labels */
};
/* p: [count][label_count]. Only memory can fail. */
enum stance_status metrics_probabilities(const float *p, size_t label_count, const uint32_t *truth, size_t count,
                                         struct probability_scores *out, struct stance_error *error);

/* ---- directed pairs -------------------------------------------------------------------------------------
 * The two units of a pair (A -> B and B -> A in one sentence) taken together:
 * 0 neither, 1 friendly A -> B, 2 friendly B -> A, 3 hostile A -> B, 4 hostile B -> A. */
enum { PAIR_CLASSES = 5 };
struct pair_metrics {
  size_t pairs;
  size_t confusion[PAIR_CLASSES][PAIR_CLASSES];
  double f1[PAIR_CLASSES], macro_f1, micro_f1;
  double polarity_macro_f1; /* neutral, friendly, hostile, whatever the direction */
  double
      direction_accuracy; /* of pairs whose polarity is right and not neutral: how often the direction is; NAN: none */
  size_t direction_count;
};
/* p: [count][label_count], times the model's factors [label_count] (NULL: 1). The prediction: of the five classes' joint probabilities
 * (one direction has the polarity, the other is neutral) the largest. A pair that is labelled in both directions counts as labelled in
 * the one that stands first. */
enum stance_status metrics_compute_pairs(const struct stance_head *head, const struct stance_record *const *records,
                                         const uint32_t *truth, const float *p, const double *factor, const bool *keep,
                                         size_t count, struct pair_metrics *out, struct stance_error *error);

#endif
