/* SPDX-License-Identifier: MIT
 * Which part of speech a word of the lexicon has where it stands. Serves event.c; `previous` and `next` are what before
 * and behind give. Functions only read the sequence. */
#ifndef STANCE_READING_H
#define STANCE_READING_H

#include <string.h>

#include "clause.h"

/* Whether the word is "as", which also opens clauses. */
static inline bool stance_is_as(const struct stance_sequence *sequence, uint32_t at) {
  const struct stance_token *word = &sequence->tokens[at];
  return word->end - word->start == 2 && memcmp(sequence->text + word->start, "as", 2) == 0;
}

/* Whether the function words say this kind of symbol i. */
static inline bool stance_has_function(const struct stance_sequence *sequence, uint32_t i,
                                       enum stance_function_word kind) {
  return sequence->info[i].function >> kind & 1;
}

/* The symbol before `at`, skipping quotation marks and adverbs other than those of time; STANCE_NO_SYMBOL: none. */
static inline uint32_t stance_symbol_before(const struct stance_sequence *sequence, uint32_t at) {
  while (at-- > 0)
    if (!stance_has_class(sequence, at, STANCE_CLASS_LY | STANCE_CLASS_QUOTE) &&
        !(stance_has_class(sequence, at, STANCE_CLASS_ADVERB) && !stance_has_class(sequence, at, STANCE_CLASS_TIME)))
      return at;
  return STANCE_NO_SYMBOL;
}

/* The symbol from `at` on, skipping quotation marks and adverbs in -ly; STANCE_NO_SYMBOL: none. */
static inline uint32_t stance_symbol_behind(const struct stance_sequence *sequence, uint32_t at) {
  for (; at < sequence->count; at++)
    if (!stance_has_class(sequence, at, STANCE_CLASS_LY | STANCE_CLASS_QUOTE)) return at;
  return STANCE_NO_SYMBOL;
}

/* Whether an actor, a determiner or a pronoun stands at `at`, which may be STANCE_NO_SYMBOL. */
static inline bool stance_starts_noun_phrase(const struct stance_sequence *sequence, uint32_t at) {
  return at != STANCE_NO_SYMBOL &&
         (stance_is_actor(sequence, at) ||
          stance_has_class(sequence, at, STANCE_CLASS_DETERMINER | STANCE_CLASS_PRONOUN | STANCE_CLASS_SELF));
}

/* What the word before tells of an ambiguous word: 1: it is a verb, -1: a noun, 0: unknown. */
int stance_verb_by_left(const struct stance_sequence *sequence, uint32_t previous);
/* Whether the word at start..end, which may be verb or noun, is a verb here. inflection: its bits of enum
 * stance_inflection. */
bool stance_is_verb_here(const struct stance_sequence *sequence, uint32_t start, uint32_t end, uint8_t inflection);
/* Whether the word is a noun as it follows a verb and an actor used as adjective: "destroyed B houses". */
bool stance_is_in_object(const struct stance_sequence *sequence, uint32_t previous, uint32_t next);
/* The lexeme of the reading that fits at start..end; NULL: none. Borrowed from the reading. */
const struct stance_lexeme *stance_reading_choose(const struct stance_sequence *sequence,
                                                  const struct stance_reading *reading, uint32_t start, uint32_t end);

#endif
