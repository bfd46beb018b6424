/* SPDX-License-Identifier: MIT
 * Weighted means and variances against numpy's closed forms (1e-9) and R survey 4.1-1 (1e-8), in four designs. */
#include <math.h>

#include "classify/estimator.h"
#include "inference_data.h"

enum { DRAWN_MOST = 300, STRATA_MOST = 4 };

/* One of the four samples. */
struct drawn {
  struct estimator own;
  size_t unit[DRAWN_MOST], count;
  double weight[DRAWN_MOST], sums[DRAWN_MOST + 3 * STRATA_MOST], y[DRAWN_MOST], g[DRAWN_MOST], e[DRAWN_MOST],
      z[DRAWN_MOST];
  uint32_t draw[DRAWN_MOST], stratum[DRAWN_MOST];
  struct estimator_stratum strata[STRATA_MOST];
  double mean_g; /* of the population */
};

static uint32_t stratum_of(const struct inference_data *data, const char *design, size_t unit) {
  return strcmp(design, "strat") == 0 ? (uint32_t)(inference_number(data, unit, "label") + 1) : 0;
}

static void draw(const struct inference_data *data, const char *design, struct drawn *out) {
  char in[32], pi[32];
  const char *article = NULL;
  snprintf(in, sizeof in, "in_%s", design);
  snprintf(pi, sizeof pi, "pi_%s", design);
  bool is_cluster = strcmp(design, "cluster") == 0;
  *out = (struct drawn){
      .own = {
          .weight = out->weight, .draw = out->draw, .stratum = out->stratum, .strata = out->strata, .sums = out->sums}};
  for (size_t i = 0; i < INFERENCE_UNITS; i++) {
    uint32_t h = stratum_of(data, design, i);
    const char *own = inference_cell(data, i, "article");
    if (!is_cluster) out->strata[h].size++;
    if (inference_number(data, i, in) == 0) continue;
    if (!is_cluster || !article || strcmp(article, own) != 0) {
      out->stratum[out->own.draw_count++] = h;
      out->strata[h].drawn++;
    }
    article = own;
    out->unit[out->count] = i;
    out->weight[out->count] = 1 / inference_number(data, i, pi);
    out->draw[out->count++] = (uint32_t)out->own.draw_count - 1;
  }
  if (is_cluster) out->strata[0].size = 895;
  for (size_t k = 0; k < out->count && strcmp(design, "poisson") != 0;
       k++) { /* the file's pi are rounded; exactly, they are n_h / N_h */
    const struct estimator_stratum *stratum = &out->strata[out->stratum[out->draw[k]]];
    out->weight[k] = stratum->size / (double)stratum->drawn;
  }
  out->own.design = strcmp(design, "poisson") == 0 ? ESTIMATOR_POISSON : ESTIMATOR_STRATA;
  out->own.count = out->count;
  out->own.stratum_count = strcmp(design, "strat") == 0 ? 3 : 1;
}

static void fill(const struct inference_data *data, const char *outcome, struct drawn *out) {
  double sum = 0;
  bool is_score = strcmp(outcome, "mean score") == 0, is_argmax = strcmp(outcome, "share hostile, argmax") == 0;
#define PREDICTION(i)                                   \
  (is_score    ? inference_number(data, i, "score")     \
   : is_argmax ? inference_number(data, i, "label") < 0 \
               : inference_number(data, i, "p_hostile"))
  for (size_t i = 0; i < INFERENCE_UNITS; i++) sum += PREDICTION(i);
  out->mean_g = sum / INFERENCE_UNITS;
  for (size_t k = 0; k < out->count; k++) {
    double truth = inference_number(data, out->unit[k], "true");
    out->y[k] = is_score ? truth : truth < 0;
    out->g[k] = PREDICTION(out->unit[k]);
    out->e[k] = out->y[k] - out->g[k];
  }
#undef PREDICTION
}

static void check(const cJSON *expected, double estimate, double se, double df, double tolerance) {
  const char *what = inference_text(expected, "method");
  struct estimator_interval interval = estimator_interval_t(estimate, se, df, 0.95);
  cr_assert_float_eq(estimate, inference_value(expected, "estimate"), tolerance, "%s: %.12f", what, estimate);
  cr_assert_float_eq(se, inference_value(expected, "se"), tolerance, "%s: se %.12f", what, se);
  if (!cJSON_GetObjectItemCaseSensitive(expected, "low")) return;
  cr_assert_float_eq(interval.low, inference_value(expected, "low"), tolerance, "%s: low %.12f", what, interval.low);
  cr_assert_float_eq(interval.high, inference_value(expected, "high"), tolerance, "%s: high %.12f", what,
                     interval.high);
}

