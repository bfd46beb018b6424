/* SPDX-License-Identifier: MIT
 * One message of a queue -> its answer: the lines that `stance classify --format jsonl --done` would write of it. Knows of no queue. */
#ifndef STANCE_CLASSIFY_ANSWER_H
#define STANCE_CLASSIFY_ANSWER_H

#include "input/form.h"
#include "render.h"

enum { CLASSIFY_ANSWER_MAX = 64 * 1024 * 1024 }; /* bytes; an article that has more predictions is rejected */

struct classify_answerer_options {
  const struct classify_model *model;
  const struct classify_style *style;
  const struct input_options *reading; /* its form NULL: JSON objects */
  size_t max_bytes;                    /* of one article */
  uint16_t min_p;
};

struct classify_answer {
  bool is_rejected;  /* lines: why, one object */
  const char *lines; /* each ends with a newline; the last is the done line */
  size_t length;
  uint64_t units;
  const char *reason; /* of a rejected one */
};

struct classify_answerer;
/* Options' pointers must outlive it. One thread at a time. */
enum stance_status classify_answerer_new(const struct classify_answerer_options *options,
                                         struct classify_answerer **out, struct stance_error *error);
/* Frees it; NULL is fine. */
void classify_answerer_destroy(struct classify_answerer *answerer);
/* `place` ("ARTICLES") and number name an article without an id: ARTICLES:12. What cannot be read is an answer too; a status other
 * than STANCE_OK (no memory) says nothing about the article. Valid until the next call. */
enum stance_status classify_answer(struct classify_answerer *answerer, const char *place, uint64_t number,
                                   const char *data, size_t length, struct classify_answer *answer,
                                   struct stance_error *error);
/* Likewise for one that is given up: an object with the reason. */
enum stance_status classify_answer_refusal(struct classify_answerer *answerer, const char *place, uint64_t number,
                                           const char *data, size_t length, const char *reason,
                                           struct classify_answer *out, struct stance_error *error);

#endif
