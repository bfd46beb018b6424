/* SPDX-License-Identifier: MIT
 * The text of a Word document (ECMA-376, WordprocessingML) as bytes: word/document.xml of the zip file, cut into paragraphs as it comes in,
 * each a line with an empty one behind it. Headers, footers, notes, comments and deleted text are left out. */
#ifndef STANCE_INPUT_DOCX_H
#define STANCE_INPUT_DOCX_H

#include "bytes.h"

struct input_docx;
/* Whether the bytes begin like an Office file's: a zip file whose first member is one of theirs. */
bool input_docx_may_be(const char *start, size_t length);
/* Takes the bytes over, also where it fails; *text is closed by the caller before *out. STANCE_INPUT: it is no Word document. */
enum stance_status input_docx_open(struct input_bytes *bytes_take, const char *path, const atomic_int *stop,
                                   struct input_docx **out, struct input_bytes **text, struct stance_error *error);
void input_docx_close(struct input_docx *docx); /* NULL is fine */

#endif
