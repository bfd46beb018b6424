/* SPDX-License-Identifier: MIT
 * Evaluation metrics: for each label and overall, of directed pairs, with bootstrap intervals. Thread-safe. */
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
  double macro_f1; /* over labels that occur in truth or prediction */
  double micro_f1; /* the accuracy */
  double polar_f1; /* mean F1 of the labels with values above and below 0 (favour and against) */
  double balanced; /* balanced accuracy: the mean recall of labels that occur in truth */
  double kappa;    /* Cohen's kappa; NAN: truth and prediction are one label throughout */
  /* Matthews' correlation of several classes (Gorodkin 2004); NAN: truth or prediction is one label throughout. */
  double mcc;
};

/* Computes all metrics over the units i with keep[i]; keep NULL: all. */
void metrics_compute(const struct stance_head *head, const uint32_t *truth, const uint32_t *predicted, const bool *keep,
                     size_t count, struct metrics *out);
/* The same from out's count, label_count and confusion. */
void metrics_finish(const struct stance_head *head, struct metrics *out);

/* 95% intervals by bootstrap over groups: the 2.5th and 97.5th percentiles of samples of whole groups. */
enum { METRIC_SAMPLES = 1000 };
struct interval {
  double low, high;
};
struct metric_intervals {
  struct interval macro_f1, micro_f1, polar_f1, label_f1[STANCE_LABELS_MAX];
};
/* Computes the intervals. Equal seeds give equal intervals. */
enum stance_status metrics_bootstrap(const struct stance_head *head, const uint32_t *truth, const uint32_t *predicted,
                                     const uint32_t *groups, uint32_t group_count, size_t count, uint64_t seed,
                                     struct metric_intervals *out, struct stance_error *error);

/* Makes all intervals NAN: none is given round figures that settings were tuned for. */
void metrics_without_intervals(struct metric_intervals *intervals);

/* Reliability of the predicted label's probability, in METRIC_BINS bins of equal width; error: the expected calibration
 * error. */
enum { METRIC_BINS = 10 };
struct reliability {
  size_t count[METRIC_BINS];
  double confidence[METRIC_BINS], accuracy[METRIC_BINS]; /* means of each bin */
  double error;
};
/* p: [count][label_count]. */
void metrics_reliability(const float *p, size_t label_count, const uint32_t *truth, const uint32_t *predicted,
                         size_t count, struct reliability *out);

/* Quality of the probabilities. */
struct probability_scores {
  double log_loss, brier; /* means over units: of -log p of the true label; of the sum over labels of (p - is true)^2 */
  double mean_p[STANCE_LABELS_MAX],
      share[STANCE_LABELS_MAX]; /* for each label: the mean of its p, and its true share */
  /* Class-wise calibration error: mean of |mean p - share| over METRIC_BINS bins with equally many units. */
  double error[STANCE_LABELS_MAX];
  double mean_error; /* over labels */
};
/* p: [count][label_count]. Fails only for lack of memory. */
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
  double polarity_macro_f1; /* of neutral, friendly, hostile, whatever the direction */
  /* Among pairs with a right polarity other than neutral: share with the right direction; NAN: no such pair. */
  double direction_accuracy;
  size_t direction_count;
};
/* p [count][label_count] is multiplied by the model's factors [label_count] (NULL: 1). The prediction is the class with
 * the largest joint probability, where one direction has the polarity and the other is neutral. A pair labelled in both
 * directions counts in the direction of its first unit. */
enum stance_status metrics_compute_pairs(const struct stance_head *head, const struct stance_record *const *records,
                                         const uint32_t *truth, const float *p, const double *factor, const bool *keep,
                                         size_t count, struct pair_metrics *out, struct stance_error *error);

#endif
