/* SPDX-License-Identifier: MIT
 * Aggregates as JSON Lines, CSV and tables. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregate.h"
#include "terminal_text.h"

static bool has_group(enum classify_by by) {
  return by >= CLASSIFY_BY_ARTICLE && by <= CLASSIFY_BY_OUTLET;
}

static void put_json_text(struct stance_buffer *out, const char *text) {
  stance_buffer_json_string(out, text, text ? strlen(text) : 0);
}

void classify_rows_jsonl(const struct classify_style *style, enum classify_by by, const struct classify_row *rows,
                         size_t count, struct stance_buffer *out) {
  int first_head = classify_dyad_head(style->heads);
  for (size_t i = 0; i < count; i++) {
    const struct classify_row *row = &rows[i];
    const struct classify_head *head = &style->heads->items[row->head];
    stance_buffer_putc(out, '{');
    if (has_group(by)) {
      stance_buffer_printf(out, "\"%s\":", classify_by_name(by));
      put_json_text(out, row->group);
      stance_buffer_putc(out, ',');
    }
    if (row->source) {
      stance_buffer_puts(out, "\"source\":");
      put_json_text(out, row->source);
      stance_buffer_putc(out, ',');
    }
    if (row->target) {
      stance_buffer_puts(out, "\"target\":");
      put_json_text(out, row->target);
      stance_buffer_putc(out, ',');
    }
    if ((int)row->head != first_head) { /* said only where there is more than the usual question */
      stance_buffer_puts(out, "\"head\":");
      put_json_text(out, head->name);
      stance_buffer_putc(out, ',');
    }
    stance_buffer_puts(out, "\"units\":");
    stance_buffer_unsigned(out, row->units);
    for (size_t j = 0; j < head->label_count; j++) {
      stance_buffer_putc(out, ',');
      put_json_text(out, head->labels[j]);
      stance_buffer_putc(out, ':');
      stance_buffer_unsigned(out, row->labels[j]);
    }
    stance_buffer_puts(out, ",\"score\":");
    stance_buffer_fixed(out, row->score, 4);
    stance_buffer_puts(out, ",\"low\":");
    stance_buffer_fixed(out, row->low, 4);
    stance_buffer_puts(out, ",\"high\":");
    stance_buffer_fixed(out, row->high, 4);
    for (size_t j = 0; j < head->label_count; j++) {
      stance_buffer_puts(out, j ? "," : ",\"shares\":{");
      put_json_text(out, head->labels[j]);
      stance_buffer_putc(out, ':');
      stance_buffer_fixed(out, row->shares[j], 4);
    }
    stance_buffer_puts(out, "}}\n");
  }
}

/* ---- CSV --------------------------------------------------------------------------------------------------- */

static void put_csv(const struct classify_style *style, struct stance_buffer *out, const char *text) {
  if (text) stance_buffer_csv(out, text, strlen(text));
  stance_buffer_putc(out, style->delimiter);
}

/* The labels of the heads that are aggregated: one column for each name. */
static size_t column_labels(const struct classify_style *style, const char **labels) {
  size_t count = 0;
  bool has_pairs = false;
  for (size_t h = 0; h < style->heads->count; h++) has_pairs |= style->heads->items[h].unit != STANCE_UNIT_SENTENCE;
  for (size_t h = 0; h < style->heads->count; h++) {
    const struct classify_head *head = &style->heads->items[h];
    for (size_t i = 0; i < head->label_count && !(has_pairs && head->unit == STANCE_UNIT_SENTENCE); i++) {
      size_t at = 0;
      while (at < count && strcmp(labels[at], head->labels[i]) != 0) at++;
      if (at == count) labels[count++] = head->labels[i];
    }
  }
  return count;
}

enum { SHARE_NAME_MAX = 300 };

