/* SPDX-License-Identifier: MIT
 * Rows, groups, folds, calibration and figures, against hand calculations. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

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

Test(rows, columns_ascend_by_id_and_rare_ones_go) {
  const size_t first[] = {0, 3, 5};
  const uint64_t ids[] = {50, 9, 50, 9, 70};
  const float values[] = {1, 2, 0.5F, 3, 4};
  struct rows rows;
  cr_assert_eq(rows_build(2, first, ids, values, 1, &rows, NULL), STANCE_OK);
  cr_assert_eq(rows.column_count, 3);
  cr_assert_eq(rows.ids[0], 9);
  cr_assert_eq(rows.ids[2], 70);
  cr_assert_eq(rows.first[1], 2); /* 50 stood twice: its values were added */
  cr_assert_float_eq(rows.values[1], 1.5, 1e-6);
  rows_free(&rows);
  cr_assert_eq(rows_build(2, first, ids, values, 2, &rows, NULL), STANCE_OK);
  cr_assert_eq(rows.column_count, 1); /* 9 alone is in two rows */
  cr_assert_eq(rows.dropped, 2);
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
  cr_assert_eq(fold_make(groups, GROUPS, labels, 3, N, 5, 1, folds, NULL), STANCE_OK);
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

static struct stance_label labels[] = {{.name = "hostile", .value = -1}, {.name = "neutral"}, {.name = "friendly", .value = 1}};
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
  cr_assert_eq(pair_metrics_compute(&head, units, truth, p, NULL, 4, &pairs, NULL), STANCE_OK);
  cr_assert_eq(pairs.pairs, 2);
  cr_assert_eq(pairs.confusion[3][3], 1);
  cr_assert_eq(pairs.confusion[1][2], 1);
  cr_assert_eq(pairs.direction_count, 2);
  cr_assert_float_eq(pairs.direction_accuracy, 0.5, 1e-9);
  cr_assert_float_eq(pairs.polarity_macro_f1, 1, 1e-9);
}
