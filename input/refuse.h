/* SPDX-License-Identifier: MIT
 * Recognising files that are no articles by their first bytes, so that they are refused by name instead of scored.
 * Thread-safe. */
#ifndef STANCE_INPUT_REFUSE_H
#define STANCE_INPUT_REFUSE_H

#include <stddef.h>

enum { INPUT_REFUSE_BYTES = 512 };

/* The end of a message with the kind of file and what to do: "is a PDF document; ..."; NULL: it may be read. start:
 * decompressed bytes, in UTF-8 if the encoding is known. Constant. */
const char *input_refusal(const char *start, size_t length);

#endif
