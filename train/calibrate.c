/* SPDX-License-Identifier: MIT */
#include "calibrate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "metric.h"
#include "stance/base/error.h"
#include "stance/model/model.h"

/* ---- Platt's sigmoid ------------------------------------------------------------------------------------ */

/* The negative log likelihood of targets t under a, b, without overflow: sum_i t_i f_i + log(1 + exp(-f_i)), f = a d +
 * b. */
static double loss_of(const double *decisions, const bool *is_positive, size_t count, double high, double low, double a,
                      double b) {
  double sum = 0;
  for (size_t i = 0; i < count; i++) {
    double f = a * decisions[i] + b, t = is_positive[i] ? high : low;
    sum += f >= 0 ? t * f + log1p(exp(-f)) : (t - 1) * f + log1p(exp(f));
  }
  return sum;
}

struct slope { /* gradient and Hessian in a and b */
  double g1, g2, h11, h22, h21;
};

static struct slope slope_of(const double *decisions, const bool *is_positive, size_t count, double high, double low,
                             double a, double b) {
  static const double sigma = 1e-12; /* keeps the Hessian positive definite */
  struct slope s = {.h11 = sigma, .h22 = sigma};
  for (size_t i = 0; i < count; i++) {
    double f = a * decisions[i] + b, t = is_positive[i] ? high : low, e = exp(-fabs(f));
    double p = f >= 0 ? e / (1 + e) : 1 / (1 + e), d1 = t - p, d2 = e / ((1 + e) * (1 + e));
    s.h11 += decisions[i] * decisions[i] * d2;
    s.h22 += d2;
    s.h21 += decisions[i] * d2;
    s.g1 += decisions[i] * d1;
    s.g2 += d1;
  }
  return s;
}

void calibrate_platt(const double *decisions, const bool *is_positive, size_t count, double *a, double *b) {
  size_t positive = 0;
  for (size_t i = 0; i < count; i++) positive += is_positive[i];
  size_t negative = count - positive;
  double high = ((double)positive + 1) / ((double)positive + 2), low = 1 / ((double)negative + 2);
  *a = 0;
  *b = log(((double)negative + 1) / ((double)positive + 1));
  if (!positive || !negative) return;
  double loss = loss_of(decisions, is_positive, count, high, low, *a, *b);
  for (int step = 0; step < 100; step++) {
    struct slope s = slope_of(decisions, is_positive, count, high, low, *a, *b);
    if (fabs(s.g1) < 1e-5 && fabs(s.g2) < 1e-5) break;
    double determinant = s.h11 * s.h22 - s.h21 * s.h21;
    double da = -(s.h22 * s.g1 - s.h21 * s.g2) / determinant, db = -(-s.h21 * s.g1 + s.h11 * s.g2) / determinant;
    double decrease = s.g1 * da + s.g2 * db, size = 1;
    for (; size >= 1e-10; size /= 2) {
      double next = loss_of(decisions, is_positive, count, high, low, *a + size * da, *b + size * db);
      if (next < loss + 1e-4 * size * decrease) {
        *a += size * da;
        *b += size * db;
        loss = next;
        break;
      }
    }
    if (size < 1e-10) break;
  }
  if (*a < 0 && isfinite(*a) && isfinite(*b)) return;
  *a = 0; /* decision values without information, or with the wrong sign: p is the prior */
  *b = log(((double)negative + 1) / ((double)positive + 1));
}

/* ---- isotonic regression -------------------------------------------------------------------------------- */

struct point {
  double decision;
  bool is_positive;
};
struct block {
  double decisions, positive, count; /* sums */
};

static int by_decision(const void *a, const void *b) {
  const struct point *x = a, *y = b;
  if (x->decision < y->decision || x->decision > y->decision) return x->decision < y->decision ? -1 : 1;
  return (int)x->is_positive - (int)y->is_positive;
}

static double rate(const struct block *block) { return (block->positive + 0.5) / (block->count + 1); }

static void merge(struct block *into, const struct block *from) {
  into->decisions += from->decisions;
  into->positive += from->positive;
  into->count += from->count;
}

