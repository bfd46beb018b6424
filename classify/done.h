/* SPDX-License-Identifier: MIT
 * The done line, which says that an article is answered, even if nothing was found or it was rejected. A worker between
 * two queues waits for it before it acknowledges the article.
 *
 *   {"article":ID,"key":KEY,"done":true,"units":N,"error":null}
 *
 * KEY is the value of "key" in the article's JSON object, such as a delivery tag or a row number, copied verbatim. */
#ifndef STANCE_CLASSIFY_DONE_H
#define STANCE_CLASSIFY_DONE_H

#include <stdint.h>

#include "stance/base/buffer.h"

enum { CLASSIFY_KEY_BYTES = 4096 }; /* longer keys and ids become null */

struct classify_done {
  const char *id;  /* NULL: unknown */
  const char *raw; /* the article's original bytes, for the key; may be NULL */
  size_t raw_length;
  size_t line; /* line of the input, written if there is no id; 0: none */
  uint64_t units;
  const char *left_out; /* why it was not scored, such as "repeated"; NULL: it was */
  const char *error;    /* why it was rejected; NULL: not rejected */
};

/* Appends the line. Thread-safe. */
void classify_put_done(const struct classify_done *done, struct stance_buffer *out);
/* Appends "article":ID,"key":KEY, with which other lines about an article start. */
void classify_put_whose(const struct classify_done *done, struct stance_buffer *out);

#endif
