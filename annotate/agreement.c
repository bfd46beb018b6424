/* SPDX-License-Identifier: MIT
 * Coefficients of agreement. */
#include "agreement.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stance/base/compare.h"

static const char too_few[] = "no unit has two ratings", all_same[] = "all ratings are the same",
                  too_many[] = "too many distinct values";

static const double *row_of(const struct agreement_table *table, size_t unit) {
  return table->values + unit * table->raters;
}

static double weight_of(const struct agreement_table *table, size_t unit) {
  return table->weights ? table->weights[unit] : 1;
}

/* Counts a unit as used or dropped. Returns its weight, 0 if it is dropped. */
static double use(struct agreement *result, const struct agreement_table *table, size_t unit, bool is_usable) {
  double weight = weight_of(table, unit);
  if (is_usable) result->units += (size_t)weight;
  else result->dropped += (size_t)weight;
  return is_usable ? weight : 0;
}

static size_t ratings(const double *row, size_t raters) {
  size_t count = 0;
  for (size_t i = 0; i < raters; i++) count += isnan(row[i]) ? 0 : 1;
  return count;
}

/* The distinct values of units with two or more ratings, ascending. False: more than AGREEMENT_VALUES_MAX. */
static bool find_values(const struct agreement_table *table, double *values, size_t *count) {
  *count = 0;
  for (size_t unit = 0; unit < table->units; unit++) {
    const double *row = row_of(table, unit);
    if (ratings(row, table->raters) < 2 || weight_of(table, unit) <= 0) continue;
    for (size_t i = 0; i < table->raters; i++) {
      size_t known = 0;
      if (isnan(row[i])) continue;
      while (known < *count && values[known] != row[i]) known++;
      if (known < *count) continue;
      if (*count == AGREEMENT_VALUES_MAX) return false;
      values[(*count)++] = row[i];
    }
  }
  qsort(values, *count, sizeof *values, stance_by_double);
  return true;
}

