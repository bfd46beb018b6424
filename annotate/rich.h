/* SPDX-License-Identifier: MIT
 * Text with styles, to be wrapped as one and drawn on a canvas. */
#ifndef STANCE_ANNOTATE_RICH_H
#define STANCE_ANNOTATE_RICH_H

#include "canvas.h"

struct rich_span {
  size_t end;
  uint8_t style;
};
/* Zeroed is empty. */
struct rich {
  struct stance_buffer text;
  struct rich_span *spans; /* each up to `end`; the first from 0 */
  size_t span_count, span_capacity;
  bool failed;
};

/* Empties the text and keeps its memory. */
void rich_clear(struct rich *rich);
/* Frees the text's memory; it is empty then, and may be used again. */
void rich_free(struct rich *rich);
/* Each: appends text in a style, and copies it. Out of memory sets `failed`: such a text is drawn as nothing. */
void rich_add(struct rich *rich, enum annotate_style style, const char *text, size_t length);
void rich_puts(struct rich *rich, enum annotate_style style, const char *text);
/* Of what is printed, the first 2,047 bytes. */
void rich_printf(struct rich *rich, enum annotate_style style, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Where the line that starts at `from` ends when wrapped at `width` columns: at a space, at a newline, or inside a word that is
 * longer than a line, but never between a character and its combining marks. *next is where the next line starts. */
size_t rich_line(const struct rich *rich, size_t from, int width, size_t *next);
/* The lines at this width; 0 for empty text. */
int rich_lines(const struct rich *rich, int width);
/* Draws lines from `skip` on into rows x width at (row, column); returns the rows used. */
int rich_draw(const struct rich *rich, struct canvas *canvas, int row, int column, int rows, int width, int skip);

#endif
