/* SPDX-License-Identifier: MIT
 * Normal and Student's t distributions, for intervals and tests. Right to 1e-9 or better of R's pnorm, qnorm, pt and qt (tested). Pure functions. */
#ifndef STANCE_DISTRIBUTION_H
#define STANCE_DISTRIBUTION_H

/* P(Z <= x) of a standard normal Z. */
double stance_normal_cdf(double x);
double stance_normal_quantile(double p); /* p in (0, 1) */
/* df > 0, INFINITY for the normal distribution. NAN for what is outside. */
double stance_t_cdf(double t, double df);
/* The p-quantile of Student's t with df degrees of freedom; NAN unless 0 < p < 1 and df > 0. */
double stance_t_quantile(double p, double df);

#endif
