/* SPDX-License-Identifier: MIT
 * Character cells, and text wrapped into them. */
#include "canvas.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stance/base/plain.h"

/* One code point of valid UTF-8 (a bad byte gives U+FFFD); returns its bytes. */
static size_t decode(const char *text, size_t length, wchar_t *out) {
  const unsigned char *bytes = (const unsigned char *)text;
  size_t size = bytes[0] < 0x80 ? 1 : bytes[0] >= 0xf0 ? 4 : bytes[0] >= 0xe0 ? 3 : bytes[0] >= 0xc0 ? 2 : 0;
  *out = 0xfffd;
  if (size == 0 || size > length) return 1;
  uint32_t code = size == 1 ? bytes[0] : bytes[0] & (0x7fu >> size);
  for (size_t i = 1; i < size; i++) {
    if ((bytes[i] & 0xc0) != 0x80) return 1;
    code = code << 6 | (bytes[i] & 0x3f);
  }
  *out = (wchar_t)code;
  return size;
}

/* The next code point as it is shown, its columns (0: joins what is before it) and its bytes. */
static size_t next_shown(const char *text, size_t length, wchar_t *shown, int *width) {
  size_t size = decode(text, length, shown);
  if (*shown == '\t' || *shown == '\n') *shown = ' ';
  if (stance_plain_kind((uint32_t)*shown) != STANCE_PLAIN_SHOWN) *shown = 0xfffd;
  *width = wcwidth(*shown);
  if (*width < 0) {
    *shown = 0xfffd;
    *width = 1;
  }
  return size;
}

int canvas_width(const char *text, size_t length) {
  int columns = 0, width;
  wchar_t shown;
  for (size_t at = 0; at < length;) {
    at += next_shown(text + at, length - at, &shown, &width);
    columns += width;
  }
  return columns;
}

bool canvas_resize(struct canvas *canvas, int rows, int columns) {
  if (rows < 1) rows = 1;
  if (columns < 1) columns = 1;
  if (rows != canvas->rows || columns != canvas->columns) {
    struct canvas_cell *cells = calloc((size_t)rows * (size_t)columns, sizeof *cells);
    if (!cells) return false;
    free(canvas->cells);
    *canvas = (struct canvas){.rows = rows, .columns = columns, .cells = cells};
  }
  canvas_clear(canvas);
  return true;
}

void canvas_clear(struct canvas *canvas) {
  memset(canvas->cells, 0, (size_t)canvas->rows * (size_t)canvas->columns * sizeof *canvas->cells);
}

void canvas_free(struct canvas *canvas) {
  free(canvas->cells);
  *canvas = (struct canvas){0};
}

static struct canvas_cell *cell_at(struct canvas *canvas, int row, int column) {
  return &canvas->cells[(size_t)row * (size_t)canvas->columns + (size_t)column];
}

int canvas_put(struct canvas *canvas, int row, int column, int limit, enum annotate_style style, const char *text,
               size_t length) {
  if (limit > canvas->columns) limit = canvas->columns;
  if (row < 0 || row >= canvas->rows || column < 0) return column;
  struct canvas_cell *last = NULL;
  for (size_t at = 0; at < length;) {
    wchar_t shown;
    int width;
    at += next_shown(text + at, length - at, &shown, &width);
    if (width == 0) {
      for (int i = 1; last && i < CANVAS_MARKS; i++)
        if (!last->text[i]) {
          last->text[i] = shown;
          break;
        }
      continue;
    }
    if (column + width > limit) break;
    last = cell_at(canvas, row, column);
    *last = (struct canvas_cell){.text = {shown}, .style = (uint8_t)style};
    if (width == 2) *cell_at(canvas, row, column + 1) = (struct canvas_cell){.style = (uint8_t)style};
    column += width;
  }
  return column;
}

void canvas_fill(struct canvas *canvas, int row, int from, int to, enum annotate_style style) {
  for (int column = from; column < to && column < canvas->columns && row >= 0 && row < canvas->rows; column++)
    *cell_at(canvas, row, column) = (struct canvas_cell){.text = {L' '}, .style = (uint8_t)style};
}

static void put_utf8(struct stance_buffer *out, wchar_t c) {
  uint32_t code = (uint32_t)c;
  if (code < 0x80) {
    stance_buffer_putc(out, (char)code);
  } else if (code < 0x800) {
    stance_buffer_putc(out, (char)(0xc0 | code >> 6));
    stance_buffer_putc(out, (char)(0x80 | (code & 0x3f)));
  } else {
    if (code < 0x10000) {
      stance_buffer_putc(out, (char)(0xe0 | code >> 12));
    } else {
      stance_buffer_putc(out, (char)(0xf0 | code >> 18));
      stance_buffer_putc(out, (char)(0x80 | (code >> 12 & 0x3f)));
    }
    stance_buffer_putc(out, (char)(0x80 | (code >> 6 & 0x3f)));
    stance_buffer_putc(out, (char)(0x80 | (code & 0x3f)));
  }
}

void canvas_row(const struct canvas *canvas, int row, struct stance_buffer *out) {
  int last = canvas->columns;
  const struct canvas_cell *cells = &canvas->cells[(size_t)row * (size_t)canvas->columns];
  while (last && (!cells[last - 1].text[0] || cells[last - 1].text[0] == ' ')) last--;
  if (last < canvas->columns && last && wcwidth(cells[last - 1].text[0]) == 2) last++;
  for (int i = 0; i < last; i++) {
    if (!cells[i].text[0]) {
      if (!i || wcwidth(cells[i - 1].text[0]) != 2) stance_buffer_putc(out, ' ');
      continue;
    }
    for (int j = 0; j < CANVAS_MARKS && cells[i].text[j]; j++) put_utf8(out, cells[i].text[j]);
  }
}

/* ---- rich text ----------------------------------------------------------------------------------------- */

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
  if (rich->span_count == rich->span_capacity) {
    size_t capacity = rich->span_capacity ? rich->span_capacity * 2 : 16;
    struct rich_span *spans = realloc(rich->spans, capacity * sizeof *spans);
    if (!spans) {
      rich->failed = true;
      return;
    }
    rich->spans = spans;
    rich->span_capacity = capacity;
  }
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
    size_t size = next_shown(text + at, length - at, &shown, &columns);
    if (shown == ' ' && column + columns > width) { /* a space may hang over the edge */
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
