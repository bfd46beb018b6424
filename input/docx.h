/* SPDX-License-Identifier: MIT
 * The text of a Word document (ECMA-376, WordprocessingML) as bytes, read from word/document.xml of the zip file: each
 * paragraph is a line, followed by an empty one. Omits headers, footers, notes, comments and deleted text. */
#ifndef STANCE_INPUT_DOCX_H
#define STANCE_INPUT_DOCX_H

#include "bytes.h"

struct input_docx;
/* Whether the bytes start like an Office file: a zip file whose first member is typical of one. */
bool input_docx_may_be(const char *start, size_t length);
/* Opens a document and takes over the bytes, even on failure. Close *text before *out. STANCE_INPUT: no Word
 * document. */
enum stance_status input_docx_open(struct input_bytes *bytes_take, const char *path, const atomic_int *stop,
                                   struct input_docx **out, struct input_bytes **text, struct stance_error *error);
void input_docx_close(struct input_docx *docx); /* NULL is fine */

#endif
