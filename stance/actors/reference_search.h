/* SPDX-License-Identifier: MIT
 * What the steps of resolving references share: the mentions so far, and the position in the article.
 *
 *   reference.c reads the sentences -> reference_description.c ("the junta"), reference_pronoun.c ("they")
 *   find the referent -> both ask reference_search.c; reference_words.c has the words
 */
#ifndef STANCE_REFERENCE_SEARCH_H
#define STANCE_REFERENCE_SEARCH_H

#include "reference.h"

enum {
  STANCE_REFERENCE_SENTENCES_BACK =
      3, /* sentences before its own that a description may refer to; pronouns and "the country" reach less far */
  STANCE_REFERENCE_DESCRIPTION_WORDS = 6, /* most words of a description after "the" */
};

struct stance_reference_search {
  struct stance_mention_scan *scan;
  const struct stance_document *document;
  struct stance_mention *mentions; /* explicit and implicit, up to the current token */
  struct stance_mention_note *notes;
  size_t count, capacity;
  size_t *sentence_first;          /* [sentence]: index of its first mention in mentions */
  size_t explicit_next;            /* the next of the document's explicit mentions, by index */
  uint32_t sentence, first, limit; /* the sentence being read, and its tokens, half-open */
  size_t reach_first;              /* index of the first mention that a description here may refer to */
  uint32_t reach_token;            /* the first token of the sentences in reach */
  uint32_t watched;                /* quotation marks are counted up to this token */
  bool in_quotation;
};

struct stance_description_given {   /* a description as it stands in the text: "the military junta" */
  uint32_t token_first, token_last; /* with "the" */
  uint64_t words[STANCE_REFERENCE_DESCRIPTION_WORDS];
  size_t count;
  uint32_t classes; /* of its last word */
};

/* The bits of enum stance_reference_word of a token; 0: none. */
static inline uint32_t stance_reference_classes(const struct stance_reference_search *search, uint32_t token) {
  if (search->document->tokens[token].kind == STANCE_TOKEN_PUNCTUATION) return 0;
  return stance_name_words_of(&search->scan->gazetteer->reference_words, stance_scan_word(search->scan, token));
}

/* Whether the token without its possessive is this word, given in lower case. */
static inline bool stance_reference_is_word(const struct stance_reference_search *search, uint32_t token,
                                            const char *word) {
  return stance_scan_is_bare_word(search->scan, token, word);
}

/* The mentions of a sentence up to the current one have the indices first_of .. end_of - 1. */
static inline size_t stance_reference_first_of(const struct stance_reference_search *search, uint32_t sentence) {
  return search->sentence_first[sentence];
}

static inline size_t stance_reference_end_of(const struct stance_reference_search *search, uint32_t sentence) {
  return sentence == search->sentence ? search->count : search->sentence_first[sentence + 1];
}

/* The index of the sentence `back` sentences before this one, or 0. */
static inline uint32_t stance_reference_reach(const struct stance_reference_search *search, uint32_t back) {
  return search->sentence > back ? search->sentence - back : 0;
}

static inline bool stance_reference_is_name_like(const struct stance_reference_search *search, uint32_t token) {
  const struct stance_token *at = &search->document->tokens[token];
  return at->kind == STANCE_TOKEN_WORD && (at->shape == STANCE_SHAPE_CAPITAL || at->shape == STANCE_SHAPE_MIXED);
}

/* Whether the token is part of an explicit mention. Quick for tokens near the current one. */
bool stance_reference_is_covered(const struct stance_reference_search *search, uint32_t token);
/* Whether two adjacent capitalised words among the tokens from .. to - 1 are no mention: a name that the gazetteer
 * lacks. */
bool stance_reference_has_unknown_name(const struct stance_reference_search *search, uint32_t from, uint32_t to);
/* Whether the mention stands where the subject does: at the start of its sentence, or after an opening phrase and a
 * comma. */
bool stance_reference_is_subject(const struct stance_reference_search *search, size_t mention);

/* Reads "the ..." or "its ..." from `token` on up to the last word that can end a description. False: there is none. */
bool stance_description_read(const struct stance_reference_search *search, uint32_t token,
                             struct stance_description_given *out);
/* Whether the words after a description change its referent: "the group of seven", "the firm Wagner", "the junta in
 * Mali". */
bool stance_description_goes_on(const struct stance_reference_search *search,
                                const struct stance_description_given *given);
/* The referent of a description; NULL: none for certain. */
const struct stance_actor *stance_description_resolve(const struct stance_reference_search *search,
                                                      const struct stance_description_given *given, bool is_its);
/* The referent of "he", "she" (is_subject_form), "him" or "his" at the token; NULL: none for certain. */
const struct stance_actor *stance_pronoun_person(const struct stance_reference_search *search, uint32_t token,
                                                 bool is_subject_form);
/* The referent of "they" (is_subject_form) or "them"; NULL: none for certain. */
const struct stance_actor *stance_pronoun_plural(const struct stance_reference_search *search, uint32_t token,
                                                 bool is_subject_form);
/* The referent of "it", or "its" (is_its); NULL: none for certain. */
const struct stance_actor *stance_pronoun_it(const struct stance_reference_search *search, uint32_t token, bool is_its);

#endif
