/* SPDX-License-Identifier: MIT
 * The labels of sentences by outlet and by month. */
#include <stdlib.h>

#include "report_data.h"
#include "stance/base/markup.h"

enum { ROWS_MAX = 400 };

/* Makes the rows of the sentence head. Returns their number. */
static size_t sentence_rows(const struct classify_report *report, const struct classify_aggregate *aggregate,
                            struct classify_row **rows) {
  size_t count, kept = 0;
  if (report->sentence_head < 0 || !classify_aggregate_rows(aggregate, 1, rows, &count)) {
    *rows = NULL;
    return 0;
  }
  for (size_t i = 0; i < count; i++)
    if ((int)(*rows)[i].head == report->sentence_head) (*rows)[kept++] = (*rows)[i];
  return kept;
}

bool report_has_sentiment(const struct classify_report *report) {
  struct classify_row *rows;
  size_t count = sentence_rows(report, report->outlets, &rows);
  free(rows);
  return count > 0;
}

static void put_table(const struct classify_report *report, const struct classify_row *rows, size_t count,
                      bool has_month, struct stance_buffer *out) {
  const struct classify_head *head = &report->style->heads->items[report->sentence_head];
  size_t shown = count < ROWS_MAX ? count : ROWS_MAX;
  if (shown < count) stance_buffer_printf(out, "<p>The first %zu rows of %zu.</p>\n", shown, count);
  stance_buffer_puts(out, "<table class=\"sortable\"><thead><tr>");
  report_head_cell(out, "outlet", false);
  if (has_month) report_head_cell(out, "month", false);
  report_count_heads(out, "sentences", head);
  for (size_t i = 0; i < shown; i++) {
    double value;
    stance_buffer_puts(out, "<tr><td>");
    stance_markup_string(out, rows[i].group ? rows[i].group : "not known");
    if (has_month) stance_buffer_puts(out, "</td><td>"), stance_markup_string(out, rows[i].second);
    stance_buffer_puts(out, "</td>");
    report_count_cells(out, head, &rows[i]);
    const char *verdict = classify_verdict(head, &rows[i], &value);
    stance_buffer_puts(out, "<td>");
    report_word(out, verdict, value);
    stance_buffer_puts(out, "</td></tr>\n");
  }
  stance_buffer_puts(out, "</tbody></table>\n");
}

void report_sentiment(const struct classify_report *report, struct stance_buffer *out) {
  struct classify_row *rows;
  size_t count = sentence_rows(report, report->outlets, &rows);
  if (count) {
    const struct classify_row whole = {.head = (size_t)report->sentence_head};
    struct classify_row total = whole;
    stance_buffer_puts(out,
                       "<section id=\"sentiment\"><h2>Sentences' sentiment</h2><p>What sentences say as a whole, "
                       "whoever is in them, by outlet.</p>\n");
    int64_t score_sum = 0, square_sum = 0;
    for (size_t i = 0; i < count; i++) {
      total.units += rows[i].units;
      score_sum += rows[i].score_sum;
      square_sum += rows[i].square_sum;
      for (size_t l = 0; l < STANCE_LABELS_MAX; l++) total.labels[l] += rows[i].labels[l];
    }
    total.score = (double)score_sum / CLASSIFY_ONE / (double)total.units;
    classify_interval(total.units, total.score, (double)square_sum / CLASSIFY_ONE / (double)total.units, &total.low,
                      &total.high);
    put_table(report, rows, count, false, out);
    stance_buffer_puts(out, "<div class=\"lines\">");
    report_lines(report, &total, 1, out);
    stance_buffer_puts(out, "</div>");
    free(rows);
    count = sentence_rows(report, report->outlet_months, &rows);
    if (count) {
      stance_buffer_puts(out, "<h3>By outlet and month</h3>\n");
      put_table(report, rows, count, true, out);
    }
    stance_buffer_puts(out, "</section>\n");
  }
  free(rows);
}
