/* SPDX-License-Identifier: MIT
 * Rows, groups, folds, calibration and figures, against hand calculations. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stance/model/model.h"
#include "train/calibrate.h"
#include "train/group.h"
#include "train/metric.h"
#include "train/random.h"
#include "train/rows.h"

Test(random, is_splitmix64) { /* the first outputs for seed 1234567, from the reference implementation */
  uint64_t state = 1234567;
  cr_assert_eq(random_next(&state), UINT64_C(6457827717110365317));
  cr_assert_eq(random_next(&state), UINT64_C(3203168211198807973));
}

Test(rows, frequent_columns_come_first_and_rare_ones_go) {
  const size_t first[] = {0, 3, 5};
  const uint64_t ids[] = {50, 9, 50, 9, 70};
  const float values[] = {1, 2, 0.5F, 3, 4};
  struct rows rows;
  struct rows_entry row[3];
  cr_assert_eq(rows_build(2, first, ids, values, 1, &rows, NULL), STANCE_OK);
  cr_assert_eq(rows.column_count, 3);
  cr_assert_eq(rows.ids[0], 9); /* in two rows */
  cr_assert_eq(rows.ids[1], 50);
  cr_assert_eq(rows.ids[2], 70);
  cr_assert_eq(rows.row_counts[0], 2);
  cr_assert_eq(rows_expand(&rows, 0, row), 2); /* 50 stood twice: its values were added */
  cr_assert_eq(row[0].column, 0);
  cr_assert_float_eq(row[0].value, 2, 1e-6);
  cr_assert_float_eq(row[1].value, 1.5, 1e-6);
  rows_free(&rows);
  cr_assert_eq(rows_build(2, first, ids, values, 2, &rows, NULL), STANCE_OK);
  cr_assert_eq(rows.column_count, 1); /* 9 alone is in two rows */
  cr_assert_eq(rows.dropped, 2);
  cr_assert_eq(rows.values[0], 2);
  cr_assert_eq(rows.values[1], 3);
  rows_free(&rows);
}

/* Entries that share a value stand together, whatever stood between them; a row of rare features is empty. */
Test(rows, entries_stand_by_value) {
  const size_t first[] = {0, 5, 9, 9, 10};
  const uint64_t ids[] = {1, 2, 3, 4, 5, 5, 4, 3, 1, 99};
  const float values[] = {0.5F, 0.25F, 0.5F, 0.25F, 0.5F, 0.125F, 0.125F, 0.125F, 0.25F, 1};
  const float expected[] = {0.5F, 0.5F, 0.5F, 0.25F}; /* 2 is in one row alone */
  const uint64_t kept[] = {1, 3, 5, 4};
  struct rows rows;
  struct rows_entry row[5];
  cr_assert_eq(rows_build(4, first, ids, values, 2, &rows, NULL), STANCE_OK);
  cr_assert_eq(rows.column_count, 4);
  cr_assert_eq(rows_longest(&rows), 4);
  cr_assert_eq(rows.first_value[1], 2);
  cr_assert_eq(rows_expand(&rows, 0, row), 4);
  for (size_t i = 0; i < 4; i++) {
    cr_assert_eq(rows.ids[row[i].column], kept[i]);
    cr_assert_eq(row[i].value, expected[i]);
  }
  cr_assert_eq(rows_expand(&rows, 2, row), 0);
  cr_assert_eq(rows_expand(&rows, 3, row), 0);
  rows_free(&rows);
}

Test(group, joins_articles_equal_and_nearly_equal_sentences) {
  const char *const texts[] = {
      "Mali's junta expelled the French ambassador on Monday after weeks of rising tension between the two.",
      "An unrelated sentence about wheat prices in the autumn.",
      "MALI'S JUNTA expelled the French ambassador on Monday, after weeks of rising tension between the two!",
      "Mali's junta expelled the French ambassador on Monday after weeks of rising tension between the pair.",
      "Another sentence of the article on wheat.",
      "Mali's junta praised the Russian ambassador on Monday after weeks of talks in the capital of the country.",
  };
  const char *const articles[] = {"a", "b", "c", "d", "b", ""};
  uint32_t groups[6], count;
  struct group_summary summary;
  cr_assert_eq(group_make(texts, articles, 6, groups, &count, &summary, NULL), STANCE_OK);
  cr_assert_eq(count, 3);
  cr_assert_eq(groups[0], 0);
  cr_assert_eq(groups[1], 1);
  cr_assert_eq(groups[2], 0); /* equal but for case and punctuation */
  cr_assert_eq(groups[3], 0); /* 13 of 15 shingles: Jaccard 0.87 */
  cr_assert_eq(groups[4], 1); /* of one article */
  cr_assert_eq(groups[5], 2);
  cr_assert_eq(summary.duplicates, 1);
  cr_assert_eq(summary.near_duplicates, 1);
}

