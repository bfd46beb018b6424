/* SPDX-License-Identifier: MIT
 * Multinomial logistic regression from a unit's decision values to its probabilities: p = softmax(A d + b), by Newton's
 * method.
 *
 *   loss = -sum_i log p_i[y_i] + sum_{l != k} A[l][k]^2 + 0.05 sum_l (A[l][l] - 2)^2
 *
 * The off-diagonal penalty is that of Kull et al. 2019 (Dirichlet calibration, ODIR). The diagonal penalty keeps the
 * fit of a separable set finite; its centre is the slope 2 of a model without calibration. The intercepts have almost
 * no penalty, so the gradient in b[l] is sum_i p_i[l] - units of l: at the minimum, the mean of p is the share of each
 * label. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "calibrate.h"
#include "stance/base/error.h"
#include "stance/model/model.h"

static const double off_diagonal = 2, diagonal = 0.1, prior_slope = 2, intercept = 1e-6,
                    other_input = 0.2; /* second derivatives of the penalties */
static const double least_slope = 0.05;
enum { STEPS = 60 };

/* The parameters are rows of m + 1: A[l][0 .. n-1], weights of the other inputs, b[l]. map: each parameter's free parameter, which may be shared, or
 * -1: fixed. */
struct fit {
  const double *inputs; /* [count][m]: the n decision values, then others */
  const uint32_t *labels;
  size_t count, n, m, full, free;
  int *map;                          /* [full] */
  double *theta, *trial;             /* [full] */
  double *gradient, *hessian, *step; /* free parameters */
  double *row;                       /* [full x full]: the Hessian in all parameters */
  struct stance_arena arena;         /* of all arrays */
};

static bool fit_new(struct fit *fit) {
  size_t full = fit->full = fit->n * (fit->m + 1);
  fit->map = stance_arena_zalloc(&fit->arena, full, sizeof *fit->map);
  fit->theta = stance_arena_zalloc(&fit->arena, full, sizeof *fit->theta);
  fit->trial = stance_arena_zalloc(&fit->arena, full, sizeof *fit->trial);
  fit->gradient = stance_arena_zalloc(&fit->arena, full, sizeof *fit->gradient);
  fit->hessian = stance_arena_zalloc(&fit->arena, full * full, sizeof *fit->hessian);
  fit->step = stance_arena_zalloc(&fit->arena, full, sizeof *fit->step);
  fit->row = stance_arena_zalloc(&fit->arena, full * full, sizeof *fit->row);
  return fit->map && fit->theta && fit->trial && fit->gradient && fit->hessian && fit->step && fit->row;
}

static bool is_diagonal(const struct fit *fit, size_t i) { return i / (fit->m + 1) == i % (fit->m + 1); }
static bool is_intercept(const struct fit *fit, size_t i) { return i % (fit->m + 1) == fit->m; }
static bool is_other(const struct fit *fit, size_t i) { return i % (fit->m + 1) >= fit->n && !is_intercept(fit, i); }

static double penalty_of(const struct fit *fit, size_t i, double *centre) {
  *centre = is_diagonal(fit, i) ? prior_slope : 0;
  return is_intercept(fit, i)  ? intercept
         : is_other(fit, i)    ? other_input
         : is_diagonal(fit, i) ? diagonal
                               : off_diagonal;
}

static double probabilities(const struct fit *fit, const double *theta, const double *d, double *p, uint32_t label) {
  double largest = -INFINITY, sum = 0;
  size_t n = fit->n, m = fit->m;
  for (size_t l = 0; l < n; l++) {
    const double *row = theta + l * (m + 1);
    p[l] = row[m];
    for (size_t k = 0; k < m; k++) p[l] += row[k] * d[k];
    largest = fmax(largest, p[l]);
  }
  double own = p[label] - largest;
  for (size_t l = 0; l < n; l++) sum += p[l] = exp(p[l] - largest);
  for (size_t l = 0; l < n; l++) p[l] /= sum;
  return log(sum) - own; /* -log p[label] */
}

