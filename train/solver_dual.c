/* SPDX-License-Identifier: MIT
 * Dual coordinate descent as in liblinear's -s 1 and -s 3, on our own rows, for several labels side by side.
 *
 *   min over a  1/2 a' (Q + D) a - sum a,   0 <= a_i <= U,   Q_ij = y_i y_j x_i x_j,   w = sum y_i a_i x_i
 *   L2-loss: D_ii = 1 / (2 C_i), U = infinity;  L1-loss: D_ii = 0, U = C_i
 *
 * Hsieh, Chang, Lin, Keerthi, Sundararajan: A dual coordinate descent method for large-scale linear SVM, 2008; with
 * shrinking and stopping as in liblinear 2.3. The labels' problems differ in y alone: a row that is visited is visited
 * for each label that has not shrunk it, and the labels' weights of a column lie together (lanes), so that one load
 * serves all. Weights are summed in single precision, as models keep them; if epsilon is below exact_below, in double
 * precision. Each label's sums have the same order whatever the processor. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "solver.h"
#include "stance/base/error.h"

enum { LANES = SOLVER_LANES };
static const double exact_below = 0.001;
/* liblinear stops at 0.1. On dse/train, macro-F1 out of fold is 0.669 at 0.1, 0.5 and 1, log loss 0.365, after 17, 11
 * and 8 passes. */
static const double default_epsilon = 0.5;

typedef float lanes __attribute__((vector_size(LANES * sizeof(float))));

struct solver_dual {
  double *norms; /* [count]: |x|^2, with the bias */
  double bias;
};

static double norm_of(const struct rows *rows, size_t row) {
  double norm = 0;
  const float *next = rows->values + rows->first_value[row];
  for (size_t e = rows->first[row]; e < rows->first[row + 1]; e++) {
    next += rows->columns[e] >> 31;
    norm += (double)next[-1] * (double)next[-1];
  }
  for (size_t i = row * rows->dense_count; i < (row + 1) * rows->dense_count; i++)
    norm += (double)rows->dense[i] * (double)rows->dense[i];
  return norm;
}

enum stance_status solver_dual_data(struct solver_data *data, double bias_scale, struct stance_error *error) {
  const struct rows *rows = data->rows;
  struct solver_dual *dual = data->dual = calloc(1, sizeof *dual);
  if (!dual) return stance_fail_memory(error);
  dual->bias = bias_scale;
  dual->norms = malloc((rows->count + 1) * sizeof *dual->norms);
  if (!dual->norms) return stance_fail_memory(error);
  for (size_t r = 0; r < rows->count; r++) dual->norms[r] = norm_of(rows, r) + bias_scale * bias_scale;
  return STANCE_OK;
}

void solver_dual_free(struct solver_dual *dual) {
  if (!dual) return;
  free(dual->norms);
  free(dual);
}

/* ---- weights ---------------------------------------------------------------------------------------------- */

struct side {                     /* a label against the rest */
  bool is_done, is_whole;         /* is_whole: no row is shrunk for it */
  double diagonal[2], limit[2];   /* of negative and positive rows */
  double highest, lowest;         /* of the projected gradients in the last pass, for shrinking */
  double now_highest, now_lowest; /* the same in this pass */
};

struct descent {
  const struct rows *rows;
  const struct solver_dual *dual;
  const struct solver_problem *problem;
  lanes *w;               /* [column_count + 1]: weights, then the bias */
  double (*exact)[LANES]; /* the same in double precision, in place of w; NULL: w */
  double *alpha;          /* [count][label_count] */
  uint8_t *open;          /* [count]: a bit for each label that has not shrunk the row */
  uint32_t *order;        /* the order of visits */
  size_t active;          /* the first so many of `order` are visited, the others are shrunk for all labels */
  struct side sides[LANES];
  uint64_t random;
  const atomic_int *interrupted;
};

