/* SPDX-License-Identifier: MIT
 * Support vector machines behind one interface: a binary problem over shared rows goes in, a decision function comes out.
 *
 *   liblinear  d(x) = w.x + bias                   L2-regularised; the bias is a weight like others (regularised)
 *   libsvm     d(x) = sum_i alpha_i K(x_i, x) + bias   K from a Gram matrix computed once; the bias is free
 *
 * The two differ by the bias term alone: where the best bias is 0 they give the same decision values on the L1-loss problem (tested
 * to 0.002); elsewhere liblinear's bias is drawn towards 0 as its weights are.
 *
 * liblinear's dual solvers, the default, are our own code on compact rows, with its weights to the last bit (solver_dual.c).
 *
 * liblinear draws from rand(), which all threads share. The trainer's own rand(), thread-local and seeded before each training,
 * takes its place in the program (solver_linear.c), so that a result depends on the problem alone. */
#ifndef STANCE_TRAIN_SOLVER_H
#define STANCE_TRAIN_SOLVER_H

#include "rows.h"
#include "stance/model/model.h"

enum solver_kind {
  SOLVER_LIBLINEAR_L2_DUAL,   /* L2-loss (squared hinge), dual: liblinear -s 1 */
  SOLVER_LIBLINEAR_L1_DUAL,   /* L1-loss (hinge), dual: -s 3 */
  SOLVER_LIBLINEAR_L2_PRIMAL, /* -s 2 */
  SOLVER_LIBLINEAR_LOGISTIC,  /* -s 0 */
  SOLVER_LIBSVM,              /* C-SVC, any kernel */
  SOLVER_AUTO,                /* of trainer settings alone: chosen by kernel and number of units */
};

struct solver_settings {
  enum solver_kind kind;
  enum stance_kernel kernel;
  double c, epsilon; /* epsilon 0: the solver's own default */
  double gamma, coef0;
  int degree;
  double bias_scale; /* liblinear's -B; 0: 1 */
  uint64_t seed;
};

/* NULL, or what is wrong with the settings. */
const char *solver_check(const struct solver_settings *settings);
const char *solver_name(enum solver_kind kind); /* in words: "libsvm C-SVC" */

/* What is shared by all problems over the same rows: liblinear's nodes, libsvm's kernel matrix. */
struct solver_data;
/* Bytes that solver_data_new will take for so many rows; to be compared with memory before. */
uint64_t solver_memory(const struct rows *rows, const struct solver_settings *settings);
/* Makes it, with so many threads. STANCE_USAGE: the settings are wrong, or need too much memory. Free it; rows must outlive it. */
enum stance_status solver_data_new(const struct rows *rows, const struct solver_settings *settings, size_t threads,
                                   const struct pool_progress *progress, struct solver_data **out,
                                   struct stance_error *error);
/* Changes the kernel's parameters; the dot products stay. Not while problems are being solved. Progress (may be NULL), which is kept
 * for this, is told of rows; where it stops, both fail with "interrupted". */
enum stance_status solver_data_kernel(struct solver_data *data, const struct solver_settings *settings, size_t threads,
                                      struct stance_error *error);
/* Frees it; NULL is fine. */
void solver_data_free(struct solver_data *data);

struct solver_problem {
  const uint32_t *index; /* rows taken, [count]; ascending */
  const int8_t *y;       /* [count]: 1 or -1 */
  size_t count;
  double weight_positive, weight_negative; /* C is multiplied by them */
};

struct solver_solution {
  float *weights; /* [column_count]; linear solvers */
  double *exact;  /* [column_count]: the same in double */
  double *alpha;  /* [rows->count]: coefficients by row, 0 for most; libsvm */
  double bias;
};

/* Thread-safe over the same data. A problem of one class alone has the constant solution d(x) = 1 or -1. Free the solution. */
enum stance_status solver_solve(const struct solver_data *data, const struct solver_settings *settings,
                                const struct solver_problem *problem, struct solver_solution *out,
                                struct stance_error *error);
/* The decision value of a row. */
double solver_decide(const struct solver_data *data, const struct solver_solution *solution, uint32_t row);
/* Frees what it holds. */
void solver_solution_free(struct solver_solution *solution);

/* Between solver.c and the two libraries' files. */
struct feature_node;
struct solver_dual;
struct svm_node;
struct solver_data {
  const struct rows *rows;
  const struct pool_progress *progress;
  bool is_stopped;                         /* by it */
  struct solver_dual *dual;                /* liblinear's dual solvers */
  struct feature_node *nodes, **node_rows; /* liblinear itself: the primal ones */
  float *gram;                             /* libsvm: dot products [count][count] */
  struct svm_node *kernel, **kernel_rows;  /* libsvm: K as its PRECOMPUTED kernel takes it, [count][count + 1] */
  enum stance_kernel kind;
  double gamma, coef0;
  int degree;
};
/* The rows as liblinear's nodes. */
enum stance_status solver_linear_data(struct solver_data *data, double bias_scale, struct stance_error *error);
/* As solver_solve, by liblinear. */
enum stance_status solver_linear_solve(const struct solver_data *data, const struct solver_settings *settings,
                                       const struct solver_problem *problem, struct solver_solution *out,
                                       struct stance_error *error);
/* What liblinear's dual solvers share of the rows (solver_dual.c). */
enum stance_status solver_dual_data(struct solver_data *data, double bias_scale, struct stance_error *error);
/* Frees it; NULL is fine. */
void solver_dual_free(struct solver_dual *dual);
/* As solver_solve, by them. */
enum stance_status solver_dual_solve(const struct solver_data *data, const struct solver_settings *settings,
                                     const struct solver_problem *problem, struct solver_solution *out,
                                     struct stance_error *error);
/* All dot products of rows, [count][count]. */
enum stance_status solver_svm_gram(struct solver_data *data, size_t threads, struct stance_error *error);
/* As solver_solve, by libsvm. */
enum stance_status solver_svm_solve(const struct solver_data *data, const struct solver_settings *settings,
                                    const struct solver_problem *problem, struct solver_solution *out,
                                    struct stance_error *error);
/* As solver_decide, of a libsvm solution. */
double solver_svm_decide(const struct solver_data *data, const struct solver_solution *solution, uint32_t row);

#endif
