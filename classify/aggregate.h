/* SPDX-License-Identifier: MIT
 * Counts of units by dyad, and by article, day, week, month or outlet. Sums are whole numbers, so they do not depend on
 * the order of adding. One thread at a time for each aggregate. */
#ifndef STANCE_CLASSIFY_AGGREGATE_H
#define STANCE_CLASSIFY_AGGREGATE_H

#include <stdio.h>

#include "facts.h"
#include "render.h"
#include "scored.h"

/* What units are grouped by, with the name in files and flags: X(DYAD, "dyad") ... */
#define CLASSIFY_BYS(X) \
  X(DYAD, "dyad")       \
  X(ARTICLE, "article") \
  X(DAY, "day")         \
  X(WEEK, "week")       \
  X(MONTH, "month") X(YEAR, "year") X(OUTLET, "outlet") X(SOURCE, "source") X(TARGET, "target") X(TOTAL, "total")
#define CLASSIFY_BY_MEMBER(id, name) CLASSIFY_BY_##id,
enum classify_by { CLASSIFY_BY_NONE, CLASSIFY_BYS(CLASSIFY_BY_MEMBER) CLASSIFY_BY_COLUMN };

const char *classify_by_name(enum classify_by by); /* "none", "dyad", ...; not of CLASSIFY_BY_COLUMN */

/* The keys of rows: groups of articles (by month, outlet, a kept column), and which actors are distinguished. */
enum { CLASSIFY_GROUPS_MAX = 2, CLASSIFY_GROUP_BYTES = 64 };
struct classify_keys {
  size_t group_count;
  enum classify_by groups[CLASSIFY_GROUPS_MAX];
  char names[CLASSIFY_GROUPS_MAX][CLASSIFY_GROUP_BYTES]; /* names of the groups, as in files: "month", "section" */
  bool has_source, has_target;
};
struct classify_keys classify_keys_of(enum classify_by by); /* dyads within `by`; CLASSIFY_BY_DYAD: dyads */
/* Parses one or two names: "month", "outlet,month", "source,month" count by just these; "month,dyad" counts dyads
 * within months; "article" by itself counts dyads within articles; "total" beside another name adds nothing; an unknown
 * name is a kept column. STANCE_USAGE: more than two names, a name twice, empty or too long, or a field of
 * predictions. */
enum stance_status classify_keys_parse(const char *text, struct classify_keys *keys, struct stance_error *error);
bool classify_keys_is(const struct classify_keys *keys,
                      enum classify_by by); /* whether the keys are dyads within this group only */
const char *classify_keys_column(const struct classify_keys *keys,
                                 size_t *next); /* the next kept column from group *next on; NULL: no more */

struct classify_row {
  const char *group, *second;  /* values of the groups: the article, day, ...; NULL: unknown, or no such group */
  const char *source, *target; /* source NULL: target units; both NULL: sentence units */
  size_t head;
  uint64_t units, labels[STANCE_LABELS_MAX];
  int64_t score_sum,
      square_sum; /* in ten-thousandths: sums of scores, and of the mean of the labels' squared values under p */
  double score, low, high; /* the mean score, and its 95% interval */
  double shares
      [STANCE_LABELS_MAX]; /* mean p of each label: an estimate of its share that evens out errors in single units */
};

struct classify_aggregate;
/* An empty aggregate for dyads, targets and sentences; borrows heads. Groups of days, weeks or months omit units
 * without a date. NULL: out of memory. */
struct classify_aggregate *classify_aggregate_new(const struct classify_heads *heads, const struct classify_keys *keys);
/* Frees it; NULL is fine. */
void classify_aggregate_destroy(struct classify_aggregate *aggregate);
/* Resets all counts, keeps the memory. */
void classify_aggregate_clear(struct classify_aggregate *aggregate);
bool classify_aggregate_add(struct classify_aggregate *aggregate,
                            const struct classify_scored *scored); /* false: out of memory */
uint64_t classify_aggregate_undated(
    const struct classify_aggregate *aggregate); /* units omitted as they have no date */
/* Makes the rows with at least min_count units, sorted by group, then by units descending, then by ids. Strings are
 * borrowed; free *rows. False: out of memory. */
bool classify_aggregate_rows(const struct classify_aggregate *aggregate, uint64_t min_count, struct classify_row **rows,
                             size_t *count);
/* The same of the rows with the head, source and target of `like` alone. */
bool classify_aggregate_rows_like(const struct classify_aggregate *aggregate, const struct classify_row *like,
                                  struct classify_row **rows, size_t *count);
/* Writes the counts in a format for this version of the program. False: the file can not be written. */
bool classify_aggregate_save(const struct classify_aggregate *aggregate, FILE *file);
bool classify_aggregate_load(struct classify_aggregate *aggregate,
                             FILE *file); /* into an empty aggregate; false: damaged, or out of memory */

/* 95% interval of the mean of n values in [-1, 1], from their mean and mean square. It is Wilson's score interval
 * (1927) for the share s = (1 + mean) / 2 with the effective sample size n s (1 - s) / v, where v is the variance of (1
 * + value) / 2 pooled with 4 units of variance s (1 - s), so that few units never look certain. For values of -1 and 1
 * it is Wilson's interval; for n = 1 it is -1 to 1. Simulated coverage: docs/batch.md. Thread-safe. */
void classify_interval(uint64_t n, double mean, double square_mean, double *low, double *high);
/* The period of a date: "2022-05-03" -> "2022-05", "2022-W18" (ISO 8601), ... out: 16 bytes. False: no date. */
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
/* Appends the network of the dyads among rows, as GraphML or GEXF, with the facts; moves them to the front. False: out of memory. */
bool classify_rows_graph(const struct classify_style *style, bool as_gexf, const struct classify_facts *facts,
                         struct classify_row *rows, size_t count, struct stance_buffer *out);
#define CLASSIFY_MIXED 0.2
/* The verdict on a row. If its interval excludes 0: the label with most units on that side ("hostile"); else "mixed" if
 * the labels of each side have at least CLASSIFY_MIXED of the units; else "unclear". *value: -1 or 1, the side; else 0.
 * Constant, or borrowed from head. */
const char *classify_verdict(const struct classify_head *head, const struct classify_row *row, double *value);

#endif