static double loss_at(const struct fit *fit, const double *theta) {
  double p[STANCE_LABELS_MAX], sum = 0, centre;
  for (size_t i = 0; i < fit->count; i++) sum += probabilities(fit, theta, fit->inputs + i * fit->m, p, fit->labels[i]);
  for (size_t i = 0; i < fit->full; i++) {
    double strength = penalty_of(fit, i, &centre);
    sum += strength / 2 * (theta[i] - centre) * (theta[i] - centre);
  }
  return sum;
}

/* Adds a unit's w x x', x = (inputs, 1), to the block of labels l and k. */
static void add_block(const struct fit *fit, size_t l, size_t k, const double *d, double w) {
  size_t m = fit->m;
  for (size_t a = 0; a <= m; a++) {
    double *out = fit->row + (l * (m + 1) + a) * fit->full + k * (m + 1), xa = w * (a < m ? d[a] : 1);
    for (size_t b = 0; b < m; b++) out[b] += xa * d[b];
    out[m] += xa;
  }
}

static void add_gradient(struct fit *fit, size_t at, double value) {
  if (fit->map[at] >= 0) fit->gradient[fit->map[at]] += value;
}

static void derivatives(struct fit *fit) {
  double p[STANCE_LABELS_MAX], centre;
  size_t n = fit->n, inputs = fit->m;
  memset(fit->gradient, 0, fit->full * sizeof *fit->gradient);
  memset(fit->hessian, 0, fit->free * fit->free * sizeof *fit->hessian);
  memset(fit->row, 0, fit->full * fit->full * sizeof *fit->row);
  for (size_t i = 0; i < fit->count; i++) {
    const double *d = fit->inputs + i * inputs;
    probabilities(fit, fit->theta, d, p, fit->labels[i]);
    for (size_t l = 0; l < n; l++) {
      double residual = p[l] - (fit->labels[i] == l);
      for (size_t k = 0; k <= inputs; k++) add_gradient(fit, l * (inputs + 1) + k, residual * (k < inputs ? d[k] : 1));
      for (size_t m = 0; m < n; m++) add_block(fit, l, m, d, p[l] * ((l == m) - p[m]));
    }
  }
  for (size_t i = 0; i < fit->full; i++) {
    double strength = penalty_of(fit, i, &centre);
    add_gradient(fit, i, strength * (fit->theta[i] - centre));
    fit->row[i * fit->full + i] += strength;
  }
  for (size_t i = 0; i < fit->full; i++)
    for (size_t j = 0; j < fit->full; j++)
      if (fit->map[i] >= 0 && fit->map[j] >= 0)
        fit->hessian[(size_t)fit->map[i] * fit->free + (size_t)fit->map[j]] += fit->row[i * fit->full + j];
}

/* step = -H^-1 g, by Cholesky decomposition in place. False: H is not positive definite. */
static bool solve(struct fit *fit) {
  size_t n = fit->free;
  double *h = fit->hessian, *x = fit->step;
  for (size_t j = 0; j < n; j++) {
    for (size_t k = 0; k < j; k++) h[j * n + j] -= h[j * n + k] * h[j * n + k];
    if (!(h[j * n + j] > 0)) return false;
    h[j * n + j] = sqrt(h[j * n + j]);
    for (size_t i = j + 1; i < n; i++) {
      for (size_t k = 0; k < j; k++) h[i * n + j] -= h[i * n + k] * h[j * n + k];
      h[i * n + j] /= h[j * n + j];
    }
  }
  for (size_t i = 0; i < n; i++) {
    x[i] = -fit->gradient[i];
    for (size_t k = 0; k < i; k++) x[i] -= h[i * n + k] * x[k];
    x[i] /= h[i * n + i];
  }
  for (size_t i = n; i-- > 0;) {
    for (size_t k = i + 1; k < n; k++) x[i] -= h[k * n + i] * x[k];
    x[i] /= h[i * n + i];
  }
  return true;
}

