/* SPDX-License-Identifier: MIT
 * The lexicons: words of conflict and cooperation with the roles of their slots, verb-noun frames, function words,
 * general polarity and news valence. A lexicon is read-only once opened; all threads may ask at once. */
#ifndef STANCE_LEXICON_H
#define STANCE_LEXICON_H

#include "stance/base/arena.h"
#include "stance/base/hash.h"
#include "stance/stance.h"

enum stance_quad { /* CAMEO's four quad classes (Schrodt 2012), and neutral */
                   STANCE_QUAD_NEUTRAL,
                   STANCE_VERBAL_COOPERATION,
                   STANCE_MATERIAL_COOPERATION,
                   STANCE_VERBAL_CONFLICT,
                   STANCE_MATERIAL_CONFLICT,
};
enum stance_slot {
  STANCE_SLOT_SUBJECT,
  STANCE_SLOT_OBJECT,
  STANCE_SLOT_OF,
  STANCE_SLOT_WITH,
  STANCE_SLOT_AGAINST,
  STANCE_SLOT_TO,
  STANCE_SLOT_FOR,
  STANCE_SLOT_BY,
  STANCE_SLOT_FROM,
  STANCE_SLOT_ON,
  STANCE_SLOT_AT,
  STANCE_SLOT_OVER,
  STANCE_SLOT_TOWARD,
  STANCE_SLOT_BETWEEN,
  STANCE_SLOT_ABOUT,
  STANCE_SLOT_INTO,
  STANCE_SLOT_IN,
  STANCE_SLOT_POSSESSIVE,
  STANCE_SLOT_COUNT,
};
enum stance_slot_role { STANCE_ROLE_NONE, STANCE_ROLE_SOURCE, STANCE_ROLE_TARGET, STANCE_ROLE_BOTH, STANCE_ROLE_ISSUE };
enum stance_speech { STANCE_SPEECH_VERB, STANCE_SPEECH_NOUN, STANCE_SPEECH_ADJECTIVE };

struct stance_lexeme {
  const char *lemma;
  uint64_t hash;                  /* of the lemma */
  uint8_t speech, quad, strength; /* strength 0..10 */
  int8_t polarity;                /* -1, 0, 1 */
  uint8_t roles[STANCE_SLOT_COUNT];
};

/* What one surface form may be: "attack" is the base form of a verb, and a noun. */
enum stance_inflection { STANCE_FORM_BASE = 1, STANCE_FORM_THIRD = 2, STANCE_FORM_PAST = 4, STANCE_FORM_ING = 8 };
struct stance_reading {
  const struct stance_lexeme *lexemes[3]; /* by enum stance_speech; NULL: the form has no such lexeme */
  uint8_t inflection;  /* bits of enum stance_inflection, of the verb; PAST covers the past participle */
  uint16_t frame_verb; /* its number among the verbs of frames (frame.h); 0: none */
};

struct stance_lexicon;
struct stance_frames;

/* Reads conflict-cooperation.tsv, function-words.tsv, afinn-165.tsv, news-valence.tsv (word TAB score) and the three
 * files of frames (frame.h) from a folder. STANCE_INPUT names file and line; *out is NULL then. Free with close. */
enum stance_status stance_lexicon_open(const char *folder, struct stance_lexicon **out, struct stance_error *error);
/* The same from the text of stance_lexicon_text, as a model's section holds it; the text must outlive the lexicon. */
enum stance_status stance_lexicon_parse(const char *text, size_t length, struct stance_lexicon **out,
                                        struct stance_error *error);
struct stance_buffer;
/* Appends the tables as a model's section, for take. */
void stance_lexicon_image(const struct stance_lexicon *lexicon, struct stance_buffer *out);
/* From such a section, at a multiple of 64 bytes in memory that is written to, and the text; both outlive the lexicon.
 * Tables that another version made are passed over for the text. STANCE_INPUT: they are damaged, or the text is. */
enum stance_status stance_lexicon_take(const char *text, size_t length, unsigned char *bytes, size_t size,
                                       struct stance_lexicon **out, struct stance_error *error);
/* Frees it; NULL is fine. */
void stance_lexicon_close(struct stance_lexicon *lexicon);
/* All source files as one text, for a model file. Borrowed; valid as long as the lexicon. */
const char *stance_lexicon_text(const struct stance_lexicon *lexicon, size_t *length);

/* The readings of the longest entry that starts at tokens[0]; *words: how many tokens it spans. NULL: no entry, *words
 * is 0. Borrowed. */
const struct stance_reading *stance_lexicon_read(const struct stance_lexicon *lexicon,
                                                 const struct stance_token *tokens, size_t count, size_t *words);
