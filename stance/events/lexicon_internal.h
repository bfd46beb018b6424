/* SPDX-License-Identifier: MIT
 * A lexicon in memory: lexicon_read.c fills it, lexicon_table.c keeps its tables, lexicon_image.c keeps them in models,
 * lexicon.c answers from it. */
#ifndef STANCE_LEXICON_INTERNAL_H
#define STANCE_LEXICON_INTERNAL_H

#include "lexicon.h"
#include "stance/base/buffer.h"

enum { WORDS_MAX = STANCE_ENTRY_WORDS, LEXEMES_MAX = 100000 };
enum lexicon_list { LIST_LEXEME, LIST_FUNCTION, LIST_POLARITY, LIST_VALENCE };

_Static_assert(
    STANCE_LONGER_LEXEME == 1 << LIST_LEXEME && STANCE_LONGER_FUNCTION == 1 << LIST_FUNCTION &&
        STANCE_LONGER_VALENCE == 1 << LIST_VALENCE,
    "a list's bit"); /* the polarity list keeps no entries of several words: its bit is free for STANCE_LONGER_MORE */

/* A value is a reading's index + 1, function bits, or a score + 6, by the list; 0: the list has no such entry. */
struct lexicon_word {
  uint64_t hash;
  uint32_t reading;
  uint8_t function, polarity, valence;
  uint8_t goes_on; /* bits 1 << enum lexicon_list: a longer entry starts with it */
};

struct lexicon_node { /* the second or a later word of an entry */
  uint64_t key;
  uint32_t value;
  bool goes_on;
};

struct stance_lexicon {
  struct stance_arena arena;
  const char *text; /* the caller's, or that of `own` */
  size_t text_length;
  struct stance_buffer own;
  struct lexicon_word *words; /* words and nodes: open addressing, a power of two, at most half full */
  size_t word_count, word_capacity;
  struct lexicon_node *nodes;
  size_t node_count, node_capacity;
  struct stance_lexicon_starts *starts; /* most words after "to" or "in" continue no entry */
  struct stance_lexeme *lexemes;
  size_t lexeme_count, lexeme_capacity;
  size_t varied; /* while the files are read: lexemes whose forms have their variants */
  struct stance_reading *readings;
  size_t reading_count, reading_capacity;
  struct stance_frames *frames;
};

/* Where an entry's value is kept: at its only word (node NULL), or at the node of its last word. */
struct lexicon_place {
  struct lexicon_word *word;
  struct lexicon_node *node;
};

static inline uint64_t lexicon_filled(uint64_t key) { return key ? key : 1; } /* 0 marks an empty slot */

/* ---- lexicon_table.c ---- */

/* Gives the table of words this capacity, a power of two. False: out of memory. */
bool stance_lexicon_words_grow(struct stance_lexicon *lexicon, size_t capacity);
/* The same for the table of nodes. */
bool stance_lexicon_nodes_grow(struct stance_lexicon *lexicon, size_t capacity);
/* The entry of a word; NULL: no list has it. */
const struct lexicon_word *stance_lexicon_word_find(const struct stance_lexicon *lexicon, uint64_t hash);
/* Finds or makes the place of a phrase, whose words are separated by single spaces. STANCE_INPUT: an empty word or too
 * many words. */
enum stance_status stance_lexicon_place_make(struct stance_lexicon *lexicon, enum lexicon_list list, const char *phrase,
                                             size_t length, struct lexicon_place *out, struct stance_error *error);
/* What a list says at a place; 0: nothing. */
uint32_t stance_lexicon_place_value(struct lexicon_place place, enum lexicon_list list);
/* Sets what a list says at a place. */
void stance_lexicon_place_set(struct lexicon_place place, enum lexicon_list list, uint32_t value);
/* The key of the node of tokens[0] and tokens[1]. */
uint64_t stance_lexicon_row_key(enum lexicon_list list, const struct stance_token *tokens);
/* The value of the list's longest entry of several words that starts at tokens[0]; 0: none. */
uint32_t stance_lexicon_row_find(const struct stance_lexicon *lexicon, enum lexicon_list list,
                                 const struct stance_token *tokens, size_t count, uint8_t *words);

/* ---- lexicon_read.c ---- */

enum { LEXICON_SECTIONS = 7 };
/* Reads the text of section `index`, one of the files in the order of lexicon.c; `file` is the name in messages. */
enum stance_status stance_lexicon_read_section(struct stance_lexicon *lexicon, size_t index, const char *file,
                                               const char *text, size_t length, struct stance_error *error);
/* Turns the numbers of lexemes that the readings hold into pointers, once all sections are read. */
void stance_lexicon_resolve_readings(struct stance_lexicon *lexicon);

#endif
