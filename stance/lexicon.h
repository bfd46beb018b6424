/* SPDX-License-Identifier: MIT
 * The lexicons: verbs and nouns of conflict and cooperation with the slots they take, and general polarity. */
#ifndef STANCE_LEXICON_H
#define STANCE_LEXICON_H

#include "arena.h"
#include "stance.h"

enum stance_quad { /* CAMEO's quad classes */
  STANCE_QUAD_NEUTRAL, STANCE_VERBAL_COOPERATION, STANCE_MATERIAL_COOPERATION, STANCE_VERBAL_CONFLICT,
  STANCE_MATERIAL_CONFLICT,
};
enum stance_slot {
  STANCE_SLOT_SUBJECT, STANCE_SLOT_OBJECT, STANCE_SLOT_OF, STANCE_SLOT_WITH, STANCE_SLOT_AGAINST, STANCE_SLOT_TO,
  STANCE_SLOT_FOR, STANCE_SLOT_BY, STANCE_SLOT_FROM, STANCE_SLOT_ON, STANCE_SLOT_AT, STANCE_SLOT_OVER,
  STANCE_SLOT_TOWARD, STANCE_SLOT_BETWEEN, STANCE_SLOT_ABOUT, STANCE_SLOT_INTO, STANCE_SLOT_IN, STANCE_SLOT_POSSESSIVE,
  STANCE_SLOT_COUNT,
};
enum stance_slot_role { STANCE_ROLE_NONE, STANCE_ROLE_SOURCE, STANCE_ROLE_TARGET, STANCE_ROLE_BOTH, STANCE_ROLE_ISSUE };
enum stance_speech { STANCE_SPEECH_VERB, STANCE_SPEECH_NOUN, STANCE_SPEECH_ADJECTIVE };

struct stance_lexeme {
  const char *lemma;
  uint8_t speech, quad, strength; /* strength 0..10 */
  int8_t polarity;                /* -1, 0, 1 */
  uint8_t roles[STANCE_SLOT_COUNT];
};

/* What one surface form may be. "attack" is a verb (base) and a noun at once. */
enum stance_inflection { STANCE_FORM_BASE = 1, STANCE_FORM_THIRD = 2, STANCE_FORM_PAST = 4, STANCE_FORM_ING = 8 };
struct stance_reading {
  const struct stance_lexeme *lexemes[3]; /* by enum stance_speech; NULL: it is not one */
  uint8_t inflection;                     /* of the verb: bits; PAST is the participle too */
};

struct stance_lexicon;

/* Reads conflict-cooperation.tsv, function-words.tsv, afinn-165.tsv and news-valence.tsv (word TAB score) from a folder; strict, with
 * file and line. Or from one text that holds the four (a model's section; see stance_lexicon_text), which must outlive it. Free with close. */
enum stance_status stance_lexicon_open(const char *folder, struct stance_lexicon **out, struct stance_error *error);
enum stance_status stance_lexicon_parse(const char *text, size_t length, struct stance_lexicon **out,
                                        struct stance_error *error);
void stance_lexicon_close(struct stance_lexicon *lexicon);
/* The sources in one text, for a model file; borrowed from the lexicon. */
const char *stance_lexicon_text(const struct stance_lexicon *lexicon, size_t *length);

/* The longest entry that starts at tokens[0] (its words' hashes in a row); *words: how many tokens it spans. NULL: none. */
const struct stance_lexeme *stance_lexicon_find(const struct stance_lexicon *lexicon,
                                                const struct stance_token *tokens, size_t count, size_t *words);
/* As find, with every reading of the form. */
const struct stance_reading *stance_lexicon_read(const struct stance_lexicon *lexicon,
                                                 const struct stance_token *tokens, size_t count, size_t *words);
size_t stance_lexicon_lexeme_count(const struct stance_lexicon *lexicon);
const struct stance_lexeme *stance_lexicon_lexeme(const struct stance_lexicon *lexicon, size_t index);
/* The names of the files: "verbal-conflict", "against", "source". */
const char *stance_quad_name(enum stance_quad quad);
const char *stance_slot_name(enum stance_slot slot);
const char *stance_slot_role_name(enum stance_slot_role role);
/* A function word's kinds are a bit set of 1 << stance_function_word. */
enum stance_function_word { STANCE_NEGATOR, STANCE_HEDGE, STANCE_REPORTING, STANCE_TITLE, STANCE_AGENT_NOUN,
                            STANCE_GROUP_DESCRIPTION, STANCE_PASSIVE_AUXILIARY };

/* What the lists of words say of tokens[0] and of the entries that start with it. False: none of them has it; out stays as it is. */
struct stance_lexicon_word {
  int8_t polarity;                                /* general polarity of the word alone, -5..5; 0: not listed */
  int8_t valence;                                 /* what its longest entry means in news for those affected, -3..3; 0: not listed */
  uint8_t function;                               /* kinds of its longest entry */
  uint8_t valence_words, function_words; /* how many tokens these entries span */
};
/* Fetches what describe will look at, some tokens ahead of it. */
void stance_lexicon_prefetch(const struct stance_lexicon *lexicon, uint64_t hash);
bool stance_lexicon_describe(const struct stance_lexicon *lexicon, const struct stance_token *tokens, size_t count,
                             struct stance_lexicon_word *out);

#endif