Test(estimator, equals_the_closed_forms, .timeout = 60) {
  struct inference_data *data = inference_read();
  cJSON *expected = inference_expected("tests/data/inference/expected_estimates.json"), *item;
  struct drawn drawn;
  size_t checked = 0;
  cJSON_ArrayForEach(item, cJSON_GetObjectItem(expected, "results")) {
    const char *method = inference_text(item, "method");
    draw(data, inference_text(item, "design"), &drawn);
    fill(data, inference_text(item, "outcome"), &drawn);
    double n = (double)drawn.count, df = strstr(method, "t with m-1") ? 35 : INFINITY;
    if (strncmp(method, "difference, finite", 18) == 0 || strncmp(method, "difference, Hajek", 17) == 0 ||
        strncmp(method, "difference, ratio", 17) == 0) {
      double all, mean = estimator_mean(&drawn.own, NULL, drawn.e, drawn.z, &all),
                  se = sqrt(estimator_variance(&drawn.own, drawn.z));
      if (!isinf(df))
        se *=
            all / INFERENCE_UNITS; /* this closed form divides by the known 5,000 units, ours (as survey's) by sum w */
      check(item, drawn.mean_g + mean, se, df, 1e-9);
    } else if (strncmp(method, "gold alone", 10) == 0) {
      double mean = estimator_mean(&drawn.own, NULL, drawn.y, drawn.z, NULL);
      check(item, mean, sqrt(estimator_variance(&drawn.own, drawn.z)), df, 1e-9);
    } else if (strncmp(method, "regression", 10) == 0) {
      double slope = estimator_slope(&drawn.own, drawn.y, drawn.g);
      cr_assert_float_eq(slope, inference_value(item, "slope"), 1e-9);
      for (size_t k = 0; k < drawn.count; k++) drawn.e[k] = drawn.y[k] - slope * drawn.g[k];
      double mean = estimator_mean(&drawn.own, NULL, drawn.e, drawn.z, NULL);
      check(item, slope * drawn.mean_g + mean, sqrt(estimator_variance(&drawn.own, drawn.z) * (n - 1) / (n - 2)), df,
            1e-9);
    } else {
      continue;
    }
    checked++;
  }
  cr_assert_geq(checked, 15);
  cJSON_Delete(expected);
  inference_free(data);
}

Test(estimator, equals_rs_survey_in_total_and_by_month, .timeout = 60) {
  struct inference_data *data = inference_read();
  cJSON *expected = inference_expected("tests/data/inference/expected_survey.json"), *item;
  struct drawn drawn;
  size_t checked = 0;
  cJSON_ArrayForEach(item, cJSON_GetObjectItem(expected, "results")) {
    const char *variable = inference_text(item, "variable"), *domain = inference_text(item, "domain");
    bool in[DRAWN_MOST], is_error = variable[0] == 'e';
    if (strncmp(inference_text(item, "method"), "calibrate", 9) == 0)
      continue; /* our regression estimator has its own reference */
    draw(data, inference_text(item, "design"), &drawn);
    fill(data, strchr(variable, 'h') ? "share hostile" : "mean score", &drawn);
    for (size_t k = 0; k < drawn.count; k++)
      in[k] = strcmp(domain, "all") == 0 || strcmp(domain, inference_cell(data, drawn.unit[k], "month")) == 0;
    double mean = estimator_mean(&drawn.own, in, is_error ? drawn.e : drawn.y, drawn.z, NULL);
    check(item, mean, sqrt(estimator_variance(&drawn.own, drawn.z)), INFINITY, 1e-8);
    checked++;
  }
  cr_assert_geq(checked, 32);
  cJSON_Delete(expected);
  inference_free(data);
}

/* By numpy: 2 V^2 / sum V_h^2 max(2 / (n_h - 1), (b_h - (n_h - 3) / (n_h - 1)) / n_h) with b_h = m_4 / s_h^4; Poisson: 2 V^2 / sum (1 - pi) v^2. */
Test(estimator, counts_degrees_of_freedom, .timeout = 60) {
  static const char *const designs[] = {"srs", "strat", "poisson"};
  static const double degrees[] = {194.50083826180236, 76.3255908745119, 167.14705390924433};
  struct inference_data *data = inference_read();
  struct drawn drawn;
  for (int d = 0; d < 3; d++) {
    draw(data, designs[d], &drawn);
    fill(data, "mean score", &drawn);
    estimator_mean(&drawn.own, NULL, drawn.e, drawn.z, NULL);
    cr_assert_float_eq(estimator_degrees(&drawn.own, drawn.z), degrees[d], 1e-6, "%s: %.10f", designs[d],
                       estimator_degrees(&drawn.own, drawn.z));
  }
  inference_free(data);
}

/* Newcombe (1998), table II: 56/70 - 48/80 = 0.2, method 10: 0.0524 to 0.3339; Wilson's of 81/263: 0.2553 to 0.3662 (table I). */
Test(estimator, has_newcombes_intervals) {
  struct estimator_interval wilson = estimator_wilson(81.0 / 263, 263, 0.95);
  cr_assert_float_eq(wilson.low, 0.2553, 5e-5);
  cr_assert_float_eq(wilson.high, 0.3662, 5e-5);
  struct estimator_interval none = estimator_mover(0.01, 0, 0, 200, 0.95);
  cr_assert(none.low < 0.01 && none.high > 0.01, "no error among 200 is not the certainty of none");
  cr_assert_float_eq(none.high - 0.01, 0.01885, 5e-5); /* Wilson's of 0 in 200: z^2 / (200 + z^2) */
}

/* R: p.adjust(c(.01,.04,.03,.005), "holm") and "BY" */
Test(estimator, adjusts_p_as_r_does) {
  double holm[] = {0.01, 0.04, 0.03, 0.005}, by[] = {0.01, 0.04, 0.03, 0.005};
  const double holm_right[] = {0.03, 0.06, 0.06, 0.02},
               by_right[] = {0.0416666666666667, 0.0833333333333333, 0.0833333333333333, 0.0416666666666667};
  size_t order[4];
  estimator_adjust_holm(holm, 4, order);
  estimator_adjust_by(by, 4, order);
  for (int i = 0; i < 4; i++) {
    cr_assert_float_eq(holm[i], holm_right[i], 1e-12);
    cr_assert_float_eq(by[i], by_right[i], 1e-12);
  }
}