size_t calibrate_isotonic(const double *decisions, const bool *is_positive, size_t count, float *knots, float *p,
                          struct stance_error *error) {
  struct point *points = malloc((count + 1) * sizeof *points);
  struct block *blocks = malloc((count + 1) * sizeof *blocks);
  size_t used = 0, least = count / CALIBRATE_KNOTS_MAX + 1;
  if (points && blocks) {
    for (size_t i = 0; i < count; i++) points[i] = (struct point){decisions[i], is_positive[i]};
    qsort(points, count, sizeof *points, by_decision);
    /* blocks of equal decision values and at least `least` units, to limit the knots */
    for (size_t i = 0; i < count;) {
      struct block block = {0};
      do {
        struct block one = {points[i].decision, points[i].is_positive, 1};
        merge(&block, &one);
        i++;
      } while (i < count && (block.count < (double)least || points[i].decision <= points[i - 1].decision));
      blocks[used++] = block;
      while (used > 1 && rate(&blocks[used - 2]) >= rate(&blocks[used - 1])) {
        merge(&blocks[used - 2], &blocks[used - 1]);
        used--;
      }
    }
    if (!used) blocks[used++] = (struct block){0, 0, 0}; /* no data: p is 1/2 */
    for (size_t k = 0; k < used; k++) {
      knots[k] = blocks[k].count > 0 ? (float)(blocks[k].decisions / blocks[k].count) : 0;
      p[k] = (float)rate(&blocks[k]);
    }
  } else {
    stance_fail_memory(error);
  }
  free(points);
  free(blocks);
  return used;
}

/* Fits weights so that the mean of p is each label's share, by iterative proportional fitting. */
static void fit_weights(const double *decisions, const uint32_t *labels, size_t count, struct stance_model_head *head) {
  double share[STANCE_LABELS_MAX] = {0}, mean[STANCE_LABELS_MAX];
  float p[STANCE_LABELS_MAX];
  uint32_t label;
  for (size_t i = 0; i < count; i++) share[labels[i]]++;
  for (size_t l = 0; l < head->label_count; l++) head->weight[l] = 1;
  for (int round = 0; round < 100; round++) {
    double worst = 0;
    memset(mean, 0, sizeof mean);
    for (size_t i = 0; i < count; i++) {
      stance_model_probabilities(head, decisions + i * head->label_count, p, &label, NULL);
      for (size_t l = 0; l < head->label_count; l++) mean[l] += (double)p[l];
    }
    for (size_t l = 0; l < head->label_count; l++) {
      if (!(share[l] > 0)) continue;
      worst = fmax(worst, fabs(mean[l] - share[l]) / (double)count);
      head->weight[l] *= share[l] / mean[l];
    }
    if (worst < 1e-5) break;
  }
}

enum stance_status calibrate_head(const double *decisions, const uint32_t *labels, size_t count, bool keeps_order,
                                  struct stance_arena *arena, struct stance_model_head *head,
                                  struct stance_error *error) {
  double *column = malloc((count + 1) * sizeof *column);
  bool *is_positive = calloc(count + 1, sizeof *is_positive);
  enum stance_status status = column && is_positive ? STANCE_OK : stance_fail_memory(error);
  if (head->calibration == STANCE_CALIBRATION_NONE) head->calibration = STANCE_CALIBRATION_LOGISTIC;
  bool is_joint = head->calibration == STANCE_CALIBRATION_LOGISTIC;
  if (status == STANCE_OK && is_joint) status = calibrate_logistic(decisions, labels, count, keeps_order, head, error);
  for (size_t l = 0; status == STANCE_OK && !is_joint && l < head->label_count; l++) {
    for (size_t i = 0; i < count; i++) {
      column[i] = decisions[i * head->label_count + l];
      is_positive[i] = labels[i] == l;
    }
    if (head->calibration == STANCE_CALIBRATION_PLATT) {
      calibrate_platt(column, is_positive, count, &head->platt_a[l], &head->platt_b[l]);
      continue;
    }
    float *knots = stance_arena_alloc(arena, CALIBRATE_KNOTS_MAX + 1, sizeof *knots);
    float *p = stance_arena_alloc(arena, CALIBRATE_KNOTS_MAX + 1, sizeof *p);
    if (!knots || !p) status = stance_fail_memory(error);
    else {
      head->knot_count[l] = calibrate_isotonic(column, is_positive, count, knots, p, error);
      head->knots[l] = knots;
      head->knot_p[l] = p;
      if (!head->knot_count[l]) status = stance_fail_memory(error);
    }
  }
  if (status == STANCE_OK && !is_joint) fit_weights(decisions, labels, count, head);
  free(column);
  free(is_positive);
  return status;
}

