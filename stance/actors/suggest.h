/* SPDX-License-Identifier: MIT
 * Names in texts that are no mention, and so may be missing in a gazetteer. A name is a run of capitalised words, with
 * "of", "de", "al" ... inside. Capitals at the start of a sentence and in headlines are not evidence and not
 * counted. */
#ifndef STANCE_SUGGEST_H
#define STANCE_SUGGEST_H

#include "gazetteer.h"

enum { STANCE_CONTEXTS_MAX = 2 };

struct stance_missing_name {
  const char *name; /* "Oumar Diallo": without title and possessive */
  const char *
      contexts[STANCE_CONTEXTS_MAX]; /* text around its first occurrences, in different articles if possible; or NULL */
  size_t count, articles;
};

struct stance_missing_names;
/* An empty collection; the gazetteer must outlive it. For one thread. NULL: out of memory. */
struct stance_missing_names *stance_missing_names_new(const struct stance_gazetteer *gazetteer);
/* Frees it; NULL is fine. */
void stance_missing_names_destroy(struct stance_missing_names *names);
/* Counts the missing names of a document after stance_mentions_find. False: out of memory. */
bool stance_missing_names_add(struct stance_missing_names *names, const struct stance_document *document);
/* Sorts by count, then name, and returns the number of names; *out is valid until the next add. */
size_t stance_missing_names_sort(struct stance_missing_names *names, const struct stance_missing_name **out);

#endif
