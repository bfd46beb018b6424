/* SPDX-License-Identifier: MIT
 * Support vector machines behind one interface: labels against the rest over shared rows go in, decision functions come
 * out.
 *
 *   liblinear  d(x) = w.x + bias                   L2-regularised; the bias is a weight like others (regularised)
 *   libsvm     d(x) = sum_i alpha_i K(x_i, x) + bias   K from a Gram matrix computed once; the bias is free
 *
 * The two differ only in the bias term: if the best bias is 0, they give the same decision values on the L1-loss
 * problem (tested to 0.002); else liblinear's bias is regularised towards 0 like its weights.
 *
 * liblinear's dual solvers, the default, are implemented here on compact rows, for four labels at a time
 * (solver_dual.c).
 *
 * liblinear calls rand(), whose state all threads share. The program replaces rand() by one that is thread-local and
 * seeded before each training (solver_linear.c), so that a result depends only on the problem. */
#ifndef STANCE_TRAIN_SOLVER_H
#define STANCE_TRAIN_SOLVER_H

#include <stdatomic.h>

#include "rows.h"
#include "stance/model/model.h"

enum solver_kind {
  SOLVER_LIBLINEAR_L2_DUAL,   /* L2-loss (squared hinge), dual: liblinear -s 1 */
  SOLVER_LIBLINEAR_L1_DUAL,   /* L1-loss (hinge), dual: -s 3 */
  SOLVER_LIBLINEAR_L2_PRIMAL, /* -s 2 */
  SOLVER_LIBLINEAR_LOGISTIC,  /* -s 0 */
  SOLVER_LIBSVM,              /* C-SVC, any kernel */
  SOLVER_AUTO,                /* in trainer settings only: chosen by kernel and number of units */
};

struct solver_settings {
  enum solver_kind kind;
  enum stance_kernel kernel;
  double c, epsilon; /* epsilon 0: the solver's own default */
  double gamma, coef0;
  int degree;
  double bias_scale; /* liblinear's -B; 0 stands for 1 */
  uint64_t seed;
  const atomic_int *interrupted; /* looked at by the dual solvers behind every 1,024 rows; NULL: never */
};

/* Checks the settings. NULL: valid; else a message, constant. */
const char *solver_check(const struct solver_settings *settings);
/* The solver in words: "libsvm C-SVC". Constant. */
const char *solver_name(enum solver_kind kind);

/* Data shared by all problems over the same rows: liblinear's nodes, libsvm's kernel matrix. */
struct solver_data;
/* The bytes that solver_data_new will allocate for the rows. */
uint64_t solver_memory(const struct rows *rows, const struct solver_settings *settings);
/* Makes the shared data; rows must outlive it. STANCE_USAGE: wrong settings, or they need too much memory. Free it. */
enum stance_status solver_data_new(const struct rows *rows, const struct solver_settings *settings, size_t threads,
                                   const struct pool_progress *progress, struct solver_data **out,
                                   struct stance_error *error);
/* Changes the kernel's parameters; keeps the dot products. Not while problems are being solved. The progress given to
 * solver_data_new, which may be NULL, counts rows; if it stops, both functions fail with "interrupted". */
enum stance_status solver_data_kernel(struct solver_data *data, const struct solver_settings *settings, size_t threads,
                                      struct stance_error *error);
/* Frees it; NULL is fine. */
void solver_data_free(struct solver_data *data);

enum { SOLVER_LANES = 4 }; /* labels that one descent solves side by side */
/* The most labels of a problem: SOLVER_LANES for the dual solvers, 1 for the others. */
size_t solver_lanes(enum solver_kind kind);

/* The labels from .. from + label_count - 1, each against the rest. */
struct solver_problem {
  const uint32_t *index;  /* [count]: indices of the rows, ascending */
  const uint32_t *labels; /* [rows->count] */
  size_t count, from, label_count;
  double weight_positive[SOLVER_LANES], weight_negative[SOLVER_LANES]; /* factors of C, of each label and of its rest */
};

struct solver_solution {
  size_t label_count;
  float *weights; /* [column_count][SOLVER_LANES]; linear solvers only */
  double *alpha;  /* [rows->count]: coefficients, 0 for most rows; libsvm only, for its one label */
  double bias[SOLVER_LANES];
};

/* Solves a problem; thread-safe for shared data. STANCE_USAGE "interrupted": *settings->interrupted is not 0. A label that all rows or none have gets the constant d(x) = 1 or -1.
 * Free the solution. */
enum stance_status solver_solve(const struct solver_data *data, const struct solver_settings *settings,
                                const struct solver_problem *problem, struct solver_solution *out,
                                struct stance_error *error);
/* Fills the decision values [label_count] of a row. */
void solver_decide(const struct solver_data *data, const struct solver_solution *solution, uint32_t row, double *out);
/* Frees what it holds. */
void solver_solution_free(struct solver_solution *solution);

/* Shared by solver.c, solver_linear.c, solver_dual.c and solver_svm.c only. */
struct feature_node;
struct solver_dual;
struct svm_node;
struct solver_data {
  const struct rows *rows;
  const struct pool_progress *progress;
  bool is_stopped;                         /* by progress */
  struct solver_dual *dual;                /* liblinear's dual solvers */
  struct feature_node *nodes, **node_rows; /* rows for liblinear itself: its primal solvers */
  float *gram;                             /* libsvm: dot products [count][count] */
  struct svm_node *kernel, **kernel_rows;  /* libsvm: the matrix K for its PRECOMPUTED kernel, [count][count + 1] */
  enum stance_kernel kind;
  double gamma, coef0;
  int degree;
};
/* Makes the rows for liblinear. */
enum stance_status solver_linear_data(struct solver_data *data, double bias_scale, struct stance_error *error);
/* solver_solve with liblinear. */
enum stance_status solver_linear_solve(const struct solver_data *data, const struct solver_settings *settings,
                                       const struct solver_problem *problem, struct solver_solution *out,
                                       struct stance_error *error);
/* Makes the norms for the dual solvers (solver_dual.c). */
enum stance_status solver_dual_data(struct solver_data *data, double bias_scale, struct stance_error *error);
/* Frees it; NULL is fine. */
void solver_dual_free(struct solver_dual *dual);
/* solver_solve with the dual solvers. is_constant [label_count]: labels that are not to be solved. */
enum stance_status solver_dual_solve(const struct solver_data *data, const struct solver_settings *settings,
                                     const struct solver_problem *problem, const bool *is_constant,
                                     struct solver_solution *out, struct stance_error *error);
/* Computes all dot products of rows, [count][count]. */
enum stance_status solver_svm_gram(struct solver_data *data, size_t threads, struct stance_error *error);
/* solver_solve with libsvm. */
enum stance_status solver_svm_solve(const struct solver_data *data, const struct solver_settings *settings,
                                    const struct solver_problem *problem, struct solver_solution *out,
                                    struct stance_error *error);
/* The decision value of a row by a solution of libsvm. */
double solver_svm_decide(const struct solver_data *data, const struct solver_solution *solution, uint32_t row);

#endif
