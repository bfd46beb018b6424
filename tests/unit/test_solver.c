/* SPDX-License-Identifier: MIT
 * Both libraries behind one interface, on problems whose answers are known. */
#include <criterion/criterion.h>
#include <linear.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "train/crossval.h"
#include "train/random.h"

/* Two points on a line: x = 1 is positive, x = -1 negative. The hard-margin solution is d(x) = x. */
Test(solver, finds_the_widest_margin) {
  const size_t first[] = {0, 1, 2};
  const uint64_t ids[] = {7, 7};
  const float values[] = {1, -1};
  const int8_t y[] = {1, -1};
  const uint32_t index[] = {0, 1};
  struct rows rows;
  cr_assert_eq(rows_build(2, first, ids, values, 1, &rows, NULL), STANCE_OK);
  static const enum solver_kind kinds[] = {SOLVER_LIBLINEAR_L1_DUAL, SOLVER_LIBSVM};
  for (size_t k = 0; k < 2; k++) {
    struct solver_settings settings = {.kind = kinds[k], .c = 100, .epsilon = 1e-8};
    struct solver_problem problem = {.index = index, .y = y, .count = 2, .weight_positive = 1, .weight_negative = 1};
    struct solver_data *data;
    struct solver_solution solution;
    cr_assert_eq(solver_data_new(&rows, &settings, 1, NULL, &data, NULL), STANCE_OK);
    cr_assert_eq(solver_solve(data, &settings, &problem, &solution, NULL), STANCE_OK);
    cr_assert_float_eq(solver_decide(data, &solution, 0), 1, 1e-4);
    cr_assert_float_eq(solver_decide(data, &solution, 1), -1, 1e-4);
    solver_solution_free(&solution);
    solver_data_free(data);
  }
  rows_free(&rows);
}

enum { ROWS = 200, COLUMNS = 60, PER_ROW = 12 };

