/* SPDX-License-Identifier: MIT
 * The words of a sentence among which features' weights are divided: tokens outside of mentions, without punctuation.
 * Thread-safe. */
#ifndef STANCE_CLASSIFY_WORDS_H
#define STANCE_CLASSIFY_WORDS_H

#include "stance/base/arena.h"
#include "stance/stance.h"

struct classify_words {
  const struct stance_token *tokens; /* the sentence's, borrowed from the document */
  uint32_t count;
  bool *is_word; /* [count] */
};

/* Fills words, in the arena. False: out of memory. */
bool classify_words_find(const struct stance_document *document, uint32_t sentence, struct stance_arena *arena,
                         struct classify_words *words);
/* Finds the tokens within bytes [start, end) of the document, *first .. *last - 1. Returns how many of them are
 * words. */
uint32_t classify_words_in(const struct classify_words *words, uint32_t start, uint32_t end, uint32_t *first,
                           uint32_t *last);

#endif
