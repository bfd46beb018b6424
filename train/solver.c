/* SPDX-License-Identifier: MIT */
#include "solver.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "stance/base/error.h"
#include "stance/base/pages.h"

const char *solver_name(enum solver_kind kind) {
  static const char *const names[] = {"liblinear L2-loss dual", "liblinear L1-loss dual", "liblinear L2-loss primal",
                                      "liblinear logistic",     "libsvm C-SVC",           "auto"};
  return names[kind];
}

const char *solver_check(const struct solver_settings *settings) {
  if (!(settings->c > 0) || !isfinite(settings->c)) return "C must be above 0";
  if (!(settings->epsilon >= 0) || !isfinite(settings->epsilon)) return "epsilon must not be below 0";
  if (settings->kind != SOLVER_LIBSVM && settings->kernel != STANCE_KERNEL_LINEAR)
    return "liblinear has no kernels; use libsvm";
  if (settings->kernel != STANCE_KERNEL_LINEAR && (!(settings->gamma > 0) || !isfinite(settings->gamma)))
    return "gamma must be above 0";
  if (settings->kernel == STANCE_KERNEL_POLYNOMIAL && (settings->degree < 1 || settings->degree > 20))
    return "degree must be from 1 to 20";
  if (!isfinite(settings->coef0)) return "coef0 must be a number";
  return NULL;
}

/* Whether solver_dual.c implements the solver. */
static bool is_dual(enum solver_kind kind) {
  return kind == SOLVER_LIBLINEAR_L2_DUAL || kind == SOLVER_LIBLINEAR_L1_DUAL;
}

size_t solver_lanes(enum solver_kind kind) { return is_dual(kind) ? SOLVER_LANES : 1; }

uint64_t solver_memory(const struct rows *rows, const struct solver_settings *settings) {
  uint64_t count = rows->count, entries = rows_entries(rows);
  if (is_dual(settings->kind)) return count * 8;
  if (settings->kind != SOLVER_LIBSVM) return (entries + 2 * count) * 16 + count * 8;
  return count * (count + 1) * (4 + 16); /* 4 bytes for a dot product, 16 for libsvm's node */
}

/* The memory available without swapping, if the system reports it, else all memory; at most the process's limit. */
static uint64_t memory_available(void) {
  long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
  uint64_t memory = pages > 0 && size > 0 ? (uint64_t)pages * (uint64_t)size : UINT64_MAX, free_kb;
  struct rlimit limit;
  char line[128];
  FILE *file = fopen("/proc/meminfo", "re");
  while (file && fgets(line, sizeof line, file))
    if (sscanf(line, "MemAvailable: %" SCNu64, &free_kb) == 1 && free_kb < memory / 1024) memory = free_kb * 1024;
  if (file) fclose(file);
  if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < memory)
    memory = limit.rlim_cur;
  return memory;
}

enum stance_status solver_data_new(const struct rows *rows, const struct solver_settings *settings, size_t threads,
                                   const struct pool_progress *progress, struct solver_data **out,
                                   struct stance_error *error) {
  const char *wrong = solver_check(settings);
  *out = NULL;
  if (wrong) return stance_fail(error, STANCE_USAGE, "%s", wrong);
  uint64_t needed = solver_memory(rows, settings), memory = memory_available();
  if (needed > memory / 4 * 3)
    return stance_fail(error, STANCE_USAGE, "%s on %zu units needs %.1f GB of memory, with %.1f GB to be had%s",
                       solver_name(settings->kind), rows->count, (double)needed / 1e9, (double)memory / 1e9,
                       settings->kind == SOLVER_LIBSVM ? "; --solver liblinear needs far less" : "");
  struct solver_data *data = calloc(1, sizeof *data);
  if (!data) return stance_fail_memory(error);
  data->rows = rows;
  data->progress = progress;
  enum stance_status status;
  if (is_dual(settings->kind)) {
    status = solver_dual_data(data, settings->bias_scale > 0 ? settings->bias_scale : 1, error);
  } else if (settings->kind != SOLVER_LIBSVM) {
    status = solver_linear_data(data, settings->bias_scale > 0 ? settings->bias_scale : 1, error);
  } else {
    status = solver_svm_gram(data, threads, error);
    if (status == STANCE_OK) status = solver_data_kernel(data, settings, threads, error);
  }
  if (status == STANCE_OK) *out = data;
  else solver_data_free(data);
  return status;
}

