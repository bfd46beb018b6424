/* SPDX-License-Identifier: MIT
 * What the steps of resolving references share: what the article has named so far, and where we read.
 *
 *   reference.c reads the sentences -> reference_description.c ("the junta") and reference_pronoun.c ("they") say who is meant
 *   -> both ask reference_search.c; the words are in reference_words.c
 */
#ifndef STANCE_REFERENCE_SEARCH_H
#define STANCE_REFERENCE_SEARCH_H

#include "reference.h"

enum {
  STANCE_REFERENCE_SENTENCES_BACK = 3,    /* that a description may reach; pronouns and "the country" reach less far */
  STANCE_REFERENCE_DESCRIPTION_WORDS = 6, /* between "the" and the end of a description */
};

struct stance_reference_search {
  struct stance_mention_scan *scan;
  const struct stance_document *document;
  struct stance_mention *mentions; /* explicit and implicit, up to where we read */
  struct stance_mention_note *notes;
  size_t count, capacity;
  size_t *sentence_first;          /* [sentence]: index of its first mention in mentions */
  size_t explicit_next;            /* index in the document's own mentions */
  uint32_t sentence, first, limit; /* the sentence being read, and its tokens */
  size_t reach_first;              /* index of the first mention that a description in it may stand for */
  uint32_t reach_token;            /* the first token of the sentences that one may be looked for in */
  uint32_t watched;                /* tokens before this one were looked at for quotation marks */
  bool in_quotation;
};

struct stance_description_given {   /* "the military junta", as it stands in the text */
  uint32_t token_first, token_last; /* the article included */
  uint64_t words[STANCE_REFERENCE_DESCRIPTION_WORDS];
  size_t count;
  uint32_t classes; /* of its last word */
};

/* The classes of a token: bits of enum stance_reference_word. */
static inline uint32_t stance_reference_classes(const struct stance_reference_search *search, uint32_t token) {
  if (search->document->tokens[token].kind == STANCE_TOKEN_PUNCTUATION) return 0;
  return stance_name_words_of(&search->scan->gazetteer->reference_words, stance_scan_word(search->scan, token));
}

/* Is the token, without its possessive, this word? */
static inline bool stance_reference_is_word(const struct stance_reference_search *search, uint32_t token,
                                            const char *word) {
  return stance_scan_is_bare_word(search->scan, token, word);
}

/* A sentence's mentions are first_of .. end_of - 1. */
static inline size_t stance_reference_first_of(const struct stance_reference_search *search, uint32_t sentence) {
  return search->sentence_first[sentence];
}

static inline size_t stance_reference_end_of(const struct stance_reference_search *search, uint32_t sentence) {
  return sentence == search->sentence ? search->count : search->sentence_first[sentence + 1];
}

/* The first sentence to look in, `back` before this one. */
static inline uint32_t stance_reference_reach(const struct stance_reference_search *search, uint32_t back) {
  return search->sentence > back ? search->sentence - back : 0;
}

static inline bool stance_reference_is_name_like(const struct stance_reference_search *search, uint32_t token) {
  const struct stance_token *at = &search->document->tokens[token];
  return at->kind == STANCE_TOKEN_WORD && (at->shape == STANCE_SHAPE_CAPITAL || at->shape == STANCE_SHAPE_MIXED);
}

/* Is the token part of an explicit mention? Asked near where we read, so the search starts there. */
bool stance_reference_is_covered(const struct stance_reference_search *search, uint32_t token);
/* Two words in capitals side by side that are no mention: somebody the gazetteer does not know. */
bool stance_reference_has_unknown_name(const struct stance_reference_search *search, uint32_t from, uint32_t to);
/* Is the mention where a sentence has its subject: at the start, or behind an opening phrase and a comma? */
bool stance_reference_is_subject(const struct stance_reference_search *search, size_t mention);

/* Reads "the/its ..." from `token` on, which is in no mention, up to the last word that can end a description. */
bool stance_description_read(const struct stance_reference_search *search, uint32_t token,
                             struct stance_description_given *out);
/* What stands behind a description can make it something else: "the group of seven", "the firm Wagner", "the junta in Mali". */
bool stance_description_goes_on(const struct stance_reference_search *search,
                                const struct stance_description_given *given);
/* Who is meant; NULL: nobody for certain. */
const struct stance_actor *stance_description_resolve(const struct stance_reference_search *search,
                                                      const struct stance_description_given *given, bool is_its);
/* Whom "he", "him" or "she" at the token is; NULL: nobody that is clear. */
const struct stance_actor *stance_pronoun_person(const struct stance_reference_search *search, uint32_t token,
                                                 bool is_subject_form);
/* Whom "they" or "them" is; NULL likewise. */
const struct stance_actor *stance_pronoun_plural(const struct stance_reference_search *search, uint32_t token,
                                                 bool is_subject_form);
/* What "it" or "its" is; NULL likewise. */
const struct stance_actor *stance_pronoun_it(const struct stance_reference_search *search, uint32_t token, bool is_its);

#endif
