/* SPDX-License-Identifier: MIT
 * Names in texts that are nobody's mention: what a gazetteer may lack. A name is a run of words in capitals, with "of", "de", "al" ... inside;
 * a capital at the start of a sentence or in a headline tells nothing and is not counted. */
#ifndef STANCE_SUGGEST_H
#define STANCE_SUGGEST_H

#include "gazetteer.h"

enum { STANCE_CONTEXTS_MAX = 2 };

struct stance_missing_name {
  const char *name; /* "Oumar Diallo": without title and possessive */
  const char *contexts
      [STANCE_CONTEXTS_MAX]; /* a line of text around its first occurrences, from different articles where there are; or NULL */
  size_t count, articles;
};

struct stance_missing_names;
/* NULL: out of memory. The gazetteer must outlive it. */
struct stance_missing_names *stance_missing_names_new(const struct stance_gazetteer *gazetteer);
/* Frees it; NULL is fine. */
void stance_missing_names_destroy(struct stance_missing_names *names);
/* Counts the names of a document whose mentions were found. False: out of memory. */
bool stance_missing_names_add(struct stance_missing_names *names, const struct stance_document *document);
/* Sorts by count, then name; *out is valid until the next add. */
size_t stance_missing_names_sort(struct stance_missing_names *names, const struct stance_missing_name **out);

#endif