/* The frames. A match's lexeme is an index of stance_lexicon_lexeme, plus 1. Borrowed. */
const struct stance_frames *stance_lexicon_frames(const struct stance_lexicon *lexicon);
/* How many lexemes there are. */
size_t stance_lexicon_lexeme_count(const struct stance_lexicon *lexicon);
/* Lexeme `index` below the count. Borrowed. */
const struct stance_lexeme *stance_lexicon_lexeme(const struct stance_lexicon *lexicon, size_t index);
/* The class as the lexicon's files spell it: "verbal-conflict". */
const char *stance_quad_name(enum stance_quad quad);
/* The slot likewise: "subj", "against". */
const char *stance_slot_name(enum stance_slot slot);
/* The role likewise: "source". */
const char *stance_slot_role_name(enum stance_slot_role role);
/* Kinds of function words; a word's kinds are bits 1 << enum stance_function_word. */
enum stance_function_word {
  STANCE_NEGATOR,
  STANCE_HEDGE,
  STANCE_REPORTING,
  STANCE_TITLE,
  STANCE_AGENT_NOUN,
  STANCE_GROUP_DESCRIPTION,
  STANCE_PASSIVE_AUXILIARY,
  STANCE_EXCEPTION
};

/* The lists that may have an entry of several words which starts with a given word. Bits. */
enum stance_lexicon_longer {
  STANCE_LONGER_LEXEME = 1 << 0,
  STANCE_LONGER_FUNCTION = 1 << 1,
  STANCE_LONGER_MORE = 1 << 2, /* in the filters only: longer than two words */
  STANCE_LONGER_VALENCE = 1 << 3,
};

/* What the lists say of one word by itself. */
struct stance_lexicon_word {
  const struct stance_reading *reading; /* NULL: no lexeme of this one word */
  int8_t polarity;                      /* general, -5..5; 0: not listed */
  int8_t valence;   /* how good or bad for those affected what it reports is, -3..3; 0: not listed */
  uint8_t function; /* bits 1 << enum stance_function_word */
  uint8_t longer;   /* bits of enum stance_lexicon_longer */
};
/* Looks a word up in all lists. False: none has it, and *out is unchanged. */
bool stance_lexicon_lookup(const struct stance_lexicon *lexicon, uint64_t hash, struct stance_lexicon_word *out);
/* Prefetches into the processor's cache what lookup of this hash will read. */
void stance_lexicon_prefetch(const struct stance_lexicon *lexicon, uint64_t hash);
/* Calls `each` with the hash of every word that lookup knows, in no particular order. */
void stance_lexicon_words(const struct stance_lexicon *lexicon, void (*each)(void *context, uint64_t hash),
                          void *context);

enum { STANCE_ENTRY_WORDS = 8 }; /* words of the longest entry allowed */

/* For each list asked for: its longest entry of several words that starts at tokens[0]; zero or NULL where there is
 * none. */
struct stance_lexicon_row {
  const struct stance_reading *reading;
  int8_t valence;
  uint8_t function;
  uint8_t reading_words, valence_words, function_words; /* how many tokens these entries span */
};
/* Finds them; lists: bits of enum stance_lexicon_longer. */
void stance_lexicon_row(const struct stance_lexicon *lexicon, unsigned lists, const struct stance_token *tokens,
                        size_t count, struct stance_lexicon_row *out);
/* Prefetches what row will read. tokens must have at least two elements. */
void stance_lexicon_prefetch_row(const struct stance_lexicon *lexicon, unsigned lists,
                                 const struct stance_token *tokens);

/* Bloom filters (one hash each) of how entries start. pairs: a bit for the first two words of each entry; small, as it
 * is asked for every word. lists: four bits of enum stance_lexicon_longer; for two words, the lists with an entry of
 * just these two, and MORE; for three words, the lists with an entry that starts with them. */
enum { STANCE_STARTS_PAIRS = 1 << 16, STANCE_STARTS_COUNT = 1 << 17 };
struct stance_lexicon_starts {
  uint64_t pairs[STANCE_STARTS_PAIRS / 64], lists[STANCE_STARTS_COUNT / 16];
};
/* The filters of a lexicon. Borrowed. */
const struct stance_lexicon_starts *stance_lexicon_starts(const struct stance_lexicon *lexicon);
static inline bool stance_starts_pair(const struct stance_lexicon_starts *starts, uint64_t first, uint64_t second) {
  uint64_t row = stance_hash_combine(first, second);
  return starts->pairs[row / 64 % (STANCE_STARTS_PAIRS / 64)] >> row % 64 & 1;
}
static inline unsigned stance_starts_at(const struct stance_lexicon_starts *starts, uint64_t row) {
  return (unsigned)(starts->lists[row / 16 % (STANCE_STARTS_COUNT / 16)] >> row % 16 * 4) & 15;
}
/* The lists that may have an entry of several words which starts at tokens[0]; the other lists surely have none. */
static inline unsigned stance_lexicon_longer(const struct stance_lexicon_starts *starts,
                                             const struct stance_token *tokens, size_t count) {
  if (count < 2) return 0;
  uint64_t row = stance_hash_combine(tokens[0].hash, tokens[1].hash);
  unsigned lists = stance_starts_at(starts, row);
  if (!(lists & STANCE_LONGER_MORE)) return lists;
  if (count > 2) lists |= stance_starts_at(starts, stance_hash_combine(row, tokens[2].hash));
  return lists & ~(unsigned)STANCE_LONGER_MORE;
}

#endif