void classify_rows_csv_header(const struct classify_style *style, enum classify_by by, struct stance_buffer *out) {
  const char *labels[CLASSIFY_HEADS_MAX * STANCE_LABELS_MAX];
  size_t count = column_labels(style, labels);
  if (has_group(by)) put_csv(style, out, classify_by_name(by));
  put_csv(style, out, "source");
  put_csv(style, out, "target");
  put_csv(style, out, "head");
  put_csv(style, out, "units");
  for (size_t i = 0; i < count; i++) put_csv(style, out, labels[i]);
  put_csv(style, out, "score");
  put_csv(style, out, "low");
  stance_buffer_puts(out, "high");
  for (size_t i = 0; i < count; i++) {
    char name[SHARE_NAME_MAX];
    snprintf(name, sizeof name, "share_%s", labels[i]);
    stance_buffer_putc(out, style->delimiter);
    stance_buffer_csv(out, name, strlen(name));
  }
  stance_buffer_putc(out, '\n');
}

void classify_rows_csv(const struct classify_style *style, enum classify_by by, const struct classify_row *rows,
                       size_t count, struct stance_buffer *out) {
  const char *labels[CLASSIFY_HEADS_MAX * STANCE_LABELS_MAX];
  size_t label_count = column_labels(style, labels);
  for (size_t i = 0; i < count; i++) {
    const struct classify_row *row = &rows[i];
    const struct classify_head *head = &style->heads->items[row->head];
    if (has_group(by)) put_csv(style, out, row->group);
    put_csv(style, out, row->source);
    put_csv(style, out, row->target);
    put_csv(style, out, head->name);
    stance_buffer_unsigned(out, row->units);
    stance_buffer_putc(out, style->delimiter);
    for (size_t l = 0; l < label_count; l++) {
      for (size_t j = 0; j < head->label_count; j++)
        if (strcmp(head->labels[j], labels[l]) == 0) stance_buffer_unsigned(out, row->labels[j]);
      stance_buffer_putc(out, style->delimiter);
    }
    stance_buffer_fixed(out, row->score, 4);
    stance_buffer_putc(out, style->delimiter);
    stance_buffer_fixed(out, row->low, 4);
    stance_buffer_putc(out, style->delimiter);
    stance_buffer_fixed(out, row->high, 4);
    for (size_t l = 0; l < label_count; l++) {
      stance_buffer_putc(out, style->delimiter);
      for (size_t j = 0; j < head->label_count; j++)
        if (strcmp(head->labels[j], labels[l]) == 0) stance_buffer_fixed(out, row->shares[j], 4);
    }
    stance_buffer_putc(out, '\n');
  }
}

/* ---- tables ------------------------------------------------------------------------------------------------- */

/* The label with most units among those of the sign's side; the outermost of them where none has a unit. */
static size_t side_label(const struct classify_head *head, const struct classify_row *row, double sign) {
  size_t best = 0;
  for (size_t i = 1; i < head->label_count; i++) {
    double here = head->values[i] * sign, there = head->values[best] * sign;
    if (there <= 0 ? here > there : here > 0 && row->labels[i] > row->labels[best]) best = i;
    else if (here > there && row->labels[i] == row->labels[best]) best = i;
  }
  return best;
}

const char *classify_verdict(const struct classify_head *head, const struct classify_row *row, double *value) {
  double below = 0, above = 0, units = (double)row->units;
  for (size_t i = 0; i < head->label_count; i++) {
    if (head->values[i] < 0) below += (double)row->labels[i];
    if (head->values[i] > 0) above += (double)row->labels[i];
  }
  *value = row->high < 0 ? -1 : row->low > 0 ? 1 : 0;
  if (*value < 0 || *value > 0) return head->labels[side_label(head, row, *value)];
  return units > 0 && below >= CLASSIFY_MIXED * units && above >= CLASSIFY_MIXED * units ? "mixed" : "unclear";
}

static size_t name_column(const struct classify_style *style, const struct classify_row *rows, size_t count, bool is_group) {
  size_t widest = 5;
  for (size_t i = 0; i < count; i++) {
    const struct classify_row *row = &rows[i];
    const char *source = classify_actor_name(style, row->source), *target = classify_actor_name(style, row->target);
    size_t width = is_group ? (row->group ? classify_width(row->group, strlen(row->group)) : 1)
                            : classify_width(source, strlen(source)) + 4 + classify_width(target, strlen(target));
    if (width > widest) widest = width;
  }
  return widest;
}

