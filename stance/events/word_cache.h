/* SPDX-License-Identifier: MIT
 * What the tables say of a word, all at once: its closed class, and what each list of the lexicon has of it. A text says few words
 * again and again, so that what was found of a word is kept until another takes its place. */
#ifndef STANCE_WORD_CACHE_H
#define STANCE_WORD_CACHE_H

#include "sequence.h"

enum { STANCE_WORD_CACHE_SIZE = 4096, STANCE_LISTED_BITS = 18 }; /* a power of two */

struct stance_known_word { /* the fields that word info has too stand as they do there: they are copied at once */
  uint64_t hash;
  const struct stance_reading *reading; /* as an event; NULL: it is none, or the lexicon is absent */
  uint32_t classes;                     /* of its closed classes */
  uint8_t slot, function;
  int8_t polarity, valence;
  uint8_t longer;    /* lists with longer entries that start with it */
  bool begins_event; /* may: it has a reading or begins a longer one, is a verb that hands on, or reports */
  bool has_ending;   /* may: -ly, or an apostrophe near its end */
};

/* What the rules have to know of a lexeme beside what the lexicon says. Bits. */
enum stance_lexeme_trait {
  STANCE_LEXEME_KNOWN = 1 << 0,  /* the others were looked for */
  STANCE_LEXEME_PHRASE = 1 << 1, /* several words */
  STANCE_LEXEME_NAMES = 1 << 2,  /* call, describe, see as: what the name is, the naming is */
  STANCE_LEXEME_HOLDS = 1 << 3,  /* arrest, deport, ban: the place where it is done stands for its masters */
  STANCE_LEXEME_WINS = 1 << 4,   /* beat, crush, thrash: in sport no hostile deed */
};

struct stance_word_cache {
  struct stance_known_word words[STANCE_WORD_CACHE_SIZE]; /* a word's place is given by its hash; one word a place */
  struct stance_known_word unlisted;                      /* what is known of a word that no table has */
  const struct stance_lexicon *lexicon;                   /* may be NULL */
  struct stance_word_classes *classes;
  uint64_t listed[(1 << STANCE_LISTED_BITS) / 64]; /* a bit for each word of a table, by the upper bits of its hash */
  uint8_t *traits;                                 /* of each lexeme, once asked for */
};

/* May a table have the word? Rare words are in none: nothing is looked up for them, and they drive out no other. */
static inline bool stance_word_cache_may_list(const struct stance_word_cache *cache, uint64_t hash) {
  return cache->listed[hash >> (64 - STANCE_LISTED_BITS + 6)] >> (hash >> (64 - STANCE_LISTED_BITS) & 63) & 1;
}

/* Looks the word up and keeps what was found in its place. Valid until the next call. */
const struct stance_known_word *stance_word_cache_learn(struct stance_word_cache *cache, uint64_t hash,
                                                        const char *text, size_t length);
/* Learns what is new among the words of a sentence, all at once: their entries lie far apart in memory. */
void stance_word_cache_read(struct stance_word_cache *cache, const struct stance_token *tokens, size_t count,
                            const char *text);
/* What the cache knows of a lexeme, as bits; computed the first time. */
uint8_t stance_word_cache_traits(struct stance_word_cache *cache, const struct stance_lexeme *lexeme);

/* The word of a token, whose text is text[0..length). Valid until the next call. */
static inline const struct stance_known_word *stance_word_cache_find(struct stance_word_cache *cache, uint64_t hash,
                                                                     const char *text, size_t length) {
  const struct stance_known_word *word = &cache->words[hash % STANCE_WORD_CACHE_SIZE];
  if (word->hash == hash) return word;
  if (!stance_word_cache_may_list(cache, hash)) return &cache->unlisted;
  return stance_word_cache_learn(cache, hash, text, length);
}

#endif
