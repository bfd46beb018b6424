/* SPDX-License-Identifier: MIT
 * The text of a piece of HTML from its tags alone, without a tree: enough for the paragraphs of a feed's entry, at four times the speed. */
#ifndef STANCE_INPUT_HTML_TEXT_H
#define STANCE_INPUT_HTML_TEXT_H

#include "stance/base/buffer.h"

/* Of a scanned page (html_scan.h), a paragraph a line. False: it has what only a tree tells (elements that are not shown, text in tables
 * that stands elsewhere, entities without an end), and `out` is to be thrown away. */
bool html_text_quick(const char *page, size_t length, struct stance_buffer *out);

#endif
