/* SPDX-License-Identifier: MIT
 * The gazetteer's PCRE2 patterns: compiled once, run on each sentence, bounded in what a match may cost. */
#ifndef STANCE_NAME_PATTERN_H
#define STANCE_NAME_PATTERN_H

#include "stance/base/arena.h"
#include "stance/stance.h"

/* Zeroed is empty. */
struct stance_name_patterns {
  struct stance_name_pattern *items;
  size_t count, capacity;
  struct stance_name_pattern *any; /* one alternation of all that can be combined: most sentences are done with it */
};

/* Compiles a pattern for the actor of that index; the error names the place in the pattern. */
enum stance_status stance_name_patterns_add(struct stance_name_patterns *patterns, const char *pattern, uint32_t actor,
                                            struct stance_error *error);
/* The pattern of that index as it was given, and its actor. */
const char *stance_name_patterns_source(const struct stance_name_patterns *patterns, size_t index, uint32_t *actor);
/* Once after the last was added. */
enum stance_status stance_name_patterns_finish(struct stance_name_patterns *patterns, struct stance_error *error);
/* Frees what it holds. */
void stance_name_patterns_free(struct stance_name_patterns *patterns);

/* Work space for one thread and document; NULL: out of memory. */
struct stance_name_matcher;
/* A matcher of these patterns, which must outlive it; for one thread. NULL: out of memory. Destroy it. */
struct stance_name_matcher *stance_name_matcher_new(const struct stance_name_patterns *patterns);
/* Frees it; NULL is fine. */
void stance_name_matcher_destroy(struct stance_name_matcher *matcher);
/* Calls `each` with every match in text[0..length), byte offsets in it; stops where it returns false. */
typedef bool stance_name_match(void *context, size_t start, size_t end, uint32_t actor);
/* Calls `each` with each match, pattern by pattern. False: `each` returned false, which ends it. */
bool stance_name_matcher_run(struct stance_name_matcher *matcher, const char *text, size_t length,
                             stance_name_match *each, void *context);

#endif
