/* SPDX-License-Identifier: MIT
 * Finding mentions, step by step:
 *   tokens -> matches (mention.c: trie and patterns) -> those accepted, with their extent (mention_rule.c)
 *          -> mentions -> implicit mentions: descriptions and pronouns (reference.c)
 * The steps share these structs and the look-ups of mention_scan.c. */
#ifndef STANCE_MENTION_SCAN_H
#define STANCE_MENTION_SCAN_H

#include "gazetteer_entry.h"
#include "stance/base/ascii.h"

/* A candidate mention. start, end: bytes, half-open; token_first, token_last: tokens, inclusive. */
struct stance_match {
  uint32_t start, end, token_first, token_last;
  const struct stance_actor *actor;
  const struct stance_alias *alias; /* NULL: found by a pattern, or a surname that the article introduced */
  uint8_t kind;                     /* enum stance_alias_kind */
  uint8_t part_count;
  bool is_person;                  /* names a person; `actor` is his state where the gazetteer lacks him */
  bool is_local;                   /* a surname that the article introduced */
  bool is_possessive;              /* "Mali's" */
  bool starts_inside, ends_inside; /* starts or ends inside a token: "anti-French", "US-led" */
  bool has_stops;                  /* "U.S." */
  bool is_plural;                  /* ends in "troops", "authorities", "Malians" */
  bool is_rejected;
  bool is_province; /* "Paris" of "Paris, Texas" */
  uint64_t head;    /* hash of the agent noun that the match was extended to ("troops"); 0: not extended */
};

/* What reference.c needs of a mention beyond struct stance_mention; same order as the document's mentions. */
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
      *references; /* the tokens not yet read that may start a name, or a reference; ascending, ended by UINT32_MAX */

  uint32_t sentence;            /* index of the sentence being read */
  uint8_t style;                /* enum stance_sentence_style */
  struct stance_match *matches; /* of this sentence */
  size_t match_count, match_capacity;

  struct stance_surname *surnames; /* [STANCE_SURNAMES_MAX]: persons whose full names the article gave, latest last */
  size_t surname_count;
  uint64_t surname_filter; /* Bloom filter of their hashes */
  int georgia;             /* cues in the article; above 0: the US state is meant; valid once is_georgia_known */
  bool is_georgia_known;

  struct stance_mention_note *notes; /* [document->mention_count] */
  size_t mention_capacity, note_capacity;
  bool is_out_of_memory;
};

/* The hash of a token as a word, without stops and possessive; the slow path of stance_scan_word. */
uint64_t stance_scan_marked_word(const struct stance_mention_scan *scan, uint32_t token);
static inline uint64_t stance_scan_word(const struct stance_mention_scan *scan, uint32_t token) {
  const struct stance_token *at = &scan->document->tokens[token];
  return at->is_plain ? at->hash : stance_scan_marked_word(scan, token);
}

/* The enum stance_name_word bits of a token; 0: none. */
static inline uint32_t stance_scan_classes(const struct stance_mention_scan *scan, uint32_t token) {
  if (scan->document->tokens[token].kind == STANCE_TOKEN_PUNCTUATION) return 0;
  return stance_name_words_of(&scan->gazetteer->words, stance_scan_word(scan, token));
}

/* The end, in bytes, of a token without its possessive; *is_possessive: whether it has one, or an apostrophe follows
 * it. The slow path of stance_scan_word_end. */
uint32_t stance_scan_possessive_end(const struct stance_mention_scan *scan, uint32_t token, bool *is_possessive);
static inline uint32_t stance_scan_word_end(const struct stance_mention_scan *scan, uint32_t token,
                                            bool *is_possessive) {
  uint32_t end = scan->document->tokens[token].end;
  unsigned char last = (unsigned char)scan->document->text[end - 1];
  *is_possessive = false;
  if ((last | 32) != 's' && last != '\'' && last != 0x99 /* last byte of a curly apostrophe */)
    return end; /* most tokens */
  return stance_scan_possessive_end(scan, token, is_possessive);
}

/* Whether text[0..length) is this word, given in lower case, whatever its capitals. */
bool stance_scan_is_spelled(const char *text, size_t length, const char *word);
/* Whether the token is this word, given in lower case. The first letter is compared inline, as it settles most
 * cases. */
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

/* Applies the rules of mention_rule.c to the sentence's matches, which are sorted and do not overlap: drops false ones,
 * extends others over titles and agent nouns, and remembers full names. */
void stance_mention_rules_apply(struct stance_mention_scan *scan);

/* The latest person with this surname whose full name the article gave; NULL: none. Only the last STANCE_SURNAMES_MAX
 * are kept. */
const struct stance_surname *stance_scan_surname(const struct stance_mention_scan *scan, uint64_t hash);
/* The country of the state or province that a comma joins to the match ("Paris, Texas"); NULL: none (province.c). */
const struct stance_actor *stance_province_country(const struct stance_mention_scan *scan,
                                                   const struct stance_match *match);
/* Makes the surname at `token` stand for the actor in the rest of the article. is_known: the gazetteer has the
 * person. */
void stance_scan_remember_surname(struct stance_mention_scan *scan, uint32_t token, const struct stance_actor *actor,
                                  bool is_known);

#endif