static void product(const struct descent *d, uint32_t row, double *out) {
  const struct rows *rows = d->rows;
  const float *next = rows->values + rows->first_value[row], *dense = rows->dense + row * rows->dense_count;
  const lanes *w = d->w, *zones = w + rows->column_count - rows->dense_count;
  lanes sum = w[rows->column_count] * (float)d->dual->bias;
  for (const uint32_t *at = rows->columns + rows->first[row], *end = rows->columns + rows->first[row + 1]; at < end;
       at++) {
    next += *at >> 31;
    sum += w[*at & ROWS_COLUMN] * next[-1];
  }
  for (size_t i = 0; i < rows->dense_count; i++) sum += zones[i] * dense[i];
  for (size_t l = 0; l < LANES; l++) out[l] = (double)sum[l];
}

static void add(struct descent *d, uint32_t row, const double *amount) {
  const struct rows *rows = d->rows;
  const float *next = rows->values + rows->first_value[row], *dense = rows->dense + row * rows->dense_count;
  lanes *w = d->w, *zones = w + rows->column_count - rows->dense_count, step = {0};
  for (size_t l = 0; l < LANES; l++) step[l] = (float)amount[l];
  for (const uint32_t *at = rows->columns + rows->first[row], *end = rows->columns + rows->first[row + 1]; at < end;
       at++) {
    next += *at >> 31;
    w[*at & ROWS_COLUMN] += step * next[-1];
  }
  for (size_t i = 0; i < rows->dense_count; i++) zones[i] += step * dense[i];
  w[rows->column_count] += step * (float)d->dual->bias;
}

static void product_exact(const struct descent *d, uint32_t row, double *out) {
  const struct rows *rows = d->rows;
  const float *next = rows->values + rows->first_value[row], *dense = rows->dense + row * rows->dense_count;
  const double(*zones)[LANES] = (const double(*)[LANES])d->exact + rows->column_count - rows->dense_count;
  for (size_t l = 0; l < LANES; l++) out[l] = d->exact[rows->column_count][l] * d->dual->bias;
  for (size_t e = rows->first[row]; e < rows->first[row + 1]; e++) {
    next += rows->columns[e] >> 31;
    for (size_t l = 0; l < LANES; l++) out[l] += d->exact[rows->columns[e] & ROWS_COLUMN][l] * (double)next[-1];
  }
  for (size_t i = 0; i < rows->dense_count; i++)
    for (size_t l = 0; l < LANES; l++) out[l] += zones[i][l] * (double)dense[i];
}

static void add_exact(struct descent *d, uint32_t row, const double *amount) {
  const struct rows *rows = d->rows;
  const float *next = rows->values + rows->first_value[row], *dense = rows->dense + row * rows->dense_count;
  double(*zones)[LANES] = d->exact + rows->column_count - rows->dense_count;
  for (size_t e = rows->first[row]; e < rows->first[row + 1]; e++) {
    next += rows->columns[e] >> 31;
    for (size_t l = 0; l < LANES; l++) d->exact[rows->columns[e] & ROWS_COLUMN][l] += amount[l] * (double)next[-1];
  }
  for (size_t i = 0; i < rows->dense_count; i++)
    for (size_t l = 0; l < LANES; l++) zones[i][l] += amount[l] * (double)dense[i];
  for (size_t l = 0; l < LANES; l++) d->exact[rows->column_count][l] += amount[l] * d->dual->bias;
}

/* ---- the descent ------------------------------------------------------------------------------------------ */

static void swap(uint32_t *a, uint32_t *b) {
  uint32_t kept = *a;
  *a = *b;
  *b = kept;
}

/* Optimises one variable of a label, whose row has the product given. Sets the amount that w takes of the row. False:
 * it is at its bound and likely to stay there, so it is shrunk. */
