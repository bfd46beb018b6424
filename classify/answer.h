/* SPDX-License-Identifier: MIT
 * From one message of a queue to its answer: the lines that `stance classify --format jsonl --done` would write for the
 * article. Independent of the kind of queue. */
#ifndef STANCE_CLASSIFY_ANSWER_H
#define STANCE_CLASSIFY_ANSWER_H

#include "input/form.h"
#include "render.h"

enum { CLASSIFY_ANSWER_MAX = 64 * 1024 * 1024 }; /* bytes; an article whose answer is larger is rejected */

struct classify_answerer_options {
  const struct classify_model *model;
  const struct classify_style *style;
  const struct input_options *reading; /* form NULL: JSON objects */
  size_t max_bytes;                    /* of one article */
  uint16_t min_p;
};

struct classify_answer {
  bool is_rejected;  /* lines then has one object with the reason */
  const char *lines; /* each ends with a newline; the last is the done line */
  size_t length;
  uint64_t units;
  const char *reason; /* why it is rejected */
};

struct classify_answerer;
/* A new answerer, for one thread. The options' pointers must outlive it. */
enum stance_status classify_answerer_new(const struct classify_answerer_options *options,
                                         struct classify_answerer **out, struct stance_error *error);
/* Frees it; NULL is fine. */
void classify_answerer_destroy(struct classify_answerer *answerer);
/* Answers an article; one without an id gets PLACE:NUMBER ("ARTICLES:12"). An article that can not be read gets a
 * rejection as its answer; the function itself fails only for lack of memory. *answer is valid until the next call. */
enum stance_status classify_answer(struct classify_answerer *answerer, const char *place, uint64_t number,
                                   const char *data, size_t length, struct classify_answer *answer,
                                   struct stance_error *error);
/* The answer for an article that is given up: an object with the reason. */
enum stance_status classify_answer_refusal(struct classify_answerer *answerer, const char *place, uint64_t number,
                                           const char *data, size_t length, const char *reason,
                                           struct classify_answer *out, struct stance_error *error);

#endif
