/* SPDX-License-Identifier: MIT
 * Dual coordinate descent as in liblinear's -s 1 and -s 3, on our own rows.
 *
 *   min over a  1/2 a' (Q + D) a - sum a,   0 <= a_i <= U,   Q_ij = y_i y_j x_i x_j,   w = sum y_i a_i x_i
 *   L2-loss: D_ii = 1 / (2 C_i), U = infinity;  L1-loss: D_ii = 0, U = C_i
 *
 * Hsieh, Chang, Lin, Keerthi, Sundararajan: A dual coordinate descent method for large-scale linear SVM, 2008; with
 * shrinking, as in liblinear 2.3: the same rows in the same order and the same sums, so the weights are equal to the
 * last bit (tested). liblinear itself takes 16 bytes per entry in addition to the rows. Here the rows' values are used
 * in place, and columns are renumbered by frequency, so that the weights used most lie together in the processor's
 * cache. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "solver.h"
#include "stance/base/error.h"

struct solver_dual {
  uint32_t *columns; /* [first[count]]: each entry's index in w */
  uint32_t *places;  /* [column_count]: each column's index in w */
  double *norms;     /* [count]: |x|^2, with the bias */
  double bias;
};

struct frequency {
  uint32_t column, rows;
};

static int by_rows(const void *left, const void *right) {
  const struct frequency *a = left, *b = right;
  if (a->rows != b->rows) return a->rows > b->rows ? -1 : 1;
  return (a->column > b->column) - (a->column < b->column);
}

static bool place_columns(const struct rows *rows, struct solver_dual *dual) {
  struct frequency *order = calloc(rows->column_count + 1, sizeof *order);
  if (!order) return false;
  for (size_t c = 0; c < rows->column_count; c++) order[c].column = (uint32_t)c;
  for (size_t e = 0; e < rows->first[rows->count]; e++) order[rows->columns[e]].rows++;
  if (rows->column_count) qsort(order, rows->column_count, sizeof *order, by_rows);
  for (size_t place = 0; place < rows->column_count; place++) dual->places[order[place].column] = (uint32_t)place;
  free(order);
  return true;
}

enum stance_status solver_dual_data(struct solver_data *data, double bias_scale, struct stance_error *error) {
  const struct rows *rows = data->rows;
  size_t entries = rows->first[rows->count];
  struct solver_dual *dual = data->dual = calloc(1, sizeof *dual);
  if (!dual) return stance_fail_memory(error);
  dual->bias = bias_scale;
  dual->columns = malloc((entries + 1) * sizeof *dual->columns);
  dual->places = malloc((rows->column_count + 1) * sizeof *dual->places);
  dual->norms = malloc((rows->count + 1) * sizeof *dual->norms);
  if (!dual->columns || !dual->places || !dual->norms || !place_columns(rows, dual)) return stance_fail_memory(error);
  for (size_t e = 0; e < entries; e++) dual->columns[e] = dual->places[rows->columns[e]];
  for (size_t r = 0; r < rows->count; r++) {
    double norm = 0;
    for (size_t e = rows->first[r]; e < rows->first[r + 1]; e++)
      norm += (double)rows->values[e] * (double)rows->values[e];
    dual->norms[r] = norm + bias_scale * bias_scale;
  }
  return STANCE_OK;
}

void solver_dual_free(struct solver_dual *dual) {
  if (!dual) return;
  free(dual->columns);
  free(dual->places);
  free(dual->norms);
  free(dual);
}

/* ---- one problem ---------------------------------------------------------------------------------------------- */

struct descent {
  const struct rows *rows;
  const struct solver_dual *dual;
  double *w;                      /* renumbered weights, then the bias */
  double *alpha;                  /* [count], in the order of `row` */
  uint32_t *row, *order;          /* row: positive rows first; order: the order of visits */
  size_t count, positive, active; /* active: the first so many of `order` are visited, the others are shrunk */
  double diagonal[2], limit[2];   /* of negative and positive rows */
  double highest, lowest;         /* of the projected gradients in the last pass, for shrinking */
  double now_highest, now_lowest; /* the same in this pass */
  uint64_t random;
};

static double product(const struct descent *d, uint32_t row) {
  const uint32_t *columns = d->dual->columns;
  const float *values = d->rows->values;
  double sum = 0;
  for (size_t e = d->rows->first[row], end = d->rows->first[row + 1]; e < end; e++)
    sum += d->w[columns[e]] * (double)values[e];
  return sum + d->w[d->rows->column_count] * d->dual->bias;
}

static void add(struct descent *d, uint32_t row, double amount) {
  const uint32_t *columns = d->dual->columns;
  const float *values = d->rows->values;
  for (size_t e = d->rows->first[row], end = d->rows->first[row + 1]; e < end; e++)
    d->w[columns[e]] += amount * (double)values[e];
  d->w[d->rows->column_count] += amount * d->dual->bias;
}

