/* SPDX-License-Identifier: MIT
 * A sheet of character cells: text of any script put where it belongs, before any terminal is involved. A cell holds one
 * character with its combining marks; a wide one takes two. Control characters never reach it. Widths are the C library's
 * (wcwidth), which are what the terminal library uses; they need a UTF-8 locale. */
#ifndef STANCE_ANNOTATE_CANVAS_H
#define STANCE_ANNOTATE_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

#include "stance/base/buffer.h"

enum annotate_style {
  ANNOTATE_PLAIN,
  ANNOTATE_DIM,
  ANNOTATE_BOLD,
  ANNOTATE_SOURCE,
  ANNOTATE_TARGET,
  ANNOTATE_OTHER,
  ANNOTATE_KEY,
  ANNOTATE_CHOSEN,
  ANNOTATE_BAR,
  ANNOTATE_ALARM,
  ANNOTATE_CURSOR,
  ANNOTATE_STYLE_COUNT,
};
enum { CANVAS_MARKS = 4 }; /* a base character and three combining ones */

struct canvas_cell {
  wchar_t text[CANVAS_MARKS]; /* text[0] 0: nothing here, or the right half of a wide character */
  uint8_t style;
};

struct canvas {
  int rows, columns;
  struct canvas_cell *cells;
};

bool canvas_resize(struct canvas *canvas, int rows, int columns); /* clears; false: out of memory */
void canvas_clear(struct canvas *canvas);
void canvas_free(struct canvas *canvas);
/* Puts UTF-8 text from a column on, up to `limit` (exclusive); what does not fit is cut. Returns the column behind it. */
int canvas_put(struct canvas *canvas, int row, int column, int limit, enum annotate_style style, const char *text,
               size_t length);
void canvas_fill(struct canvas *canvas, int row, int from, int to, enum annotate_style style);
/* A row as UTF-8 without spaces at its end: for tests. */
void canvas_row(const struct canvas *canvas, int row, struct stance_buffer *out);
/* Columns that the text takes. */
int canvas_width(const char *text, size_t length);

/* Text with styles, to be wrapped as one. Zeroed is empty. */
struct rich_span {
  size_t end;
  uint8_t style;
};
struct rich {
  struct stance_buffer text;
  struct rich_span *spans; /* each up to `end`; the first from 0 */
  size_t span_count, span_capacity;
  bool failed;
};
void rich_clear(struct rich *rich);
void rich_free(struct rich *rich);
void rich_add(struct rich *rich, enum annotate_style style, const char *text, size_t length);
void rich_puts(struct rich *rich, enum annotate_style style, const char *text);
void rich_printf(struct rich *rich, enum annotate_style style, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Where the line that starts at `from` ends when wrapped at `width` columns: at a space, at a newline, or inside a word that is
 * longer than a line, but never between a character and its combining marks. *next is where the next line starts. */
size_t rich_line(const struct rich *rich, size_t from, int width, size_t *next);
int rich_lines(const struct rich *rich, int width); /* how many there are; 0 for empty text */
/* Draws lines from `skip` on into rows x width at (row, column); returns the rows used. */
int rich_draw(const struct rich *rich, struct canvas *canvas, int row, int column, int rows, int width, int skip);

#endif
