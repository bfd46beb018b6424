/* SPDX-License-Identifier: MIT
 * Provenance: facts about the run that made an output, as names and values ("model.hash"); for --provenance and the
 * foot of pages. */
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
                        const char *value); /* does nothing if value is NULL or there is no room */
void classify_facts_object(const struct classify_facts *facts,
                           struct stance_buffer *out); /* appends {NAME:VALUE,...} */
void classify_facts_jsonl(const struct classify_facts *facts,
                          struct stance_buffer *out); /* appends {"run":{NAME:VALUE,...}} */
void classify_facts_comment(const struct classify_facts *facts,
                            struct stance_buffer *out); /* appends "# NAME: VALUE" lines */
void classify_facts_html(const struct classify_facts *facts, struct stance_buffer *out); /* appends a footer */
/* Whether a line is from classify_facts_jsonl; readers of predictions skip it. */
bool classify_facts_is(const char *line, size_t length);

#endif
