/* SPDX-License-Identifier: MIT */
#include "metric.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "stance/base/compare.h"
#include "stance/base/error.h"

static double ratio(size_t part, size_t whole) { return whole ? (double)part / (double)whole : 0; }

/* With s right of n, t[l] units that are l and q[l] predicted as l: kappa = (n s - sum t q) / (n^2 - sum t q),
 * MCC = (n s - sum t q) / sqrt((n^2 - sum q^2) (n^2 - sum t^2)). */
static void chance_corrected(size_t labels, size_t right, struct metrics *out) {
  double n = (double)out->count, tq = 0, tt = 0, qq = 0;
  size_t present = 0;
  out->balanced = 0;
  for (size_t l = 0; l < labels; l++) {
    double t = (double)out->label[l].support, q = (double)out->label[l].predicted;
    tq += t * q;
    tt += t * t;
    qq += q * q;
    out->balanced += out->label[l].recall;
    present += out->label[l].support > 0;
  }
  if (present) out->balanced /= (double)present;
  double above = n * (double)right - tq, below = (n * n - qq) * (n * n - tt);
  out->kappa = n * n > tq ? above / (n * n - tq) : (double)NAN;
  out->mcc = below > 0 ? above / sqrt(below) : (double)NAN;
}

void metrics_finish(const struct stance_head *head, struct metrics *out) {
  size_t right = 0, present = 0, polar = 0;
  out->label_count = head->label_count;
  out->macro_f1 = out->polar_f1 = 0;
  out->count = 0;
  for (size_t l = 0; l < head->label_count; l++) {
    struct metric_label *label = &out->label[l];
    size_t hit = out->confusion[l][l];
    label->support = label->predicted = 0;
    for (size_t k = 0; k < head->label_count; k++) {
      label->support += out->confusion[l][k];
      label->predicted += out->confusion[k][l];
    }
    label->precision = ratio(hit, label->predicted);
    label->recall = ratio(hit, label->support);
    label->f1 = ratio(2 * hit, label->predicted + label->support);
    out->count += label->support;
    right += hit;
    if (label->support || label->predicted) {
      out->macro_f1 += label->f1;
      present++;
    }
    if (head->labels[l].value < 0 || head->labels[l].value > 0) {
      out->polar_f1 += label->f1;
      polar++;
    }
  }
  if (present) out->macro_f1 /= (double)present;
  if (polar) out->polar_f1 /= (double)polar;
  out->micro_f1 = ratio(right, out->count);
  chance_corrected(head->label_count, right, out);
}

void metrics_compute(const struct stance_head *head, const uint32_t *truth, const uint32_t *predicted, const bool *keep,
                     size_t count, struct metrics *out) {
  *out = (struct metrics){0};
  for (size_t i = 0; i < count; i++)
    if (!keep || keep[i]) out->confusion[truth[i]][predicted[i]]++;
  metrics_finish(head, out);
}

/* ---- bootstrap ------------------------------------------------------------------------------------------ */

static struct interval percentiles(double *samples) {
  qsort(samples, METRIC_SAMPLES, sizeof *samples, stance_by_double);
  return (struct interval){samples[METRIC_SAMPLES / 40], samples[METRIC_SAMPLES - 1 - METRIC_SAMPLES / 40]};
}

void metrics_without_intervals(struct metric_intervals *intervals) {
  const struct interval none = {NAN, NAN};
  intervals->macro_f1 = intervals->micro_f1 = intervals->polar_f1 = none;
  for (size_t l = 0; l < STANCE_LABELS_MAX; l++) intervals->label_f1[l] = none;
}

