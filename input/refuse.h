/* SPDX-License-Identifier: MIT
 * Files that are no text to read, by their first bytes: better said by name than scored as if they were news. */
#ifndef STANCE_INPUT_REFUSE_H
#define STANCE_INPUT_REFUSE_H

#include <stddef.h>

enum { INPUT_REFUSE_BYTES = 512 };

/* What the file is and what to do, as the end of a message: "is a PDF document; ..."; NULL: nothing speaks against reading it. `start` is
 * unpacked, in UTF-8 where its encoding was told. */
const char *input_refusal(const char *start, size_t length);

#endif
