/* SPDX-License-Identifier: MIT
 * Both libraries behind one interface, on problems whose answers are known. */
#include <criterion/criterion.h>
#include <linear.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "train/crossval.h"
#include "train/random.h"

/* Label 1 against the rest. */
static struct solver_problem one_label(const uint32_t *index, const uint32_t *labels, size_t count) {
  return (struct solver_problem){.index = index,
                                 .labels = labels,
                                 .count = count,
                                 .from = 1,
                                 .label_count = 1,
                                 .weight_positive = {1},
                                 .weight_negative = {1}};
}

static double decide(const struct solver_data *data, const struct solver_solution *solution, uint32_t row) {
  double decisions[SOLVER_LANES];
  solver_decide(data, solution, row, decisions);
  return decisions[0];
}

/* Two points on a line: x = 1 is positive, x = -1 negative. The hard-margin solution is d(x) = x. */
Test(solver, finds_the_widest_margin) {
  const size_t first[] = {0, 1, 2};
  const uint64_t ids[] = {7, 7};
  const float values[] = {1, -1};
  const uint32_t labels[] = {1, 0};
  const uint32_t index[] = {0, 1};
  struct rows rows;
  cr_assert_eq(rows_build(2, first, ids, values, 1, &rows, NULL), STANCE_OK);
  static const enum solver_kind kinds[] = {SOLVER_LIBLINEAR_L1_DUAL, SOLVER_LIBSVM};
  for (size_t k = 0; k < 2; k++) {
    struct solver_settings settings = {.kind = kinds[k], .c = 100, .epsilon = 1e-8};
    struct solver_problem problem = one_label(index, labels, 2);
    struct solver_data *data;
    struct solver_solution solution;
    cr_assert_eq(solver_data_new(&rows, &settings, 1, NULL, &data, NULL), STANCE_OK);
    cr_assert_eq(solver_solve(data, &settings, &problem, &solution, NULL), STANCE_OK);
    cr_assert_float_eq(decide(data, &solution, 0), 1, 1e-4);
    cr_assert_float_eq(decide(data, &solution, 1), -1, 1e-4);
    solver_solution_free(&solution);
    solver_data_free(data);
  }
  rows_free(&rows);
}

enum { ROWS = 200, COLUMNS = 60, PER_ROW = 12 };

/* Noisy rows of two kinds: columns 0-29 are likelier in the positive ones. */
static void noisy_rows(struct rows *rows, uint32_t *labels, uint32_t *index) {
  static size_t first[ROWS + 1];
  static uint64_t ids[ROWS * PER_ROW];
  static float values[ROWS * PER_ROW];
  uint64_t seed = 3;
  for (size_t r = 0; r < ROWS; r++) {
    labels[r] = !random_below(&seed, 3);
    index[r] = (uint32_t)r;
    for (size_t i = 0; i < PER_ROW; i++) {
      bool is_own = random_below(&seed, 100) < 65;
      ids[r * PER_ROW + i] = 1 + random_below(&seed, COLUMNS / 2) + ((labels[r] > 0) == is_own ? 0 : COLUMNS / 2);
      values[r * PER_ROW + i] = 0.3F;
    }
    first[r + 1] = (r + 1) * PER_ROW;
  }
  cr_assert_eq(rows_build(ROWS, first, ids, values, 1, rows, NULL), STANCE_OK);
}

/* Each row stands twice, the second time with all signs turned: by symmetry the best bias is 0, regularised or not, so that both
 * libraries have the same problem. */
