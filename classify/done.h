/* SPDX-License-Identifier: MIT
 * The line that says that an article is answered, also where nothing was found or it was rejected: what a worker between two queues waits
 * for before it acknowledges the article.
 *
 *   {"article":ID,"key":KEY,"done":true,"units":N,"error":null}
 *
 * KEY is what the sender put under "key" of the article's JSON object: a delivery tag, a row number. It goes through untouched. */
#ifndef STANCE_CLASSIFY_DONE_H
#define STANCE_CLASSIFY_DONE_H

#include <stdint.h>

#include "stance/base/buffer.h"

enum { CLASSIFY_KEY_BYTES = 4096 }; /* keys and ids above are left out, and said to be too long */

struct classify_done {
  const char *id;  /* NULL: not found out */
  const char *raw; /* the article as it came, for the key; may be NULL */
  size_t raw_length;
  size_t line; /* of the input; told where there is no id; 0: none */
  uint64_t units;
  const char *left_out; /* why it was not read: "repeated"; NULL: it was */
  const char *error;    /* why it was rejected; NULL: it was not */
};

/* One line with its end. Pure; any thread. */
void classify_put_done(const struct classify_done *done, struct stance_buffer *out);
/* ,"article":ID,"key":KEY of the above without the first comma: what other lines about an article begin with. */
void classify_put_whose(const struct classify_done *done, struct stance_buffer *out);

#endif
