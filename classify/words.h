/* SPDX-License-Identifier: MIT
 * A sentence's words, to which what features say is shared out: tokens outside of mentions that are not punctuation. */
#ifndef STANCE_CLASSIFY_WORDS_H
#define STANCE_CLASSIFY_WORDS_H

#include "stance/base/arena.h"
#include "stance/stance.h"

struct classify_words {
  const struct stance_token *tokens; /* of the sentence, borrowed from the document */
  uint32_t count;
  bool *is_word; /* [count] */
};

/* False: out of memory. */
bool classify_words_find(const struct stance_document *document, uint32_t sentence, struct stance_arena *arena,
                         struct classify_words *words);
/* The tokens that lie in bytes [start, end) of the document are *first .. *last - 1; returns how many of them are words. */
uint32_t classify_words_in(const struct classify_words *words, uint32_t start, uint32_t end, uint32_t *first,
                           uint32_t *last);

#endif
