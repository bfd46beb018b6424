/* SPDX-License-Identifier: MIT
 * Writing HTML and SVG: what the reports of training, of predictions and of estimates share. out->failed: out of memory. */
#ifndef STANCE_MARKUP_H
#define STANCE_MARKUP_H

#include <stddef.h>

#include "buffer.h"

/* Text with & < > " ' escaped, and a space for each control character: an article's text must not become markup. */
void stance_markup_text(struct stance_buffer *out, const char *text, size_t length);
void stance_markup_string(struct stance_buffer *out, const char *text); /* NULL: nothing */

/* <TAG>text</TAG>. start: the tag with its attributes, as they are written (th scope="col"). text NULL: an empty element. */
void stance_markup_element(struct stance_buffer *out, const char *start, const char *text);

/* From the doctype to <body>. The page loads nothing: style is CSS that stands in it. */
void stance_markup_page_start(struct stance_buffer *out, const char *title, const char *style);

#endif
