/* SPDX-License-Identifier: MIT
 * Predictions and events as CSV or TSV, for R, pandas and spreadsheets. */
#include <stdlib.h>
#include <string.h>

#include "render.h"
#include "stance/text/article.h"

/* TSV has no quotes: tabs and line ends become spaces. */
void classify_put_field(const struct classify_style *style, struct stance_buffer *out, const char *text,
                        size_t length) {
  if (style->guards_formulas && length && memchr("=+-@\t\r", text[0], 6)) {
    const struct classify_style unguarded = {.delimiter = style->delimiter};
    struct stance_buffer guarded = {0};
    stance_buffer_putc(&guarded, '\'');
    stance_buffer_append(&guarded, text, length);
    if (guarded.failed) out->failed = true;
    else classify_put_field(&unguarded, out, guarded.data, guarded.length);
    stance_buffer_free(&guarded);
    return;
  }
  if (style->delimiter != '\t') {
    stance_buffer_csv(out, text, length);
    return;
  }
  size_t plain = 0;
  for (size_t i = 0; i < length; i++) {
    if (text[i] != '\t' && text[i] != '\n' && text[i] != '\r') continue;
    stance_buffer_append(out, text + plain, i - plain);
    stance_buffer_putc(out, ' ');
    plain = i + 1;
  }
  stance_buffer_append(out, text + plain, length - plain);
}

static void put_text(const struct classify_style *style, struct stance_buffer *out, const char *text) {
  if (text) classify_put_field(style, out, text, strlen(text));
  stance_buffer_putc(out, style->delimiter);
}

/* Fills the labels of all heads, each name once, in order of appearance. Returns their number. */
static size_t all_labels(const struct classify_heads *heads, const char **labels, size_t most) {
  size_t count = 0;
  for (size_t h = 0; h < heads->count; h++)
    for (size_t i = 0; i < heads->items[h].label_count; i++) {
      const char *label = heads->items[h].labels[i];
      size_t at = 0;
      while (at < count && strcmp(labels[at], label) != 0) at++;
      if (at == count && count < most) labels[count++] = label;
    }
  return count;
}

enum { LABELS_MAX = CLASSIFY_HEADS_MAX * STANCE_LABELS_MAX };

enum { COLUMNS = 10 };
static const struct {
  const char *name;
  unsigned field;
} columns[COLUMNS] = {{"article", CLASSIFY_ARTICLE},   {"date", CLASSIFY_DATE},   {"outlet", CLASSIFY_OUTLET},
                      {"sentence", CLASSIFY_SENTENCE}, {"head", CLASSIFY_HEAD},   {"source", CLASSIFY_SOURCE},
                      {"target", CLASSIFY_TARGET},     {"label", CLASSIFY_LABEL}, {"p", CLASSIFY_P},
                      {"score", CLASSIFY_SCORE}};

/* Replaces the delimiter after the last column by the line end. */
static void end_row(struct stance_buffer *out, size_t start) {
  if (out->length > start) out->length--;
  stance_buffer_putc(out, '\n');
}

void classify_csv_header(const struct classify_style *style, struct stance_buffer *out) {
  const char *labels[LABELS_MAX];
  size_t count = all_labels(style->heads, labels, LABELS_MAX), start = out->length;
  for (size_t i = 0; i < COLUMNS; i++)
    if (!(style->leaves_out & columns[i].field)) put_text(style, out, columns[i].name);
  for (size_t i = 0; i < count && !(style->leaves_out & CLASSIFY_P_LABELS); i++) {
    stance_buffer_puts(out, "p_");
    put_text(style, out, labels[i]);
  }
  if (!(style->leaves_out & CLASSIFY_TEXT)) put_text(style, out, "text");
  end_row(out, start);
}

static void put_number(const struct classify_style *style, unsigned field, int32_t share, struct stance_buffer *out) {
  if (style->leaves_out & field) return;
  classify_put_share(out, share);
  stance_buffer_putc(out, style->delimiter);
}

