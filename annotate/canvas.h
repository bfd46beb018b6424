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
/* Makes all cells empty. */
void canvas_clear(struct canvas *canvas);
/* Frees what it holds. */
void canvas_free(struct canvas *canvas);
/* Puts UTF-8 text from a column on, up to `limit` (exclusive); what does not fit is cut. Returns the column behind it. */
int canvas_put(struct canvas *canvas, int row, int column, int limit, enum annotate_style style, const char *text,
               size_t length);
/* Fills the columns from .. to - 1 of a row with spaces of this style; what is outside of the canvas is left out. */
void canvas_fill(struct canvas *canvas, int row, int from, int to, enum annotate_style style);
/* A row as UTF-8 without spaces at its end: for tests. */
void canvas_row(const struct canvas *canvas, int row, struct stance_buffer *out);
/* Columns that the text takes. */
int canvas_width(const char *text, size_t length);
/* Reads the first character of a text that is not empty: *shown as it is drawn (what is unsafe or not UTF-8 is U+FFFD), *width its columns
 * (0: it joins the character before it). Returns its bytes. */
size_t canvas_next(const char *text, size_t length, wchar_t *shown, int *width);

#endif