Test(solver, libraries_agree_on_the_same_problem) {
  struct rows rows, mirrored;
  uint32_t labels[2 * ROWS], index[2 * ROWS];
  double decisions[2][2 * ROWS], largest = 0;
  static size_t first[2 * ROWS + 1];
  static uint64_t ids[2 * ROWS * PER_ROW];
  static float values[2 * ROWS * PER_ROW];
  noisy_rows(&rows, labels, index);
  for (size_t r = 0; r < ROWS; r++) {
    labels[ROWS + r] = 1 - labels[r];
    index[ROWS + r] = (uint32_t)(ROWS + r);
  }
  for (size_t r = 0; r < 2 * ROWS; r++) {
    struct rows_entry row[PER_ROW];
    size_t length = rows_expand(&rows, r % ROWS, row);
    first[r + 1] = first[r];
    for (size_t i = 0; i < length; i++) {
      ids[first[r + 1]] = rows.ids[row[i].column];
      values[first[r + 1]++] = r < ROWS ? row[i].value : -row[i].value;
    }
  }
  cr_assert_eq(rows_build(2 * ROWS, first, ids, values, 1, &mirrored, NULL), STANCE_OK);
  for (int k = 0; k < 2; k++) {
    struct solver_settings settings = {.kind = k ? SOLVER_LIBSVM : SOLVER_LIBLINEAR_L1_DUAL, .c = 0.5, .epsilon = 1e-6};
    struct solver_problem problem = one_label(index, labels, 2 * ROWS);
    problem.weight_positive[0] = problem.weight_negative[0] = 1.5;
    struct solver_data *data;
    struct solver_solution solution;
    cr_assert_eq(solver_data_new(&mirrored, &settings, 2, NULL, &data, NULL), STANCE_OK);
    cr_assert_eq(solver_solve(data, &settings, &problem, &solution, NULL), STANCE_OK);
    for (uint32_t r = 0; r < 2 * ROWS; r++) decisions[k][r] = decide(data, &solution, r);
    solver_solution_free(&solution);
    solver_data_free(data);
  }
  for (size_t r = 0; r < 2 * ROWS; r++) {
    cr_assert_float_eq(decisions[0][r], decisions[1][r], 0.002, "row %zu: %g %g", r, decisions[0][r], decisions[1][r]);
    largest = fmax(largest, fabs(decisions[0][r]));
  }
  cr_assert_gt(largest, 1);
  rows_free(&rows);
  rows_free(&mirrored);
}

Test(solver, gives_the_same_whatever_the_threads) {
  struct rows rows;
  uint32_t index[ROWS], labels[ROWS], folds[ROWS];
  static double decisions[3][ROWS * 2];
  noisy_rows(&rows, labels, index);
  for (size_t r = 0; r < ROWS; r++) folds[r] = (uint32_t)(r % 5);
  struct labelled labelled = {&rows, labels, 2};
  for (int run = 0; run < 3; run++) {
    struct crossval_settings settings = {
        .solver = {.kind = SOLVER_LIBLINEAR_L2_DUAL, .c = 1, .seed = 9}, .balance = 1, .threads = run == 0 ? 1 : 7};
    struct solver_data *data;
    cr_assert_eq(solver_data_new(&rows, &settings.solver, 1, NULL, &data, NULL), STANCE_OK);
    cr_assert_eq(crossval_run(&labelled, data, folds, 5, &settings, NULL, decisions[run], NULL, NULL), STANCE_OK);
    solver_data_free(data);
  }
  cr_assert_eq(memcmp(decisions[0], decisions[1], sizeof decisions[0]), 0);
  cr_assert_eq(memcmp(decisions[0], decisions[2], sizeof decisions[0]), 0);
  rows_free(&rows);
}

/* liblinear must draw from our rand(): another seed gives another order, hence other last digits; the same seed the same. */
Test(solver, seeds_liblinear) {
  struct rows rows;
  uint32_t labels[ROWS], index[ROWS];
  double decision[3];
  noisy_rows(&rows, labels, index);
  for (int run = 0; run < 3; run++) {
    struct solver_settings settings = {.kind = SOLVER_LIBLINEAR_L2_DUAL, .c = 1, .seed = run == 2 ? 77 : 5};
    struct solver_problem problem = one_label(index, labels, ROWS);
    struct solver_data *data;
    struct solver_solution solution;
    srand(run == 1 ? 123 : 456);
    cr_assert_eq(solver_data_new(&rows, &settings, 1, NULL, &data, NULL), STANCE_OK);
    cr_assert_eq(solver_solve(data, &settings, &problem, &solution, NULL), STANCE_OK);
    decision[run] = (double)solution.weights[0];
    solver_solution_free(&solution);
    solver_data_free(data);
  }
  cr_assert_eq(memcmp(&decision[0], &decision[1], sizeof decision[0]), 0);
  cr_assert_neq(memcmp(&decision[0], &decision[2], sizeof decision[0]), 0);
  rows_free(&rows);
}

struct steps {
  size_t count, stop_at, total;
};

