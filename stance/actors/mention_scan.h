/* SPDX-License-Identifier: MIT
 * Finding mentions, step by step:
 *   tokens -> matches (mention.c: trie and patterns) -> which stand, and how far they reach (mention_rule.c)
 *          -> mentions -> what descriptions and pronouns stand for (reference.c)
 * This header is what the steps share, mention_scan.c what they ask. */
#ifndef STANCE_MENTION_SCAN_H
#define STANCE_MENTION_SCAN_H

#include "gazetteer_entry.h"
#include "stance/base/ascii.h"

/* A name at a place, before it is a mention. Bytes and tokens; the tokens are inclusive. */
struct stance_match {
  uint32_t start, end, token_first, token_last;
  const struct stance_actor *actor;
  const struct stance_alias *alias; /* NULL: of a pattern, or a surname known from the article */
  uint8_t kind;                     /* enum stance_alias_kind */
  uint8_t part_count;
  bool is_person;                  /* names a person, if only one whose state is known */
  bool is_local;                   /* a surname known from the article */
  bool is_possessive;              /* "Mali's" */
  bool starts_inside, ends_inside; /* of a token: "anti-French", "US-led" */
  bool has_stops;                  /* "U.S." */
  bool is_plural;                  /* ends in "troops", "authorities", "Malians" */
  bool is_rejected;
  bool is_province; /* "Paris" of "Paris, Texas" */
  uint64_t head;    /* the last word's hash, where the match was extended over an agent noun; else 0 */
};

/* What reference.c needs to know of a mention, in the order of the document's mentions. */
struct stance_mention_note {
  uint32_t token_first, token_last;
  uint64_t head;
  uint8_t kind; /* enum stance_alias_kind */
  bool is_person, is_plural, is_possessive;
};

enum stance_sentence_style {
  STANCE_STYLE_UNKNOWN,
  STANCE_STYLE_PROSE,
  STANCE_STYLE_TITLE /* Words In Capitals */,
  STANCE_STYLE_CAPITALS
};

struct stance_surname {
  uint64_t hash;
  const struct stance_actor *actor; /* the person, or the state of a person whom the gazetteer does not know */
  bool is_known;
};

enum { STANCE_SURNAMES_MAX = 256 };

struct stance_mention_scan {
  const struct stance_gazetteer *gazetteer;
  struct stance_arena *arena;
  struct stance_document *document;
  uint32_t day; /* the document's, yyyymmdd; 0: unknown */

  const uint32_t *names,
      *references; /* the next token that a name, or a reference, may start with; in order, UINT32_MAX behind the last */

  uint32_t sentence;            /* the one being read */
  uint8_t style;                /* enum stance_sentence_style */
  struct stance_match *matches; /* of the sentence */
  size_t match_count, match_capacity;

  struct stance_surname *surnames; /* [STANCE_SURNAMES_MAX]: seen in full in the article, the latest last */
  size_t surname_count;
  uint64_t surname_filter; /* bits of their hashes */
  int georgia;             /* cues in the article: > 0 the state of the US; only valid once is_georgia_known */
  bool is_georgia_known;

  struct stance_mention_note *notes; /* [document->mention_count] */
  size_t mention_capacity, note_capacity;
  bool is_out_of_memory;
};

/* The hash of a token as a word: stops and possessive dropped. */
uint64_t stance_scan_marked_word(const struct stance_mention_scan *scan, uint32_t token);
static inline uint64_t stance_scan_word(const struct stance_mention_scan *scan, uint32_t token) {
  const struct stance_token *at = &scan->document->tokens[token];
  return at->is_plain ? at->hash : stance_scan_marked_word(scan, token);
}

/* The classes of a token as a word; 0: none. */
static inline uint32_t stance_scan_classes(const struct stance_mention_scan *scan, uint32_t token) {
  if (scan->document->tokens[token].kind == STANCE_TOKEN_PUNCTUATION) return 0;
  return stance_name_words_of(&scan->gazetteer->words, stance_scan_word(scan, token));
}

/* The end in bytes of a token without its possessive; *is_possessive tells whether it had one (or an apostrophe follows it). */
uint32_t stance_scan_possessive_end(const struct stance_mention_scan *scan, uint32_t token, bool *is_possessive);
static inline uint32_t stance_scan_word_end(const struct stance_mention_scan *scan, uint32_t token,
                                            bool *is_possessive) {
  uint32_t end = scan->document->tokens[token].end;
  unsigned char last = (unsigned char)scan->document->text[end - 1];
  *is_possessive = false;
  if ((last | 32) != 's' && last != '\'' && last != 0x99 /* of a curly one */) return end; /* nearly all */
  return stance_scan_possessive_end(scan, token, is_possessive);
}

/* Is text[0..length) this word (in lower case), but for capitals? */
bool stance_scan_is_spelled(const char *text, size_t length, const char *word);
/* Is the token this word? Nearly always the first letter tells that it is not. */
static inline bool stance_scan_is_word(const struct stance_mention_scan *scan, uint32_t token, const char *word) {
  const struct stance_token *at = &scan->document->tokens[token];
  const char *text = scan->document->text + at->start;
  return ascii_lower((unsigned char)*text) == (unsigned char)*word &&
         stance_scan_is_spelled(text, at->end - at->start, word);
}
/* The same of the token without its possessive. */
static inline bool stance_scan_is_bare_word(const struct stance_mention_scan *scan, uint32_t token, const char *word) {
  bool has_possessive;
  const struct stance_token *at = &scan->document->tokens[token];
  const char *text = scan->document->text + at->start;
  return ascii_lower((unsigned char)*text) == (unsigned char)*word &&
         stance_scan_is_spelled(text, stance_scan_word_end(scan, token, &has_possessive) - at->start, word);
}

/* mention_rule.c: takes the sentence's matches (sorted, not overlapping), drops those that are something else, extends the
 * others over titles and agent nouns, and remembers full names. */
void stance_mention_rules_apply(struct stance_mention_scan *scan);

/* The surname of a full name that the article gave; NULL: none. The oldest are forgotten. */
const struct stance_surname *stance_scan_surname(const struct stance_mention_scan *scan, uint64_t hash);
/* "Paris, Texas": the country of the state or province that a comma and its name put behind the match; NULL: none (province.c). */
const struct stance_actor *stance_province_country(const struct stance_mention_scan *scan,
                                                   const struct stance_match *match);
/* Lets a surname stand for the actor from this token on. is_known: the gazetteer has it. */
void stance_scan_remember_surname(struct stance_mention_scan *scan, uint32_t token, const struct stance_actor *actor,
                                  bool is_known);

#endif
