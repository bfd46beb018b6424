/* SPDX-License-Identifier: MIT
 * What made an output: names and values ("model.hash"), written with --provenance and at the foot of pages. */
#ifndef STANCE_CLASSIFY_FACTS_H
#define STANCE_CLASSIFY_FACTS_H

#include <stdbool.h>
#include <stddef.h>

#include "stance/base/buffer.h"

enum { CLASSIFY_FACTS_MAX = 24 };
struct classify_facts {
  const char *names[CLASSIFY_FACTS_MAX], *values[CLASSIFY_FACTS_MAX]; /* borrowed */
  size_t count;
};

void classify_facts_add(struct classify_facts *facts, const char *name,
                        const char *value); /* NULL, or no room: passed over */
void classify_facts_object(const struct classify_facts *facts, struct stance_buffer *out); /* {NAME:VALUE,...} */
void classify_facts_jsonl(const struct classify_facts *facts, struct stance_buffer *out); /* {"run":{NAME:VALUE,...}} */
void classify_facts_comment(const struct classify_facts *facts, struct stance_buffer *out); /* "# NAME: VALUE" lines */
void classify_facts_html(const struct classify_facts *facts, struct stance_buffer *out);    /* a footer */
/* Whether the line is a record of classify_facts_jsonl: readers of predictions pass over it. */
bool classify_facts_is(const char *line, size_t length);

#endif