static bool count_step(void *context, size_t done, size_t total) {
  struct steps *steps = context;
  (void)done;
  steps->total = total;
  return ++steps->count != steps->stop_at;
}

/* An interruption is looked for behind every 4 rows of the Gram matrix and of the kernel, and is obeyed at once. */
Test(solver, kernels_are_interrupted_within_a_few_rows) {
  enum { STEPS = (ROWS + 3) / 4 };
  struct rows rows;
  uint32_t labels[ROWS], index[ROWS];
  noisy_rows(&rows, labels, index);
  static const size_t stops[] = {0, 3, STEPS + 3};
  for (size_t s = 0; s < 3; s++) {
    struct steps steps = {.stop_at = stops[s]};
    struct pool_progress progress = {count_step, &steps};
    struct solver_settings settings = {
        .kind = SOLVER_LIBSVM, .kernel = STANCE_KERNEL_RBF, .gamma = 1, .c = 1, .degree = 1};
    struct solver_data *data;
    struct stance_error error;
    enum stance_status status = solver_data_new(&rows, &settings, 1, &progress, &data, &error);
    cr_assert_eq(steps.total, STEPS);
    cr_assert_eq(steps.count, stops[s] ? stops[s] : 2 * STEPS);
    cr_assert_eq(status, stops[s] ? STANCE_USAGE : STANCE_OK);
    if (stops[s]) cr_assert_str_eq(error.message, "interrupted");
    else solver_data_free(data);
  }
  rows_free(&rows);
}

/* XOR: no line separates it, the RBF kernel does. */
Test(solver, a_descent_is_interrupted) {
  struct rows rows;
  uint32_t labels[ROWS], index[ROWS];
  noisy_rows(&rows, labels, index);
  atomic_int interrupted = 0;
  struct solver_settings settings = {.kind = SOLVER_LIBLINEAR_L2_DUAL, .c = 1, .interrupted = &interrupted};
  struct solver_data *data;
  struct solver_solution solution;
  struct stance_error error;
  cr_assert_eq(solver_data_new(&rows, &settings, 1, NULL, &data, &error), STANCE_OK);
  struct solver_problem problem = {.index = index,
                                   .labels = labels,
                                   .count = ROWS,
                                   .label_count = 2,
                                   .weight_positive = {1, 1},
                                   .weight_negative = {1, 1}};
  cr_assert_eq(solver_solve(data, &settings, &problem, &solution, &error), STANCE_OK);
  solver_solution_free(&solution);
  interrupted = 2;
  cr_assert_eq(solver_solve(data, &settings, &problem, &solution, &error), STANCE_USAGE);
  cr_assert_str_eq(error.message, "interrupted");
  solver_data_free(data);
  rows_free(&rows);
}

Test(solver, rbf_solves_what_no_line_can) {
  const size_t first[] = {0, 2, 4, 6, 8};
  const uint64_t ids[] = {1, 2, 1, 2, 1, 2, 1, 2};
  const float values[] = {1, 1, -1, -1, 1, -1, -1, 1};
  const uint32_t labels[] = {1, 1, 0, 0};
  const uint32_t index[] = {0, 1, 2, 3};
  struct rows rows;
  struct solver_data *data;
  struct solver_solution solution;
  struct solver_settings settings = {
      .kind = SOLVER_LIBSVM, .kernel = STANCE_KERNEL_RBF, .gamma = 1, .c = 100, .degree = 1};
  struct solver_problem problem = one_label(index, labels, 4);
  cr_assert_eq(rows_build(4, first, ids, values, 1, &rows, NULL), STANCE_OK);
  cr_assert_eq(solver_data_new(&rows, &settings, 1, NULL, &data, NULL), STANCE_OK);
  cr_assert_eq(solver_solve(data, &settings, &problem, &solution, NULL), STANCE_OK);
  for (uint32_t r = 0; r < 4; r++) cr_assert_float_eq(decide(data, &solution, r), labels[r] ? 1 : -1, 0.01);
  solver_solution_free(&solution);
  solver_data_free(data);
  rows_free(&rows);
}

