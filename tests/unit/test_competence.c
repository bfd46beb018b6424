/* SPDX-License-Identifier: MIT
 * Dawid and Skene's EM against an implementation of the same equations with dense arrays and no logarithms (numpy), and cases that are known by
 * hand. */
#include <criterion/criterion.h>
#include <math.h>

#include "annotate/competence.h"

static struct stance_arena arena;
static struct stance_error error;
static void stop(void) { stance_arena_free(&arena); }
TestSuite(competence, .fini = stop, .timeout = 60);

enum { UNITS = 40, ANNOTATORS = 4, LABELS = 3 };
static const char *const table[UNITS] = {/* a unit: the labels of four annotators, '-': none */
                                         "0000", "000-", "2222", "0021", "2120", "-20-", "2222", "0210",
                                         "10-0", "2212", "0000", "0-1-", "0200", "0000", "1111", "11-2",
                                         "0000", "1112", "0001", "0000", "-222", "--11", "--00", "0000",
                                         "0000", "0201", "1-1-", "0000", "--22", "2222", "0000", "1222",
                                         "-222", "1-12", "0000", "1111", "1-11", "1-11", "1-11", "0202"};

static size_t read_table(const char *const *rows, size_t units, struct competence_vote *votes) {
  size_t count = 0;
  for (size_t i = 0; i < units; i++)
    for (size_t k = 0; rows[i][k]; k++)
      if (rows[i][k] != '-')
        votes[count++] = (struct competence_vote){(uint32_t)i, (uint32_t)k, (uint32_t)(rows[i][k] - '0')};
  return count;
}

static void expect(double value, double expected, const char *what) {
  cr_assert(fabs(value - expected) < 2e-6, "%s: %.7f, expected %.6f", what, value, expected);
}

Test(competence, equals_an_independent_implementation) {
  struct competence_vote votes[UNITS * ANNOTATORS];
  struct competence found;
  size_t count = read_table(table, UNITS, votes);
  cr_assert_eq(annotate_competence(votes, count, UNITS, ANNOTATORS, LABELS, 0, &arena, &found, &error), STANCE_OK);
  cr_assert(found.has_settled);
  cr_assert_eq(found.steps, 31);
  static const double prior[] = {0.527242, 0.244632, 0.228126}, accuracy[] = {0.929332, 0.830961, 0.891727, 0.776132};
  static const double last[] = {0.774418, 0.169379, 0.056203, 0, 0.673479, 0.326521, 0.109829, 0, 0.890171};
  for (size_t j = 0; j < LABELS; j++) expect(found.prior[j], prior[j], "prior");
  for (size_t k = 0; k < ANNOTATORS; k++) expect(found.accuracy[k], accuracy[k], "accuracy");
  for (size_t i = 0; i < 9; i++) expect(found.confusion[3 * 9 + i], last[i], "confusion");
  static const struct {
    size_t unit;
    double posterior[LABELS];
  } units[] = {{15, {0, 0.941301, 0.058699}},
               {21, {0.053032, 0.946968, 0}},
               {26, {0.0116, 0.968441, 0.019959}},
               {33, {0.001948, 0.944959, 0.053093}}};
  for (size_t u = 0; u < 4; u++)
    for (size_t j = 0; j < LABELS; j++)
      expect(found.posterior[units[u].unit * LABELS + j], units[u].posterior[j], "posterior");
}

/* The same with half a vote in each cell of the confusions. */
Test(competence, smoothed_equals_an_independent_implementation) {
  struct competence_vote votes[UNITS * ANNOTATORS];
  struct competence found;
  size_t count = read_table(table, UNITS, votes);
  cr_assert_eq(annotate_competence(votes, count, UNITS, ANNOTATORS, LABELS, 0.5, &arena, &found, &error), STANCE_OK);
  cr_assert_eq(found.steps, 29);
  static const double accuracy[] = {0.84393, 0.749974, 0.82771, 0.727278};
  static const double odd[] = {0.717085, 0.23389, 0.049025}, last[] = {0.887169, 0.003688, 0.109143};
  for (size_t k = 0; k < ANNOTATORS; k++) expect(found.accuracy[k], accuracy[k], "accuracy");
  for (size_t j = 0; j < LABELS; j++) {
    expect(found.posterior[11 * LABELS + j], odd[j], "0-1-");
    expect(found.posterior[39 * LABELS + j], last[j], "0202");
  }
}

/* Votes in another order give the same numbers to the last bit that is compared. */
Test(competence, does_not_depend_on_the_order) {
  struct competence_vote votes[UNITS * ANNOTATORS], back[UNITS * ANNOTATORS];
  struct competence one, other;
  size_t count = read_table(table, UNITS, votes);
  for (size_t i = 0; i < count; i++) back[i] = votes[count - 1 - i];
  cr_assert_eq(annotate_competence(votes, count, UNITS, ANNOTATORS, LABELS, 0, &arena, &one, &error), STANCE_OK);
  cr_assert_eq(annotate_competence(back, count, UNITS, ANNOTATORS, LABELS, 0, &arena, &other, &error), STANCE_OK);
  for (size_t i = 0; i < UNITS * LABELS; i++) cr_assert(fabs(one.posterior[i] - other.posterior[i]) < 1e-9);
}

/* Two good annotators against one who says the contrary: who is in the minority loses, and is known for it. */
Test(competence, knows_a_contrarian) {
  static const char *const rows[] = {"001", "110", "001", "110", "001", "110"};
  struct competence_vote votes[18];
  struct competence found;
  size_t count = read_table(rows, 6, votes);
  cr_assert_eq(annotate_competence(votes, count, 6, 3, 2, 0, &arena, &found, &error), STANCE_OK);
  expect(found.accuracy[0], 1, "good");
  expect(found.accuracy[2], 0, "contrarian");
  for (size_t i = 0; i < 6; i++) expect(found.posterior[i * 2 + (i % 2)], 1, "posterior");
}

Test(competence, units_without_votes_say_nothing) {
  static const char *const rows[] = {"000", "---", "111"};
  struct competence_vote votes[9];
  struct competence found;
  size_t count = read_table(rows, 3, votes);
  cr_assert_eq(annotate_competence(votes, count, 3, 3, 2, 0, &arena, &found, &error), STANCE_OK);
  expect(found.posterior[2] + found.posterior[3], 0, "no vote");
  expect(found.prior[0], 0.5, "prior");
  cr_assert_eq(annotate_competence(votes, 0, 3, 3, 2, 0, &arena, &found, &error), STANCE_OK);
  expect(found.posterior[0], 0, "nothing at all");
}
