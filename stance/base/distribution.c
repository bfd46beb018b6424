/* SPDX-License-Identifier: MIT
 * The t distribution by the incomplete beta function, P(T <= t) = 1 - I_x(df/2, 1/2) / 2 with x = df / (df + t^2) for t
 * >= 0, whose continued fraction (DLMF 8.17.22) is computed by Lentz's method. Quantiles by bisection, to rounding.
 * (GSL and R's mathlib have these functions under the GPL, which does not fit our MIT licence.) */
#include "distribution.h"

#include <math.h>
#include <stdbool.h>

double stance_normal_cdf(double x) { return erfc(-x / M_SQRT2) / 2; }

/* The continued fraction of I_x(a, b), for x < (a + 1) / (a + b + 2). */
static double beta_fraction(double a, double b, double x) {
  enum { TERMS = 100000 };
  const double tiny = 1e-300;
  double c = 1, d = 1 - (a + b) * x / (a + 1), h;
  d = 1 / (fabs(d) < tiny ? tiny : d);
  h = d;
  for (int m = 1; m < TERMS; m++) {
    double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    const double parts[2] = {even, odd};
    double change = 1;
    for (int i = 0; i < 2; i++) {
      d = 1 + parts[i] * d;
      c = 1 + parts[i] / c;
      d = 1 / (fabs(d) < tiny ? tiny : d);
      if (fabs(c) < tiny) c = tiny;
      change = d * c;
      h *= change;
    }
    if (fabs(change - 1) < 1e-16) break;
  }
  return h;
}

/* I_x(a, b); y = 1 - x is given separately, so that neither end loses digits. */
static double beta_share(double a, double b, double x, double y) {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  double front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(y));
  if (x < (a + 1) / (a + b + 2)) return front * beta_fraction(a, b, x) / a;
  return 1 - front * beta_fraction(b, a, y) / b;
}

/* P(T > t) for t >= 0. */
static double t_tail(double t, double df) {
  return beta_share(df / 2, 0.5, df / (df + t * t), t * t / (df + t * t)) / 2;
}

double stance_t_cdf(double t, double df) {
  if (isnan(t) || !(df > 0)) return NAN;
  if (isinf(df)) return stance_normal_cdf(t);
  if (isinf(t)) return t > 0;
  return t < 0 ? t_tail(-t, df) : 1 - t_tail(t, df);
}

/* The x >= 0 with P(X > x) = tail (0 .. 1/2); df INFINITY: of the normal distribution. */
static double upper_quantile(double tail, double df) {
  double low = 0, high = 1;
  bool is_normal = isinf(df);
#define TAIL(x) (is_normal ? erfc((x) / M_SQRT2) / 2 : t_tail(x, df))
  while (TAIL(high) > tail && high < 1e300) low = high, high *= 2;
  for (int i = 0; i < 200 && high - low > 4e-16 * high; i++) {
    double middle = low + (high - low) / 2;
    if (TAIL(middle) > tail) low = middle;
    else high = middle;
  }
#undef TAIL
  return low + (high - low) / 2;
}

double stance_t_quantile(double p, double df) {
  if (!(p > 0 && p < 1) || !(df > 0)) return NAN;
  if (p == 0.5) return 0;
  return p < 0.5 ? -upper_quantile(p, df) : upper_quantile(1 - p, df);
}

double stance_normal_quantile(double p) { return stance_t_quantile(p, INFINITY); }