void solver_data_free(struct solver_data *data) {
  if (!data) return;
  solver_dual_free(data->dual);
  free(data->nodes);
  free(data->node_rows);
  free(data->gram);
  free(data->kernel);
  free(data->kernel_rows);
  free(data);
}

static enum stance_status solution_new(const struct solver_data *data, bool is_libsvm, struct solver_solution *out,
                                       struct stance_error *error) {
  size_t rows = data->rows->count + 1, columns = data->rows->column_count + 1, size = columns * SOLVER_LANES;
  if (is_libsvm) out->alpha = calloc(rows, sizeof *out->alpha);
  else out->weights = stance_pages_new(size * sizeof *out->weights);
  if (out->weights) memset(out->weights, 0, size * sizeof *out->weights);
  return out->alpha || out->weights ? STANCE_OK : stance_fail_memory(error);
}

enum stance_status solver_solve(const struct solver_data *data, const struct solver_settings *settings,
                                const struct solver_problem *problem, struct solver_solution *out,
                                struct stance_error *error) {
  bool is_constant[SOLVER_LANES] = {false};
  size_t constants = 0;
  *out = (struct solver_solution){.label_count = problem->label_count};
  STANCE_TRY(solution_new(data, settings->kind == SOLVER_LIBSVM, out, error));
  for (size_t l = 0; l < problem->label_count; l++) {
    size_t positive = 0;
    for (size_t i = 0; i < problem->count; i++) positive += problem->labels[problem->index[i]] == problem->from + l;
    is_constant[l] = positive == 0 || positive == problem->count;
    if (is_constant[l]) out->bias[l] = positive ? 1 : -1;
    constants += is_constant[l];
  }
  enum stance_status status = STANCE_OK;
  if (constants == problem->label_count) return STANCE_OK;
  if (settings->kind == SOLVER_LIBSVM) status = solver_svm_solve(data, settings, problem, out, error);
  else if (data->dual) status = solver_dual_solve(data, settings, problem, is_constant, out, error);
  else status = solver_linear_solve(data, settings, problem, out, error);
  if (status != STANCE_OK) solver_solution_free(out);
  return status;
}

void solver_decide(const struct solver_data *data, const struct solver_solution *solution, uint32_t row, double *out) {
  const struct rows *rows = data->rows;
  double sums[SOLVER_LANES];
  if (solution->alpha) {
    out[0] = solver_svm_decide(data, solution, row);
    return;
  }
  memcpy(sums, solution->bias, sizeof sums);
  const float *next = rows->values + rows->first_value[row];
  for (size_t e = rows->first[row]; e < rows->first[row + 1]; e++) {
    const float *weights = solution->weights + (rows->columns[e] & ROWS_COLUMN) * (size_t)SOLVER_LANES;
    next += rows->columns[e] >> 31;
    for (size_t l = 0; l < SOLVER_LANES; l++) sums[l] += (double)weights[l] * (double)next[-1];
  }
  const float *zones = solution->weights + (rows->column_count - rows->dense_count) * SOLVER_LANES;
  for (size_t i = 0; i < rows->dense_count; i++)
    for (size_t l = 0; l < SOLVER_LANES; l++)
      sums[l] += (double)zones[i * SOLVER_LANES + l] * (double)rows->dense[row * rows->dense_count + i];
  memcpy(out, sums, solution->label_count * sizeof *out);
}

void solver_solution_free(struct solver_solution *solution) {
  free(solution->weights);
  free(solution->alpha);
  *solution = (struct solver_solution){0};
}
