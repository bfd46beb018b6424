/* SPDX-License-Identifier: MIT
 * Aggregates as JSON Lines, CSV and tables. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregate.h"
#include "terminal_text.h"

static const char *group_of(const struct classify_row *row, size_t index) { return index ? row->second : row->group; }

static void put_json_text(struct stance_buffer *out, const char *text) {
  stance_buffer_json_string(out, text, text ? strlen(text) : 0);
}

void classify_rows_jsonl(const struct classify_style *style, const struct classify_keys *keys,
                         const struct classify_row *rows, size_t count, struct stance_buffer *out) {
  int first_head = classify_dyad_head(style->heads);
  for (size_t i = 0; i < count; i++) {
    const struct classify_row *row = &rows[i];
    const struct classify_head *head = &style->heads->items[row->head];
    stance_buffer_putc(out, '{');
    for (size_t g = 0; g < keys->group_count; g++) {
      put_json_text(out, keys->names[g]);
      stance_buffer_putc(out, ':');
      put_json_text(out, group_of(row, g));
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
    if ((int)row->head != first_head) { /* only if there is more than the first head */
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
  if (text) classify_put_field(style, out, text, strlen(text));
  stance_buffer_putc(out, style->delimiter);
}

/* The labels of all heads, one column for each name, those of sentence heads last. */
static size_t column_labels(const struct classify_style *style, const char **labels) {
  size_t count = 0;
  for (int of_sentences = 0; of_sentences < 2; of_sentences++)
    for (size_t h = 0; h < style->heads->count; h++) {
      const struct classify_head *head = &style->heads->items[h];
      if ((head->unit == STANCE_UNIT_SENTENCE) != of_sentences) continue;
      for (size_t i = 0; i < head->label_count; i++) {
        size_t at = 0;
        while (at < count && strcmp(labels[at], head->labels[i]) != 0) at++;
        if (at == count) labels[count++] = head->labels[i];
      }
    }
  return count;
}

enum { SHARE_NAME_MAX = 300 };

