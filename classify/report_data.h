/* SPDX-License-Identifier: MIT
 * What a report has gathered, for the functions that draw it. */
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
  struct classify_aggregate *outlets, *outlet_months; /* without dyads */
  uint64_t articles, units, first_date, last_date;    /* dates as yyyymmdd; 0: none */
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
void report_heat_map(const struct classify_report *report, const struct classify_row *rows, size_t count,
                     struct stance_buffer *out);
/* Appends the picture of the actors and who is hostile or friendly to whom. */
void report_network(const struct classify_report *report, const struct classify_row *rows, size_t count,
                    struct stance_buffer *out);
/* The rows that both draw, into drawn [count]; returns how many. */
size_t report_drawn(const struct classify_row *rows, size_t count, const struct classify_row **drawn);
/* Lines over time of the dyads with most units, each with its table. */
size_t report_lines(const struct classify_report *report, const struct classify_row *rows, size_t count,
                    struct stance_buffer *out); /* how many were drawn */

/* What sentences say, by outlet and month; nothing where none was scored. */
void report_sentiment(const struct classify_report *report, struct stance_buffer *out);
/* Whether sentences were labelled at all. */
bool report_has_sentiment(const struct classify_report *report);

/* ---- parts ---------------------------------------------------------------------------------------------------- */

extern const char report_svg_style[];
/* The picture, with links that save it as NAME.svg and its numbers as NAME.csv. */
void report_put_picture(struct stance_buffer *out, const struct stance_buffer *svg, const struct stance_buffer *csv,
                        const char *name);
/* group: the name of rows' groups; NULL: they have none */
void report_rows_csv(const struct classify_report *report, const char *group, const struct classify_row *const *rows,
                     size_t count, struct stance_buffer *out);
double report_faded(const struct classify_row *row); /* the score as it is coloured: paler the fewer units there are */
/* Appends the row in words, as a <title> that SVG shows under the pointer. */
void report_row_title(const struct classify_report *report, const struct classify_row *row, struct stance_buffer *out);
void report_word(struct stance_buffer *out, const char *word, double value); /* a label as a coloured word */
/* The head of a column that can be sorted by. */
void report_head_cell(struct stance_buffer *out, const char *name, bool is_number);
/* Each: a cell that is sorted by its number. */
void report_count_cell(struct stance_buffer *out, uint64_t count);
void report_score_cell(struct stance_buffer *out, double score);
/* The heads of a row's figures, and of what it reads as; ends the table's head. units: the name of what is counted. */
void report_count_heads(struct stance_buffer *out, const char *units, const struct classify_head *head);
/* The cells below: units, units of each label, score and the ends of its interval. */
void report_count_cells(struct stance_buffer *out, const struct classify_head *head, const struct classify_row *row);

#endif
