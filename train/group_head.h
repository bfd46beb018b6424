/* SPDX-License-Identifier: MIT
 * Sentences that begin alike: an agency's sentence and its copy with a longer last clause. For group.c. */
#ifndef STANCE_TRAIN_GROUP_HEAD_H
#define STANCE_TRAIN_GROUP_HEAD_H

#include "stance/stance.h"

/* Two texts begin alike if their first words, at least GROUP_HEAD_WORDS and at least this share of one of them, are
 * equal. */
#define GROUP_HEAD_SHARE 0.8
enum { GROUP_HEAD_WORDS = 8 };

/* Called for two texts, j < i. */
typedef void group_pair(void *context, uint32_t i, uint32_t j);

/* Fills words with the hashes of the text's words (letters and digits, lower case); there are at most strlen(text) / 2 +
 * 1. Returns their number. */
size_t group_words(const char *text, uint64_t *words);
/* Calls pair for each text and the first one of those that it begins like; texts that begin alike are connected by these
 * pairs. Takes time linear in the texts' length. Fails only for lack of memory. */
enum stance_status group_heads(const char *const *texts, size_t count, group_pair *pair, void *context,
                               struct stance_error *error);

#endif