/* The head shared, a tail added: one group, also of two copies whose tails differ; short heads and other heads are not. */
Test(group, joins_sentences_with_an_added_tail) {
  const char *const texts[] = {
      "France said on Monday that it would recall its ambassador from Mali.",
      "Wheat prices rose on Monday.",
      "France said on Monday that it would recall its ambassador from Mali, a day after the junta had told him to "
      "leave, "
      "as officials in Paris spoke of an affront without precedent between the two.",
      "France said on Monday that it would recall its ambassador from Mali; Germany and Spain, which have soldiers "
      "there, "
      "did not follow and asked both to come back to the table before the summer begins.",
      "Wheat prices rose on Monday, as farmers in the north of the country waited for rain that did not come.",
      "France said on Tuesday that it would recall its ambassador from Mali, a day after the vote.",
  };
  const char *const articles[] = {NULL, NULL, NULL, NULL, NULL, NULL};
  uint32_t groups[6], count;
  struct group_summary summary;
  cr_assert_eq(group_make(texts, articles, 6, groups, &count, &summary, NULL), STANCE_OK);
  cr_assert_eq(count, 4);
  cr_assert(groups[0] == groups[2] && groups[0] == groups[3]);
  cr_assert(groups[1] != groups[4] && groups[5] != groups[0]);
  cr_assert_eq(summary.near_duplicates, 2);
  bool is_seen[2], is_near[2];
  cr_assert_eq(group_leaks(texts + 2, 1, texts, 2, is_seen, is_near, NULL), STANCE_OK);
  cr_assert(!is_seen[0] && is_near[0] && !is_near[1]);
}

Test(group, marks_leaks) {
  const char *const train[] = {"One two three four five six seven eight nine ten eleven twelve."};
  const char *const test[] = {"one two three four five six seven eight nine ten eleven twelve",
                              "One two three four five six seven eight nine ten eleven thirteen.", "One two three."};
  bool is_seen[3], is_near[3];
  cr_assert_eq(group_leaks(train, 1, test, 3, is_seen, is_near, NULL), STANCE_OK);
  cr_assert(is_seen[0] && is_near[0]);
  cr_assert(!is_seen[1] && is_near[1]); /* 9 of 11 shingles: 0.82 */
  cr_assert(!is_seen[2] && !is_near[2]);
}

Test(fold, keeps_groups_whole_and_labels_even) {
  enum { N = 1000, GROUPS = 250 };
  static uint32_t groups[N], labels[N], folds[N], fold_of[GROUPS];
  size_t counts[5][3] = {{0}};
  uint64_t seed = 11;
  for (size_t i = 0; i < N; i++) {
    groups[i] = (uint32_t)i % GROUPS;
    labels[i] = random_below(&seed, 10) < 7 ? 0 : random_below(&seed, 3) < 2 ? 1 : 2;
  }
  cr_assert_eq(group_make_folds(groups, GROUPS, labels, 3, N, 5, 1, folds, NULL), STANCE_OK);
  memset(fold_of, 0xff, sizeof fold_of);
  for (size_t i = 0; i < N; i++) {
    cr_assert_lt(folds[i], 5);
    cr_assert(fold_of[groups[i]] == UINT32_MAX || fold_of[groups[i]] == folds[i]);
    fold_of[groups[i]] = folds[i];
    counts[folds[i]][labels[i]]++;
  }
  for (size_t l = 0; l < 3; l++)
    for (size_t f = 1; f < 5; f++) cr_assert_leq(labs((long)counts[f][l] - (long)counts[0][l]), 8);
}

/* Decisions 1 and -1 with 8 of 10 and 2 of 10 positive: Platt's targets are (10 + 1) / (10 + 2) and 1 / (10 + 2), so that the best
 * sigmoid says (8 t + 2 u) / 10 at 1 with t = 11/12, u = 1/12: 0.75, and 0.25 at -1; log(3) = 1.0986. */
Test(calibrate, platt_by_hand) {
  double d[20], a, b;
  bool y[20];
  for (int i = 0; i < 20; i++) {
    d[i] = i < 10 ? 1 : -1;
    y[i] = i < 10 ? i < 8 : i < 12;
  }
  calibrate_platt(d, y, 20, &a, &b);
  cr_assert_float_eq(a, -log(3), 1e-4);
  cr_assert_float_eq(b, 0, 1e-4);
}

