/* SPDX-License-Identifier: MIT
 * Each pair of fold and label is an independent task, which writes its own decision values. */
#include "crossval.h"

#include <math.h>
#include <stdlib.h>

#include "random.h"
#include "stance/base/error.h"

struct run {
  const struct labelled *data;
  const struct solver_data *shared;
  const uint32_t *folds; /* NULL: train on index */
  const uint32_t *index;
  size_t count;
  uint32_t k;
  const struct crossval_settings *settings;
  double *decisions;
  struct solver_solution *solutions;
};

static double weight_of(size_t part, size_t all, double balance) {
  return part ? pow((double)all / (2 * (double)part), balance) : 1;
}

static enum stance_status solve_label(const struct run *run, const uint32_t *index, size_t count, size_t label,
                                      uint64_t salt, struct solver_solution *out, struct stance_error *error) {
  int8_t *y = malloc(count + 1);
  size_t positive = 0;
  if (!y) return stance_fail_memory(error);
  for (size_t i = 0; i < count; i++) {
    y[i] = run->data->labels[index[i]] == label ? 1 : -1;
    positive += y[i] > 0;
  }
  struct solver_settings solver = run->settings->solver;
  solver.seed ^= (salt * STANCE_LABELS_MAX + label + 1) * UINT64_C(0x9e3779b97f4a7c15);
  struct solver_problem problem = {.index = index,
                                   .y = y,
                                   .count = count,
                                   .weight_positive = weight_of(positive, count, run->settings->balance),
                                   .weight_negative = weight_of(count - positive, count, run->settings->balance)};
  enum stance_status status = solver_solve(run->shared, &solver, &problem, out, error);
  free(y);
  return status;
}

static enum stance_status solve_fold(void *context, size_t task, size_t thread, struct stance_error *error) {
  const struct run *run = context;
  size_t labels = run->data->label_count, label = task % labels, count = 0, in_fold = 0, rows = run->data->rows->count;
  uint32_t fold = (uint32_t)(task / labels);
  struct solver_solution solution;
  (void)thread;
  uint32_t *index = malloc((rows + 1) * sizeof *index);
  if (!index) return stance_fail_memory(error);
  for (uint32_t i = 0; i < rows; i++)
    if (run->folds[i] == fold) in_fold++;
    else if (run->folds[i] < run->k) index[count++] = i;
  enum stance_status status = STANCE_OK;
  if (in_fold) {
    status = solve_label(run, index, count, label, fold + 1, &solution, error);
    for (uint32_t i = 0; status == STANCE_OK && i < rows; i++)
      if (run->folds[i] == fold) run->decisions[i * labels + label] = solver_decide(run->shared, &solution, i);
    if (status == STANCE_OK) solver_solution_free(&solution);
  }
  free(index);
  return status;
}

enum stance_status crossval_run(const struct labelled *data, const struct solver_data *shared, const uint32_t *folds,
                                uint32_t k, const struct crossval_settings *settings,
                                const struct pool_progress *progress, double *decisions, bool *stopped,
                                struct stance_error *error) {
  struct run run = {
      .data = data, .shared = shared, .folds = folds, .k = k, .settings = settings, .decisions = decisions};
  return pool_run((size_t)k * data->label_count, settings->threads, solve_fold, &run, progress, stopped, error);
}

static enum stance_status solve_whole(void *context, size_t task, size_t thread, struct stance_error *error) {
  const struct run *run = context;
  (void)thread;
  return solve_label(run, run->index, run->count, task, 0, &run->solutions[task], error);
}

enum stance_status crossval_train(const struct labelled *data, const struct solver_data *shared, const uint32_t *index,
                                  size_t count, const struct crossval_settings *settings,
                                  struct solver_solution *solutions, struct stance_error *error) {
  uint32_t *all = NULL;
  for (size_t l = 0; l < data->label_count; l++) solutions[l] = (struct solver_solution){0};
  if (!index) {
    count = data->rows->count;
    all = malloc((count + 1) * sizeof *all);
    if (!all) return stance_fail_memory(error);
    for (uint32_t i = 0; i < count; i++) all[i] = i;
  }
  struct run run = {.data = data,
                    .shared = shared,
                    .index = index ? index : all,
                    .count = count,
                    .settings = settings,
                    .solutions = solutions};
  enum stance_status status = pool_run(data->label_count, settings->threads, solve_whole, &run, NULL, NULL, error);
  free(all);
  if (status != STANCE_OK)
    for (size_t l = 0; l < data->label_count; l++) solver_solution_free(&solutions[l]);
  return status;
}
