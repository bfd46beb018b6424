/* SPDX-License-Identifier: MIT
 * Agreement between annotators. A table has a row for each unit and a column for each rater; a cell is a value or NAN
 * (not rated). If a statistic is undefined, `undefined` tells the reason. Sources:
 *
 *   percent  mean over units of the share of the unit's pairs of ratings that are equal
 *   cohen    Cohen 1960, "A coefficient of agreement for nominal scales", for two raters
 *   pi       Scott 1955, as in Artstein & Poesio 2008, "Inter-coder agreement for computational linguistics", for two
 *            raters
 *   fleiss   Fleiss 1971, "Measuring nominal scale agreement among many raters"; units may have different numbers of
 *            ratings: P_i is computed over the unit's own raters, p_j over all ratings of units with two or more
 *   weighted Cohen 1968, "Weighted kappa", for two raters; disagreement is the distance of the values, or its square
 *   ac       Gwet 2008, "Computing inter-rater reliability and its variance in the presence of high agreement"; with
 *            weights (AC2) and missing ratings as in Gwet 2014, "Handbook of inter-rater reliability", chapter 3
 *   alpha    Krippendorff 2011, "Computing Krippendorff's alpha-reliability": alpha = 1 - D_o / D_e from the
 *            coincidence matrix */
#ifndef STANCE_ANNOTATE_AGREEMENT_H
#define STANCE_ANNOTATE_AGREEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { AGREEMENT_VALUES_MAX = 64 }; /* distinct values in a table */

enum agreement_metric { AGREEMENT_NOMINAL, AGREEMENT_ORDINAL, AGREEMENT_INTERVAL, AGREEMENT_RATIO };

struct agreement_table {
  size_t units, raters;
  const double *values;  /* [units][raters] */
  const double *weights; /* of units; NULL: 1 each; a unit of weight 2 counts as two */
  /* Of units, for the bootstrap: units of one cluster (an article) are drawn together; NULL: a cluster per unit. */
  const uint32_t *clusters;
};

struct agreement {
  double value;
  const char *undefined; /* NULL: value is defined; else the reason why it is not */
  size_t units, dropped; /* units used; units with too few ratings */
  bool has_interval;
  double low, high; /* 95% interval of the cluster bootstrap */
};

/* Percent agreement: the mean over the units with two or more ratings of the share of equal pairs. */
struct agreement agreement_percent(const struct agreement_table *table);
/* Cohen's kappa of two raters, over the units that both rated (Cohen 1960). */
struct agreement agreement_cohen(const struct agreement_table *table, size_t first, size_t second);
/* Scott's pi of two raters, over the units that both rated (Scott 1955). */
struct agreement agreement_pi(const struct agreement_table *table, size_t first, size_t second);
/* Fleiss' kappa of all raters (Fleiss 1971). */
struct agreement agreement_fleiss(const struct agreement_table *table);
/* Fleiss' kappa of one value against all others. */
struct agreement agreement_fleiss_value(const struct agreement_table *table, double value);
/* Krippendorff's alpha of all raters; missing ratings are left out (Krippendorff 2011). */
struct agreement agreement_alpha(const struct agreement_table *table, enum agreement_metric metric);

enum agreement_weights { AGREEMENT_IDENTITY, AGREEMENT_LINEAR, AGREEMENT_QUADRATIC };
/* Values are 0 .. categories - 1. */
struct agreement agreement_weighted(const struct agreement_table *table, size_t first, size_t second,
                                    enum agreement_weights weights);
/* Gwet's AC1 (identity) or AC2 (weights) of all raters (Gwet 2008). Values are 0 .. categories - 1. */
struct agreement agreement_ac(const struct agreement_table *table, size_t categories, enum agreement_weights weights);

/* A statistic to bootstrap, with its parameters. */
struct agreement_statistic {
  enum {
    AGREEMENT_PERCENT,
    AGREEMENT_COHEN,
    AGREEMENT_PI,
    AGREEMENT_WEIGHTED,
    AGREEMENT_FLEISS,
    AGREEMENT_VALUE,
    AGREEMENT_ALPHA,
    AGREEMENT_AC
  } kind;
  size_t first, second; /* raters, for COHEN, PI and WEIGHTED */
  enum agreement_metric metric;
  enum agreement_weights weights;
  size_t categories; /* for AC */
  double value;      /* for VALUE: Fleiss' kappa of this value against all others */
};
/* The statistics with percentile bootstrap intervals over `samples` tables of clusters drawn with replacement (seeded;
 * all statistics share the draws). COHEN, PI and WEIGHTED must name the same two raters and must not be mixed with
 * other kinds. There is no interval if the statistic is undefined in more than half of the samples, if there are fewer
 * than two clusters, or if memory was out (memory.h). */
void agreement_bootstrap(const struct agreement_table *table, const struct agreement_statistic *statistics,
                         size_t count, size_t samples, uint64_t seed, struct agreement *results);

#endif
