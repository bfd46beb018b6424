/* SPDX-License-Identifier: MIT */
#include "estimator.h"

#include <math.h>
#include <string.h>

#include "stance/base/distribution.h"

double estimator_mean(const struct estimator *own, const bool *in, const double *e, double *z, double *weight_sum) {
  double sum = 0, all = 0;
  for (size_t i = 0; i < own->count; i++) {
    if (in && !in[i]) continue;
    sum += own->weight[i] * e[i];
    all += own->weight[i];
  }
  double mean = all > 0 ? sum / all : NAN;
  for (size_t i = 0; z && i < own->count; i++)
    z[i] = (in && !in[i]) || !(all > 0) ? 0 : own->weight[i] * (e[i] - mean) / all;
  if (weight_sum) *weight_sum = all;
  return mean;
}

/* Sums z by draw into own->sums, then fills each stratum's means, sums of squares and of fourth powers about the mean. */
static void fill_moments(const struct estimator *own, const double *z) {
  double *sums = own->sums, *means = sums + own->draw_count, *squares = means + own->stratum_count,
         *fourths = squares + own->stratum_count;
  memset(sums, 0, (own->draw_count + 3 * own->stratum_count) * sizeof *sums);
  for (size_t i = 0; i < own->count; i++) sums[own->draw[i]] += z[i];
  for (size_t k = 0; k < own->draw_count; k++)
    means[own->stratum[k]] += sums[k] / (double)own->strata[own->stratum[k]].drawn;
  for (size_t k = 0; k < own->draw_count; k++) {
    double distance = sums[k] - means[own->stratum[k]];
    squares[own->stratum[k]] += distance * distance;
    fourths[own->stratum[k]] += distance * distance * distance * distance;
  }
}

/* The stratum's part of the variance, after fill_moments. */
static double stratum_variance(const struct estimator *own, size_t h) {
  double n = (double)own->strata[h].drawn, squares = own->sums[own->draw_count + own->stratum_count + h];
  return n >= 2 && n < own->strata[h].size ? (1 - n / own->strata[h].size) * n / (n - 1) * squares : 0;
}

double estimator_variance(const struct estimator *own, const double *z) {
  double variance = 0;
  if (own->design == ESTIMATOR_POISSON) {
    for (size_t i = 0; i < own->count; i++) variance += (1 - 1 / own->weight[i]) * z[i] * z[i];
    return variance;
  }
  fill_moments(own, z);
  for (size_t h = 0; h < own->stratum_count; h++) variance += stratum_variance(own, h);
  return variance;
}

double estimator_degrees(const struct estimator *own, const double *z) {
  double variance = 0, spread = 0; /* the variance, and the variance of that */
  if (own->design == ESTIMATOR_POISSON) {
    for (size_t i = 0; i < own->count; i++) {
      double part = (1 - 1 / own->weight[i]) * z[i] * z[i];
      variance += part;
      spread += (1 - 1 / own->weight[i]) * part * part;
    }
  } else {
    fill_moments(own, z);
    for (size_t h = 0; h < own->stratum_count; h++) {
      double part = stratum_variance(own, h), n = (double)own->strata[h].drawn;
      const double *squares = own->sums + own->draw_count + own->stratum_count + h;
      if (!(part > 0)) continue;
      double kurtosis = squares[own->stratum_count] * (n - 1) * (n - 1) / (n * *squares * *squares);
      variance += part;
      spread += part * part * fmax(2 / (n - 1), (kurtosis - (n - 3) / (n - 1)) / n);
    }
  }
  double most = fmax(1, (double)own->draw_count - 1);
  return spread > 0 ? fmin(most, fmax(1, 2 * variance * variance / spread)) : most;
}

