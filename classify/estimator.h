/* SPDX-License-Identifier: MIT
 * Weighted means over a probability sample and their design-based variances: Sarndal, Swensson, Wretman, Model Assisted
 * Survey Sampling (1992), 5.7 and 6.6; checked against R's survey package. No allocation. Arrays are [own->count], of
 * the drawn units that have gold. */
#ifndef STANCE_CLASSIFY_ESTIMATOR_H
#define STANCE_CLASSIFY_ESTIMATOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum estimator_design {
  ESTIMATOR_STRATA,  /* simple random samples within strata, perhaps a single one */
  ESTIMATOR_POISSON, /* each unit independently, with its own probability */
};

/* A draw is a unit, or an article with all its units. */
struct estimator_stratum {
  size_t drawn; /* n_h: draws */
  double size;  /* N_h: size of the stratum */
};

struct estimator {
  enum estimator_design design;
  size_t count;
  const double *weight; /* w = 1 / pi */
  const uint32_t *draw; /* the unit's draw, 0 .. draw_count - 1 */
  size_t draw_count;
  const uint32_t *stratum; /* [draw_count], into strata; ESTIMATOR_POISSON: NULL */
  const struct estimator_stratum *strata;
  size_t stratum_count;
  double *sums; /* [draw_count + 3 stratum_count]: work space */
};

struct estimator_interval {
  double low, high;
};

/* Hajek's mean over a domain (in NULL: all units): sum w e / sum w. Fills z, unless NULL, with the influence of each
 * unit, w 1_d (e - mean) / sum w: the variance of the mean is that of their sum. weight_sum may be NULL. NAN: no unit
 * in the domain. */
double estimator_mean(const struct estimator *own, const bool *in, const double *e, double *z, double *weight_sum);
/* The variance of sum z. Strata: sum_h (1 - n_h / N_h) n_h / (n_h - 1) sum (z - mean z)^2 over draws; Poisson: sum (1 -
 * pi) z^2. */
double estimator_variance(const struct estimator *own, const double *z);
/* The degrees of freedom of that variance V, 2 V^2 / var(V) (Satterthwaite 1946; Cochran 1977, 5.16), where the variance
 * of each stratum's s^2 is that of normal errors or, if larger, by their kurtosis (Hansen, Hurwitz, Madow 1953): errors
 * of a share are 0 but for a few. At least 1, at most the number of draws - 1. */
double estimator_degrees(const struct estimator *own, const double *z);
/* The variance of the mean of a variable with variance 1: (1 - f) / n if weights are equal. */
double estimator_unit_variance(const struct estimator *own, const bool *in);
/* The weighted variance of e: sum w (e - mean)^2 / sum w, times n / (n - 1); 0 for fewer than two units. */
double estimator_spread(const struct estimator *own, const bool *in, const double *e);
/* The weighted regression slope: sum w (y - mean y)(g - mean g) / sum w (g - mean g)^2; 1 if g is constant. */
double estimator_slope(const struct estimator *own, const double *y, const double *g);
/* Kish's effective sample size of the domain, (sum w)^2 / sum w^2. */
double estimator_kish(const struct estimator *own, const bool *in);

/* estimate -+ t(df) se; df INFINITY: the normal distribution. level: such as 0.95. */
struct estimator_interval estimator_interval_t(double estimate, double se, double df, double level);
/* Wilson's score interval (1927) for a share of n units, where n may be fractional. */
struct estimator_interval estimator_wilson(double share, double n, double level);
/* An interval for the difference of two shares, a - b, from the interval of each (MOVER; Newcombe 1998, method 10),
 * centred on `estimate`. */
struct estimator_interval estimator_mover(double estimate, double a, double b, double n, double level);

/* Adjusts p values by Holm (1979), in place. order: [count], work space. */
void estimator_adjust_holm(double *p, size_t count, size_t *order);
/* The same by Benjamini and Yekutieli (2001). */
void estimator_adjust_by(double *p, size_t count, size_t *order);

#endif
