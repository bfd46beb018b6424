/* SPDX-License-Identifier: MIT
 * A grid of character cells in memory, which is drawn before the terminal shows it. A cell holds one character with its
 * combining marks; a wide character takes two cells. Control characters are replaced. Widths come from wcwidth(), as in
 * ncurses, and need a UTF-8 locale. */
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
enum { CANVAS_MARKS = 4 }; /* a base character and three combining marks */

struct canvas_cell {
  wchar_t text[CANVAS_MARKS]; /* text[0] 0: empty, or the right half of a wide character */
  uint8_t style;
};

struct canvas {
  int rows, columns;
  struct canvas_cell *cells;
};

bool canvas_resize(struct canvas *canvas, int rows, int columns); /* empties all cells; false: out of memory */
/* Makes all cells empty. */
void canvas_clear(struct canvas *canvas);
/* Frees what it holds. */
void canvas_free(struct canvas *canvas);
/* Writes UTF-8 text from `column` on, cut before the column `limit`. Returns the column after it. */
int canvas_put(struct canvas *canvas, int row, int column, int limit, enum annotate_style style, const char *text,
               size_t length);
/* Fills the columns from .. to - 1 of a row, as far as they are on the canvas, with spaces of this style. */
void canvas_fill(struct canvas *canvas, int row, int from, int to, enum annotate_style style);
/* A row as UTF-8 without trailing spaces, for tests. */
void canvas_row(const struct canvas *canvas, int row, struct stance_buffer *out);
/* The text's width in columns. */
int canvas_width(const char *text, size_t length);
/* Reads the first character of a non-empty text. *shown: the character drawn, U+FFFD for unsafe or invalid ones;
 * *width: its columns, 0 for a combining mark. Returns its length in bytes. */
size_t canvas_next(const char *text, size_t length, wchar_t *shown, int *width);

#endif
