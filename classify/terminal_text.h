/* SPDX-License-Identifier: MIT
 * Text for a terminal: width, padding, wrapping, colour, and names of actors. Text of articles is cleaned, so it can
 * not control the terminal (stance/base/plain.h). Thread-safe. */
#ifndef STANCE_CLASSIFY_TERMINAL_TEXT_H
#define STANCE_CLASSIFY_TERMINAL_TEXT_H

#include "render.h"

/* The actor's name, or its id if the gazetteer does not have it. */
const char *classify_actor_name(const struct classify_style *style, const char *id);
/* The columns that UTF-8 text takes on a terminal. */
size_t classify_width(const char *text, size_t length);
/* Appends text in exactly `columns` columns, cut with an ellipsis or padded on the right; cleaned. */
void classify_put_padded(struct stance_buffer *out, const char *text, size_t length, size_t columns);
/* Appends text on one line, cleaned. */
void classify_put_plain(struct stance_buffer *out, const char *text, size_t length);
/* Appends text wrapped at `width`, further lines indented by `indent` spaces; cleaned. */
void classify_put_wrapped(struct stance_buffer *out, const char *text, size_t length, size_t indent, size_t width);
/* The escape sequence for a value: below 0 orange, above 0 blue (of 16 colours: yellow, cyan); "" for 0 or without
 * colour. Constant. */
const char *classify_colour(const struct classify_style *style, double value);
/* The escape sequence that ends a colour; "" without colour. Constant. */
const char *classify_colour_end(const struct classify_style *style);

#endif
