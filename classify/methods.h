/* SPDX-License-Identifier: MIT
 * The paragraph on methods for a paper, from stored predictions and facts about the model, the annotators and the
 * gazetteer: the texts, the unit of analysis, the model's training data and scores, and the results. Unknown facts are
 * named in brackets.
 *
 *   classify_methods_new -> classify_methods_add (each article) -> classify_methods_write */
#ifndef STANCE_CLASSIFY_METHODS_H
#define STANCE_CLASSIFY_METHODS_H

#include <cjson/cJSON.h>

#include "facts.h"
#include "scored.h"

struct classify_methods;
/* No articles yet. Fails only for lack of memory. Free it. */
enum stance_status classify_methods_new(struct classify_methods **out, struct stance_error *error);
/* Frees it; NULL is fine. */
void classify_methods_free(struct classify_methods *methods);
/* Counts an article, each id once. Fails only for lack of memory. */
enum stance_status classify_methods_add(struct classify_methods *methods, const struct classify_scored *scored,
                                        struct stance_error *error);

struct classify_methods_sources { /* each may be NULL; borrowed */
  const struct classify_heads *heads;
  const cJSON *model; /* the header: codebook, settings, data, scores */
  const char *model_hash;
  const cJSON *run;       /* the predictions' own record: version, command, model.hash, model.figures, gazetteer.hash */
  const cJSON *agreement; /* of annotate agree --json */
};
/* Appends the paragraph. *missing: number of brackets. out->failed: out of memory. */
void classify_methods_write(const struct classify_methods *methods, const struct classify_methods_sources *sources,
                            size_t *missing, struct stance_buffer *out);

#endif
