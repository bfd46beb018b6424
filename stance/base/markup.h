/* SPDX-License-Identifier: MIT
 * Writing HTML and SVG, for all reports. out->failed: out of memory. */
#ifndef STANCE_MARKUP_H
#define STANCE_MARKUP_H

#include <stddef.h>

#include "buffer.h"

/* Appends text with & < > " ' escaped and control characters as spaces, so that an article's text never becomes
 * markup. */
void stance_markup_text(struct stance_buffer *out, const char *text, size_t length);
/* The same for NUL-terminated text; NULL: nothing. */
void stance_markup_string(struct stance_buffer *out, const char *text);

/* Appends <TAG>text</TAG>. start: the tag with its attributes, verbatim (th scope="col"). text NULL: an empty
 * element. */
void stance_markup_element(struct stance_buffer *out, const char *start, const char *text);

/* Appends a page from the doctype to <body>. style: its CSS, inline, as a page loads nothing. */
void stance_markup_page_start(struct stance_buffer *out, const char *title, const char *style);

#endif
