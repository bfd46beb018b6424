/* SPDX-License-Identifier: MIT
 * What a report has gathered, for the functions that draw it. */
#ifndef STANCE_CLASSIFY_REPORT_DATA_H
#define STANCE_CLASSIFY_REPORT_DATA_H

#include "report.h"

enum { REPORT_SENTENCES = 15, REPORT_ARTICLES = 300, REPORT_ACTORS = 14, REPORT_EDGES = 40, REPORT_LINES = 8, REPORT_ROWS = 500 };

enum report_role { REPORT_OTHER, REPORT_SOURCE, REPORT_TARGET, REPORT_EVIDENCE };
struct report_mark {
  uint32_t start, end, role; /* bytes of the sentence */
};
struct report_sentence {
  char *article, *date, *text, *source, *target; /* date may be NULL */
  struct report_mark *marks; /* by start */
  uint32_t mark_count, index, label;
  int32_t score, p;
};
struct report_article {
  char *id, *date, *title, *outlet; /* all but id may be NULL */
  uint64_t units, labels[STANCE_LABELS_MAX], strong;
  int64_t score_sum;
};

struct classify_report {
  const struct classify_style *style;
  int head; /* of dyads; -1: none */
  struct classify_aggregate *dyads, *months, *days; /* days: NULL where the dates span too much */
  uint64_t articles, units, first_date, last_date; /* dates as yyyymmdd; 0: none */
  struct report_sentence lowest[REPORT_SENTENCES], highest[REPORT_SENTENCES]; /* strongest first */
  size_t lowest_count, highest_count;
  struct report_article listed[REPORT_ARTICLES]; /* most to say first */
  size_t listed_count;
};

/* ---- writing ------------------------------------------------------------------------------------------------- */

/* "#rrggbb" between white and the colour of hostile (orange) or friendly (blue), for -1 .. 1. */
void report_colour(char out[8], double score);
/* "h", "n", "f": the first letter of the label that fits the row best. */
char report_letter(const struct classify_head *head, const struct classify_row *row);

/* One <svg> each. rows: those of the dyad head. */
void report_heat_map(const struct classify_report *report, const struct classify_row *rows, size_t count, struct stance_buffer *out);
void report_network(const struct classify_report *report, const struct classify_row *rows, size_t count, struct stance_buffer *out);
/* Lines over time of the dyads with most units, each with its table. */
void report_lines(const struct classify_report *report, const struct classify_row *rows, size_t count, struct stance_buffer *out);

#endif
