/* SPDX-License-Identifier: MIT
 * Counting units by dyad, and by article, day, week, month or outlet. Sums are whole numbers, so they do not depend on any order. */
#ifndef STANCE_CLASSIFY_AGGREGATE_H
#define STANCE_CLASSIFY_AGGREGATE_H

#include <stdio.h>

#include "render.h"
#include "scored.h"

/* What units are counted by, and its name in files and flags: X(DYAD, "dyad") ... */
#define CLASSIFY_BYS(X) \
  X(DYAD, "dyad")       \
  X(ARTICLE, "article") \
  X(DAY, "day")         \
  X(WEEK, "week") X(MONTH, "month") X(OUTLET, "outlet") X(SOURCE, "source") X(TARGET, "target") X(TOTAL, "total")
#define CLASSIFY_BY_MEMBER(id, name) CLASSIFY_BY_##id,
enum classify_by { CLASSIFY_BY_NONE, CLASSIFY_BYS(CLASSIFY_BY_MEMBER) CLASSIFY_BY_COLUMN };

const char *classify_by_name(enum classify_by by); /* "none", "dyad", ...; not of CLASSIFY_BY_COLUMN */

/* What rows are counted by: groups of articles (their month, outlet, a column that went along), and which actors stay apart. */
enum { CLASSIFY_GROUPS_MAX = 2, CLASSIFY_GROUP_BYTES = 64 };
struct classify_keys {
  size_t group_count;
  enum classify_by groups[CLASSIFY_GROUPS_MAX];
  char names[CLASSIFY_GROUPS_MAX][CLASSIFY_GROUP_BYTES]; /* of the groups, as in files: "month", "section" */
  bool has_source, has_target;
};
struct classify_keys classify_keys_of(enum classify_by by); /* one of the table: dyads, within articles, days, ... */
/* One name or two: by these alone ("month", "outlet,month", "source,month"; "month,dyad": dyads within months). "article" alone: dyads
 * within articles. "total" beside a name adds nothing. Other names are columns. Usage errors: three names, a name twice, an empty or long one, a field of predictions. */
enum stance_status classify_keys_parse(const char *text, struct classify_keys *keys, struct stance_error *error);
bool classify_keys_is(const struct classify_keys *keys, enum classify_by by); /* dyads within this group alone */
const char *classify_keys_column(const struct classify_keys *keys,
                                 size_t *next); /* the next name of a column; NULL: no more */

struct classify_row {
  const char *group, *second;  /* the article, day, ...; NULL where not known, and where not counted by it */
  const char *source, *target; /* source NULL: target units; both: sentence units */
  size_t head;
  uint64_t units, labels[STANCE_LABELS_MAX];
  int64_t score_sum, square_sum; /* ten-thousandths: of scores, and of the labels' squared values under p */
  double score, low, high;       /* the mean, and its 95% interval */
  double shares
      [STANCE_LABELS_MAX]; /* the means of p: what share of units has each label, errors of single units evened out */
};

struct classify_aggregate;
/* Borrows heads. Counts units of dyads, targets and sentences; a group of days, weeks or months leaves out what has no date. NULL:
 * out of memory. */
struct classify_aggregate *classify_aggregate_new(const struct classify_heads *heads, const struct classify_keys *keys);
/* Frees it; NULL is fine. */
void classify_aggregate_destroy(struct classify_aggregate *aggregate);
/* Forgets all counts, keeps the memory. */
void classify_aggregate_clear(struct classify_aggregate *aggregate);
bool classify_aggregate_add(struct classify_aggregate *aggregate,
                            const struct classify_scored *scored);               /* false: out of memory */
uint64_t classify_aggregate_undated(const struct classify_aggregate *aggregate); /* units left out for want of a date */
/* Rows of at least min_count units, by group, then most units first, then by ids. Strings are borrowed; the caller frees *rows. */
bool classify_aggregate_rows(const struct classify_aggregate *aggregate, uint64_t min_count, struct classify_row **rows,
                             size_t *count);
/* Writes the counts, to be loaded by the same program. False: the file cannot be written. */
bool classify_aggregate_save(const struct classify_aggregate *aggregate, FILE *file);
bool classify_aggregate_load(struct classify_aggregate *aggregate, FILE *file); /* into an empty one */

/* 95% interval of the mean of n values in [-1, 1], given their mean and mean square: Wilson's score interval (1927) for the share
 * s = (1 + mean) / 2 of n s (1 - s) / v trials, where v is the variance of (1 + value) / 2, taken together with 4 units of variance
 * s (1 - s) so that few units cannot look certain. For values of -1 and 1 it is Wilson's interval; simulated coverage: docs/batch.md.
 * One unit shows no spread: -1 to 1. */
void classify_interval(uint64_t n, double mean, double square_mean, double *low, double *high);
/* "2022-05-03" -> "2022-05", "2022-W18" (ISO 8601), ...; false where date is none. out: 16 bytes. */
bool classify_period(enum classify_by by, const char *date, char *out);

/* ---- writing ---------------------------------------------------------------------------------------------- */

/* Appends rows as JSON Lines. */
void classify_rows_jsonl(const struct classify_style *style, const struct classify_keys *keys,
                         const struct classify_row *rows, size_t count, struct stance_buffer *out);
/* Appends the CSV line of the columns' names, which depend on keys and heads. */
void classify_rows_csv_header(const struct classify_style *style, const struct classify_keys *keys,
                              struct stance_buffer *out);
/* Appends rows as CSV, without a header. */
void classify_rows_csv(const struct classify_style *style, const struct classify_keys *keys,
                       const struct classify_row *rows, size_t count, struct stance_buffer *out);
/* Appends rows as a table for people, as wide as the style's width. */
void classify_rows_table(const struct classify_style *style, const struct classify_keys *keys,
                         const struct classify_row *rows, size_t count, struct stance_buffer *out);
/* The network of the dyads among rows, which are moved to the front; false: out of memory. */
bool classify_rows_graph(const struct classify_style *style, bool as_gexf, struct classify_row *rows, size_t count,
                         struct stance_buffer *out);
/* One rule, on what stands in the row: the interval excludes 0: the label of that side with most units ("hostile"); else "mixed" where
 * labels of either side have CLASSIFY_MIXED of the units each; else "unclear". *value: -1, 0 or 1. */
#define CLASSIFY_MIXED 0.2
/* What a row reads as: a pole's label, "mixed", "unclear". *value: the pole's sign, or 0. Constant, or borrowed from head. */
const char *classify_verdict(const struct classify_head *head, const struct classify_row *row, double *value);

#endif