Test(calibrate, one_side_alone_gives_the_prior) {
  const double d[] = {1, 2, 3};
  const bool y[] = {false, false, false};
  double a, b;
  calibrate_platt(d, y, 3, &a, &b);
  cr_assert_float_eq(a, 0, 1e-12);
  cr_assert_float_eq(1 / (1 + exp(b)), 1.0 / 5, 1e-9); /* (0 + 1) / (3 + 2) */
}

Test(calibrate, isotonic_never_falls) {
  enum { N = 4000 };
  static double d[N];
  static bool y[N];
  float knots[CALIBRATE_KNOTS_MAX + 1], p[CALIBRATE_KNOTS_MAX + 1];
  uint64_t seed = 5;
  for (int i = 0; i < N; i++) {
    d[i] = (double)random_below(&seed, 1000) / 500 - 1;
    y[i] = (double)random_below(&seed, 1000) / 1000 < 0.5 + 0.4 * d[i];
  }
  cr_assert_eq(calibrate_isotonic(d, y, 0, knots, p, NULL), 1u, "no units: one knot");
  cr_assert_eq(p[0], 0.5F);
  size_t count = calibrate_isotonic(d, y, N, knots, p, NULL);
  cr_assert(count > 3 && count <= CALIBRATE_KNOTS_MAX);
  for (size_t k = 0; k < count; k++) {
    cr_assert(p[k] > 0 && p[k] < 1);
    cr_assert(k == 0 || (p[k] >= p[k - 1] && knots[k] > knots[k - 1]));
    if (k > 5 && k + 5 < count) cr_assert_float_eq(p[k], 0.5 + 0.4 * (double)knots[k], 0.12);
  }
}

/* The minimum of the stated loss, by scipy.optimize.minimize (BFGS, gradient below 1e-9). */
Test(calibrate, logistic_is_the_minimum_that_scipy_finds) {
  static const double d[] = {1.2, -.8, -.9, .4,   -.1, -1.1, -.2, .3, -.7, -1,  .9, -.8, -.7, .6,  -.4, -.9, .2, .1,
                             -.5, -.3, .4,  -1.1, -.6, .9,   .1,  .2, -.9, -.6, .8, -.9, .9,  -.4, -.2, -.8, .5, .3};
  static const uint32_t y[] = {0, 0, 0, 1, 1, 1, 2, 2, 1, 1, 1, 2};
  static const double slope[3][3] = {
      {1.22369, 0.01154, -0.28432}, {0.09575, 1.19057, 0.15906}, {-0.05694, 0.02893, 4.50513}};
  struct stance_model_head own = {.label_count = 3, .calibration = STANCE_CALIBRATION_LOGISTIC};
  double mean[3] = {0};
  cr_assert_eq(calibrate_logistic(d, y, 12, false, &own, NULL), STANCE_OK);
  for (int l = 0; l < 3; l++)
    for (int k = 0; k < 3; k++)
      cr_assert_float_eq(own.slope[l][k], slope[l][k], 2e-4, "%d %d: %g", l, k, own.slope[l][k]);
  for (int i = 0; i < 12; i++) {
    float p[3];
    uint32_t label;
    stance_model_probabilities(&own, d + 3 * i, p, &label, NULL);
    for (int l = 0; l < 3; l++) mean[l] += (double)p[l] / 12;
    if (i == 0) cr_assert_float_eq(p[0], 0.85849, 1e-4);
  }
  cr_assert(fabs(mean[0] - 0.25) < 1e-5 && fabs(mean[1] - 0.5) < 1e-5 && fabs(mean[2] - 0.25) < 1e-5);
}

/* Decisions that point the wrong way out of fold: p keeps their order all the same. */
Test(calibrate, logistic_never_turns_decisions_round) {
  double d[80];
  uint32_t y[40];
  struct stance_model_head own = {.label_count = 2, .calibration = STANCE_CALIBRATION_LOGISTIC};
  float low[2], high[2];
  uint32_t label;
  for (int i = 0; i < 40; i++) {
    y[i] = (uint32_t)i % 2;
    d[2 * i] = y[i] ? 0.5 + i * 0.01 : -0.5;
    d[2 * i + 1] = -d[2 * i];
  }
  cr_assert_eq(calibrate_logistic(d, y, 40, false, &own, NULL), STANCE_OK);
  stance_model_probabilities(&own, (double[]){-1, 1}, low, &label, NULL);
  stance_model_probabilities(&own, (double[]){1, -1}, high, &label, NULL);
  cr_assert_gt(high[0], low[0]);
}

