/* SPDX-License-Identifier: MIT
 * Classes of words that stand in or beside names: titles, agent nouns ("troops"), given names, words that turn a place
 * name into something else ("Jordan River", "New Mexico"). */
#ifndef STANCE_NAME_WORDS_H
#define STANCE_NAME_WORDS_H

#include "alias_trie.h"
#include "stance/base/arena.h"
#include "stance/base/listed_word.h"

enum stance_name_word {
  STANCE_NAME_TITLE = 1 << 0,      /* president, colonel, spokesman, leader */
  STANCE_NAME_AGENT = 1 << 1,      /* army, troops, government: after a state's name, the state itself */
  STANCE_NAME_PLURAL = 1 << 2,     /* plural agent nouns: "they" may refer to them */
  STANCE_NAME_MODIFIER = 1 << 3,   /* may stand between a state and an agent noun: military, armed, foreign, former */
  STANCE_NAME_GIVEN = 1 << 4,      /* frequent given names */
  STANCE_NAME_PLACE_NAME = 1 << 5, /* places that people are called by: Jordan, Chad, Paris */
  STANCE_NAME_CALENDAR = 1 << 6,   /* Monday, March */
  STANCE_NAME_FUNCTION = 1 << 7,   /* the, and, when: in capitals only at the start of a sentence */
  STANCE_NAME_FEATURE = 1 << 8,    /* makes a place name before it another thing: River, Delta, Agreement */
  STANCE_NAME_DIRECTION = 1 << 9,  /* makes a place name after it another thing: New, South, Equatorial, Latin */
  STANCE_NAME_OF_PLACE = 1 << 10,  /* the same with "of": Gulf of, Sea of */
  STANCE_NAME_US_GEORGIA = 1 << 11,
  STANCE_NAME_GEORGIA = 1 << 12,
  STANCE_NAME_BODY = 1 << 13,      /* firm, group, militia: between a demonym and the name of an organisation */
  STANCE_NAME_PARTICLE = 1 << 14,  /* of surnames: de, al, bin, van */
  STANCE_NAME_JUNTA = 1 << 15,     /* junta, regime: names a state's rulers */
  STANCE_NAME_COMPOUND = 1 << 16,  /* after a hyphen it makes the name no actor: "French-speaking", "London-based" */
  STANCE_NAME_RULE = 1 << 17,      /* administration, government: after a person, the state that he leads */
  STANCE_NAME_PORTFOLIO = 1 << 18, /* portfolios of ministers: foreign, affairs, defence */
  STANCE_NAME_VERB = 1 << 19,      /* verbs that headlines capitalise after an actor */
  STANCE_NAME_VERBAL = 1 << 21,    /* agent nouns that may be verbs ("Israel strikes") */
  STANCE_NAME_NO_LONGER = 1 << 22, /* ex-, non-: before a hyphen they make the name no actor */
  STANCE_NAME_ORDINARY = 1 << 20,  /* acronyms that are ordinary words in text in capitals: US, WHO, IT */
};

struct stance_name_word_entry {
  uint64_t hash;
  uint32_t classes; /* 0: the slot is free */
};

/* A Bloom filter with one hash, small enough to stay in the processor's cache. Zeroed is empty. */
enum { STANCE_NAME_FILTER_BITS = 13 };
struct stance_word_filter {
  uint64_t bits[(1 << STANCE_NAME_FILTER_BITS) / 64];
};

static inline void stance_word_filter_add(struct stance_word_filter *filter, uint64_t hash) {
  uint64_t bit = hash >> (64 - STANCE_NAME_FILTER_BITS);
  filter->bits[bit / 64] |= UINT64_C(1) << bit % 64;
}

static inline bool stance_word_filter_may_have(const struct stance_word_filter *filter, uint64_t hash) {
  uint64_t bit = hash >> (64 - STANCE_NAME_FILTER_BITS);
  return filter->bits[bit / 64] >> bit % 64 & 1;
}

/* Zeroed is empty. */
struct stance_name_words {
  struct stance_name_word_entry *entries; /* [mask + 1] */
  size_t mask, count;
  struct stance_word_filter filter; /* rejects most words, which are in no class */
};

/* Adds the built-in words, in the arena. False: out of memory. */
bool stance_name_words_fill(struct stance_name_words *words, struct stance_arena *arena);
/* Adds the words of a list. False: out of memory. */
bool stance_name_words_add_listed(struct stance_name_words *words, struct stance_arena *arena,
                                  const struct stance_listed_word *items, size_t count);
/* Adds classes to a word. False: out of memory. */
bool stance_name_words_add(struct stance_name_words *words, struct stance_arena *arena, uint64_t hash,
                           uint32_t classes);

/* The classes (enum stance_name_word) of a folded word; 0: none. */
static inline uint32_t stance_name_words_of(const struct stance_name_words *words, uint64_t hash) {
  if (!stance_word_filter_may_have(&words->filter, hash)) return 0;
  for (size_t slot = hash & words->mask; words->entries[slot].classes; slot = (slot + 1) & words->mask)
    if (words->entries[slot].hash == hash) return words->entries[slot].classes;
  return 0;
}

#endif
