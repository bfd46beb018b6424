/* SPDX-License-Identifier: MIT
 * The cells of the page's tables: labels as coloured words, sortable headings, counts, scores. */
#include "report_data.h"
#include "stance/base/markup.h"

void report_word(struct stance_buffer *out, const char *word, double value) {
  stance_buffer_printf(out, "<span class=\"word %c\">", value < 0 ? 'h' : value > 0 ? 'f' : 'n');
  stance_markup_string(out, word);
  stance_buffer_puts(out, "</span>");
}

void report_head_cell(struct stance_buffer *out, const char *name, bool is_number) {
  stance_buffer_printf(out, "<th scope=\"col\"%s><button type=\"button\">", is_number ? " class=\"n\"" : "");
  stance_markup_string(out, name);
  stance_buffer_puts(out, "</button></th>");
}

void report_count_cell(struct stance_buffer *out, uint64_t count) {
  stance_buffer_printf(out, "<td class=\"n\" data-v=\"%llu\">%llu</td>", (unsigned long long)count,
                       (unsigned long long)count);
}

void report_score_cell(struct stance_buffer *out, double score) {
  stance_buffer_printf(out, "<td class=\"n\" data-v=\"%.4f\">%+.2f</td>", score, score);
}

void report_count_heads(struct stance_buffer *out, const char *units, const struct classify_head *head) {
  report_head_cell(out, units, true);
  for (size_t i = 0; i < head->label_count; i++) report_head_cell(out, head->labels[i], true);
  report_head_cell(out, "score", true);
  report_head_cell(out, "low", true);
  report_head_cell(out, "high", true);
  report_head_cell(out, "reads as", false);
  stance_buffer_puts(out, "</tr></thead><tbody>\n");
}

void report_count_cells(struct stance_buffer *out, const struct classify_head *head, const struct classify_row *row) {
  report_count_cell(out, row->units);
  for (size_t i = 0; i < head->label_count; i++) report_count_cell(out, row->labels[i]);
  report_score_cell(out, row->score);
  report_score_cell(out, row->low);
  report_score_cell(out, row->high);
}