Test(solver, one_class_alone_is_constant) {
  const size_t first[] = {0, 1, 2};
  const uint64_t ids[] = {7, 8};
  const float values[] = {1, 1};
  const uint32_t labels[] = {0, 0};
  const uint32_t index[] = {0, 1};
  struct rows rows;
  struct solver_data *data;
  struct solver_solution solution;
  struct solver_settings settings = {.c = 1};
  struct solver_problem problem = one_label(index, labels, 2);
  cr_assert_eq(rows_build(2, first, ids, values, 1, &rows, NULL), STANCE_OK);
  cr_assert_eq(solver_data_new(&rows, &settings, 1, NULL, &data, NULL), STANCE_OK);
  cr_assert_eq(solver_solve(data, &settings, &problem, &solution, NULL), STANCE_OK);
  cr_assert_eq(decide(data, &solution, 1), -1);
  solver_solution_free(&solution);
  solver_data_free(data);
  rows_free(&rows);
}

Test(solver, says_what_is_wrong_with_settings) {
  cr_assert_str_eq(solver_check(&(struct solver_settings){.c = 0}), "C must be above 0");
  cr_assert_str_eq(solver_check(&(struct solver_settings){.c = (double)NAN}), "C must be above 0");
  cr_assert_str_eq(solver_check(&(struct solver_settings){.c = 1, .kernel = STANCE_KERNEL_RBF, .gamma = 1}),
                   "liblinear has no kernels; use libsvm");
  cr_assert_null(solver_check(&(struct solver_settings){.c = 1}));
}

static void say_nothing(const char *text) { (void)text; }

/* solver_dual.c solves liblinear's problem: with a strict epsilon, the library itself gives the same weights, with shrinking and with costs
 * that differ. In single precision, at a larger epsilon, they differ by what epsilon leaves open. */
Test(solver, descends_as_liblinear_does) {
  static const struct {
    enum solver_kind kind;
    int type;
    double c, epsilon, tolerance;
  } cases[] = {{SOLVER_LIBLINEAR_L2_DUAL, L2R_L2LOSS_SVC_DUAL, 1, 1e-7, 1e-6},
               {SOLVER_LIBLINEAR_L2_DUAL, L2R_L2LOSS_SVC_DUAL, 20, 1e-7, 1e-6},
               {SOLVER_LIBLINEAR_L1_DUAL, L2R_L1LOSS_SVC_DUAL, 0.1, 1e-7, 1e-6},
               {SOLVER_LIBLINEAR_L2_DUAL, L2R_L2LOSS_SVC_DUAL, 1, 0.002, 1e-3},
               {SOLVER_LIBLINEAR_L1_DUAL, L2R_L1LOSS_SVC_DUAL, 0.1, 0.002, 1e-3}};
  struct rows rows;
  uint32_t labels[ROWS], index[ROWS];
  noisy_rows(&rows, labels, index);
  static struct feature_node nodes[ROWS * (PER_ROW + 2)];
  struct feature_node *starts[ROWS], *node = nodes;
  double signs[ROWS];
  for (size_t r = 0; r < ROWS; r++) {
    starts[r] = node;
    struct rows_entry row[PER_ROW];
    size_t length = rows_expand(&rows, r, row);
    for (size_t e = 0; e < length; e++) *node++ = (struct feature_node){(int)row[e].column + 1, (double)row[e].value};
    *node++ = (struct feature_node){(int)rows.column_count + 1, 0.5};
    *node++ = (struct feature_node){-1, 0};
    signs[r] = labels[r] ? 1 : -1;
  }
  set_print_string_function(say_nothing);
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
    struct solver_settings settings = {
        .kind = cases[k].kind, .c = cases[k].c, .epsilon = cases[k].epsilon, .bias_scale = 0.5, .seed = 11};
    struct solver_problem problem = one_label(index, labels, ROWS);
    problem.weight_positive[0] = 1.5;
    problem.weight_negative[0] = 0.75;
    struct solver_data *data;
    struct solver_solution solution;
    cr_assert_eq(solver_data_new(&rows, &settings, 1, NULL, &data, NULL), STANCE_OK);
    cr_assert_eq(solver_solve(data, &settings, &problem, &solution, NULL), STANCE_OK);
    int signs_of[] = {1, -1};
    double weights[] = {1.5, 0.75};
    struct parameter parameter = {.solver_type = cases[k].type,
                                  .C = cases[k].c,
                                  .eps = cases[k].epsilon,
                                  .nr_weight = 2,
                                  .weight_label = signs_of,
                                  .weight = weights};
    struct problem theirs = {.l = ROWS, .n = (int)rows.column_count + 1, .y = signs, .x = starts, .bias = 0.5};
    srand(11);
    struct model *model = train(&theirs, &parameter);
    cr_assert_eq(model->label[0], 1);
    for (size_t c = 0; c < rows.column_count; c++)
      cr_assert_float_eq((double)solution.weights[c * SOLVER_LANES], model->w[c], cases[k].tolerance, "case %zu", k);
    cr_assert_float_eq(solution.bias[0], model->w[rows.column_count] * 0.5, cases[k].tolerance);
    free_and_destroy_model(&model);
    solver_solution_free(&solution);
    solver_data_free(data);
  }
  rows_free(&rows);
}

