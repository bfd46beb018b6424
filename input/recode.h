/* SPDX-License-Identifier: MIT
 * Text in another encoding to UTF-8, as it is read, by iconv. */
#ifndef STANCE_INPUT_RECODE_H
#define STANCE_INPUT_RECODE_H

#include "stance/stance.h"

struct input_recode;
/* The encoding that a byte order mark says at the start of data: "UTF-16LE" and so on, with *mark the mark's bytes; NULL: none, or UTF-8's. */
const char *input_recode_mark(const char *data, size_t length, size_t *mark);
/* Whether iconv knows the encoding. */
bool input_recode_known(const char *encoding);
/* NULL: the encoding is not known, or out of memory. */
struct input_recode *input_recode_new(const char *encoding);
void input_recode_free(struct input_recode *recode); /* NULL is fine */
/* Takes bytes from in[0 .. in_length), writes UTF-8 to out: *used and *made say how much of each. is_last: no more will come. Bytes that
 * are not of the encoding become U+FFFD. `capacity` must be 16 or more. */
void input_recode_run(struct input_recode *recode, const char *in, size_t in_length, bool is_last, char *out,
                      size_t capacity, size_t *used, size_t *made);
uint64_t input_recode_repaired(const struct input_recode *recode); /* bytes that became U+FFFD so far */

#endif
