/* SPDX-License-Identifier: MIT */
#include "terminal_text.h"

#include <string.h>
#include <utf8proc.h>

#include "stance/actors/gazetteer.h"
#include "stance/base/plain.h"

const char *classify_actor_name(const struct classify_style *style, const char *id) {
  if (!id) return "";
  const struct stance_actor *actor = style->gazetteer ? stance_gazetteer_find(style->gazetteer, id) : NULL;
  return actor ? stance_actor_name(actor) : id;
}

const char *classify_colour(const struct classify_style *style, double value) {
  if (!style->has_colour || value == 0) return "";
  if (style->has_few_colours)
    return value < 0 ? "\033[33m" : "\033[36m"; /* yellow and cyan: distinct for colour-blind people too */
  return value < 0 ? "\033[38;5;208m" : "\033[38;5;39m";
}

const char *classify_colour_end(const struct classify_style *style) { return style->has_colour ? "\033[0m" : ""; }

/* The code point at text[*at] as it is shown, and moves *at behind it; 0: not shown. */
static utf8proc_int32_t next_point(const char *text, size_t length, size_t *at) {
  utf8proc_int32_t code;
  utf8proc_ssize_t step =
      utf8proc_iterate((const utf8proc_uint8_t *)text + *at, (utf8proc_ssize_t)(length - *at), &code);
  if (step <= 0) {
    ++*at;
    return 0xfffd;
  }
  *at += (size_t)step;
  switch (stance_plain_kind((uint32_t)code)) {
    case STANCE_PLAIN_SHOWN: break;
    case STANCE_PLAIN_BLANK: return ' ';
    case STANCE_PLAIN_CONTROL: return 0xfffd;
    case STANCE_PLAIN_HIDDEN: return 0;
  }
  return code;
}

static void put_point(struct stance_buffer *out, utf8proc_int32_t code) {
  utf8proc_uint8_t bytes[4];
  if (!code) return;
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
  stance_buffer_plain(out, text, length, false);
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