/* Noisy rows of two kinds: columns 0-29 are likelier in the positive ones. */
static void noisy_rows(struct rows *rows, int8_t *y, uint32_t *index) {
  static size_t first[ROWS + 1];
  static uint64_t ids[ROWS * PER_ROW];
  static float values[ROWS * PER_ROW];
  uint64_t seed = 3;
  for (size_t r = 0; r < ROWS; r++) {
    y[r] = random_below(&seed, 3) ? -1 : 1;
    index[r] = (uint32_t)r;
    for (size_t i = 0; i < PER_ROW; i++) {
      bool is_own = random_below(&seed, 100) < 65;
      ids[r * PER_ROW + i] = 1 + random_below(&seed, COLUMNS / 2) + ((y[r] > 0) == is_own ? 0 : COLUMNS / 2);
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
  int8_t y[2 * ROWS];
  uint32_t index[2 * ROWS];
  double decisions[2][2 * ROWS], largest = 0;
  static size_t first[2 * ROWS + 1];
  static uint64_t ids[2 * ROWS * PER_ROW];
  static float values[2 * ROWS * PER_ROW];
  noisy_rows(&rows, y, index);
  for (size_t r = 0; r < ROWS; r++) {
    y[ROWS + r] = (int8_t)-y[r];
    index[ROWS + r] = (uint32_t)(ROWS + r);
  }
  for (size_t r = 0; r < 2 * ROWS; r++) {
    size_t from = r % ROWS;
    first[r + 1] = first[r];
    for (size_t i = rows.first[from]; i < rows.first[from + 1]; i++) {
      ids[first[r + 1]] = rows.ids[rows.columns[i]];
      values[first[r + 1]++] = r < ROWS ? rows.values[i] : -rows.values[i];
    }
  }
  cr_assert_eq(rows_build(2 * ROWS, first, ids, values, 1, &mirrored, NULL), STANCE_OK);
  for (int k = 0; k < 2; k++) {
    struct solver_settings settings = {.kind = k ? SOLVER_LIBSVM : SOLVER_LIBLINEAR_L1_DUAL, .c = 0.5, .epsilon = 1e-6};
    struct solver_problem problem = {
        .index = index, .y = y, .count = 2 * ROWS, .weight_positive = 1.5, .weight_negative = 1.5};
    struct solver_data *data;
    struct solver_solution solution;
    cr_assert_eq(solver_data_new(&mirrored, &settings, 2, NULL, &data, NULL), STANCE_OK);
    cr_assert_eq(solver_solve(data, &settings, &problem, &solution, NULL), STANCE_OK);
    for (uint32_t r = 0; r < 2 * ROWS; r++) decisions[k][r] = solver_decide(data, &solution, r);
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
  int8_t y[ROWS];
  uint32_t index[ROWS], labels[ROWS], folds[ROWS];
  static double decisions[3][ROWS * 2];
  noisy_rows(&rows, y, index);
  for (size_t r = 0; r < ROWS; r++) {
    labels[r] = y[r] > 0;
    folds[r] = (uint32_t)(r % 5);
  }
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
  int8_t y[ROWS];
  uint32_t index[ROWS];
  double decision[3];
  noisy_rows(&rows, y, index);
  for (int run = 0; run < 3; run++) {
    struct solver_settings settings = {.kind = SOLVER_LIBLINEAR_L2_DUAL, .c = 1, .seed = run == 2 ? 77 : 5};
    struct solver_problem problem = {.index = index, .y = y, .count = ROWS, .weight_positive = 1, .weight_negative = 1};
    struct solver_data *data;
    struct solver_solution solution;
    srand(run == 1 ? 123 : 456);
    cr_assert_eq(solver_data_new(&rows, &settings, 1, NULL, &data, NULL), STANCE_OK);
    cr_assert_eq(solver_solve(data, &settings, &problem, &solution, NULL), STANCE_OK);
    decision[run] = solution.exact[0];
    solver_solution_free(&solution);
    solver_data_free(data);
  }
  cr_assert_eq(memcmp(&decision[0], &decision[1], sizeof decision[0]), 0);
  cr_assert_neq(memcmp(&decision[0], &decision[2], sizeof decision[0]), 0);
  rows_free(&rows);
}

/* XOR: no line separates it, the RBF kernel does. */
Test(solver, rbf_solves_what_no_line_can) {
  const size_t first[] = {0, 2, 4, 6, 8};
  const uint64_t ids[] = {1, 2, 1, 2, 1, 2, 1, 2};
  const float values[] = {1, 1, -1, -1, 1, -1, -1, 1};
  const int8_t y[] = {1, 1, -1, -1};
  const uint32_t index[] = {0, 1, 2, 3};
  struct rows rows;
  struct solver_data *data;
  struct solver_solution solution;
  struct solver_settings settings = {
      .kind = SOLVER_LIBSVM, .kernel = STANCE_KERNEL_RBF, .gamma = 1, .c = 100, .degree = 1};
  struct solver_problem problem = {.index = index, .y = y, .count = 4, .weight_positive = 1, .weight_negative = 1};
  cr_assert_eq(rows_build(4, first, ids, values, 1, &rows, NULL), STANCE_OK);
  cr_assert_eq(solver_data_new(&rows, &settings, 1, NULL, &data, NULL), STANCE_OK);
  cr_assert_eq(solver_solve(data, &settings, &problem, &solution, NULL), STANCE_OK);
  for (uint32_t r = 0; r < 4; r++) cr_assert_float_eq(solver_decide(data, &solution, r), y[r], 0.01);
  solver_solution_free(&solution);
  solver_data_free(data);
  rows_free(&rows);
}

Test(solver, one_class_alone_is_constant) {
  const size_t first[] = {0, 1, 2};
  const uint64_t ids[] = {7, 8};
  const float values[] = {1, 1};
  const int8_t y[] = {-1, -1};
  const uint32_t index[] = {0, 1};
  struct rows rows;
  struct solver_data *data;
  struct solver_solution solution;
  struct solver_settings settings = {.c = 1};
  struct solver_problem problem = {.index = index, .y = y, .count = 2, .weight_positive = 1, .weight_negative = 1};
  cr_assert_eq(rows_build(2, first, ids, values, 1, &rows, NULL), STANCE_OK);
  cr_assert_eq(solver_data_new(&rows, &settings, 1, NULL, &data, NULL), STANCE_OK);
  cr_assert_eq(solver_solve(data, &settings, &problem, &solution, NULL), STANCE_OK);
  cr_assert_eq(solver_decide(data, &solution, 1), -1);
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

/* solver_dual.c is liblinear's descent on other memory: the library itself, drawing the same numbers, gives the same weights to the last
 * bit, with shrinking and with costs that differ. */
Test(solver, descends_as_liblinear_does) {
  static const struct {
    enum solver_kind kind;
    int type;
    double c, epsilon;
  } cases[] = {{SOLVER_LIBLINEAR_L2_DUAL, L2R_L2LOSS_SVC_DUAL, 1, 0.1},
               {SOLVER_LIBLINEAR_L2_DUAL, L2R_L2LOSS_SVC_DUAL, 20, 1e-4},
               {SOLVER_LIBLINEAR_L1_DUAL, L2R_L1LOSS_SVC_DUAL, 0.1, 1e-3},
               {SOLVER_LIBLINEAR_L1_DUAL, L2R_L1LOSS_SVC_DUAL, 10, 0.1}};
  struct rows rows;
  int8_t y[ROWS];
  uint32_t index[ROWS];
  noisy_rows(&rows, y, index);
  static struct feature_node nodes[ROWS * (PER_ROW + 2)];
  struct feature_node *starts[ROWS], *node = nodes;
  double signs[ROWS];
  for (size_t r = 0; r < ROWS; r++) {
    starts[r] = node;
    for (size_t e = rows.first[r]; e < rows.first[r + 1]; e++)
      *node++ = (struct feature_node){(int)rows.columns[e] + 1, (double)rows.values[e]};
    *node++ = (struct feature_node){(int)rows.column_count + 1, 0.5};
    *node++ = (struct feature_node){-1, 0};
    signs[r] = y[r];
  }
  set_print_string_function(say_nothing);
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
    struct solver_settings settings = {
        .kind = cases[k].kind, .c = cases[k].c, .epsilon = cases[k].epsilon, .bias_scale = 0.5, .seed = 11};
    struct solver_problem problem = {
        .index = index, .y = y, .count = ROWS, .weight_positive = 1.5, .weight_negative = 0.75};
    struct solver_data *data;
    struct solver_solution solution;
    cr_assert_eq(solver_data_new(&rows, &settings, 1, NULL, &data, NULL), STANCE_OK);
    cr_assert_eq(solver_solve(data, &settings, &problem, &solution, NULL), STANCE_OK);
    int labels[] = {1, -1};
    double weights[] = {1.5, 0.75};
    struct parameter parameter = {.solver_type = cases[k].type,
                                  .C = cases[k].c,
                                  .eps = cases[k].epsilon,
                                  .nr_weight = 2,
                                  .weight_label = labels,
                                  .weight = weights};
    struct problem theirs = {.l = ROWS, .n = (int)rows.column_count + 1, .y = signs, .x = starts, .bias = 0.5};
    srand(11);
    struct model *model = train(&theirs, &parameter);
    cr_assert_eq(model->label[0], 1);
    cr_assert_eq(memcmp(solution.exact, model->w, rows.column_count * sizeof *model->w), 0, "case %zu", k);
    cr_assert_eq(fabs(solution.bias - model->w[rows.column_count] * 0.5) > 0, 0);
    free_and_destroy_model(&model);
    solver_solution_free(&solution);
    solver_data_free(data);
  }
  rows_free(&rows);
}