static void put_row(const struct classify_style *style, const struct classify_row *row, size_t group_width, size_t pair_width,
                    struct stance_buffer *out) {
  const struct classify_head *head = &style->heads->items[row->head];
  struct stance_buffer pair = {0};
  double value;
  if (group_width) {
    const char *group = row->group ? row->group : "-";
    classify_put_padded(out, group, strlen(group), group_width);
    stance_buffer_puts(out, "  ");
  }
  if (row->source) stance_buffer_printf(&pair, "%s -> ", classify_actor_name(style, row->source));
  stance_buffer_puts(&pair, row->target ? classify_actor_name(style, row->target) : head->name);
  classify_put_padded(out, pair.data ? pair.data : "", pair.length, pair_width);
  stance_buffer_free(&pair);
  stance_buffer_printf(out, " %6llu", (unsigned long long)row->units);
  for (size_t i = 0; i < head->label_count; i++) {
    size_t width = strlen(head->labels[i]) < 7 ? 7 : strlen(head->labels[i]);
    stance_buffer_printf(out, " %*llu", (int)width, (unsigned long long)row->labels[i]);
  }
  stance_buffer_printf(out, "  %+.2f  %+.2f .. %+.2f  ", row->score, row->low, row->high);
  const char *verdict = classify_verdict(head, row, &value);
  stance_buffer_puts(out, classify_colour(style, value));
  stance_buffer_puts(out, verdict);
  stance_buffer_puts(out, classify_colour_end(style));
  stance_buffer_putc(out, '\n');
}

static void put_header(const struct classify_style *style, const struct classify_head *head, enum classify_by by,
                       size_t group_width, size_t pair_width, struct stance_buffer *out) {
  const char *bold = style->has_colour ? "\033[1m" : "", *what = head->unit == STANCE_UNIT_DYAD ? "dyad"
                                                          : head->unit == STANCE_UNIT_TARGET ? "target" : "head";
  stance_buffer_puts(out, bold);
  if (group_width) {
    classify_put_padded(out, classify_by_name(by), strlen(classify_by_name(by)), group_width);
    stance_buffer_puts(out, "  ");
  }
  classify_put_padded(out, what, strlen(what), pair_width);
  stance_buffer_puts(out, "  units");
  for (size_t i = 0; i < head->label_count; i++) stance_buffer_printf(out, " %7s", head->labels[i]);
  stance_buffer_puts(out, "  score  95% interval");
  stance_buffer_puts(out, classify_colour_end(style));
  stance_buffer_putc(out, '\n');
}

void classify_rows_table(const struct classify_style *style, enum classify_by by, const struct classify_row *rows,
                         size_t count, struct stance_buffer *out) {
  size_t group_width = has_group(by) ? name_column(style, rows, count, true) : 0;
  size_t pair_width = name_column(style, rows, count, false), heads_seen = 0;
  if (group_width && group_width < strlen(classify_by_name(by))) group_width = strlen(classify_by_name(by));
  size_t label_width = 0;
  for (size_t h = 0; h < style->heads->count; h++) { /* of the widest head that has rows */
    size_t width = 0, is_used = 0;
    for (size_t i = 0; i < count && !is_used; i++) is_used = rows[i].head == h;
    heads_seen += is_used;
    for (size_t i = 0; i < style->heads->items[h].label_count && is_used; i++) {
      size_t length = strlen(style->heads->items[h].labels[i]);
      width += 1 + (length < 7 ? 7 : length);
    }
    if (width > label_width) label_width = width;
  }
  size_t others = 7 + label_width + 2 + 5 + 2 + 14 + 2 + 14, room = (size_t)style->width > others ? (size_t)style->width - others : 0;
  if (group_width > 24 && !style->keeps_names) group_width = 24;
  if (group_width && room > group_width + 2) room -= group_width + 2;
  if (room < 24) room = 24;
  if (pair_width > room && !style->keeps_names) pair_width = room;
  for (size_t h = 0; h < style->heads->count; h++) {
    bool is_begun = false;
    for (size_t i = 0; i < count; i++) {
      if (rows[i].head != h) continue;
      if (!is_begun) put_header(style, &style->heads->items[h], by, group_width, pair_width, out);
      is_begun = true;
      put_row(style, &rows[i], group_width, pair_width, out);
    }
    if (is_begun && heads_seen > 1) stance_buffer_putc(out, '\n');
  }
  if (!count) stance_buffer_puts(out, "No dyads were found.\n");
}
