/* SPDX-License-Identifier: MIT
 * Explanations as JSON, and as text for people, which is readable without colour: words are listed with their
 * weights. */
#include <math.h>
#include <string.h>

#include "stance/base/utf8.h"
#include "terminal_text.h"
#include "why.h"

/* ---- JSON --------------------------------------------------------------------------------------------------- */

/* Appends a weight given in ten-thousandths. */
static void put_weight(struct stance_buffer *out, int64_t weight) {
  uint64_t size = weight < 0 ? (uint64_t)-weight : (uint64_t)weight;
  if (weight < 0) stance_buffer_putc(out, '-');
  stance_buffer_unsigned(out, size / CLASSIFY_ONE);
  char decimals[5] = {'.', (char)('0' + size / 1000 % 10), (char)('0' + size / 100 % 10), (char)('0' + size / 10 % 10),
                      (char)('0' + size % 10)};
  stance_buffer_append(out, decimals, sizeof decimals);
}

static void put_weights(const struct classify_head *head, const char *key, const int64_t *weights,
                        struct stance_buffer *out) {
  stance_buffer_puts(out, key);
  for (size_t l = 0; l < head->label_count; l++) {
    stance_buffer_putc(out, l ? ',' : '{');
    stance_buffer_json_string(out, head->labels[l], strlen(head->labels[l]));
    stance_buffer_putc(out, ':');
    put_weight(out, weights[l]);
  }
  stance_buffer_putc(out, '}');
}

void classify_put_why_json(const struct classify_head *head, const struct classify_unit *unit,
                           const struct classify_sentence *sentence, struct stance_buffer *out) {
  const struct classify_why *why = unit->why;
  put_weights(head, ",\"why\":{\"decision\":", why->decision, out);
  put_weights(head, ",\"bias\":", why->bias, out);
  stance_buffer_puts(out, ",\"features\":[");
  for (size_t i = 0; i < why->feature_count; i++) {
    const struct classify_why_feature *feature = &why->features[i];
    stance_buffer_puts(out, i ? ",{\"name\":" : "{\"name\":");
    stance_buffer_json_string(out, feature->name, strlen(feature->name));
    if (feature->end) {
      size_t start = stance_utf8_count(sentence->text, feature->start), length = feature->end - feature->start;
      stance_buffer_puts(out, ",\"words\":");
      stance_buffer_json_string(out, sentence->text + feature->start, length);
      stance_buffer_puts(out, ",\"start\":");
      stance_buffer_unsigned(out, start);
      stance_buffer_puts(out, ",\"end\":");
      stance_buffer_unsigned(out, start + stance_utf8_count(sentence->text + feature->start, length));
    }
    put_weights(head, ",\"weights\":", feature->weights, out);
    stance_buffer_putc(out, '}');
  }
  put_weights(head, "],\"others\":", why->others, out);
  stance_buffer_putc(out, '}');
}

/* ---- for people --------------------------------------------------------------------------------------------- */

static void put_spaces(struct stance_buffer *out, size_t count) {
  while (count--) stance_buffer_putc(out, ' ');
}

/* Appends a weight given in hundredths, with its sign. */
static void put_signed(struct stance_buffer *out, int64_t weight) {
  stance_buffer_putc(out, weight < 0 ? '-' : '+');
  uint64_t size = weight < 0 ? (uint64_t)-weight : (uint64_t)weight;
  stance_buffer_printf(out, "%llu.%02u", (unsigned long long)(size / 100), (unsigned)(size % 100));
}

struct line { /* a line of terms that is wrapped */
  struct stance_buffer *out;
  size_t indent, column, width;
  bool is_start;
};

/* Appends "words" +0.61, or, if words is NULL, name +0.61. */
static void put_term(struct line *line, const char *colour, const char *colour_end, const char *words, size_t length,
                     const char *name, int64_t weight) {
  struct stance_buffer term = {0};
  if (words) {
    stance_buffer_puts(&term, "\"");
    if (classify_width(words, length) > line->width / 2) classify_put_padded(&term, words, length, line->width / 2);
    else classify_put_plain(&term, words, length);
    stance_buffer_puts(&term, "\" ");
  } else {
    stance_buffer_puts(&term, name);
    stance_buffer_putc(&term, ' ');
  }
  put_signed(&term, weight);
  size_t columns = term.data ? classify_width(term.data, term.length) : 0;
  if (!line->is_start) stance_buffer_putc(line->out, ',');
  if (!line->is_start && line->column + 2 + columns + 1 > line->width) { /* a comma before, one after */
    stance_buffer_putc(line->out, '\n');
    put_spaces(line->out, line->indent);
    line->column = line->indent;
  } else if (!line->is_start) {
    stance_buffer_putc(line->out, ' ');
    line->column += 2;
  }
  stance_buffer_puts(line->out, colour);
  if (term.data) stance_buffer_append(line->out, term.data, term.length);
  if (*colour) stance_buffer_puts(line->out, colour_end);
  if (term.failed) line->out->failed = true;
  if (term.failed) line->out->failed = true;
  stance_buffer_free(&term);
  line->column += columns;
  line->is_start = false;
}

