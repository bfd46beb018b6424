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

enum { BLOCK = 4 }; /* rows of a task, behind which an interruption is obeyed */

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
  struct rows_entry **rows;    /* [count]: entries by ascending column, then one of column UINT32_MAX */
  size_t *first;               /* postings by column */
  struct rows_entry *postings; /* a row in place of the column */
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
    for (const struct rows_entry *entry = gram->rows[i]; entry->column != UINT32_MAX; entry++) {
      double value = (double)entry->value;
      for (size_t at = gram->first[entry->column]; at < gram->first[entry->column + 1]; at++)
        sums[gram->postings[at].column] += value * (double)gram->postings[at].value;
    }
    for (size_t j = 0; j < rows->count; j++) gram->data->gram[i * rows->count + j] = (float)sums[j];
  }
  free(sums);
  return STANCE_OK;
}

/* Fills rows and postings. entries: the rows' memory. */
static void post(struct gram *gram, struct rows_entry *entries) {
  const struct rows *rows = gram->data->rows;
  for (size_t r = 0; r < rows->count; r++) {
    gram->rows[r] = entries;
    entries += rows_expand(rows, r, entries);
    for (const struct rows_entry *entry = gram->rows[r]; entry < entries; entry++) gram->first[entry->column + 2]++;
    *entries++ = (struct rows_entry){UINT32_MAX, 0};
  }
  for (size_t c = 0; c < rows->column_count; c++) gram->first[c + 2] += gram->first[c + 1];
  for (size_t r = 0; r < rows->count; r++)
    for (const struct rows_entry *entry = gram->rows[r]; entry->column != UINT32_MAX; entry++)
      gram->postings[gram->first[entry->column + 1]++] = (struct rows_entry){(uint32_t)r, entry->value};
}

enum stance_status solver_svm_gram(struct solver_data *data, size_t threads, struct stance_error *error) {
  const struct rows *rows = data->rows;
  size_t size = rows_entries(rows);
  struct gram gram = {.data = data};
  gram.first = calloc(rows->column_count + 3, sizeof *gram.first);
  gram.rows = malloc((rows->count + 1) * sizeof *gram.rows);
  gram.postings = malloc((size + 1) * sizeof *gram.postings);
  struct rows_entry *entries = malloc((size + rows->count + 1) * sizeof *entries);
  data->gram = malloc((rows->count * rows->count + 1) * sizeof *data->gram);
  data->kernel = malloc((rows->count * (rows->count + 1) + 1) * sizeof *data->kernel);
  data->kernel_rows = malloc((rows->count + 1) * sizeof *data->kernel_rows);
  bool is_ok = gram.first && gram.rows && gram.postings && entries && data->gram && data->kernel && data->kernel_rows;
  if (is_ok) post(&gram, entries);
  enum stance_status status =
      is_ok ? run_blocks(data, (rows->count + BLOCK - 1) / BLOCK, threads, gram_block, &gram, error)
            : stance_fail_memory(error);
  free(gram.first);
  free(gram.rows);
  free(gram.postings);
  free(entries);
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
  double weights[2] = {problem->weight_positive[0], problem->weight_negative[0]};
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
    svm.y[i] = problem->labels[problem->index[i]] == problem->from ? 1 : -1;
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
    out->bias[0] = -sign * model->rho[0];
    svm_free_and_destroy_model(&model);
    solver_memory_release(needed);
  }
  free(svm.y);
  free(svm.x);
  return status;
}

double solver_svm_decide(const struct solver_data *data, const struct solver_solution *solution, uint32_t row) {
  const struct svm_node *kernel = data->kernel_rows[row] + 1;
  double sum = solution->bias[0];
  for (size_t r = 0; r < data->rows->count; r++)
    if (solution->alpha[r] > 0 || solution->alpha[r] < 0) sum += solution->alpha[r] * kernel[r].value;
  return sum;
}
