/* SPDX-License-Identifier: MIT
 * libsvm with its PRECOMPUTED kernel, so that one matrix of dot products serves all folds, labels, C and gamma. */
#include <libsvm/svm.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "solver.h"
#include "solver_memory.h"
#include "stance/base/error.h"
#include "stance/model/model.h"

enum { BLOCK = 32 }; /* rows of a task */

static void be_silent(const char *text) { (void)text; }
static void silence(void) { svm_set_print_string_function(be_silent); }

/* Runs tasks with the data's progress. */
static enum stance_status run_blocks(struct solver_data *data, size_t count, size_t threads, pool_task *task,
                                     void *context, struct stance_error *error) {
  enum stance_status status = pool_run(count, threads, task, context, data->progress, &data->is_stopped, error);
  return status == STANCE_OK && data->is_stopped ? stance_fail(error, STANCE_USAGE, "interrupted") : status;
}

/* ---- dot products --------------------------------------------------------------------------------------- */

struct gram {
  struct solver_data *data;
  size_t *first; /* postings by column */
  uint32_t *rows;
  float *values;
};

/* Computes row i's products with all rows from the postings of its columns; each product is summed in the order of
 * columns. */
static enum stance_status gram_block(void *context, size_t task, size_t thread, struct stance_error *error) {
  struct gram *gram = context;
  const struct rows *rows = gram->data->rows;
  (void)thread;
  double *sums = malloc((rows->count + 1) * sizeof *sums);
  if (!sums) return stance_fail_memory(error);
  for (size_t i = task * BLOCK; i < rows->count && i < (task + 1) * BLOCK; i++) {
    memset(sums, 0, rows->count * sizeof *sums);
    for (size_t e = rows->first[i]; e < rows->first[i + 1]; e++) {
      uint32_t column = rows->columns[e];
      double value = (double)rows->values[e];
      for (size_t at = gram->first[column]; at < gram->first[column + 1]; at++)
        sums[gram->rows[at]] += value * (double)gram->values[at];
    }
    for (size_t j = 0; j < rows->count; j++) gram->data->gram[i * rows->count + j] = (float)sums[j];
  }
  free(sums);
  return STANCE_OK;
}

enum stance_status solver_svm_gram(struct solver_data *data, size_t threads, struct stance_error *error) {
  const struct rows *rows = data->rows;
  size_t entries = rows->first[rows->count];
  struct gram gram = {.data = data};
  gram.first = calloc(rows->column_count + 2, sizeof *gram.first);
  gram.rows = malloc((entries + 1) * sizeof *gram.rows);
  gram.values = malloc((entries + 1) * sizeof *gram.values);
  data->gram = malloc((rows->count * rows->count + 1) * sizeof *data->gram);
  data->kernel = malloc((rows->count * (rows->count + 1) + 1) * sizeof *data->kernel);
  data->kernel_rows = malloc((rows->count + 1) * sizeof *data->kernel_rows);
  enum stance_status status = gram.first && gram.rows && gram.values && data->gram && data->kernel && data->kernel_rows
                                  ? STANCE_OK
                                  : stance_fail_memory(error);
  if (status == STANCE_OK) {
    for (size_t e = 0; e < entries; e++) gram.first[rows->columns[e] + 2]++;
    for (size_t c = 0; c < rows->column_count; c++) gram.first[c + 2] += gram.first[c + 1];
    for (size_t r = 0; r < rows->count; r++)
      for (size_t e = rows->first[r]; e < rows->first[r + 1]; e++) {
        size_t at = gram.first[rows->columns[e] + 1]++;
        gram.rows[at] = (uint32_t)r;
        gram.values[at] = rows->values[e];
      }
    status = run_blocks(data, (rows->count + BLOCK - 1) / BLOCK, threads, gram_block, &gram, error);
  }
  free(gram.first);
  free(gram.rows);
  free(gram.values);
  return status;
}

/* ---- the kernel ----------------------------------------------------------------------------------------- */

