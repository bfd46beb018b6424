/* SPDX-License-Identifier: MIT
 * All that the tables say of a word: its closed classes, and its entry in each list of the lexicon. Texts repeat few
 * words, so a direct-mapped cache keeps each answer until another word takes its place. One cache per thread. */
#ifndef STANCE_WORD_CACHE_H
#define STANCE_WORD_CACHE_H

#include "sequence.h"

enum { STANCE_WORD_CACHE_SIZE = 4096, STANCE_LISTED_BITS = 18 }; /* a power of two */

struct stance_known_word { /* fields shared with struct stance_word_info stand in the same order */
  uint64_t hash;
  const struct stance_reading *reading; /* NULL: no lexeme of this one word, or no lexicon */
  uint32_t classes;                     /* bits of enum stance_word_class */
  uint8_t slot, function;
  int8_t polarity, valence;
  uint8_t longer;    /* bits of enum stance_lexicon_longer */
  bool begins_event; /* an event may start here: a lexeme, a light verb, a shifter, or a reporting word */
  bool has_ending;   /* it may end in -ly, or have an apostrophe near its end */
};

/* What the rules ask of a lexeme that the lexicon does not say. Bits. */
enum stance_lexeme_trait {
  STANCE_LEXEME_KNOWN = 1 << 0,  /* the other bits are set */
  STANCE_LEXEME_PHRASE = 1 << 1, /* it has several words */
  STANCE_LEXEME_NAMES = 1 << 2,  /* call, describe, see as: its polarity is that of the name given */
  STANCE_LEXEME_HOLDS = 1 << 3,  /* arrest, deport, ban: the place where it happens stands for its government */
  STANCE_LEXEME_WINS = 1 << 4,   /* beat, crush, thrash: not hostile in sport */
  STANCE_LEXEME_ASKS = 1 << 5,   /* urge, want, hope: what the infinitive or the clause behind tells is not done */
  STANCE_LEXEME_DENIES = 1 << 6, /* deny, reject, dismiss: no hostile word where it is a charge that is denied */
  STANCE_LEXEME_CLAIMS = 1 << 7, /* claim, charge, accusation */
};

enum { STANCE_MARKED_LEMMAS = 512 };

struct stance_word_cache {
  struct stance_known_word words[STANCE_WORD_CACHE_SIZE]; /* direct-mapped by hash */
  struct stance_known_word unlisted;                      /* the answer for a word that no table has */
  const struct stance_lexicon *lexicon;                   /* may be NULL */
  struct stance_word_classes *classes;
  uint64_t listed[(1 << STANCE_LISTED_BITS) / 64]; /* a bit for each word of a table, by the upper bits of its hash */
  struct {
    uint64_t hash; /* 0: empty */
    uint8_t traits;
  } marked[STANCE_MARKED_LEMMAS]; /* lemmas that have traits, by their hashes */
  uint8_t *traits;                /* [lexemes]: bits of enum stance_lexeme_trait; 0: not asked for yet */
};

/* Whether a table may have the word. Words for which this is false are not looked up and take no place in the cache. */
static inline bool stance_word_cache_may_list(const struct stance_word_cache *cache, uint64_t hash) {
  return cache->listed[hash >> (64 - STANCE_LISTED_BITS + 6)] >> (hash >> (64 - STANCE_LISTED_BITS) & 63) & 1;
}

/* Looks the word up in all tables and caches the answer. Valid until the next call. */
const struct stance_known_word *stance_word_cache_learn(struct stance_word_cache *cache, uint64_t hash,
                                                        const char *text, size_t length);
/* Learns the new words of a sentence together, so that the reads of their distant entries overlap. */
void stance_word_cache_read(struct stance_word_cache *cache, const struct stance_token *tokens, size_t count,
                            const char *text);
/* Bits of enum stance_lexeme_trait; computed the first time a lexeme is asked for. The lexeme must be of the cache's
 * lexicon. */
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
