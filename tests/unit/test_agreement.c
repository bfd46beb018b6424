/* SPDX-License-Identifier: MIT
 * Agreement equals published values; edge cases say why they are undefined. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/agreement.h"

#define NEAR(actual, expected, tolerance) \
  cr_assert(fabs((actual) - (expected)) <= (tolerance), "%.6f is not %.6f", (actual), (double)(expected))
enum { CELLS = 400 };

/* "1,2,.;3,3,3": rows of units, '.' not rated. */
static struct agreement_table table_of(const char *text, double *values) {
  struct agreement_table table = {.values = values};
  size_t column = 0, cell = 0;
  for (const char *c = text; *c; c++) {
    if (*c == ',' || *c == ' ') continue;
    if (*c == ';') {
      table.units++;
      column = 0;
      continue;
    }
    values[cell++] = *c == '.' ? NAN : *c - '0';
    if (++column > table.raters) table.raters = column;
  }
  table.units++;
  return table;
}

/* Two raters from their square of counts: cell (i, j) is how often the first said i and the second j. */
static struct agreement_table table_of_counts(const int *counts, int size, double *values) {
  struct agreement_table table = {.raters = 2, .values = values};
  for (int i = 0; i < size; i++)
    for (int j = 0; j < size; j++)
      for (int k = 0; k < counts[i * size + j]; k++) {
        values[table.units * 2] = i;
        values[table.units * 2 + 1] = j;
        table.units++;
      }
  return table;
}

/* Krippendorff 2011, section C: 12 units, 4 observers. The values with six digits are those of the issue and of other programs. */
Test(agreement, krippendorff_twelve_units) {
  double values[CELLS];
  struct agreement_table table = table_of("11.1;2232;3333;3333;2222;1234;4444;1121;2222;.555;..11;.3..", values);
  cr_assert_eq(table.units, 12);
  cr_assert_eq(table.raters, 4);
  struct agreement nominal = agreement_alpha(&table, AGREEMENT_NOMINAL);
  NEAR(nominal.value, 0.743421, 5e-7);
  NEAR(agreement_alpha(&table, AGREEMENT_ORDINAL).value, 0.815388, 5e-7);
  NEAR(agreement_alpha(&table, AGREEMENT_INTERVAL).value, 0.849107, 5e-7);
  NEAR(agreement_alpha(&table, AGREEMENT_RATIO).value, 0.797403, 5e-7);
  cr_assert_eq(nominal.units, 11);
  cr_assert_eq(nominal.dropped, 1);
}

/* Hayes & Krippendorff 2007, "Answering the call for a standard reliability measure for coding data", table 1. */
Test(agreement, hayes_and_krippendorff_forty_articles) {
  double values[CELLS];
  struct agreement_table table = table_of(
      "112.2;1101.;2333.;.00.0;000.0;000.0;102.1;1.20.;222.2;2111.;.100.;0000.;1222.;33223;111.1;111.1;212.2;1233.;"
      "1101.;000.0;"
      "0011.;00.00;2333.;0000.;12.22;0111.;00010;1212.;1122.;112.2;110.0;2121.;22.22;3222.;222.2;223.2;222.2;22.12;"
      "2222.;111.1",
      values);
  cr_assert_eq(table.units, 40);
  NEAR(agreement_alpha(&table, AGREEMENT_ORDINAL).value, 0.7598, 5e-5);
  NEAR(agreement_alpha(&table, AGREEMENT_NOMINAL).value, 0.4765, 5e-5);
}

/* Fleiss 1971, table 1: 30 patients, 6 psychiatrists, 5 diagnoses. The paper rounds on its way, hence the tolerance by category. */
Test(agreement, fleiss_thirty_patients) {
  static const char counts[30][6] = {"00060", "03003", "01401", "00006", "03030", "20400", "00402", "20310",
                                     "20040", "00006", "10050", "11040", "03300", "10050", "02031", "00501",
                                     "30012", "51000", "02040", "10203", "00006", "01050", "02013", "20040",
                                     "10041", "05010", "40002", "02040", "10500", "00006"};
  static const double by_category[5] = {0.248, 0.248, 0.517, 0.470, 0.565};
  double values[CELLS];
  struct agreement_table table = {.units = 30, .raters = 6, .values = values};
  for (size_t unit = 0; unit < 30; unit++)
    for (size_t category = 0, rater = 0; category < 5; category++)
      for (int k = 0; k < counts[unit][category] - '0'; k++) values[unit * 6 + rater++] = (double)category;
  NEAR(agreement_fleiss(&table).value, 0.430, 5e-4);
  for (size_t category = 0; category < 5; category++)
    NEAR(agreement_fleiss_value(&table, (double)category).value, by_category[category], 4e-3);
}

