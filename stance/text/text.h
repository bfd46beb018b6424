/* SPDX-License-Identifier: MIT
 * Text to sentences and tokens. Rules are PCRE2 patterns (JIT, UTF), compiled once and shared by all threads.
 * May include base/ only; all other wings read it. */
#ifndef STANCE_TEXT_H
#define STANCE_TEXT_H

#include "stance/base/arena.h"
#include "stance/stance.h"

struct stance_text_rules;
/* The rules, compiled at the first call and kept for the life of the process. Thread-safe. */
enum stance_status stance_text_rules_get(const struct stance_text_rules **out, struct stance_error *error);

/* A thread's work space for matching (PCRE2 match data, JIT stack). */
struct stance_text_matcher;
/* A matcher for one thread. Fails only for lack of memory. Destroy it. */
enum stance_status stance_text_matcher_new(struct stance_text_matcher **out, struct stance_error *error);
/* Frees it; NULL is fine. */
void stance_text_matcher_destroy(struct stance_text_matcher *matcher);

/* Fills the document's text, date and sentences from the article; the title is a paragraph of its own. All in the
 * arena. */
enum stance_status stance_sentences_find(struct stance_text_matcher *matcher, struct stance_arena *arena,
                                         const struct stance_article *article, struct stance_document *document,
                                         struct stance_error *error);
/* Makes a document whose only sentence is the whole text, as for label records. */
enum stance_status stance_sentence_whole(struct stance_arena *arena, const char *text, size_t length,
                                         struct stance_document *document, struct stance_error *error);
/* Limits of a sentence: each unit is written with the sentence's text and mentions, so the 56 units of 8 actors take 10
 * MB at most. Longer ones are tables, lists or attacks. And a limit of units for an article, whose predictions are in
 * memory together. */
enum {
  STANCE_SENTENCE_BYTES_MAX = 100 * 1000,
  STANCE_SENTENCE_MENTIONS_MAX = 1000,
  STANCE_ARTICLE_UNITS_MAX = 500 * 1000
};
/* STANCE_INPUT, with the sentence's number, if the document exceeds these limits. */
enum stance_status stance_document_check(const struct stance_document *document, struct stance_error *error);
/* Fills the tokens of every sentence. They depend on the sentence's text only, so a sentence in a label record has the
 * same tokens as in its article. Every byte other than white space is in a token. */
enum stance_status stance_tokens_find(struct stance_text_matcher *matcher, struct stance_arena *arena,
                                      struct stance_document *document, struct stance_error *error);
enum { STANCE_PREFIX_CODE_POINTS = 5 }; /* length of the prefix that token->prefix hashes, of the folded form */
/* Fills the shape and hashes of text[0..length), which may be part of a token. */
void stance_token_describe(const char *text, size_t length, struct stance_token *token);
/* Returns the hash and sets the shape only. */
uint64_t stance_token_hash(const char *text, size_t length, uint8_t *shape);

#endif
