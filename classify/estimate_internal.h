/* SPDX-License-Identifier: MIT
 * Shared by the files of the estimate only: gold and checks (estimate.c), domains and rows (estimate_rows.c),
 * comparisons of rows (estimate_compare.c). */
#ifndef STANCE_CLASSIFY_ESTIMATE_INTERNAL_H
#define STANCE_CLASSIFY_ESTIMATE_INTERNAL_H

#include "estimate.h"
#include "estimator.h"

enum { GOLD_NONE = -1, GOLD_NOT_UNIT = -2 };

/* A unit with gold: drawn, or a copy of a drawn unit. */
struct estimate_entry {
  const struct population_unit *unit;
  uint32_t draw;
  int label; /* GOLD_NOT_UNIT: the unit is none */
};

struct estimate_domain {
  const struct population_unit *first; /* has the domain's values of the columns */
  size_t units;
  double *sums; /* [1 + label_count]: sums of the predicted scores and probabilities */
};

struct estimate_work {
  const struct estimate_settings *options;
  struct estimate *out;
  struct stance_arena arena;
  int *gold; /* [sample->count]: GOLD_NONE, GOLD_NOT_UNIT or the label */
  struct estimate_entry *entries;
  size_t entry_count;
  struct estimator own; /* over the entries */
  double *weight, *y, *g, *e, *z;
  bool *in; /* [entry_count] */
  struct estimate_domain *domains;
  size_t domain_count;
  uint32_t *domain_of; /* [entry_count] */
  double **influence;  /* [domain_count * (1 + label_count)]: z of each row, for contrasts and trends */
  bool is_posthoc;
};

/* Whether the unit is part of the population that is estimated. */
static inline bool estimate_counts(const struct estimate_settings *options, const struct population_unit *unit) {
  return !options->exclude_seen || !(unit->is_seen || unit->is_excluded);
}

/* Calls the note function, if there is one; format as printf. */
void estimate_note(const struct estimate_settings *options, bool is_warning, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Fills gold [sample->count] from the records. */
enum stance_status estimate_gold_settle(const struct estimate_settings *options, struct stance_arena *arena, int *gold,
                                        struct stance_error *error);
/* Makes the rows of each domain and measure. STANCE_INPUT: no unit has gold. */
enum stance_status estimate_rows_make(struct estimate_work *work, struct stance_error *error);
/* Makes the rows of contrasts and of the trend, and adjusts their p values. */
enum stance_status estimate_compare(struct estimate_work *work, struct stance_error *error);
/* The estimator of R's dsl: theta = mean m, m = g + R (y - g) / pi, with pi scaled to mean n / N;
 * variance = sum over clusters (sum of m - theta)^2 / N_d^2. */
double estimate_superpopulation(const struct estimate_work *work, size_t domain, int label, bool is_clustered,
                                double *se);
/* Adds a zeroed row. NULL: out of memory. Valid until the next is added. */
struct estimate_row *estimate_row_add(struct estimate_work *work, struct stance_error *error);

#endif
