/* SPDX-License-Identifier: MIT
 * Counting units by dyad, and by article, day, week, month or outlet. Sums are whole numbers, so they do not depend on any order. */
#ifndef STANCE_CLASSIFY_AGGREGATE_H
#define STANCE_CLASSIFY_AGGREGATE_H

#include <stdio.h>

#include "render.h"
#include "scored.h"

/* What units are counted by, and its name in files and flags: X(DYAD, "dyad") ... */
#define CLASSIFY_BYS(X) \
  X(DYAD, "dyad") X(ARTICLE, "article") X(DAY, "day") X(WEEK, "week") X(MONTH, "month") X(OUTLET, "outlet") \
  X(SOURCE, "source") X(TARGET, "target") X(TOTAL, "total")
#define CLASSIFY_BY_MEMBER(id, name) CLASSIFY_BY_##id,
enum classify_by { CLASSIFY_BY_NONE, CLASSIFY_BYS(CLASSIFY_BY_MEMBER) };

const char *classify_by_name(enum classify_by by); /* "none", "dyad", ... */

struct classify_row {
  const char *group; /* the article, day, ...; NULL where not known, and for CLASSIFY_BY_DYAD */
  const char *source, *target; /* source NULL: target units; both: sentence units */
  size_t head;
  uint64_t units, labels[STANCE_LABELS_MAX];
  int64_t score_sum, square_sum; /* ten-thousandths: of scores, and of the labels' squared values under p */
  double score, low, high; /* the mean, and its 95% interval */
  double shares[STANCE_LABELS_MAX]; /* the means of p: what share of units has each label, errors of single units evened out */
};

struct classify_aggregate;
/* Borrows heads. Counts units of dyads and targets; of sentences where the model asks nothing else, and for
 * CLASSIFY_BY_TOTAL. By source, target, total: no dyads, a row an actor as source, as target, a head. NULL: out of memory. */
struct classify_aggregate *classify_aggregate_new(const struct classify_heads *heads, enum classify_by by);
void classify_aggregate_destroy(struct classify_aggregate *aggregate);
void classify_aggregate_clear(struct classify_aggregate *aggregate);
bool classify_aggregate_add(struct classify_aggregate *aggregate, const struct classify_scored *scored); /* false: out of memory */
/* Rows of at least min_count units, by group, then most units first, then by ids. Strings are borrowed; the caller frees *rows. */
bool classify_aggregate_rows(const struct classify_aggregate *aggregate, uint64_t min_count, struct classify_row **rows,
                             size_t *count);
bool classify_aggregate_save(const struct classify_aggregate *aggregate, FILE *file);
bool classify_aggregate_load(struct classify_aggregate *aggregate, FILE *file); /* into an empty one */

/* 95% interval of the mean of n values in [-1, 1], given their mean and mean square: Wilson's score interval (1927) for the share
 * s = (1 + mean) / 2 of n s (1 - s) / v trials, where v is the variance of (1 + value) / 2, taken together with 4 units of variance
 * s (1 - s) so that few units cannot look certain. For values of -1 and 1 it is Wilson's interval; simulated coverage: docs/batch.md. */
void classify_interval(uint64_t n, double mean, double square_mean, double *low, double *high);
/* "2022-05-03" -> "2022-05", "2022-W18" (ISO 8601), ...; false where date is none. out: 16 bytes. */
bool classify_period(enum classify_by by, const char *date, char *out);

/* ---- writing ---------------------------------------------------------------------------------------------- */

void classify_rows_jsonl(const struct classify_style *style, enum classify_by by, const struct classify_row *rows,
                         size_t count, struct stance_buffer *out);
void classify_rows_csv_header(const struct classify_style *style, enum classify_by by, struct stance_buffer *out);
void classify_rows_csv(const struct classify_style *style, enum classify_by by, const struct classify_row *rows,
                       size_t count, struct stance_buffer *out);
void classify_rows_table(const struct classify_style *style, enum classify_by by, const struct classify_row *rows,
                         size_t count, struct stance_buffer *out);
/* One rule, on what stands in the row: the interval excludes 0: the label of that side with most units ("hostile"); else "mixed" where
 * labels of either side have CLASSIFY_MIXED of the units each; else "unclear". *value: -1, 0 or 1. */
#define CLASSIFY_MIXED 0.2
const char *classify_verdict(const struct classify_head *head, const struct classify_row *row, double *value);

#endif
