/* SPDX-License-Identifier: MIT
 * A grid of character cells, filled from UTF-8. */
#include "canvas.h"

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

size_t canvas_next(const char *text, size_t length, wchar_t *shown, int *width) {
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
    at += canvas_next(text + at, length - at, &shown, &width);
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
    at += canvas_next(text + at, length - at, &shown, &width);
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