double estimator_unit_variance(const struct estimator *own, const bool *in) {
  double all = 0, variance = 0;
  memset(own->sums, 0, own->draw_count * sizeof *own->sums);
  for (size_t i = 0; i < own->count; i++) {
    if (in && !in[i]) continue;
    own->sums[own->draw[i]] += own->weight[i];
    all += own->weight[i];
    if (own->design == ESTIMATOR_POISSON) variance += (1 - 1 / own->weight[i]) * own->weight[i] * own->weight[i];
  }
  for (size_t k = 0; k < own->draw_count && own->design == ESTIMATOR_STRATA; k++) {
    const struct estimator_stratum *stratum = &own->strata[own->stratum[k]];
    variance += (1 - (double)stratum->drawn / stratum->size) * own->sums[k] * own->sums[k];
  }
  return all > 0 ? variance / (all * all) : 0;
}

double estimator_spread(const struct estimator *own, const bool *in, const double *e) {
  double all, mean = estimator_mean(own, in, e, NULL, &all), squares = 0, n = 0;
  for (size_t i = 0; i < own->count; i++) {
    if (in && !in[i]) continue;
    squares += own->weight[i] * (e[i] - mean) * (e[i] - mean);
    n++;
  }
  return n < 2 ? 0 : squares / all * n / (n - 1);
}

double estimator_slope(const struct estimator *own, const double *y, const double *g) {
  double mean_y = estimator_mean(own, NULL, y, NULL, NULL), mean_g = estimator_mean(own, NULL, g, NULL, NULL),
         joint = 0, square = 0;
  for (size_t i = 0; i < own->count; i++) {
    joint += own->weight[i] * (y[i] - mean_y) * (g[i] - mean_g);
    square += own->weight[i] * (g[i] - mean_g) * (g[i] - mean_g);
  }
  return square > 0 ? joint / square : 1;
}

double estimator_kish(const struct estimator *own, const bool *in) {
  double sum = 0, squares = 0;
  for (size_t i = 0; i < own->count; i++) {
    if (in && !in[i]) continue;
    sum += own->weight[i];
    squares += own->weight[i] * own->weight[i];
  }
  return squares > 0 ? sum * sum / squares : 0;
}

/* ---- intervals --------------------------------------------------------------------------------------------------- */

struct estimator_interval estimator_interval_t(double estimate, double se, double df, double level) {
  double half = se * stance_t_quantile((1 + level) / 2, df);
  return (struct estimator_interval){estimate - half, estimate + half};
}

struct estimator_interval estimator_wilson(double share, double n, double level) {
  double z = stance_normal_quantile((1 + level) / 2), z2 = z * z;
  double centre = (share + z2 / (2 * n)) / (1 + z2 / n),
         half = z / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n));
  return (struct estimator_interval){fmax(0, centre - half), fmin(1, centre + half)};
}

struct estimator_interval estimator_mover(double estimate, double a, double b, double n, double level) {
  struct estimator_interval of_a = estimator_wilson(a, n, level), of_b = estimator_wilson(b, n, level);
  return (struct estimator_interval){estimate - hypot(a - of_a.low, of_b.high - b),
                                     estimate + hypot(of_a.high - a, b - of_b.low)};
}

/* ---- multiple testing --------------------------------------------------------------------------------------- */

static void sort_ascending(const double *p, size_t count, size_t *order) {
  for (size_t i = 0; i < count; i++) order[i] = i;
  for (size_t gap = count / 2; gap; gap /= 2) /* Shellsort; the order of ties does not matter */
    for (size_t i = gap; i < count; i++)
      for (size_t j = i; j >= gap && p[order[j - gap]] > p[order[j]]; j -= gap) {
        size_t swap = order[j];
        order[j] = order[j - gap];
        order[j - gap] = swap;
      }
}

void estimator_adjust_holm(double *p, size_t count, size_t *order) {
  double largest = 0;
  sort_ascending(p, count, order);
  for (size_t i = 0; i < count; i++) {
    largest = fmax(largest, fmin(1, (double)(count - i) * p[order[i]]));
    p[order[i]] = largest;
  }
}

void estimator_adjust_by(double *p, size_t count, size_t *order) {
  double harmonic = 0, least = 1;
  sort_ascending(p, count, order);
  for (size_t i = 1; i <= count; i++) harmonic += 1 / (double)i;
  for (size_t i = count; i-- > 0;) {
    least = fmin(least, (double)count * harmonic / (double)(i + 1) * p[order[i]]);
    p[order[i]] = least;
  }
}
