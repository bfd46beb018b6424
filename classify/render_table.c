/* SPDX-License-Identifier: MIT
 * Predictions for people: each sentence that says how an actor stands to another, and what it says. */
#include <string.h>
#include <utf8proc.h>

#include "render.h"
#include "stance/actors/gazetteer.h"
#include "why.h"

enum { WHY_INDENT = 12 };

int classify_dyad_head(const struct classify_heads *heads) {
  for (size_t i = 0; i < heads->count; i++)
    if (heads->items[i].unit == STANCE_UNIT_DYAD) return (int)i;
  return -1;
}

const char *classify_actor_name(const struct classify_style *style, const char *id) {
  if (!id) return "";
  const struct stance_actor *actor = style->gazetteer ? stance_gazetteer_find(style->gazetteer, id) : NULL;
  return actor ? stance_actor_name(actor) : id;
}

const char *classify_colour(const struct classify_style *style, double value) {
  if (!style->has_colour || value == 0) return "";
  return value < 0 ? "\033[38;5;208m" : "\033[38;5;39m";
}

const char *classify_colour_end(const struct classify_style *style) { return style->has_colour ? "\033[0m" : ""; }

/* The code point at text[*at], which moves on behind it; bad bytes and controls are U+FFFD and a space. */
static utf8proc_int32_t next_point(const char *text, size_t length, size_t *at) {
  utf8proc_int32_t code;
  utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)text + *at, (utf8proc_ssize_t)(length - *at), &code);
  if (step <= 0) {
    ++*at;
    return 0xfffd;
  }
  *at += (size_t)step;
  bool is_control = code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x2028 || code == 0x2029 ||
                    (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
  return is_control ? ' ' : code;
}

static void put_point(struct stance_buffer *out, utf8proc_int32_t code) {
  utf8proc_uint8_t bytes[4];
  stance_buffer_append(out, (char *)bytes, (size_t)utf8proc_encode_char(code, bytes));
}

static size_t point_width(utf8proc_int32_t code) {
  int width = utf8proc_charwidth(code);
  return width > 0 ? (size_t)width : 0;
}

size_t classify_width(const char *text, size_t length) {
  size_t width = 0;
  for (size_t at = 0; at < length;) width += point_width(next_point(text, length, &at));
  return width;
}

void classify_put_plain(struct stance_buffer *out, const char *text, size_t length) {
  for (size_t at = 0; at < length;) put_point(out, next_point(text, length, &at));
}

void classify_put_padded(struct stance_buffer *out, const char *text, size_t length, size_t columns) {
  size_t width = classify_width(text, length), used = 0, room = width > columns ? columns - 1 : columns;
  for (size_t at = 0; at < length;) {
    utf8proc_int32_t code = next_point(text, length, &at);
    if (used + point_width(code) > room) break;
    put_point(out, code);
    used += point_width(code);
  }
  if (width > columns) stance_buffer_puts(out, "\xe2\x80\xa6"), used++;
  for (; used < columns; used++) stance_buffer_putc(out, ' ');
}

void classify_put_wrapped(struct stance_buffer *out, const char *text, size_t length, size_t indent, size_t width) {
  size_t column = indent, at = 0;
  bool is_start = true;
  while (at < length) {
    size_t end = at;
    while (end < length && text[end] != ' ' && text[end] != '\n' && text[end] != '\t') end++;
    size_t word = classify_width(text + at, end - at);
    if (word && !is_start && column + 1 + word > width) {
      stance_buffer_putc(out, '\n');
      for (size_t i = 0; i < indent; i++) stance_buffer_putc(out, ' ');
      column = indent;
      is_start = true;
    }
    if (word && !is_start) stance_buffer_putc(out, ' '), column++;
    classify_put_plain(out, text + at, end - at);
    column += word;
    if (word) is_start = false;
    at = end < length ? end + 1 : end;
  }
  stance_buffer_putc(out, '\n');
}

static void put_unit(const struct classify_style *style, const struct classify_unit *unit, size_t column,
                     struct stance_buffer *out) {
  const struct classify_head *head = &style->heads->items[unit->head];
  const char *source = classify_actor_name(style, unit->source), *target = classify_actor_name(style, unit->target);
  const char *label = head->labels[unit->label];
  struct stance_buffer pair = {0};
  if (unit->source) stance_buffer_printf(&pair, "%s -> %s", source, target);
  else stance_buffer_printf(&pair, "%s", unit->target ? target : head->name);
  stance_buffer_puts(out, "        ");
  if (pair.data) classify_put_padded(out, pair.data, pair.length, column);
  stance_buffer_free(&pair);
  stance_buffer_puts(out, "  ");
  stance_buffer_puts(out, classify_colour(style, head->values[unit->label]));
  classify_put_padded(out, label, strlen(label), 8);
  stance_buffer_puts(out, classify_colour_end(style));
  stance_buffer_printf(out, "  %.2f\n", unit->p[unit->label] / (double)CLASSIFY_ONE);
}

static void put_title(const struct classify_style *style, const struct classify_scored *scored, struct stance_buffer *out) {
  const char *bold = style->has_colour ? "\033[1m" : "";
  stance_buffer_puts(out, bold);
  classify_put_plain(out, scored->id, strlen(scored->id));
  stance_buffer_puts(out, classify_colour_end(style));
  if (scored->date && !strstr(scored->id, scored->date)) {
    stance_buffer_puts(out, "  ");
    classify_put_plain(out, scored->date, strlen(scored->date));
  }
  stance_buffer_putc(out, '\n');
}

void classify_render_table(const struct classify_style *style, const struct classify_scored *scored, uint32_t *next,
                           size_t limit, struct stance_buffer *out) {
  size_t width = (size_t)style->width, column = width - 8 - 2 - 8 - 2 - 4;
  if (column > 48) column = 48;
  if (*next == 0) put_title(style, scored, out);
  for (; *next < scored->sentence_count && out->length < limit; ++*next) {
    const struct classify_sentence *sentence = &scored->sentences[*next];
    uint32_t shown = 0;
    for (uint32_t i = 0; i < sentence->unit_count; i++)
      shown += scored->units[sentence->unit_first + i].target != NULL;
    if (!shown) continue;
    stance_buffer_printf(out, "%4u  ", sentence->index);
    classify_put_wrapped(out, sentence->text, sentence->length, 6, width);
    for (uint32_t i = 0; i < sentence->unit_count; i++) {
      const struct classify_unit *unit = &scored->units[sentence->unit_first + i];
      if (!unit->target) continue;
      put_unit(style, unit, column, out);
      if (unit->why && style->has_colour) classify_put_why_sentence(style, unit, sentence, WHY_INDENT, out);
      if (unit->why) classify_put_why_table(style, unit, sentence, WHY_INDENT, out);
    }
  }
  if (*next == scored->sentence_count) stance_buffer_putc(out, '\n');
}