/* Cohen 1960, table 1, as counts of 200: kappa .492. */
Test(agreement, cohen_two_hundred) {
  double values[CELLS];
  struct agreement_table table = table_of_counts((const int[]){88, 14, 18, 10, 40, 10, 2, 6, 12}, 3, values);
  NEAR(agreement_cohen(&table, 0, 1).value, 0.492, 5e-4);
}

/* Artstein & Poesio 2008, table 1: pi .341, kappa .348. */
Test(agreement, artstein_and_poesio_one_hundred) {
  double values[CELLS];
  struct agreement_table table = table_of_counts((const int[]){20, 10, 20, 50}, 2, values);
  NEAR(agreement_pi(&table, 0, 1).value, 0.341, 5e-4);
  NEAR(agreement_cohen(&table, 0, 1).value, 0.348, 5e-4);
  NEAR(agreement_percent(&table).value, 0.7, 1e-12);
}

Test(agreement, equal_labels_are_undefined_not_perfect) {
  double values[CELLS];
  struct agreement_table table = table_of("11;11;11", values);
  cr_assert_str_eq(agreement_alpha(&table, AGREEMENT_NOMINAL).undefined, "all ratings are the same");
  cr_assert_str_eq(agreement_cohen(&table, 0, 1).undefined, "all ratings are the same");
  cr_assert_str_eq(agreement_fleiss(&table).undefined, "all ratings are the same");
  cr_assert_str_eq(agreement_pi(&table, 0, 1).undefined, "all ratings are the same");
  NEAR(agreement_percent(&table).value, 1.0, 0);
}

Test(agreement, units_with_one_rating_are_dropped) {
  double values[CELLS];
  struct agreement_table table = table_of("1.;.2;1.", values);
  struct agreement alpha = agreement_alpha(&table, AGREEMENT_ORDINAL);
  cr_assert_str_eq(alpha.undefined, "no unit has two ratings");
  cr_assert_eq(alpha.units, 0);
  cr_assert_eq(alpha.dropped, 3);
  cr_assert_str_eq(agreement_cohen(&table, 0, 1).undefined, "the two have no unit in common");
}

Test(agreement, rater_without_ratings_changes_nothing) {
  double with[CELLS], without[CELLS];
  struct agreement_table a = table_of("12.;11.;22.;21.", with), b = table_of("12;11;22;21", without);
  NEAR(agreement_alpha(&a, AGREEMENT_NOMINAL).value, agreement_alpha(&b, AGREEMENT_NOMINAL).value, 1e-15);
  cr_assert_str_eq(agreement_cohen(&a, 0, 2).undefined, "the two have no unit in common");
}

/* By hand: units {1,1}, {1,2,2}, {2,2}; pairs agreeing 1, 1/3, 1: mean 7/9. p_1 = 3/7, p_2 = 4/7, P_e = 25/49,
 * kappa = (7/9 - 25/49) / (24/49) = 118/216. */
Test(agreement, ragged_overlap) {
  double values[CELLS];
  struct agreement_table table = table_of("11.;122;.22", values);
  NEAR(agreement_percent(&table).value, 7.0 / 9, 1e-12);
  NEAR(agreement_fleiss(&table).value, 118.0 / 216, 1e-12);
}

Test(agreement, bootstrap_is_seeded_and_holds_the_value) {
  double values[CELLS];
  struct agreement_table table = table_of_counts((const int[]){88, 14, 18, 10, 40, 10, 2, 6, 12}, 3, values);
  const struct agreement_statistic kappa = {.kind = AGREEMENT_COHEN, .second = 1};
  struct agreement once, again;
  agreement_bootstrap(&table, &kappa, 1, 500, 7, &once);
  agreement_bootstrap(&table, &kappa, 1, 500, 7, &again);
  cr_assert(once.has_interval && once.low < 0.492 && once.high > 0.492);
  cr_assert(once.low == again.low && once.high == again.high);
  /* the large-sample standard error of kappa here is about 0.05 */
  cr_assert(once.high - once.low > 0.14 && once.high - once.low < 0.26, "%.3f", once.high - once.low);
}