void classify_put_why_table(const struct classify_style *style, const struct classify_unit *unit,
                            const struct classify_sentence *sentence, size_t indent, struct stance_buffer *out) {
  const struct classify_why *why = unit->why;
  const char *label = style->heads->items[unit->head].labels[unit->label];
  double parts[CLASSIFY_WHY_MAX + 1], rest = why->label_decision - why->label_bias;
  int64_t rounded[CLASSIFY_WHY_MAX + 1];
  size_t count = why->phrase_count, lead = out->length;
  for (size_t i = 0; i < count; i++) {
    parts[i] = why->phrases[i].weight;
    rest -= parts[i];
  }
  parts[count] = rest;
  int64_t decision = stance_round_whole(why->label_decision, 100), bias = stance_round_whole(why->label_bias, 100);
  stance_round_settle(parts, count + 1, decision - bias, 100, rounded);
  put_spaces(out, indent);
  classify_put_plain(out, label, strlen(label));
  stance_buffer_putc(out, ' ');
  put_signed(out, decision);
  stance_buffer_puts(out, " = ");
  if (out->failed) return;
  size_t column = classify_width(out->data + lead, out->length - lead);
  struct line line = {.out = out,
                      .indent = column < (size_t)style->width / 2 ? column : indent + 4,
                      .column = column,
                      .width = (size_t)style->width,
                      .is_start = true};
  for (size_t i = 0; i < count; i++) {
    const struct classify_why_word *phrase = &why->phrases[i];
    if (rounded[i]) /* omits what rounds to 0 */
      put_term(&line, classify_colour(style, phrase->push), classify_colour_end(style), sentence->text + phrase->start,
               phrase->end - phrase->start, NULL, rounded[i]);
  }
  if (rounded[count]) put_term(&line, "", "", NULL, 0, "others", rounded[count]);
  put_term(&line, "", "", NULL, 0, "bias", bias);
  stance_buffer_putc(out, '\n');
}

/* Appends text[at .. end). Words with at least a sixth of the strongest word's push are coloured, with at least half of
 * it bold. */
static void put_coloured(const struct classify_style *style, const struct classify_why *why, size_t *next,
                         double strongest, const char *text, size_t at, size_t end, struct stance_buffer *out) {
  while (at < end) {
    while (*next < why->word_count && why->words[*next].end <= at) ++*next;
    const struct classify_why_word *word = *next < why->word_count ? &why->words[*next] : NULL;
    bool is_word = word && word->start <= at;
    size_t stop = !word ? end : is_word ? word->end : word->start;
    if (stop > end) stop = end;
    double share = is_word ? fabs(word->push) / strongest : 0;
    if (share >= 0.5) stance_buffer_puts(out, "\033[1m");
    if (share >= 1.0 / 6) stance_buffer_puts(out, classify_colour(style, word->push));
    classify_put_plain(out, text + at, stop - at);
    if (share >= 1.0 / 6) stance_buffer_puts(out, classify_colour_end(style));
    at = stop;
  }
}

void classify_put_why_sentence(const struct classify_style *style, const struct classify_unit *unit,
                               const struct classify_sentence *sentence, size_t indent, struct stance_buffer *out) {
  const struct classify_why *why = unit->why;
  const char *text = sentence->text;
  size_t length = sentence->length, column = indent, next = 0, width = (size_t)style->width;
  double strongest = 0;
  for (size_t i = 0; i < why->word_count; i++) strongest = fmax(strongest, fabs(why->words[i].push));
  put_spaces(out, indent);
  for (size_t at = 0, end; at < length; at = end + (end < length)) {
    for (end = at; end < length && text[end] != ' ' && text[end] != '\n' && text[end] != '\t';) end++;
    size_t columns = classify_width(text + at, end - at);
    if (!columns) continue;
    if (column > indent && column + 1 + columns > width) {
      stance_buffer_putc(out, '\n');
      put_spaces(out, indent);
      column = indent;
    } else if (column > indent) {
      stance_buffer_putc(out, ' ');
      column++;
    }
    put_coloured(style, why, &next, strongest, text, at, end, out);
    column += columns;
  }
  stance_buffer_putc(out, '\n');
}
