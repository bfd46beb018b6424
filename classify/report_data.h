/* SPDX-License-Identifier: MIT
 * The data of a report, for the functions that render it. */
#ifndef STANCE_CLASSIFY_REPORT_DATA_H
#define STANCE_CLASSIFY_REPORT_DATA_H

#include "report.h"

enum {
  REPORT_SENTENCES = 15,
  REPORT_ARTICLES = 300,
  REPORT_ACTORS = 14,
  REPORT_EDGES = 40,
  REPORT_LINES = 8,
  REPORT_ROWS = 500
};

enum report_role { REPORT_OTHER, REPORT_SOURCE, REPORT_TARGET, REPORT_EVIDENCE };
struct report_mark {
  uint32_t start, end, role; /* bytes of the sentence */
};
struct report_sentence {
  char *article, *date, *text, *source, *target; /* date may be NULL */
  struct report_mark *marks;                     /* by start */
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
  int head, sentence_head;                            /* of dyads, of sentences; -1: none */
  struct classify_aggregate *dyads, *months, *days;   /* days: NULL where the dates span too much */
  struct classify_aggregate *outlets, *outlet_months; /* not by dyad */
  uint64_t articles, units, first_date, last_date;    /* dates as yyyymmdd; 0: none */
  struct report_sentence lowest[REPORT_SENTENCES], highest[REPORT_SENTENCES]; /* strongest first */
  size_t lowest_count, highest_count;
  struct report_article listed[REPORT_ARTICLES]; /* most labels other than neutral first */
  size_t listed_count;
};

/* ---- writing ------------------------------------------------------------------------------------------------- */

/* Writes "#rrggbb" for a score -1 .. 1: from orange (hostile) over white to blue (friendly). */
void report_colour(char out[8], double score);
/* The first letter of the label that fits the row best: 'h', 'n', 'f'. */
char report_letter(const struct classify_head *head, const struct classify_row *row);

/* Appends the heat map of sources and targets as an <svg>. rows: of the dyad head. */
void report_heat_map(const struct classify_report *report, const struct classify_row *rows, size_t count,
                     struct stance_buffer *out);
/* Appends the network of actors as an <svg>. */
void report_network(const struct classify_report *report, const struct classify_row *rows, size_t count,
                    struct stance_buffer *out);
/* Fills drawn [count] with the rows that heat map and network show. Returns their number. */
size_t report_drawn(const struct classify_row *rows, size_t count, const struct classify_row **drawn);
/* Appends line charts over time of the dyads with most units, each with its table. */
size_t report_lines(const struct classify_report *report, const struct classify_row *rows, size_t count,
                    struct stance_buffer *out); /* returns their number */

/* Appends the labels of sentences by outlet and month, if sentences were scored. */
void report_sentiment(const struct classify_report *report, struct stance_buffer *out);
/* Whether sentences were scored. */
bool report_has_sentiment(const struct classify_report *report);

/* ---- parts ---------------------------------------------------------------------------------------------------- */

extern const char report_svg_style[];
/* Appends links that save a picture as NAME.svg and its numbers as NAME.csv; they contain the files. */
void report_put_links(struct stance_buffer *out, const struct stance_buffer *svg, const struct stance_buffer *csv,
                      const char *name);
/* Appends a figure with links that save it as NAME.svg and its numbers as NAME.csv. */
void report_put_picture(struct stance_buffer *out, const struct stance_buffer *svg, const struct stance_buffer *csv,
                        const char *name);
/* Appends rows as CSV. group: name of the rows' group; NULL: they have none. */
void report_rows_csv(const struct classify_report *report, const char *group, const struct classify_row *const *rows,
                     size_t count, struct stance_buffer *out);
double report_faded(const struct classify_row *row); /* the score for colouring, shrunk towards 0 for few units */
/* Appends the row in words as an SVG <title>, shown on hover. */
void report_row_title(const struct classify_report *report, const struct classify_row *row, struct stance_buffer *out);
void report_word(struct stance_buffer *out, const char *word, double value); /* appends a label as a coloured word */
/* Appends the heading of a column that can be sorted. */
void report_head_cell(struct stance_buffer *out, const char *name, bool is_number);
/* Each appends a cell that is sorted by its number. */
void report_count_cell(struct stance_buffer *out, uint64_t count);
void report_score_cell(struct stance_buffer *out, double score);
/* Appends the headings of a row's numbers and of its verdict, and ends the table's head. units: the name of what is
 * counted. */
void report_count_heads(struct stance_buffer *out, const char *units, const struct classify_head *head);
/* Appends the cells below: units, units of each label, score, ends of its interval. */
void report_count_cells(struct stance_buffer *out, const struct classify_head *head, const struct classify_row *row);

#endif
