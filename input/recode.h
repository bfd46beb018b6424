/* SPDX-License-Identifier: MIT
 * Converting a stream of text to UTF-8 with iconv. One thread at a time. */
#ifndef STANCE_INPUT_RECODE_H
#define STANCE_INPUT_RECODE_H

#include "stance/stance.h"

struct input_recode;
/* The encoding by a byte order mark at the start of data, such as "UTF-16LE"; *mark: its bytes. NULL: none, or that of
 * UTF-8. */
const char *input_recode_mark(const char *data, size_t length, size_t *mark);
/* Whether iconv knows the encoding. */
bool input_recode_known(const char *encoding);
/* NULL: unknown encoding, or out of memory. */
struct input_recode *input_recode_new(const char *encoding);
void input_recode_free(struct input_recode *recode); /* NULL is fine */
/* Converts bytes of in[0 .. in_length) to UTF-8 in out; *used, *made: bytes consumed and written. is_last: no more
 * input follows. Invalid bytes become U+FFFD. capacity must be at least 16. */
void input_recode_run(struct input_recode *recode, const char *in, size_t in_length, bool is_last, char *out,
                      size_t capacity, size_t *used, size_t *made);
uint64_t input_recode_repaired(const struct input_recode *recode); /* bytes that became U+FFFD so far */

#endif