static void put_row(const struct classify_style *style, const struct classify_scored *scored,
                    const struct classify_sentence *sentence, const struct classify_unit *unit,
                    const char *const *labels, size_t label_count, struct stance_buffer *out) {
  const struct classify_head *head = &style->heads->items[unit->head];
  const char *const texts[COLUMNS - 2] = {scored->id, scored->date, scored->outlet, NULL,
                                          head->name, unit->source, unit->target,   head->labels[unit->label]};
  size_t start = out->length;
  for (size_t i = 0; i < COLUMNS - 2; i++) {
    if (style->leaves_out & columns[i].field) continue;
    if (columns[i].field == CLASSIFY_SENTENCE) stance_buffer_unsigned(out, sentence->index);
    put_text(style, out, texts[i]);
  }
  put_number(style, CLASSIFY_P, unit->p[unit->label], out);
  put_number(style, CLASSIFY_SCORE, unit->score, out);
  for (size_t l = 0; l < label_count && !(style->leaves_out & CLASSIFY_P_LABELS); l++) {
    for (size_t j = 0; j < head->label_count; j++)
      if (strcmp(head->labels[j], labels[l]) == 0) classify_put_share(out, unit->p[j]);
    stance_buffer_putc(out, style->delimiter);
  }
  if (!(style->leaves_out & CLASSIFY_TEXT)) {
    classify_put_field(style, out, sentence->text, sentence->length);
    stance_buffer_putc(out, style->delimiter);
  }
  end_row(out, start);
}

void classify_render_csv(const struct classify_style *style, const struct classify_scored *scored, uint32_t *next,
                         size_t limit, struct stance_buffer *out) {
  const char *labels[LABELS_MAX];
  size_t count = all_labels(style->heads, labels, LABELS_MAX);
  for (; *next < scored->sentence_count && out->length < limit; ++*next) {
    const struct classify_sentence *sentence = &scored->sentences[*next];
    for (uint32_t i = 0; i < sentence->unit_count; i++)
      put_row(style, scored, sentence, &scored->units[sentence->unit_first + i], labels, count, out);
  }
}

void classify_events_header(const struct classify_style *style, struct stance_buffer *out) {
  static const char *const names[] = {"date", "source", "target", "label", "score", "p", "article"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) put_text(style, out, names[i]);
  stance_buffer_puts(out, "sentence\n");
}

/* Appends the day of a date with a time; other text unchanged. */
static void put_day(const struct classify_style *style, struct stance_buffer *out, const char *date) {
  char day[11];
  if (date && stance_date_parse(date) && strlen(date) > 10) {
    memcpy(day, date, 10);
    day[10] = '\0';
    date = day;
  }
  put_text(style, out, date);
}

static void render_events(const struct classify_style *style, const struct classify_scored *scored, uint32_t *next,
                          size_t limit, bool with_sentences, struct stance_buffer *out) {
  for (; *next < scored->sentence_count && out->length < limit; ++*next) {
    const struct classify_sentence *sentence = &scored->sentences[*next];
    for (uint32_t i = 0; i < sentence->unit_count; i++) {
      const struct classify_unit *unit = &scored->units[sentence->unit_first + i];
      const struct classify_head *head = &style->heads->items[unit->head];
      bool is_wanted = head->unit == STANCE_UNIT_DYAD || (with_sentences && head->unit == STANCE_UNIT_SENTENCE);
      if (!is_wanted || head->values[unit->label] == 0) continue;
      put_day(style, out, scored->date);
      put_text(style, out, unit->source);
      put_text(style, out, unit->target);
      put_text(style, out, head->labels[unit->label]);
      classify_put_share(out, unit->score);
      stance_buffer_putc(out, style->delimiter);
      classify_put_share(out, unit->p[unit->label]);
      stance_buffer_putc(out, style->delimiter);
      put_text(style, out, scored->id);
      stance_buffer_unsigned(out, sentence->index);
      stance_buffer_putc(out, '\n');
    }
  }
}

void classify_render_events(const struct classify_style *style, const struct classify_scored *scored, uint32_t *next,
                            size_t limit, struct stance_buffer *out) {
  render_events(style, scored, next, limit, false, out);
}

void classify_render_all_events(const struct classify_style *style, const struct classify_scored *scored,
                                uint32_t *next, size_t limit, struct stance_buffer *out) {
  render_events(style, scored, next, limit, true, out);
}