static void newton(struct fit *fit) {
  double loss = loss_at(fit, fit->theta);
  for (int round = 0; round < STEPS; round++) {
    derivatives(fit);
    double decrease = 0, size = 1, next = loss;
    if (!solve(fit)) return;
    for (size_t i = 0; i < fit->free; i++) decrease += fit->gradient[i] * fit->step[i];
    if (decrease > -1e-10) return;
    for (; size > 1e-8; size /= 2) {
      for (size_t i = 0; i < fit->full; i++)
        fit->trial[i] = fit->theta[i] + (fit->map[i] >= 0 ? size * fit->step[fit->map[i]] : 0);
      next = loss_at(fit, fit->trial);
      if (next <= loss + 1e-4 * size * decrease) break;
    }
    if (size <= 1e-8) return;
    memcpy(fit->theta, fit->trial, fit->full * sizeof *fit->theta);
    loss = next;
  }
}

enum shape { WHOLE_MATRIX, ONE_SLOPE, FIXED_SLOPE };

static void run(struct fit *fit, enum shape shape) {
  int free = shape == ONE_SLOPE; /* parameter 0: the slope that all labels share */
  for (size_t i = 0; i < fit->full; i++) {
    bool is_shared = is_diagonal(fit, i) && shape == ONE_SLOPE;
    fit->map[i] = shape == WHOLE_MATRIX                      ? (int)i
                  : is_intercept(fit, i) || is_other(fit, i) ? free++
                  : is_shared                                ? 0
                                                             : -1;
    fit->theta[i] = is_diagonal(fit, i) ? shape == FIXED_SLOPE ? least_slope : prior_slope : 0;
  }
  fit->free = shape == WHOLE_MATRIX ? fit->full : (size_t)free;
  newton(fit);
}

/* Whether a larger d[l] always raises p[l]: A[l][l] is the largest of its column. */
static bool is_rising(const struct fit *fit) {
  size_t n = fit->n;
  for (size_t l = 0; l < n; l++) {
    double own = fit->theta[l * (fit->m + 1) + l];
    if (!(own > least_slope)) return false;
    for (size_t m = 0; m < n; m++)
      if (m != l && fit->theta[m * (fit->m + 1) + l] >= own) return false;
  }
  return true;
}

enum stance_status calibrate_logistic(const double *decisions, const uint32_t *labels, size_t count, bool keeps_order,
                                      struct stance_model_head *head, struct stance_error *error) {
  struct fit fit = {
      .inputs = decisions, .labels = labels, .count = count, .n = head->label_count, .m = head->label_count};
  enum stance_status status = fit_new(&fit) ? STANCE_OK : stance_fail_memory(error);
  for (int shape = keeps_order ? ONE_SLOPE : WHOLE_MATRIX; status == STANCE_OK && shape <= FIXED_SLOPE; shape++) {
    run(&fit, (enum shape)shape);
    if (shape < FIXED_SLOPE && !is_rising(&fit)) continue;
    for (size_t l = 0; l < fit.n; l++) {
      memcpy(head->slope[l], fit.theta + l * (fit.n + 1), fit.n * sizeof *fit.theta);
      head->intercept[l] = fit.theta[l * (fit.n + 1) + fit.n];
    }
    break;
  }
  stance_arena_free(&fit.arena);
  return status;
}

enum stance_status calibrate_lean(const double *inputs, const uint32_t *labels, size_t count, size_t label_count,
                                  struct stance_lean_weights *out, struct stance_error *error) {
  struct fit fit = {.inputs = inputs, .labels = labels, .count = count, .n = label_count};
  fit.m = label_count + STANCE_LEAN_INPUTS;
  enum stance_status status = fit_new(&fit) ? STANCE_OK : stance_fail_memory(error);
  if (status == STANCE_OK) run(&fit, ONE_SLOPE);
  double slope = status == STANCE_OK ? fit.theta[0] : 0;
  for (size_t l = 0; l < label_count; l++)
    for (size_t i = 0; i < STANCE_LEAN_INPUTS; i++)
      out->weights[l][i] = slope > least_slope ? fit.theta[l * (fit.m + 1) + label_count + i] / slope : 0;
  stance_arena_free(&fit.arena);
  return status;
}