void classify_rows_csv_header(const struct classify_style *style, const struct classify_keys *keys,
                              struct stance_buffer *out) {
  const char *labels[CLASSIFY_HEADS_MAX * STANCE_LABELS_MAX];
  size_t count = column_labels(style, labels);
  for (size_t g = 0; g < keys->group_count; g++) put_csv(style, out, keys->names[g]);
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

void classify_rows_csv(const struct classify_style *style, const struct classify_keys *keys,
                       const struct classify_row *rows, size_t count, struct stance_buffer *out) {
  const char *labels[CLASSIFY_HEADS_MAX * STANCE_LABELS_MAX];
  size_t label_count = column_labels(style, labels);
  for (size_t i = 0; i < count; i++) {
    const struct classify_row *row = &rows[i];
    const struct classify_head *head = &style->heads->items[row->head];
    for (size_t g = 0; g < keys->group_count; g++) put_csv(style, out, group_of(row, g));
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

/* The label with most units on the sign's side; the outermost one if none has units. */
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

enum { GROUP_WIDTH_MAX = 24 };

/* The widths of a table's columns. */
struct widths {
  size_t groups[CLASSIFY_GROUPS_MAX], name;
};

static const char *group_text(const struct classify_row *row, size_t index) {
  const char *text = group_of(row, index);
  return text ? text : "-";
}

/* "France -> Mali", "France" as source, target or target alone, the head's name. */
static void put_name(const struct classify_style *style, const struct classify_row *row, struct stance_buffer *out) {
  if (row->source) stance_buffer_puts(out, classify_actor_name(style, row->source));
  if (row->source && row->target) stance_buffer_puts(out, " -> ");
  if (row->target) stance_buffer_puts(out, classify_actor_name(style, row->target));
  if (!row->source && !row->target) stance_buffer_puts(out, style->heads->items[row->head].name);
}

static size_t name_width(const struct classify_style *style, const struct classify_row *rows, size_t count) {
  size_t widest = 5;
  struct stance_buffer name = {0};
  for (size_t i = 0; i < count; i++) {
    stance_buffer_clear(&name);
    put_name(style, &rows[i], &name);
    size_t width = name.data ? classify_width(name.data, name.length) : 0;
    if (width > widest) widest = width;
  }
  stance_buffer_free(&name);
  return widest;
}

static size_t group_width(const struct classify_keys *keys, size_t index, const struct classify_row *rows,
                          size_t count) {
  size_t widest = strlen(keys->names[index]) < 5 ? 5 : strlen(keys->names[index]);
  for (size_t i = 0; i < count; i++) {
    const char *text = group_text(&rows[i], index);
    size_t width = classify_width(text, strlen(text));
    if (width > widest) widest = width;
  }
  return widest;
}

enum { LABEL_WIDTH_LEAST = 7 };

static size_t label_width(const char *label) {
  size_t width = classify_width(label, strlen(label));
  return width < LABEL_WIDTH_LEAST ? LABEL_WIDTH_LEAST : width;
}

static void put_row(const struct classify_style *style, const struct classify_keys *keys,
                    const struct classify_row *row, const struct widths *widths, struct stance_buffer *out) {
  const struct classify_head *head = &style->heads->items[row->head];
  struct stance_buffer name = {0};
  double value;
  for (size_t g = 0; g < keys->group_count; g++) {
    classify_put_padded(out, group_text(row, g), strlen(group_text(row, g)), widths->groups[g]);
    stance_buffer_puts(out, "  ");
  }
  put_name(style, row, &name);
  classify_put_padded(out, name.data ? name.data : "", name.length, widths->name);
  if (name.failed) out->failed = true;
  stance_buffer_free(&name);
  stance_buffer_printf(out, " %6llu", (unsigned long long)row->units);
  for (size_t i = 0; i < head->label_count; i++) {
    stance_buffer_printf(out, " %*llu", (int)label_width(head->labels[i]), (unsigned long long)row->labels[i]);
  }
  stance_buffer_printf(out, "  %+.2f  %+.2f .. %+.2f  ", row->score, row->low, row->high);
  const char *verdict = classify_verdict(head, row, &value);
  stance_buffer_puts(out, classify_colour(style, value));
  classify_put_plain(out, verdict, strlen(verdict));
  stance_buffer_puts(out, classify_colour_end(style));
  stance_buffer_putc(out, '\n');
}

static void put_header(const struct classify_style *style, const struct classify_keys *keys,
                       const struct classify_head *head, const struct widths *widths, struct stance_buffer *out) {
  const char *what = head->unit == STANCE_UNIT_SENTENCE                   ? "sentences"
                     : !keys->has_source && !keys->has_target             ? "head"
                     : !keys->has_target                                  ? "source"
                     : head->unit == STANCE_UNIT_DYAD && keys->has_source ? "dyad"
                                                                          : "target";
  stance_buffer_puts(out, style->has_colour ? "\033[1m" : "");
  for (size_t g = 0; g < keys->group_count; g++) {
    classify_put_padded(out, keys->names[g], strlen(keys->names[g]), widths->groups[g]);
    stance_buffer_puts(out, "  ");
  }
  classify_put_padded(out, what, strlen(what), widths->name);
  stance_buffer_puts(out, "  units");
  for (size_t i = 0; i < head->label_count; i++) {
    size_t width = classify_width(head->labels[i], strlen(head->labels[i]));
    stance_buffer_printf(out, " %*s", (int)(label_width(head->labels[i]) - width), "");
    classify_put_plain(out, head->labels[i], strlen(head->labels[i]));
  }
  stance_buffer_puts(out, "  score  95% interval");
  stance_buffer_puts(out, classify_colour_end(style));
  stance_buffer_putc(out, '\n');
}

/* The screen columns for labels of the widest head with rows; *heads_seen: number of heads with rows. */
static size_t label_columns(const struct classify_style *style, const struct classify_row *rows, size_t count,
                            size_t *heads_seen) {
  size_t widest = 0;
  *heads_seen = 0;
  for (size_t h = 0; h < style->heads->count; h++) {
    size_t width = 0, is_used = 0;
    for (size_t i = 0; i < count && !is_used; i++) is_used = rows[i].head == h;
    *heads_seen += is_used;
    for (size_t i = 0; i < style->heads->items[h].label_count && is_used; i++)
      width += 1 + label_width(style->heads->items[h].labels[i]);
    if (width > widest) widest = width;
  }
  return widest;
}

static void put_head_rows(const struct classify_style *style, const struct classify_keys *keys, size_t head,
                          const struct widths *widths, const struct classify_row *rows, size_t count, bool with_gap,
                          struct stance_buffer *out) {
  bool is_begun = false;
  for (size_t i = 0; i < count; i++) {
    if (rows[i].head != head) continue;
    if (!is_begun) put_header(style, keys, &style->heads->items[head], widths, out);
    is_begun = true;
    put_row(style, keys, &rows[i], widths, out);
  }
  if (is_begun && with_gap) stance_buffer_putc(out, '\n');
}

void classify_rows_table(const struct classify_style *style, const struct classify_keys *keys,
                         const struct classify_row *rows, size_t count, struct stance_buffer *out) {
  struct widths widths = {.name = name_width(style, rows, count)};
  size_t heads_seen, others = 7 + label_columns(style, rows, count, &heads_seen) + 2 + 5 + 2 + 14 + 2 + 14;
  size_t room = (size_t)style->width > others ? (size_t)style->width - others : 0;
  for (size_t g = 0; g < keys->group_count; g++) {
    widths.groups[g] = group_width(keys, g, rows, count);
    if (widths.groups[g] > GROUP_WIDTH_MAX && !style->keeps_names) widths.groups[g] = GROUP_WIDTH_MAX;
    if (room > widths.groups[g] + 2) room -= widths.groups[g] + 2;
  }
  if (room < 24) room = 24;
  if (widths.name > room && !style->keeps_names) widths.name = room;
  if (widths.name < 9 && heads_seen > 1) widths.name = 9;      /* "sentences" */
  for (int of_sentences = 0; of_sentences < 2; of_sentences++) /* dyads and targets first */
    for (size_t h = 0; h < style->heads->count; h++)
      if ((style->heads->items[h].unit == STANCE_UNIT_SENTENCE) == of_sentences)
        put_head_rows(style, keys, h, &widths, rows, count, heads_seen > 1, out);
  bool has_pairs = false;
  for (size_t i = 0; i < count; i++) has_pairs |= style->heads->items[rows[i].head].unit != STANCE_UNIT_SENTENCE;
  if (!has_pairs && classify_dyad_head(style->heads) >= 0)
    stance_buffer_puts(out, style->is_part ? "No dyads are left.\n" : "No dyads were found.\n");
  else if (!count) stance_buffer_puts(out, style->is_part ? "No rows are left.\n" : "No units were found.\n");
  if (count)
    stance_buffer_printf(
        out, "%s95%% interval: the spread of these labels, not the model's error, which 'stance estimate' corrects\n",
        heads_seen > 1 ? "" : "\n");
}