/* As log p[l] = a d[l] + b[l] + constant, exp(-b[l]) p[l] is largest where d[l] is. */
void calibrate_by_order(const uint32_t *labels, size_t count, struct stance_model_head *head) {
  double largest = -INFINITY;
  bool seen[STANCE_LABELS_MAX] = {false};
  for (size_t i = 0; i < count; i++) seen[labels[i]] = true;
  for (size_t l = 0; l < head->label_count; l++)
    if (seen[l]) largest = fmax(largest, head->intercept[l]);
  for (size_t l = 0; l < head->label_count; l++)
    head->factor[l] = seen[l] ? exp(fmin(largest - head->intercept[l], 50)) : CALIBRATE_NEVER;
}

/* ---- the factors that decide the label ------------------------------------------------------------------ */

static double macro_f1(const struct stance_head *definition, const float *p, const uint32_t *labels, size_t count,
                       const double *factor) {
  struct metrics metrics = {0};
  size_t n = definition->label_count;
  for (size_t i = 0; i < count; i++) {
    size_t best = 0;
    for (size_t l = 1; l < n; l++)
      if ((double)p[i * n + l] * factor[l] > (double)p[i * n + best] * factor[best]) best = l;
    metrics.confusion[labels[i]][best]++;
  }
  metrics_finish(definition, &metrics);
  return metrics.macro_f1;
}

enum stance_status calibrate_factors(const struct stance_head *definition, const double *decisions,
                                     const uint32_t *labels, size_t count, struct stance_model_head *head,
                                     struct stance_error *error) {
  enum { STEPS = 33 }; /* 1/8 to 32 */
  size_t n = head->label_count, common = 0, seen[STANCE_LABELS_MAX] = {0};
  uint32_t label;
  for (size_t l = 0; l < n; l++) head->factor[l] = 1;
  if (count < CALIBRATE_FACTORS_MIN) return STANCE_OK;
  float *p = malloc(count * n * sizeof *p);
  if (!p) return stance_fail_memory(error);
  for (size_t i = 0; i < count; i++) {
    stance_model_probabilities(head, decisions + i * n, p + i * n, &label, NULL);
    seen[labels[i]]++;
  }
  for (size_t l = 1; l < n; l++)
    if (seen[l] > seen[common]) common = l;
  double best = macro_f1(definition, p, labels, count, head->factor);
  /* coordinate ascent, one label after the other; the most frequent one keeps 1 */
  for (int round = 0; round < 3; round++)
    for (size_t l = 0; l < n; l++) {
      if (l == common || !seen[l]) continue;
      double chosen = head->factor[l];
      for (int step = 0; step < STEPS; step++) {
        head->factor[l] = pow(2, -3 + step / 4.0);
        double f1 = macro_f1(definition, p, labels, count, head->factor);
        if (f1 > best + 1e-4) {
          best = f1;
          chosen = head->factor[l];
        }
      }
      head->factor[l] = chosen;
    }
  /* Among factors with practically equal macro-F1 (within a part of its standard error, which falls with the root of the
   * units), the largest ones are taken: they find more of the rare labels, which may be more frequent in other text. The
   * figure goes up and down from step to step, so that the search looks some steps ahead. */
  const double indifferent = fmin(0.003, 0.36 / sqrt((double)count));
  enum { AHEAD = 3 };
  for (bool moves = true; moves;) { /* each label a step in turn: whichever came first would take all that there is */
    moves = false;
    for (size_t l = 0; l < n; l++) {
      if (l == common || !seen[l]) continue;
      double from = head->factor[l];
      bool is_taken = false;
      for (int step = 1; step <= AHEAD && from * pow(2, step / 4.0) < 32 && !is_taken; step++) {
        head->factor[l] = from * pow(2, step / 4.0);
        is_taken = macro_f1(definition, p, labels, count, head->factor) >= best - indifferent;
      }
      if (!is_taken) head->factor[l] = from;
      moves |= is_taken;
    }
  }
  free(p);
  return STANCE_OK;
}