/* One unit in ten has p 0.4 for the rare label and is of it half the time: only a factor can name it. */
Test(calibrate, factors_decide_the_label_and_leave_p) {
  static struct stance_label two[] = {{.name = "rare", .value = -1}, {.name = "common"}};
  const struct stance_head of_two = {.name = "s", .labels = two, .label_count = 2};
  enum { N = 400 };
  static double d[2 * N];
  static uint32_t y[N];
  struct stance_model_head own = {.label_count = 2, .calibration = STANCE_CALIBRATION_LOGISTIC, .slope = {{1}, {0, 1}}};
  float p[2];
  uint32_t label;
  for (int i = 0; i < N; i++) {
    d[2 * i] = i % 10 == 0 ? -0.4055 : -4; /* log(0.4 / 0.6) */
    y[i] = i % 20 == 0 ? 0 : 1;
  }
  cr_assert_eq(calibrate_factors(&of_two, d, y, N, &own, NULL), STANCE_OK);
  cr_assert_float_eq(own.factor[1], 1, 1e-12);
  cr_assert_gt(own.factor[0], 1.5);
  stance_model_probabilities(&own, d, p, &label, NULL);
  cr_assert_eq(label, 0);
  cr_assert_float_eq(p[0], 0.4, 1e-4);
}

/* 13 in 10,000 have p 0.3 wrongly: to call them rare costs 0.00203 of macro-F1 (4000 / 4013 and 15974 / 15987 instead of 1). 10,000 units cannot
 * tell such a difference, so that the largest factor below 0.9 / 0.1 is taken; 100,000 can, and it stays below 0.7 / 0.3. */
Test(calibrate, factors_are_large_where_units_cannot_tell) {
  static struct stance_label two[] = {{.name = "rare", .value = -1}, {.name = "common"}};
  const struct stance_head of_two = {.name = "s", .labels = two, .label_count = 2};
  for (int n = 10000; n <= 100000; n *= 10) {
    double *d = calloc(2 * (size_t)n, sizeof *d);
    uint32_t *y = calloc((size_t)n, sizeof *y);
    struct stance_model_head own = {
        .label_count = 2, .calibration = STANCE_CALIBRATION_LOGISTIC, .slope = {{1}, {0, 1}}};
    cr_assert(d && y);
    for (int i = 0; i < n; i++) {
      int at = i % 10000;
      y[i] = at >= 2000;
      d[2 * i] = at < 2000 ? log(9) : at < 2013 ? log(3.0 / 7) : log(1.0 / 9);
    }
    cr_assert_eq(calibrate_factors(&of_two, d, y, (size_t)n, &own, NULL), STANCE_OK);
    cr_assert_float_eq(own.factor[0], n == 10000 ? 8 : 2, 1e-9, "%d units: %g", n, own.factor[0]);
    free(d);
    free(y);
  }
}

static struct stance_label labels[] = {
    {.name = "hostile", .value = -1}, {.name = "neutral"}, {.name = "friendly", .value = 1}};
static const struct stance_head head = {.name = "stance", .unit = STANCE_UNIT_DYAD, .labels = labels, .label_count = 3};

/* 10 units: hostile 3 (2 found, 1 as neutral), neutral 5 (4, 1 as hostile), friendly 2 (0, both as neutral).
 * F1: hostile 2*2/(3+3) = 2/3, neutral 2*4/(7+5) = 2/3, friendly 0. */
Test(metric, f1_by_hand) {
  const uint32_t truth[] = {0, 0, 0, 1, 1, 1, 1, 1, 2, 2}, said[] = {0, 0, 1, 1, 1, 1, 1, 0, 1, 1};
  struct metrics metrics;
  metrics_compute(&head, truth, said, NULL, 10, &metrics);
  cr_assert_float_eq(metrics.label[0].f1, 2.0 / 3, 1e-9);
  cr_assert_float_eq(metrics.label[1].f1, 2.0 / 3, 1e-9);
  cr_assert_float_eq(metrics.macro_f1, 4.0 / 9, 1e-9);
  cr_assert_float_eq(metrics.micro_f1, 0.6, 1e-9);
  cr_assert_float_eq(metrics.polar_f1, 1.0 / 3, 1e-9);
  cr_assert_eq(metrics.confusion[2][1], 2);
  /* n = 10, s = 6, t = 3 5 2, q = 3 7 0: sum t q = 44; sum t^2 = 38, q^2 = 58 */
  cr_assert_float_eq(metrics.kappa, (60.0 - 44) / (100 - 44), 1e-12);
  cr_assert_float_eq(metrics.mcc, 16 / sqrt(42.0 * 62), 1e-12);
  cr_assert_float_eq(metrics.balanced, (2.0 / 3 + 4.0 / 5) / 3, 1e-12);
}

