/* SPDX-License-Identifier: MIT
 * liblinear's primal solvers: nodes built once and shared, and a rand() of our own.
 *
 * liblinear calls rand(). A program's own rand() takes precedence over the C library's, also in liblinear. This one
 * keeps its state in the thread and is seeded before each training, so that neither threads nor the order of runs
 * matter. */
#include <linear.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "solver.h"
#include "solver_memory.h"
#include "stance/base/error.h"

static _Thread_local uint64_t random_state;

__attribute__((visibility("default"))) int rand(void) {
  return (int)(random_next(&random_state) >> 33); /* 0 .. RAND_MAX */
}
__attribute__((visibility("default"))) void srand(unsigned seed) { random_state = seed; }

static void be_silent(const char *text) { (void)text; }
static void silence(void) { set_print_string_function(be_silent); }

enum stance_status solver_linear_data(struct solver_data *data, double bias_scale, struct stance_error *error) {
  const struct rows *rows = data->rows;
  size_t entries = rows_entries(rows);
  if (rows->column_count >= INT32_MAX - 2)
    return stance_fail(error, STANCE_INPUT, "more features than liblinear can take");
  data->nodes = malloc((entries + 2 * rows->count + 1) * sizeof *data->nodes);
  data->node_rows = malloc((rows->count + 1) * sizeof *data->node_rows);
  struct rows_entry *row = malloc((rows_longest(rows) + 1) * sizeof *row);
  if (!data->nodes || !data->node_rows || !row) {
    free(row);
    return stance_fail_memory(error);
  }
  struct feature_node *at = data->nodes;
  for (size_t r = 0; r < rows->count; r++) {
    data->node_rows[r] = at;
    size_t length = rows_expand(rows, r, row);
    for (size_t i = 0; i < length; i++) *at++ = (struct feature_node){(int)row[i].column + 1, (double)row[i].value};
    *at++ = (struct feature_node){(int)rows->column_count + 1, bias_scale};
    *at++ = (struct feature_node){-1, 0};
  }
  free(row);
  return STANCE_OK;
}

static int type_of(enum solver_kind kind) {
  switch (kind) {
    case SOLVER_LIBLINEAR_L1_DUAL: return L2R_L1LOSS_SVC_DUAL;
    case SOLVER_LIBLINEAR_L2_PRIMAL: return L2R_L2LOSS_SVC;
    case SOLVER_LIBLINEAR_LOGISTIC: return L2R_LR;
    case SOLVER_LIBLINEAR_L2_DUAL:
    case SOLVER_LIBSVM:
    case SOLVER_AUTO: break;
  }
  return L2R_L2LOSS_SVC_DUAL;
}

enum stance_status solver_linear_solve(const struct solver_data *data, const struct solver_settings *settings,
                                       const struct solver_problem *problem, struct solver_solution *out,
                                       struct stance_error *error) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  int labels[2] = {1, -1};
  double weights[2] = {problem->weight_positive[0], problem->weight_negative[0]};
  double bias_scale = settings->bias_scale > 0 ? settings->bias_scale : 1;
  bool is_primal = settings->kind == SOLVER_LIBLINEAR_L2_PRIMAL || settings->kind == SOLVER_LIBLINEAR_LOGISTIC;
  struct parameter parameter = {.solver_type = type_of(settings->kind),
                                .C = settings->c,
                                .nr_weight = 2,
                                .weight_label = labels,
                                .weight = weights,
                                .p = 0.1,
                                .eps = settings->epsilon > 0 ? settings->epsilon
                                       : is_primal           ? 0.01
                                                             : 0.1};
  struct problem linear = {.l = (int)problem->count, .n = (int)data->rows->column_count + 1, .bias = bias_scale};
  pthread_once(&once, silence);
  if (problem->count > INT32_MAX) return stance_fail(error, STANCE_INPUT, "more units than liblinear can take");
  linear.y = malloc(problem->count * sizeof *linear.y);
  linear.x = malloc(problem->count * sizeof *linear.x);
  enum stance_status status = linear.y && linear.x ? STANCE_OK : stance_fail_memory(error);
  for (size_t i = 0; status == STANCE_OK && i < problem->count; i++) {
    linear.y[i] = problem->labels[problem->index[i]] == problem->from ? 1 : -1;
    linear.x[i] = data->node_rows[problem->index[i]];
  }
  const char *wrong = status == STANCE_OK ? check_parameter(&linear, &parameter) : NULL;
  if (wrong) status = stance_fail(error, STANCE_USAGE, "liblinear: %s", wrong);
  /* copies of rows, labels and costs; a dozen vectors of weights (the trust region's steps, gradients, preconditioner) */
  size_t needed = problem->count * 256 + (size_t)linear.n * 16 * sizeof(double) + 65536;
  if (status == STANCE_OK) status = solver_memory_promise(needed, error);
  if (status == STANCE_OK) {
    random_state = settings->seed;
    struct model *model = train(&linear, &parameter);
    double sign = model->label[0] > 0 ? 1 : -1;
    size_t columns = data->rows->column_count;
    for (size_t c = 0; c < columns; c++) out->weights[c * SOLVER_LANES] = (float)(sign * model->w[c]);
    out->bias[0] = sign * model->w[columns] * bias_scale;
    free_and_destroy_model(&model);
    solver_memory_release(needed);
  }
  free(linear.y);
  free(linear.x);
  return status;
}
