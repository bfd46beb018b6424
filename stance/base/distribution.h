/* SPDX-License-Identifier: MIT
 * Normal and Student's t distributions, for intervals and tests; within 1e-9 of R's pnorm, qnorm, pt and qt (tested).
 * Thread-safe. */
#ifndef STANCE_DISTRIBUTION_H
#define STANCE_DISTRIBUTION_H

/* P(Z <= x) of a standard normal Z. */
double stance_normal_cdf(double x);
/* The p-quantile of the standard normal distribution, p in (0, 1). */
double stance_normal_quantile(double p);
/* P(T <= t) of Student's t with df > 0 degrees of freedom; df INFINITY: the normal distribution. NAN: outside of the
 * domain. */
double stance_t_cdf(double t, double df);
/* The p-quantile of Student's t with df degrees of freedom; NAN unless 0 < p < 1 and df > 0. */
double stance_t_quantile(double p, double df);

#endif
