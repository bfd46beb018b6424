/* SPDX-License-Identifier: MIT
 * Text for people: its width on a screen, padding, wrapping, colour, and the names of actors. Nothing of an article can drive the
 * terminal (stance/base/plain.h). All functions are thread-safe. */
#ifndef STANCE_CLASSIFY_TERMINAL_TEXT_H
#define STANCE_CLASSIFY_TERMINAL_TEXT_H

#include "render.h"

/* The actor's name, or its id where the gazetteer does not know it. */
const char *classify_actor_name(const struct classify_style *style, const char *id);
/* Columns that UTF-8 text takes on a screen. */
size_t classify_width(const char *text, size_t length);
/* Text in exactly `columns` columns: cut with an ellipsis, or padded on the right; cleaned. */
void classify_put_padded(struct stance_buffer *out, const char *text, size_t length, size_t columns);
/* Text on one line, cleaned. */
void classify_put_plain(struct stance_buffer *out, const char *text, size_t length);
/* Words wrapped at width, each further line behind `indent` spaces. */
void classify_put_wrapped(struct stance_buffer *out, const char *text, size_t length, size_t indent, size_t width);
/* Escape sequence for a value: hostile orange, friendly blue (of sixteen colours yellow and cyan); "" without colour. */
const char *classify_colour(const struct classify_style *style, double value);
/* What ends a colour; "" without colour. Constant. */
const char *classify_colour_end(const struct classify_style *style);

#endif