static bool optimise(struct side *side, double product_of_row, double norm, bool is_positive, double *variable,
                     double *amount) {
  double y = is_positive ? 1 : -1, limit = side->limit[is_positive], alpha = *variable, projected = 0;
  double gradient = y * product_of_row - 1 + alpha * side->diagonal[is_positive];
  bool at_zero = !(alpha > 0), at_limit = !at_zero && !(alpha < limit);
  if ((at_zero && gradient > side->highest) || (at_limit && gradient < side->lowest)) return false;
  if ((!at_zero && !at_limit) || (at_zero && gradient < 0) || (at_limit && gradient > 0)) projected = gradient;
  if (projected > side->now_highest) side->now_highest = projected;
  if (projected < side->now_lowest) side->now_lowest = projected;
  if (fabs(projected) > 1e-12) {
    double next = alpha - gradient / (side->diagonal[is_positive] + norm);
    if (next < 0) next = 0;
    if (next > limit) next = limit;
    *variable = next;
    *amount = (next - alpha) * y;
  }
  return true;
}

/* Visits a row for all labels that have not shrunk it. False: all have. */
static bool visit(struct descent *d, uint32_t i) {
  const struct solver_problem *problem = d->problem;
  uint32_t row = problem->index[i];
  double products[LANES], amounts[LANES] = {0};
  bool is_moved = false;
  if (d->exact) product_exact(d, row, products);
  else product(d, row, products);
  for (size_t l = 0; l < problem->label_count; l++) {
    if (!(d->open[i] >> l & 1)) continue;
    bool is_positive = problem->labels[row] == problem->from + l;
    if (!optimise(&d->sides[l], products[l], d->dual->norms[row], is_positive, &d->alpha[i * problem->label_count + l],
                  &amounts[l])) {
      d->open[i] = (uint8_t)(d->open[i] & ~(1U << l));
      d->sides[l].is_whole = false;
    }
    is_moved = is_moved || fabs(amounts[l]) > 0;
  }
  if (is_moved && d->exact) add_exact(d, row, amounts);
  else if (is_moved) add(d, row, amounts);
  return d->open[i] != 0;
}

/* Asks for a row's entries, which the next visit reads. */
static void prefetch(const struct descent *d, uint32_t i) {
  enum { PER_LINE = 16, LINES = 32 };
  uint32_t row = d->problem->index[i];
  const uint32_t *columns = d->rows->columns + d->rows->first[row];
  size_t count = d->rows->first[row + 1] - d->rows->first[row];
  __builtin_prefetch(&d->rows->values[d->rows->first_value[row]]);
  for (size_t e = 0; e < count && e < (size_t)PER_LINE * LINES; e += PER_LINE) __builtin_prefetch(&columns[e]);
}

static bool is_interrupted(const struct descent *d) { return d->interrupted && *d->interrupted; }

static void pass(struct descent *d) {
  enum { BLOCK = 1024 }; /* visits behind which an interruption is obeyed */
  for (size_t l = 0; l < d->problem->label_count; l++) {
    d->sides[l].now_highest = -INFINITY;
    d->sides[l].now_lowest = INFINITY;
  }
  for (size_t i = 0; i < d->active; i++)
    swap(&d->order[i], &d->order[i + (size_t)(random_next(&d->random) >> 33) % (d->active - i)]);
  for (size_t s = 0, visits = 0; s < d->active; visits++) {
    if (visits % BLOCK == 0 && is_interrupted(d)) return;
    if (s + 1 < d->active) prefetch(d, d->order[s + 1]);
    if (visit(d, d->order[s])) s++;
    else swap(&d->order[s], &d->order[--d->active]);
  }
}

/* Opens all rows to the labels of `mask`, and closes those of `done`. */
static void reopen(struct descent *d, unsigned mask, unsigned done) {
  for (size_t i = 0; i < d->problem->count; i++) d->open[i] = (uint8_t)((d->open[i] | mask) & ~done);
  if (mask) {
    d->active = d->problem->count;
    return;
  }
  for (size_t s = 0; s < d->active;) {
    if (d->open[d->order[s]]) s++;
    else swap(&d->order[s], &d->order[--d->active]);
  }
}