/* Labels that are solved side by side get what each gets alone; nested folds what they get one by one. */
Test(solver, labels_side_by_side_do_not_touch_each_other) {
  struct rows rows;
  uint32_t labels[ROWS], index[ROWS];
  noisy_rows(&rows, labels, index);
  for (size_t r = 0; r < ROWS; r++) labels[r] = labels[r] ? 1 : r % 3 ? 0 : 2;
  struct solver_settings settings = {.kind = SOLVER_LIBLINEAR_L2_DUAL, .c = 1, .epsilon = 1e-7, .seed = 4};
  struct solver_problem all = {.index = index,
                               .labels = labels,
                               .count = ROWS,
                               .label_count = 4, /* no row has the last */
                               .weight_positive = {1, 2, 1, 1},
                               .weight_negative = {1, 1, 0.5, 1}};
  struct solver_data *data;
  struct solver_solution together, alone;
  cr_assert_eq(solver_data_new(&rows, &settings, 1, NULL, &data, NULL), STANCE_OK);
  cr_assert_eq(solver_solve(data, &settings, &all, &together, NULL), STANCE_OK);
  for (size_t l = 0; l < 4; l++) {
    struct solver_problem one = all;
    one.from = l;
    one.label_count = 1;
    one.weight_positive[0] = all.weight_positive[l];
    one.weight_negative[0] = all.weight_negative[l];
    cr_assert_eq(solver_solve(data, &settings, &one, &alone, NULL), STANCE_OK);
    for (uint32_t r = 0; r < ROWS; r++) {
      double of_all[SOLVER_LANES];
      solver_decide(data, &together, r, of_all);
      cr_assert_float_eq(of_all[l], decide(data, &alone, r), 1e-5, "label %zu, row %u", l, r);
    }
    solver_solution_free(&alone);
  }
  cr_assert_eq(together.bias[3], -1);
  solver_solution_free(&together);
  solver_data_free(data);
  rows_free(&rows);
}

/* The decisions of a nested run are those of a run in which the outer fold takes no part. */
Test(solver, nested_folds_see_neither_fold) {
  struct rows rows;
  uint32_t labels[ROWS], index[ROWS], folds[ROWS], inner[ROWS];
  static double nested[4][ROWS][2], one[ROWS][2];
  noisy_rows(&rows, labels, index);
  for (size_t r = 0; r < ROWS; r++) folds[r] = (uint32_t)(r % 4);
  struct labelled labelled = {&rows, labels, 2};
  struct crossval_settings settings = {
      .solver = {.kind = SOLVER_LIBLINEAR_L2_DUAL, .c = 1, .epsilon = 1e-7, .seed = 9}, .balance = 1, .threads = 2};
  struct solver_data *data;
  cr_assert_eq(solver_data_new(&rows, &settings.solver, 1, NULL, &data, NULL), STANCE_OK);
  cr_assert_eq(crossval_run_nested(&labelled, data, folds, 4, &settings, NULL, nested[0][0], NULL, NULL), STANCE_OK);
  for (uint32_t outer = 0; outer < 4; outer++) {
    for (size_t r = 0; r < ROWS; r++) inner[r] = folds[r] == outer ? UINT32_MAX : folds[r];
    cr_assert_eq(crossval_run(&labelled, data, inner, 4, &settings, NULL, one[0], NULL, NULL), STANCE_OK);
    for (size_t r = 0; r < ROWS; r++)
      if (folds[r] != outer) cr_assert_float_eq(nested[outer][r][1], one[r][1], 1e-5, "fold %u, row %zu", outer, r);
  }
  solver_data_free(data);
  rows_free(&rows);
}
