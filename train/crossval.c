/* SPDX-License-Identifier: MIT
 * Each model (the folds that it does not see, and labels that are solved together) is an independent task, which writes
 * its own decision values. */
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
  size_t count, lanes, parts; /* lanes: labels that are solved together; parts: such groups of labels */
  uint32_t k;
  const struct crossval_settings *settings;
  double *decisions;
  struct solver_solution *solutions;
};

static struct run run_of(const struct labelled *data, const struct solver_data *shared,
                         const struct crossval_settings *settings) {
  size_t lanes = solver_lanes(settings->solver.kind);
  return (struct run){.data = data,
                      .shared = shared,
                      .settings = settings,
                      .lanes = lanes,
                      .parts = (data->label_count + lanes - 1) / lanes};
}

static double weight_of(size_t part, size_t all, double balance) {
  return part ? pow((double)all / (2 * (double)part), balance) : 1;
}

static enum stance_status solve_part(const struct run *run, const uint32_t *index, size_t count, size_t part,
                                     uint64_t salt, struct solver_solution *out, struct stance_error *error) {
  size_t from = part * run->lanes, left = run->data->label_count - from, positive[SOLVER_LANES] = {0};
  struct solver_problem problem = {.index = index,
                                   .labels = run->data->labels,
                                   .count = count,
                                   .from = from,
                                   .label_count = left < run->lanes ? left : run->lanes};
  for (size_t i = 0; i < count; i++) {
    size_t label = run->data->labels[index[i]];
    if (label >= from && label < from + problem.label_count) positive[label - from]++;
  }
  for (size_t l = 0; l < problem.label_count; l++) {
    problem.weight_positive[l] = weight_of(positive[l], count, run->settings->balance);
    problem.weight_negative[l] = weight_of(count - positive[l], count, run->settings->balance);
  }
  struct solver_settings solver = run->settings->solver;
  solver.seed ^= (salt * STANCE_LABELS_MAX + from + 1) * UINT64_C(0x9e3779b97f4a7c15);
  return solver_solve(run->shared, &solver, &problem, out, error);
}

/* Trains without the folds a and b, and decides the rows of a into of_a, those of b into of_b. a and b may be equal. */
static enum stance_status solve_without(const struct run *run, uint32_t a, uint32_t b, size_t part, uint64_t salt,
                                        double *of_a, double *of_b, struct stance_error *error) {
  size_t labels = run->data->label_count, rows = run->data->rows->count, count = 0, left_out = 0;
  struct solver_solution solution;
  uint32_t *index = malloc((rows + 1) * sizeof *index);
  if (!index) return stance_fail_memory(error);
  for (uint32_t i = 0; i < rows; i++)
    if (run->folds[i] == a || run->folds[i] == b) left_out++;
    else if (run->folds[i] < run->k) index[count++] = i;
  enum stance_status status = STANCE_OK;
  if (left_out) {
    status = solve_part(run, index, count, part, salt, &solution, error);
    for (uint32_t i = 0; status == STANCE_OK && i < rows; i++) {
      double *out = run->folds[i] == a ? of_a : run->folds[i] == b ? of_b : NULL;
      if (out) solver_decide(run->shared, &solution, i, out + i * labels + part * run->lanes);
    }
    if (status == STANCE_OK) solver_solution_free(&solution);
  }
  free(index);
  return status;
}

static enum stance_status solve_fold(void *context, size_t task, size_t thread, struct stance_error *error) {
  const struct run *run = context;
  uint32_t fold = (uint32_t)(task / run->parts);
  (void)thread;
  return solve_without(run, fold, fold, task % run->parts, fold + 1, run->decisions, NULL, error);
}

enum stance_status crossval_run(const struct labelled *data, const struct solver_data *shared, const uint32_t *folds,
                                uint32_t k, const struct crossval_settings *settings,
                                const struct pool_progress *progress, double *decisions, bool *stopped,
                                struct stance_error *error) {
  struct run run = run_of(data, shared, settings);
  run.folds = folds;
  run.k = k;
  run.decisions = decisions;
  return pool_run(k * run.parts, settings->threads, solve_fold, &run, progress, stopped, error);
}

static enum stance_status solve_pair(void *context, size_t task, size_t thread, struct stance_error *error) {
  const struct run *run = context;
  size_t pair = task / run->parts, size = run->data->rows->count * run->data->label_count;
  uint32_t a = 0, b;
  (void)thread;
  while (pair >= run->k - 1 - a) pair -= run->k - 1 - a++;
  b = (uint32_t)(a + 1 + pair);
  return solve_without(run, a, b, task % run->parts, run->k + 1 + (uint64_t)a * run->k + b, run->decisions + b * size,
                       run->decisions + a * size, error);
}

enum stance_status crossval_run_nested(const struct labelled *data, const struct solver_data *shared,
                                       const uint32_t *folds, uint32_t k, const struct crossval_settings *settings,
                                       const struct pool_progress *progress, double *decisions, bool *stopped,
                                       struct stance_error *error) {
  struct run run = run_of(data, shared, settings);
  run.folds = folds;
  run.k = k;
  run.decisions = decisions;
  return pool_run((size_t)k * (k - 1) / 2 * run.parts, settings->threads, solve_pair, &run, progress, stopped, error);
}

/* ---- a model ---------------------------------------------------------------------------------------------- */

static enum stance_status solve_whole(void *context, size_t task, size_t thread, struct stance_error *error) {
  const struct run *run = context;
  (void)thread;
  return solve_part(run, run->index, run->count, task, 0, &run->solutions[task], error);
}

enum stance_status crossval_train(const struct labelled *data, const struct solver_data *shared, const uint32_t *index,
                                  size_t count, const struct crossval_settings *settings, struct crossval_model *out,
                                  struct stance_error *error) {
  struct run run = run_of(data, shared, settings);
  uint32_t *all = NULL;
  *out = (struct crossval_model){.lanes = run.lanes};
  if (!index) {
    count = data->rows->count;
    all = malloc((count + 1) * sizeof *all);
    if (!all) return stance_fail_memory(error);
    for (uint32_t i = 0; i < count; i++) all[i] = i;
  }
  run.index = index ? index : all;
  run.count = count;
  run.solutions = out->parts;
  enum stance_status status = pool_run(run.parts, settings->threads, solve_whole, &run, NULL, NULL, error);
  free(all);
  if (status != STANCE_OK) crossval_model_free(out);
  return status;
}

void crossval_decide(const struct crossval_model *model, const struct labelled *data, const struct solver_data *shared,
                     uint32_t row, double *out) {
  for (size_t from = 0; from < data->label_count; from += model->lanes)
    solver_decide(shared, &model->parts[from / model->lanes], row, out + from);
}

void crossval_model_free(struct crossval_model *model) {
  for (size_t p = 0; p < STANCE_LABELS_MAX; p++) solver_solution_free(&model->parts[p]);
}