enum stance_status metrics_bootstrap(const struct stance_head *head, const uint32_t *truth, const uint32_t *predicted,
                                     const uint32_t *groups, uint32_t group_count, size_t count, uint64_t seed,
                                     struct metric_intervals *out, struct stance_error *error) {
  uint32_t *weight = malloc((group_count + 1) * sizeof *weight);
  double(*samples)[METRIC_SAMPLES] = malloc((3 + STANCE_LABELS_MAX) * sizeof *samples);
  enum stance_status status = weight && samples ? STANCE_OK : stance_fail_memory(error);
  for (size_t s = 0; status == STANCE_OK && s < METRIC_SAMPLES; s++) {
    struct metrics metrics = {0};
    memset(weight, 0, group_count * sizeof *weight);
    for (uint32_t g = 0; g < group_count; g++) weight[random_below(&seed, group_count)]++;
    for (size_t i = 0; i < count; i++) metrics.confusion[truth[i]][predicted[i]] += weight[groups[i]];
    metrics_finish(head, &metrics);
    samples[0][s] = metrics.macro_f1;
    samples[1][s] = metrics.micro_f1;
    samples[2][s] = metrics.polar_f1;
    for (size_t l = 0; l < head->label_count; l++) samples[3 + l][s] = metrics.label[l].f1;
  }
  if (status == STANCE_OK) {
    out->macro_f1 = percentiles(samples[0]);
    out->micro_f1 = percentiles(samples[1]);
    out->polar_f1 = percentiles(samples[2]);
    for (size_t l = 0; l < head->label_count; l++) out->label_f1[l] = percentiles(samples[3 + l]);
  }
  free(weight);
  free(samples);
  return status;
}

/* ---- calibration ---------------------------------------------------------------------------------------- */

void metrics_reliability(const float *p, size_t label_count, const uint32_t *truth, const uint32_t *predicted,
                         size_t count, struct reliability *out) {
  *out = (struct reliability){0};
  for (size_t i = 0; i < count; i++) {
    double confidence = (double)p[i * label_count + predicted[i]];
    size_t bin = (size_t)(confidence * METRIC_BINS);
    if (bin >= METRIC_BINS) bin = METRIC_BINS - 1;
    out->count[bin]++;
    out->confidence[bin] += confidence;
    out->accuracy[bin] += truth[i] == predicted[i];
  }
  for (size_t b = 0; b < METRIC_BINS; b++) {
    if (!out->count[b]) continue;
    out->error += fabs(out->confidence[b] - out->accuracy[b]) / (double)count;
    out->confidence[b] /= (double)out->count[b];
    out->accuracy[b] /= (double)out->count[b];
  }
}

struct sorted {
  float p;
  bool is_true;
};

static int by_p(const void *a, const void *b) {
  const struct sorted *x = a, *y = b;
  if (x->p < y->p || x->p > y->p) return x->p < y->p ? -1 : 1;
  return (int)x->is_true - (int)y->is_true;
}

static double classwise_error(const struct sorted *sorted, size_t count) {
  double error = 0;
  for (size_t b = 0; b < METRIC_BINS; b++) {
    double difference = 0;
    for (size_t i = count * b / METRIC_BINS; i < count * (b + 1) / METRIC_BINS; i++)
      difference += (double)sorted[i].p - sorted[i].is_true;
    error += fabs(difference) / (double)count;
  }
  return error;
}

enum stance_status metrics_probabilities(const float *p, size_t label_count, const uint32_t *truth, size_t count,
                                         struct probability_scores *out, struct stance_error *error) {
  struct sorted *sorted = malloc((count + 1) * sizeof *sorted);
  *out = (struct probability_scores){0};
  if (!sorted) return stance_fail_memory(error);
  double n = count ? (double)count : 1;
  for (size_t l = 0; l < label_count; l++) {
    for (size_t i = 0; i < count; i++) {
      sorted[i] = (struct sorted){p[i * label_count + l], truth[i] == l};
      double share = (double)sorted[i].p, miss = share - sorted[i].is_true;
      out->mean_p[l] += share / n;
      out->share[l] += sorted[i].is_true / n;
      out->brier += miss * miss / n;
      if (sorted[i].is_true) out->log_loss -= log(fmax(share, 1e-7)) / n;
    }
    qsort(sorted, count, sizeof *sorted, by_p);
    if (count) out->error[l] = classwise_error(sorted, count);
    out->mean_error += out->error[l] / (double)label_count;
  }
  free(sorted);
  return STANCE_OK;
}
