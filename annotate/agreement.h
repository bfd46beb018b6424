/* SPDX-License-Identifier: MIT
 * Agreement between annotators. A table has a row for each unit and a column for each rater; a cell is a value or NAN (not
 * rated). Where a statistic cannot be had, `undefined` says why. Sources:
 *
 *   percent  mean over units of the share of pairs of raters that agree
 *   cohen    Cohen 1960, "A coefficient of agreement for nominal scales", for two raters
 *   pi       Scott 1955, as in Artstein & Poesio 2008, "Inter-coder agreement for computational linguistics", for two raters
 *   fleiss   Fleiss 1971, "Measuring nominal scale agreement among many raters"; units may have different numbers of ratings:
 *            then P_i is of the unit's own raters, and p_j of all ratings of units with two or more
 *   alpha    Krippendorff 2011, "Computing Krippendorff's alpha-reliability": alpha = 1 - D_o / D_e from the coincidence matrix */
#ifndef STANCE_ANNOTATE_AGREEMENT_H
#define STANCE_ANNOTATE_AGREEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { AGREEMENT_VALUES_MAX = 64 }; /* distinct values in a table */

enum agreement_metric { AGREEMENT_NOMINAL, AGREEMENT_ORDINAL, AGREEMENT_INTERVAL, AGREEMENT_RATIO };

struct agreement_table {
  size_t units, raters;
  const double *values; /* [units][raters] */
};

struct agreement {
  double value;
  const char *undefined; /* NULL: value counts; else why not */
  size_t units, dropped; /* used; with too few ratings to use */
  bool has_interval;
  double low, high;      /* 95%, from resampled units */
};

struct agreement agreement_percent(const struct agreement_table *table);
struct agreement agreement_cohen(const struct agreement_table *table, size_t first, size_t second);
struct agreement agreement_pi(const struct agreement_table *table, size_t first, size_t second);
struct agreement agreement_fleiss(const struct agreement_table *table);
/* Fleiss' kappa of one value against all others. */
struct agreement agreement_fleiss_value(const struct agreement_table *table, double value);
struct agreement agreement_alpha(const struct agreement_table *table, enum agreement_metric metric);

/* A statistic with its parameters, to be resampled. */
struct agreement_statistic {
  enum { AGREEMENT_PERCENT, AGREEMENT_COHEN, AGREEMENT_PI, AGREEMENT_FLEISS, AGREEMENT_ALPHA } kind;
  size_t first, second;
  enum agreement_metric metric;
};
/* The statistic with its bootstrap interval: percentiles over `samples` tables of units drawn with replacement (seeded). No
 * interval where fewer than half of the samples define the statistic, or memory is out. */
struct agreement agreement_bootstrap(const struct agreement_table *table, const struct agreement_statistic *statistic,
                                     size_t samples, uint64_t seed);

#endif
