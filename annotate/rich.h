/* SPDX-License-Identifier: MIT
 * Styled text, which is wrapped as a whole and drawn on a canvas. */
#ifndef STANCE_ANNOTATE_RICH_H
#define STANCE_ANNOTATE_RICH_H

#include "canvas.h"

struct rich_span {
  size_t end;
  uint8_t style;
};
/* A zeroed one is empty. */
struct rich {
  struct stance_buffer text;
  struct rich_span *spans; /* each ends at `end` and starts where the previous one ends */
  size_t span_count, span_capacity;
  bool failed;
};

/* Empties the text and keeps its memory. */
void rich_clear(struct rich *rich);
/* Frees the text's memory; the text is then empty and can be used again. */
void rich_free(struct rich *rich);
/* Each appends a copy of text in a style. If memory runs out, `failed` is set and the text is drawn empty. */
void rich_add(struct rich *rich, enum annotate_style style, const char *text, size_t length);
void rich_puts(struct rich *rich, enum annotate_style style, const char *text);
/* At most the first 2,047 bytes of the output are appended. */
void rich_printf(struct rich *rich, enum annotate_style style, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* End of the line that starts at `from` when wrapped at `width` columns: at a space, at a newline, or within a word
 * longer than a line, but never between a character and its combining marks. *next: start of the next line. */
size_t rich_line(const struct rich *rich, size_t from, int width, size_t *next);
/* Number of lines at this width; 0 for empty text. */
int rich_lines(const struct rich *rich, int width);
/* Draws the lines from number `skip` on into `rows` rows of `width` columns at (row, column). Returns the rows used. */
int rich_draw(const struct rich *rich, struct canvas *canvas, int row, int column, int rows, int width, int skip);

#endif
