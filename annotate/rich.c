/* SPDX-License-Identifier: MIT
 * Text with styles, wrapped at a width and drawn on a canvas. */
#include "rich.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stance/base/grow.h"

void rich_clear(struct rich *rich) {
  stance_buffer_clear(&rich->text);
  rich->span_count = 0;
}

void rich_free(struct rich *rich) {
  stance_buffer_free(&rich->text);
  free(rich->spans);
  *rich = (struct rich){0};
}

void rich_add(struct rich *rich, enum annotate_style style, const char *text, size_t length) {
  if (!length) return;
  stance_buffer_append(&rich->text, text, length);
  if (rich->text.failed) rich->failed = true;
  if (rich->failed) return;
  if (rich->span_count && rich->spans[rich->span_count - 1].style == style) {
    rich->spans[rich->span_count - 1].end = rich->text.length;
    return;
  }
  struct rich_span *spans = stance_grow(rich->spans, &rich->span_capacity, rich->span_count + 1, sizeof *spans);
  if (!spans) {
    rich->failed = true;
    return;
  }
  rich->spans = spans;
  rich->spans[rich->span_count++] = (struct rich_span){.end = rich->text.length, .style = (uint8_t)style};
}

void rich_puts(struct rich *rich, enum annotate_style style, const char *text) {
  rich_add(rich, style, text, strlen(text));
}

void rich_printf(struct rich *rich, enum annotate_style style, const char *format, ...) {
  char text[2048];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  rich_puts(rich, style, text);
}

size_t rich_line(const struct rich *rich, size_t from, int width, size_t *next) {
  const char *text = rich->text.data;
  size_t length = rich->text.length, at = from, space = 0, behind_space = 0;
  int column = 0;
  if (width < 2) width = 2;
  while (at < length) {
    wchar_t shown;
    int columns;
    if (text[at] == '\n') {
      *next = at + 1;
      return at;
    }
    size_t size = canvas_next(text + at, length - at, &shown, &columns);
    if (shown == ' ' && column + columns > width) { /* a space may exceed the width */
      *next = at + size;
      return at;
    }
    if (column + columns > width) {
      *next = behind_space ? behind_space : at;
      return behind_space ? space : at;
    }
    if (shown == ' ') {
      space = at;
      behind_space = at + size;
    }
    column += columns;
    at += size;
  }
  *next = length;
  return length;
}

int rich_lines(const struct rich *rich, int width) {
  int lines = 0;
  for (size_t at = 0; at < rich->text.length; lines++) rich_line(rich, at, width, &at);
  return lines;
}

static void draw_line(const struct rich *rich, struct canvas *canvas, int row, int column, int limit, size_t from,
                      size_t to) {
  size_t start = from;
  for (size_t i = 0; i < rich->span_count && start < to; i++) {
    if (rich->spans[i].end <= start) continue;
    size_t end = rich->spans[i].end < to ? rich->spans[i].end : to;
    column = canvas_put(canvas, row, column, limit, (enum annotate_style)rich->spans[i].style, rich->text.data + start,
                        end - start);
    start = end;
  }
}

int rich_draw(const struct rich *rich, struct canvas *canvas, int row, int column, int rows, int width, int skip) {
  int used = 0;
  if (rich->failed) return 0;
  for (size_t at = 0; at < rich->text.length && used < rows;) {
    size_t next, end = rich_line(rich, at, width, &next);
    if (skip-- <= 0) draw_line(rich, canvas, row + used++, column, column + width, at, end);
    at = next;
  }
  return used;
}