static size_t index_of(const double *values, size_t count, double value) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (values[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/* Share of agreeing pairs among the ratings of one unit. */
static double agreeing_pairs(const double *row, size_t raters) {
  size_t pairs = 0, same = 0;
  for (size_t i = 0; i < raters; i++)
    for (size_t j = i + 1; j < raters; j++) {
      if (isnan(row[i]) || isnan(row[j])) continue;
      pairs++;
      same += row[i] == row[j];
    }
  return pairs ? (double)same / (double)pairs : 0;
}

struct agreement agreement_percent(const struct agreement_table *table) {
  struct agreement result = {0};
  for (size_t unit = 0; unit < table->units; unit++) {
    double weight = use(&result, table, unit, ratings(row_of(table, unit), table->raters) >= 2);
    if (weight > 0) result.value += weight * agreeing_pairs(row_of(table, unit), table->raters);
  }
  if (!result.units) result.undefined = too_few;
  else result.value /= (double)result.units;
  return result;
}

/* ---- two raters ---------------------------------------------------------------------------------------- */

struct joint { /* how often one rater gave values[i] and the other values[j] */
  double values[AGREEMENT_VALUES_MAX], cells[AGREEMENT_VALUES_MAX][AGREEMENT_VALUES_MAX], a[AGREEMENT_VALUES_MAX],
      b[AGREEMENT_VALUES_MAX];
  size_t count;
};

static struct agreement fill_joint(const struct agreement_table *table, size_t first, size_t second,
                                   struct joint *joint) {
  struct agreement result = {0};
  memset(joint, 0, sizeof *joint);
  if (!find_values(table, joint->values, &joint->count)) return (struct agreement){.undefined = too_many};
  for (size_t unit = 0; unit < table->units; unit++) {
    const double *row = row_of(table, unit);
    double weight = use(&result, table, unit, !isnan(row[first]) && !isnan(row[second]));
    if (weight <= 0) continue;
    size_t i = index_of(joint->values, joint->count, row[first]),
           j = index_of(joint->values, joint->count, row[second]);
    joint->cells[i][j] += weight;
    joint->a[i] += weight;
    joint->b[j] += weight;
  }
  if (!result.units) result.undefined = "the two have no unit in common";
  return result;
}

/* kappa = (A_o - A_e) / (1 - A_e). Cohen: A_e from each rater's own margins; Scott: from their mean. */
static struct agreement two_raters(const struct agreement_table *table, size_t first, size_t second, bool is_pi) {
  struct joint joint;
  struct agreement result = fill_joint(table, first, second, &joint);
  double same = 0, expected = 0, n = (double)result.units;
  if (result.undefined) return result;
  for (size_t i = 0; i < joint.count; i++) {
    same += joint.cells[i][i];
    expected +=
        is_pi ? (joint.a[i] + joint.b[i]) * (joint.a[i] + joint.b[i]) / (4 * n * n) : joint.a[i] * joint.b[i] / (n * n);
  }
  if (1 - expected < 1e-12) result.undefined = all_same;
  else result.value = (same / n - expected) / (1 - expected);
  return result;
}

struct agreement agreement_cohen(const struct agreement_table *table, size_t first, size_t second) {
  return two_raters(table, first, second, false);
}

struct agreement agreement_pi(const struct agreement_table *table, size_t first, size_t second) {
  return two_raters(table, first, second, true);
}

static double disagreement(double a, double b, enum agreement_weights weights) {
  double distance = fabs(a - b);
  return weights == AGREEMENT_IDENTITY ? distance > 0 : weights == AGREEMENT_LINEAR ? distance : distance * distance;
}

/* kappa_w = 1 - sum v_ij o_ij / sum v_ij e_ij */
struct agreement agreement_weighted(const struct agreement_table *table, size_t first, size_t second,
                                    enum agreement_weights weights) {
  struct joint joint;
  struct agreement result = fill_joint(table, first, second, &joint);
  double observed = 0, expected = 0, n = (double)result.units;
  if (result.undefined) return result;
  for (size_t i = 0; i < joint.count; i++)
    for (size_t j = 0; j < joint.count; j++) {
      double v = disagreement(joint.values[i], joint.values[j], weights);
      observed += v * joint.cells[i][j] / n;
      expected += v * joint.a[i] * joint.b[j] / (n * n);
    }
  if (!(expected > 0)) result.undefined = all_same;
  else result.value = 1 - observed / expected;
  return result;
}

/* ---- many raters --------------------------------------------------------------------------------------- */

/* P = mean of P_i, P_e = sum p_j^2, kappa = (P - P_e) / (1 - P_e). For one value j (`only`), all other values count as
 * one. */
static struct agreement fleiss(const struct agreement_table *table, const double *only) {
  struct agreement result = {0};
  double values[AGREEMENT_VALUES_MAX], shares[AGREEMENT_VALUES_MAX] = {0}, all = 0, observed = 0, expected = 0;
  size_t count = 2;
  if (!only && !find_values(table, values, &count)) return (struct agreement){.undefined = too_many};
  for (size_t unit = 0; unit < table->units; unit++) {
    const double *row = row_of(table, unit);
    double counts[AGREEMENT_VALUES_MAX] = {0}, n = (double)ratings(row, table->raters), pairs = 0;
    double weight = use(&result, table, unit, n >= 2);
    if (weight <= 0) continue;
    for (size_t i = 0; i < table->raters; i++)
      if (!isnan(row[i])) counts[only ? (size_t)(row[i] == *only) : index_of(values, count, row[i])]++;
    for (size_t j = 0; j < count; j++) {
      pairs += counts[j] * (counts[j] - 1);
      shares[j] += weight * counts[j];
    }
    observed += weight * pairs / (n * (n - 1));
    all += weight * n;
  }
  if (!result.units) {
    result.undefined = too_few;
    return result;
  }
  observed /= (double)result.units;
  for (size_t j = 0; j < count; j++) expected += shares[j] / all * (shares[j] / all);
  if (1 - expected < 1e-12) result.undefined = only ? "the value is never or always given" : all_same;
  else result.value = (observed - expected) / (1 - expected);
  return result;
}

struct agreement agreement_fleiss(const struct agreement_table *table) {
  return fleiss(table, NULL);
}

struct agreement agreement_fleiss_value(const struct agreement_table *table, double value) {
  return fleiss(table, &value);
}

/* delta^2(c, k); ordinal: (sum of n_g from c to k - (n_c + n_k) / 2)^2 */
static double distance(enum agreement_metric metric, const double *values, const double *totals, size_t c, size_t k) {
  double between = 0;
  switch (metric) {
    case AGREEMENT_NOMINAL: return c != k;
    case AGREEMENT_ORDINAL:
      for (size_t g = c < k ? c : k; g <= (c < k ? k : c); g++) between += totals[g];
      between -= (totals[c] + totals[k]) / 2;
      return between * between;
    case AGREEMENT_INTERVAL: return (values[c] - values[k]) * (values[c] - values[k]);
    case AGREEMENT_RATIO:
      between = values[c] + values[k] != 0 ? (values[c] - values[k]) / (values[c] + values[k]) : 0;
      return between * between;
  }
  return 0;
}

struct agreement agreement_alpha(const struct agreement_table *table, enum agreement_metric metric) {
  struct agreement result = {0};
  double values[AGREEMENT_VALUES_MAX], totals[AGREEMENT_VALUES_MAX] = {0}, n = 0, observed = 0, expected = 0;
  static const size_t width = AGREEMENT_VALUES_MAX;
  double coincidences[AGREEMENT_VALUES_MAX * AGREEMENT_VALUES_MAX] = {0};
  size_t count;
  if (!find_values(table, values, &count)) return (struct agreement){.undefined = too_many};
  for (size_t unit = 0; unit < table->units; unit++) {
    const double *row = row_of(table, unit);
    size_t m = ratings(row, table->raters);
    double weight = use(&result, table, unit, m >= 2);
    if (weight <= 0) continue;
    for (size_t i = 0; i < table->raters; i++)
      for (size_t j = 0; j < table->raters; j++) {
        if (i == j || isnan(row[i]) || isnan(row[j])) continue;
        coincidences[index_of(values, count, row[i]) * width + index_of(values, count, row[j])] +=
            weight / (double)(m - 1);
      }
  }
  for (size_t c = 0; c < count; c++)
    for (size_t k = 0; k < count; k++) totals[c] += coincidences[c * width + k];
  for (size_t c = 0; c < count; c++) n += totals[c];
  for (size_t c = 0; c < count; c++)
    for (size_t k = 0; k < count; k++) {
      double delta = distance(metric, values, totals, c, k);
      observed += coincidences[c * width + k] * delta;
      expected += totals[c] * totals[k] * delta;
    }
  if (!result.units) result.undefined = too_few;
  else if (!(expected > 0)) result.undefined = all_same;
  else result.value = 1 - (n - 1) * observed / expected;
  return result;
}

/* ---- Gwet's AC1 and AC2 ------------------------------------------------------------------------------------ */

/* w_kl: 1 on the diagonal, decreasing to 0 for the most distant values. */
static double likeness(size_t k, size_t l, size_t categories, enum agreement_weights weights) {
  double farthest = disagreement(0, (double)(categories - 1), weights);
  return farthest > 0 ? 1 - disagreement((double)k, (double)l, weights) / farthest : 1;
}

/* Share of agreement in one unit's counts of n ratings. */
static double unit_agreement(const double *counts, double n, size_t categories, enum agreement_weights weights) {
  double sum = 0;
  for (size_t k = 0; k < categories; k++) {
    double like = 0;
    if (counts[k] <= 0) continue;
    for (size_t l = 0; l < categories; l++) like += likeness(k, l, categories, weights) * counts[l];
    sum += counts[k] * (like - 1);
  }
  return sum / (n * (n - 1));
}

/* p_a over units with two ratings or more; pi_k, the mean share of category k, over units with one or more;
 * p_e = T_w / (q (q - 1)) sum pi_k (1 - pi_k), T_w the sum of all weights. */
struct agreement agreement_ac(const struct agreement_table *table, size_t categories, enum agreement_weights weights) {
  struct agreement result = {0};
  double shares[AGREEMENT_VALUES_MAX] = {0}, observed = 0, expected = 0, all = 0, sum = 0;
  if (categories > AGREEMENT_VALUES_MAX) return (struct agreement){.undefined = too_many};
  if (categories < 2) return (struct agreement){.undefined = "there is one category only"};
  for (size_t unit = 0; unit < table->units; unit++) {
    const double *row = row_of(table, unit);
    double counts[AGREEMENT_VALUES_MAX] = {0}, n = (double)ratings(row, table->raters), any = weight_of(table, unit);
    double weight = use(&result, table, unit, n >= 2);
    if (n < 1 || any <= 0) continue;
    for (size_t i = 0; i < table->raters; i++)
      if (!isnan(row[i]) && row[i] >= 0 && row[i] < (double)categories) counts[(size_t)row[i]]++;
    for (size_t k = 0; k < categories; k++) shares[k] += any * counts[k] / n;
    all += any;
    if (weight > 0) observed += weight * unit_agreement(counts, n, categories, weights);
  }
  if (!result.units) {
    result.undefined = too_few;
    return result;
  }
  observed /= (double)result.units;
  for (size_t k = 0; k < categories; k++) {
    expected += shares[k] / all * (1 - shares[k] / all);
    for (size_t l = 0; l < categories; l++) sum += likeness(k, l, categories, weights);
  }
  expected *= sum / ((double)categories * (double)(categories - 1));
  if (1 - expected < 1e-12) result.undefined = all_same;
  else result.value = (observed - expected) / (1 - expected);
  return result;
}