static void descend(struct descent *d, double epsilon) {
  enum { PASSES_MAX = 1000 };
  size_t labels = d->problem->label_count;
  for (int passes = 0; passes < PASSES_MAX; passes++) {
    unsigned again = 0, done = 0;
    bool is_done = true;
    pass(d);
    if (is_interrupted(d)) return;
    for (size_t l = 0; l < labels; l++) {
      struct side *side = &d->sides[l];
      if (side->is_done) continue;
      bool has_converged = side->now_highest - side->now_lowest <= epsilon;
      if (has_converged && side->is_whole) {
        side->is_done = true;
        done |= 1U << l;
        continue;
      }
      is_done = false;
      if (has_converged) { /* for the rows that are not shrunk; visit all again */
        again |= 1U << l;
        side->is_whole = true;
      }
      side->highest = !has_converged && side->now_highest > 0 ? side->now_highest : INFINITY;
      side->lowest = !has_converged && side->now_lowest < 0 ? side->now_lowest : -INFINITY;
    }
    if (is_done) return;
    if (again || done) reopen(d, again, done);
  }
}

static void open_sides(struct descent *d, const struct solver_settings *settings, const bool *is_constant) {
  const struct solver_problem *problem = d->problem;
  bool is_l1 = settings->kind == SOLVER_LIBLINEAR_L1_DUAL;
  unsigned mask = 0;
  for (size_t l = 0; l < problem->label_count; l++) {
    struct side *side = &d->sides[l];
    *side = (struct side){.is_done = is_constant[l], .is_whole = true, .highest = INFINITY, .lowest = -INFINITY};
    for (int sign = 0; sign < 2; sign++) {
      double c = settings->c * (sign ? problem->weight_positive[l] : problem->weight_negative[l]);
      side->diagonal[sign] = is_l1 ? 0 : 0.5 / c;
      side->limit[sign] = is_l1 ? c : INFINITY;
    }
    if (!is_constant[l]) mask |= 1U << l;
  }
  for (size_t i = 0; i < problem->count; i++) {
    d->order[i] = (uint32_t)i;
    d->open[i] = (uint8_t)mask;
  }
}

enum stance_status solver_dual_solve(const struct solver_data *data, const struct solver_settings *settings,
                                     const struct solver_problem *problem, const bool *is_constant,
                                     struct solver_solution *out, struct stance_error *error) {
  size_t columns = data->rows->column_count;
  double epsilon = settings->epsilon > 0 ? settings->epsilon : default_epsilon;
  struct descent d = {.rows = data->rows,
                      .dual = data->dual,
                      .problem = problem,
                      .w = (lanes *)(void *)out->weights,
                      .active = problem->count,
                      .random = settings->seed,
                      .interrupted = settings->interrupted};
  if (epsilon < exact_below) d.exact = calloc(columns + 1, sizeof *d.exact);
  d.alpha = calloc(problem->count * problem->label_count + 1, sizeof *d.alpha);
  d.open = malloc(problem->count + 1);
  d.order = malloc((problem->count + 1) * sizeof *d.order);
  bool is_ok = (d.exact || epsilon >= exact_below) && d.alpha && d.open && d.order;
  if (is_ok) {
    open_sides(&d, settings, is_constant);
    descend(&d, epsilon);
    for (size_t c = 0; d.exact && c <= columns; c++)
      for (size_t l = 0; l < LANES; l++) d.w[c][l] = (float)d.exact[c][l];
    for (size_t l = 0; l < problem->label_count; l++)
      if (!is_constant[l]) out->bias[l] = (d.exact ? d.exact[columns][l] : (double)d.w[columns][l]) * data->dual->bias;
  }
  free(d.exact);
  free(d.alpha);
  free(d.open);
  free(d.order);
  if (is_ok && is_interrupted(&d)) return stance_fail(error, STANCE_USAGE, "interrupted");
  return is_ok ? STANCE_OK : stance_fail_memory(error);
}