/* Two units of two labels, p 0.8 and 0.4 of the first, which is true of both: log loss -(log 0.8 + log 0.4) / 2, Brier
 * (2 * 0.04 + 2 * 0.36) / 2; each bin that has a unit has one: |0.8 - 1| / 2 + |0.4 - 1| / 2 = 0.4. */
Test(metric, probabilities_by_hand) {
  struct probability_scores scores;
  cr_assert_eq(
      metrics_probabilities((const float[]){0.8F, 0.2F, 0.4F, 0.6F}, 2, (const uint32_t[]){0, 0}, 2, &scores, NULL),
      STANCE_OK);
  cr_assert_float_eq(scores.log_loss, -(log(0.8) + log(0.4)) / 2, 1e-6);
  cr_assert_float_eq(scores.brier, 0.4, 1e-6);
  cr_assert_float_eq(scores.mean_p[0], 0.6, 1e-6);
  cr_assert_float_eq(scores.share[0], 1, 1e-12);
  cr_assert_float_eq(scores.error[0], 0.4, 1e-6);
}

/* Two pairs. First: A is hostile to B, and said so. Second: friendly A -> B, but B -> A said. */
Test(metric, pairs_by_hand) {
  struct stance_record records[4] = {{.article = "x", .text = "one", .source = "A", .target = "B"},
                                     {.article = "x", .text = "one", .source = "B", .target = "A"},
                                     {.article = "x", .text = "two", .source = "A", .target = "B"},
                                     {.article = "x", .text = "two", .source = "B", .target = "A"}};
  const struct stance_record *units[] = {&records[0], &records[1], &records[2], &records[3]};
  const uint32_t truth[] = {0, 1, 2, 1};
  const float p[] = {0.8F, 0.1F, 0.1F, 0.3F, 0.6F, 0.1F, 0.1F, 0.6F, 0.3F, 0.1F, 0.2F, 0.7F};
  struct pair_metrics pairs;
  cr_assert_eq(metrics_compute_pairs(&head, units, truth, p, NULL, NULL, 4, &pairs, NULL), STANCE_OK);
  cr_assert_eq(pairs.pairs, 2);
  cr_assert_eq(pairs.confusion[3][3], 1);
  cr_assert_eq(pairs.confusion[1][2], 1);
  cr_assert_eq(pairs.direction_count, 2);
  cr_assert_float_eq(pairs.direction_accuracy, 0.5, 1e-9);
  cr_assert_float_eq(pairs.polarity_macro_f1, 1, 1e-9);
}

/* The labels are drawn from p = softmax(1.5 d + B z + b); W is B / 1.5, up to what all labels share. */
Test(calibrate, what_dyads_say_is_found_again) {
  enum { UNITS = 20000, WIDTH = 2 + STANCE_LEAN_INPUTS };
  static double inputs[UNITS * WIDTH];
  static uint32_t drawn[UNITS];
  static const double b[2][STANCE_LEAN_INPUTS] = {{0.3, 1.5, -0.6, 0.9, 0}, {-0.3, -1.5, 0.6, -0.9, 0}};
  struct stance_lean_weights lean = {.head = "stance"};
  struct stance_error error;
  uint64_t seed = 5;
  for (size_t i = 0; i < UNITS; i++) {
    double *x = inputs + i * WIDTH, score[2];
    for (size_t k = 0; k < WIDTH; k++) x[k] = (double)random_below(&seed, 2001) / 1000 - (k < 2 ? 1 : 0);
    for (size_t l = 0; l < 2; l++) {
      score[l] = 1.5 * x[l];
      for (size_t k = 0; k < STANCE_LEAN_INPUTS; k++) score[l] += b[l][k] * x[2 + k];
    }
    drawn[i] = (double)random_below(&seed, 1000000) / 1e6 > 1 / (1 + exp(score[1] - score[0]));
  }
  cr_assert_eq(calibrate_lean(inputs, drawn, UNITS, 2, &lean, &error), STANCE_OK);
  for (size_t k = 0; k < STANCE_LEAN_INPUTS; k++)
    cr_expect_float_eq(lean.weights[0][k] - lean.weights[1][k], 2 * b[0][k] / 1.5, 0.15, "%zu: %f", k,
                       lean.weights[0][k] - lean.weights[1][k]);
}