/* Cohen 1968's table; weighted by the distance of the labels and by its square: what scikit-learn 1.2's cohen_kappa_score gives. */
Test(agreement, weighted_kappa) {
  double values[CELLS];
  struct agreement_table table = table_of_counts((const int[]){88, 14, 18, 10, 40, 10, 2, 6, 12}, 3, values);
  NEAR(agreement_weighted(&table, 0, 1, AGREEMENT_IDENTITY).value, 0.4915254237, 1e-9);
  NEAR(agreement_weighted(&table, 0, 1, AGREEMENT_LINEAR).value, 0.4736842105, 1e-9);
  NEAR(agreement_weighted(&table, 0, 1, AGREEMENT_QUADRATIC).value, 0.4545454545, 1e-9);
}

/* Four raters of twelve units: AC1 is 0.77544 in Gwet's irrCAC (cac.raw4raters); the AC2 are of his formulas in a program of
 * its own. */
Test(agreement, gwet_twelve_units) {
  double values[CELLS];
  struct agreement_table table = table_of("00.0;1121;2222;2222;1111;0123;3333;0010;1111;.444;..00;..2.", values);
  struct agreement ac1 = agreement_ac(&table, 5, AGREEMENT_IDENTITY);
  NEAR(ac1.value, 0.77544, 5e-6);
  cr_assert_eq(ac1.units, 11);
  NEAR(agreement_ac(&table, 5, AGREEMENT_LINEAR).value, 0.8587391364, 1e-9);
  NEAR(agreement_ac(&table, 5, AGREEMENT_QUADRATIC).value, 0.9140007235, 1e-9);
}

/* Weights count units, as copies of them do. */
Test(agreement, weights_are_copies) {
  double once[CELLS], copies[CELLS];
  struct agreement_table a = table_of("01.;11.;20.", once), b = table_of("01.;01.;11.;20.;20.;20.", copies);
  const double weights[] = {2, 1, 3};
  a.weights = weights;
  NEAR(agreement_alpha(&a, AGREEMENT_ORDINAL).value, agreement_alpha(&b, AGREEMENT_ORDINAL).value, 1e-12);
  NEAR(agreement_fleiss(&a).value, agreement_fleiss(&b).value, 1e-12);
  NEAR(agreement_cohen(&a, 0, 1).value, agreement_cohen(&b, 0, 1).value, 1e-12);
  NEAR(agreement_ac(&a, 3, AGREEMENT_LINEAR).value, agreement_ac(&b, 3, AGREEMENT_LINEAR).value, 1e-12);
  NEAR(agreement_percent(&a).value, 1.0 / 6, 1e-12);
}

/* Ten articles of twenty units each; in an article all are agreed on or none is: its units are worth one, and the interval of
 * articles is about sqrt(20) times as wide. */
Test(agreement, articles_are_drawn_together) {
  enum { UNITS = 200 };
  double values[UNITS * 2];
  uint32_t articles[UNITS];
  for (size_t i = 0; i < UNITS; i++) {
    articles[i] = (uint32_t)(i / 20);
    values[i * 2] = (double)(i % 2);
    values[i * 2 + 1] = articles[i] % 2 ? values[i * 2] : 1 - values[i * 2];
  }
  const struct agreement_statistic percent = {.kind = AGREEMENT_PERCENT};
  struct agreement_table table = {.units = UNITS, .raters = 2, .values = values};
  struct agreement by_unit, by_article;
  agreement_bootstrap(&table, &percent, 1, 2000, 3, &by_unit);
  table.clusters = articles;
  agreement_bootstrap(&table, &percent, 1, 2000, 3, &by_article);
  NEAR(by_unit.value, 0.5, 1e-12);
  NEAR(by_article.value, 0.5, 1e-12);
  double ratio = (by_article.high - by_article.low) / (by_unit.high - by_unit.low);
  cr_assert(ratio > 3.5 && ratio < 5.5, "%.2f", ratio);
}

Test(agreement, no_units_at_all) {
  struct agreement_table table = {.raters = 3};
  cr_assert_str_eq(agreement_percent(&table).undefined, "no unit has two ratings");
  cr_assert_str_eq(agreement_alpha(&table, AGREEMENT_INTERVAL).undefined, "no unit has two ratings");
}
