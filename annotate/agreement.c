/* SPDX-License-Identifier: MIT
 * Coefficients of agreement. */
#include "agreement.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stance/base/compare.h"

static const char too_few[] = "no unit has two ratings", all_same[] = "all ratings are the same", too_many[] = "too many distinct values";

static const double *row_of(const struct agreement_table *table, size_t unit) { return table->values + unit * table->raters; }

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
    if (ratings(row, table->raters) < 2) continue;
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
    if (ratings(row_of(table, unit), table->raters) < 2) {
      result.dropped++;
      continue;
    }
    result.units++;
    result.value += agreeing_pairs(row_of(table, unit), table->raters);
  }
  if (!result.units) result.undefined = too_few;
  else result.value /= (double)result.units;
  return result;
}

/* ---- two raters ---------------------------------------------------------------------------------------- */

/* kappa = (A_o - A_e) / (1 - A_e). Cohen: A_e from each rater's own margins; Scott: from their mean. */
static struct agreement two_raters(const struct agreement_table *table, size_t first, size_t second, bool is_pi) {
  struct agreement result = {0};
  double values[AGREEMENT_VALUES_MAX], a[AGREEMENT_VALUES_MAX] = {0}, b[AGREEMENT_VALUES_MAX] = {0}, same = 0, expected = 0;
  size_t count;
  if (!find_values(table, values, &count)) return (struct agreement){.undefined = too_many};
  for (size_t unit = 0; unit < table->units; unit++) {
    const double *row = row_of(table, unit);
    if (isnan(row[first]) || isnan(row[second])) {
      result.dropped++;
      continue;
    }
    result.units++;
    a[index_of(values, count, row[first])]++;
    b[index_of(values, count, row[second])]++;
    same += row[first] == row[second];
  }
  if (!result.units) {
    result.undefined = "the two have no unit in common";
    return result;
  }
  double n = (double)result.units;
  for (size_t i = 0; i < count; i++) expected += is_pi ? (a[i] + b[i]) * (a[i] + b[i]) / (4 * n * n) : a[i] * b[i] / (n * n);
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

/* ---- many raters --------------------------------------------------------------------------------------- */

/* P = mean of P_i, P_e = sum p_j^2, kappa = (P - P_e) / (1 - P_e). For one value j against the others, with q_j = 1 - p_j:
 * the same on a table of j and not j. */
static struct agreement fleiss(const struct agreement_table *table, const double *only) {
  struct agreement result = {0};
  double values[AGREEMENT_VALUES_MAX], shares[AGREEMENT_VALUES_MAX] = {0}, all = 0, observed = 0, expected = 0;
  size_t count = 2;
  if (!only && !find_values(table, values, &count)) return (struct agreement){.undefined = too_many};
  for (size_t unit = 0; unit < table->units; unit++) {
    const double *row = row_of(table, unit);
    double counts[AGREEMENT_VALUES_MAX] = {0}, n = (double)ratings(row, table->raters), pairs = 0;
    if (n < 2) {
      result.dropped++;
      continue;
    }
    for (size_t i = 0; i < table->raters; i++)
      if (!isnan(row[i])) counts[only ? (size_t)(row[i] == *only) : index_of(values, count, row[i])]++;
    for (size_t j = 0; j < count; j++) {
      pairs += counts[j] * (counts[j] - 1);
      shares[j] += counts[j];
    }
    observed += pairs / (n * (n - 1));
    all += n;
    result.units++;
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

struct agreement agreement_fleiss(const struct agreement_table *table) { return fleiss(table, NULL); }

struct agreement agreement_fleiss_value(const struct agreement_table *table, double value) { return fleiss(table, &value); }

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
    if (m < 2) {
      result.dropped++;
      continue;
    }
    result.units++;
    for (size_t i = 0; i < table->raters; i++)
      for (size_t j = 0; j < table->raters; j++) {
        if (i == j || isnan(row[i]) || isnan(row[j])) continue;
        coincidences[index_of(values, count, row[i]) * width + index_of(values, count, row[j])] += 1 / (double)(m - 1);
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

/* ---- intervals ------------------------------------------------------------------------------------------ */

static struct agreement compute(const struct agreement_table *table, const struct agreement_statistic *statistic) {
  switch (statistic->kind) {
    case AGREEMENT_PERCENT: return agreement_percent(table);
    case AGREEMENT_COHEN: return agreement_cohen(table, statistic->first, statistic->second);
    case AGREEMENT_PI: return agreement_pi(table, statistic->first, statistic->second);
    case AGREEMENT_FLEISS: return agreement_fleiss(table);
    case AGREEMENT_ALPHA: return agreement_alpha(table, statistic->metric);
  }
  return (struct agreement){.undefined = "no such statistic"};
}

/* SplitMix64 (Steele, Lea & Flood 2014). */
static uint64_t next_random(uint64_t *state) {
  uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
  z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
  return z ^ z >> 31;
}

struct agreement agreement_bootstrap(const struct agreement_table *table, const struct agreement_statistic *statistic,
                                     size_t samples, uint64_t seed) {
  struct agreement result = compute(table, statistic);
  if (result.undefined || !samples || result.units < 2) return result;
  double *drawn = calloc(table->units * table->raters, sizeof *drawn), *found = calloc(samples, sizeof *found);
  size_t count = 0;
  const struct agreement_table sample = {.units = table->units, .raters = table->raters, .values = drawn};
  for (size_t s = 0; drawn && found && s < samples; s++) {
    for (size_t unit = 0; unit < table->units; unit++) {
      size_t from = (size_t)((double)(next_random(&seed) >> 11) * 0x1p-53 * (double)table->units);
      memcpy(drawn + unit * table->raters, row_of(table, from), table->raters * sizeof *drawn);
    }
    struct agreement one = compute(&sample, statistic);
    if (!one.undefined) found[count++] = one.value;
  }
  if (count * 2 > samples) {
    qsort(found, count, sizeof *found, stance_by_double);
    result.has_interval = true;
    result.low = found[(size_t)((double)(count - 1) * 0.025 + 0.5)];
    result.high = found[(size_t)((double)(count - 1) * 0.975 + 0.5)];
  }
  free(drawn);
  free(found);
  return result;
}