static void swap(uint32_t *a, uint32_t *b) {
  uint32_t kept = *a;
  *a = *b;
  *b = kept;
}

/* Optimises one variable. False: it is at its bound and likely to stay there, so it is shrunk. */
static bool visit(struct descent *d, uint32_t i) {
  bool is_positive = i < d->positive;
  double y = is_positive ? 1 : -1, limit = d->limit[is_positive], alpha = d->alpha[i], projected = 0;
  double gradient = y * product(d, d->row[i]) - 1;
  gradient += alpha * d->diagonal[is_positive];
  bool at_zero = !(alpha > 0), at_limit = !at_zero && !(alpha < limit);
  if ((at_zero && gradient > d->highest) || (at_limit && gradient < d->lowest)) return false;
  if ((!at_zero && !at_limit) || (at_zero && gradient < 0) || (at_limit && gradient > 0)) projected = gradient;
  if (projected > d->now_highest) d->now_highest = projected;
  if (projected < d->now_lowest) d->now_lowest = projected;
  if (fabs(projected) > 1e-12) {
    double curvature = d->diagonal[is_positive] + d->dual->norms[d->row[i]], next = alpha - gradient / curvature;
    if (next < 0) next = 0;
    if (next > limit) next = limit;
    d->alpha[i] = next;
    add(d, d->row[i], (next - alpha) * y);
  }
  return true;
}

static void pass(struct descent *d) {
  d->now_highest = -INFINITY;
  d->now_lowest = INFINITY;
  for (size_t i = 0; i < d->active; i++)
    swap(&d->order[i], &d->order[i + (size_t)(random_next(&d->random) >> 33) % (d->active - i)]);
  for (size_t s = 0; s < d->active;) {
    if (visit(d, d->order[s])) s++;
    else swap(&d->order[s], &d->order[--d->active]);
  }
}

static void descend(struct descent *d, double epsilon) {
  enum { PASSES_MAX = 1000 };
  d->active = d->count;
  d->highest = INFINITY;
  d->lowest = -INFINITY;
  for (int passes = 0; passes < PASSES_MAX; passes++) {
    pass(d);
    if (d->now_highest - d->now_lowest <= epsilon) {
      if (d->active == d->count) return;
      d->active = d->count; /* converged for the active ones; visit all again */
      d->highest = INFINITY;
      d->lowest = -INFINITY;
      continue;
    }
    d->highest = d->now_highest > 0 ? d->now_highest : INFINITY;
    d->lowest = d->now_lowest < 0 ? d->now_lowest : -INFINITY;
  }
}

static bool open_descent(const struct solver_data *data, const struct solver_problem *problem, struct descent *d) {
  *d = (struct descent){.rows = data->rows, .dual = data->dual, .count = problem->count};
  d->w = calloc(data->rows->column_count + 1, sizeof *d->w);
  d->alpha = calloc(problem->count + 1, sizeof *d->alpha);
  d->row = malloc((problem->count + 1) * sizeof *d->row);
  d->order = malloc((problem->count + 1) * sizeof *d->order);
  if (!d->w || !d->alpha || !d->row || !d->order) return false;
  size_t next = 0;
  for (int sign = 1; sign >= -1; sign -= 2) {
    for (size_t i = 0; i < problem->count; i++)
      if (problem->y[i] == sign) d->row[next++] = problem->index[i];
    if (sign > 0) d->positive = next;
  }
  for (size_t i = 0; i < problem->count; i++) d->order[i] = (uint32_t)i;
  return true;
}

enum stance_status solver_dual_solve(const struct solver_data *data, const struct solver_settings *settings,
                                     const struct solver_problem *problem, struct solver_solution *out,
                                     struct stance_error *error) {
  struct descent d;
  bool is_ok = open_descent(data, problem, &d);
  if (is_ok) {
    bool is_l1 = settings->kind == SOLVER_LIBLINEAR_L1_DUAL;
    for (int sign = 0; sign < 2; sign++) {
      double c = settings->c * (sign ? problem->weight_positive : problem->weight_negative);
      d.diagonal[sign] = is_l1 ? 0 : 0.5 / c;
      d.limit[sign] = is_l1 ? c : INFINITY;
    }
    d.random = settings->seed;
    descend(&d, settings->epsilon > 0 ? settings->epsilon : 0.1);
    for (size_t c = 0; c < data->rows->column_count; c++) out->exact[c] = d.w[data->dual->places[c]];
    out->bias = d.w[data->rows->column_count] * data->dual->bias;
  }
  free(d.w);
  free(d.alpha);
  free(d.row);
  free(d.order);
  return is_ok ? STANCE_OK : stance_fail_memory(error);
}