static enum stance_status kernel_block(void *context, size_t task, size_t thread, struct stance_error *error) {
  struct solver_data *data = context;
  size_t count = data->rows->count;
  (void)thread;
  (void)error;
  for (size_t i = task * BLOCK; i < count && i < (task + 1) * BLOCK; i++) {
    struct svm_node *row = data->kernel_rows[i] = data->kernel + i * (count + 1);
    row[0] = (struct svm_node){0, (double)(i + 1)}; /* libsvm's serial number */
    for (size_t j = 0; j < count; j++)
      row[j + 1] = (struct svm_node){
          (int)j + 1,
          stance_model_kernel(data->kind, data->gamma, data->coef0, data->degree, (double)data->gram[i * count + j],
                              (double)data->gram[i * count + i], (double)data->gram[j * count + j])};
  }
  return STANCE_OK;
}

enum stance_status solver_data_kernel(struct solver_data *data, const struct solver_settings *settings, size_t threads,
                                      struct stance_error *error) {
  if (!data->gram) return STANCE_OK;
  data->kind = settings->kernel;
  data->gamma = settings->gamma;
  data->coef0 = settings->coef0;
  data->degree = settings->degree;
  return run_blocks(data, (data->rows->count + BLOCK - 1) / BLOCK, threads, kernel_block, data, error);
}

/* ---- training ------------------------------------------------------------------------------------------- */

enum stance_status solver_svm_solve(const struct solver_data *data, const struct solver_settings *settings,
                                    const struct solver_problem *problem, struct solver_solution *out,
                                    struct stance_error *error) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  int labels[2] = {1, -1};
  double weights[2] = {problem->weight_positive, problem->weight_negative};
  double cache = (double)problem->count * (double)problem->count * 4 / 1048576 + 1;
  struct svm_parameter parameter = {.svm_type = C_SVC,
                                    .kernel_type = PRECOMPUTED,
                                    .C = settings->c,
                                    .nr_weight = 2,
                                    .weight_label = labels,
                                    .weight = weights,
                                    .shrinking = 1,
                                    .degree = 1,
                                    .gamma = 1,
                                    .eps = settings->epsilon > 0 ? settings->epsilon : 0.001,
                                    .cache_size = cache < 16    ? 16
                                                  : cache > 512 ? 512
                                                                : cache};
  struct svm_problem svm = {.l = (int)problem->count};
  pthread_once(&once, silence);
  svm.y = malloc(problem->count * sizeof *svm.y);
  svm.x = malloc(problem->count * sizeof *svm.x);
  enum stance_status status = svm.y && svm.x ? STANCE_OK : stance_fail_memory(error);
  for (size_t i = 0; status == STANCE_OK && i < problem->count; i++) {
    svm.y[i] = problem->y[i];
    svm.x[i] = data->kernel_rows[problem->index[i]];
  }
  const char *wrong = status == STANCE_OK ? svm_check_parameter(&svm, &parameter) : NULL;
  if (wrong) status = stance_fail(error, STANCE_USAGE, "libsvm: %s", wrong);
  /* its cache of kernel rows; gradients, states and copies of rows; an account of each row in the cache */
  size_t needed = ((size_t)parameter.cache_size + 1) * 1048576 + problem->count * 512 + 65536;
  if (status == STANCE_OK) status = solver_memory_promise(needed, error);
  if (status == STANCE_OK) {
    struct svm_model *model = svm_train(&svm, &parameter);
    double sign = model->label[0] > 0 ? 1 : -1;
    for (int s = 0; s < model->l; s++)
      out->alpha[problem->index[model->sv_indices[s] - 1]] = sign * model->sv_coef[0][s];
    out->bias = -sign * model->rho[0];
    svm_free_and_destroy_model(&model);
    solver_memory_release(needed);
  }
  free(svm.y);
  free(svm.x);
  return status;
}

double solver_svm_decide(const struct solver_data *data, const struct solver_solution *solution, uint32_t row) {
  const struct svm_node *kernel = data->kernel_rows[row] + 1;
  double sum = solution->bias;
  for (size_t r = 0; r < data->rows->count; r++)
    if (solution->alpha[r] > 0 || solution->alpha[r] < 0) sum += solution->alpha[r] * kernel[r].value;
  return sum;
}
