/* SPDX-License-Identifier: MIT
 * The text of a piece of HTML without a tree, four times as fast, for simple paragraphs such as a feed's entries. */
#ifndef STANCE_INPUT_HTML_TEXT_H
#define STANCE_INPUT_HTML_TEXT_H

#include "stance/base/buffer.h"

/* Appends the text of a scanned page (html_scan.h), a line for each paragraph. False: it needs a tree (hidden elements,
 * misplaced text in tables, entities without an end), and the content of `out` is invalid. */
bool html_text_quick(const char *page, size_t length, struct stance_buffer *out);

#endif
