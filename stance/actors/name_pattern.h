/* SPDX-License-Identifier: MIT
 * The gazetteer's PCRE2 patterns: compiled once, run on each sentence, with a limit on the work of a match. */
#ifndef STANCE_NAME_PATTERN_H
#define STANCE_NAME_PATTERN_H

#include "stance/base/arena.h"
#include "stance/stance.h"

/* Zeroed is empty. */
struct stance_name_patterns {
  struct stance_name_pattern *items;
  size_t count, capacity;
  /* One alternation of all patterns: where it finds nothing, none is run by itself. NULL: not all can be combined. */
  struct stance_name_pattern *any;
};

/* Compiles a pattern for the actor with that index. STANCE_INPUT names the offset in the pattern. */
enum stance_status stance_name_patterns_add(struct stance_name_patterns *patterns, const char *pattern, uint32_t actor,
                                            struct stance_error *error);
/* The source of pattern `index`, and its actor. Borrowed. */
const char *stance_name_patterns_source(const struct stance_name_patterns *patterns, size_t index, uint32_t *actor);
/* Call once, after the last add; then read-only and shared by threads. */
enum stance_status stance_name_patterns_finish(struct stance_name_patterns *patterns, struct stance_error *error);
/* Frees what it holds. */
void stance_name_patterns_free(struct stance_name_patterns *patterns);

struct stance_name_matcher;
/* A matcher of these patterns, which must outlive it; for one thread. NULL: out of memory. Destroy it. */
struct stance_name_matcher *stance_name_matcher_new(const struct stance_name_patterns *patterns);
/* Frees it; NULL is fine. */
void stance_name_matcher_destroy(struct stance_name_matcher *matcher);
/* Called with a match: byte offsets in the text, half-open, and the actor's index. Return false to stop. */
typedef bool stance_name_match(void *context, size_t start, size_t end, uint32_t actor);
/* Calls `each` with every match in text[0..length), pattern by pattern. False: `each` stopped it. */
bool stance_name_matcher_run(struct stance_name_matcher *matcher, const char *text, size_t length,
                             stance_name_match *each, void *context);

#endif
