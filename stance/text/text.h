/* SPDX-License-Identifier: MIT
 * Text to sentences and tokens. Rules are PCRE2 patterns (JIT, UTF), compiled once and shared by all threads.
 * May include base/ alone; all other wings read it. */
#ifndef STANCE_TEXT_H
#define STANCE_TEXT_H

#include "stance/base/arena.h"
#include "stance/stance.h"

struct stance_text_rules;
/* Compiled once in a process and kept; thread-safe (pthread_once). */
enum stance_status stance_text_rules_get(const struct stance_text_rules **out, struct stance_error *error);

/* A thread's work space for matching (PCRE2 match data, JIT stack). */
struct stance_text_matcher;
/* A matcher of the rules of sentences and tokens, for one thread. Only memory can fail. Destroy it. */
enum stance_status stance_text_matcher_new(struct stance_text_matcher **out, struct stance_error *error);
/* Frees it; NULL is fine. */
void stance_text_matcher_destroy(struct stance_text_matcher *matcher);

/* Fills document's text, date and sentences from the article (title first, as a paragraph of its own). */
enum stance_status stance_sentences_find(struct stance_text_matcher *matcher, struct stance_arena *arena,
                                         const struct stance_article *article, struct stance_document *document,
                                         struct stance_error *error);
/* Makes a document of one sentence, which is the whole text (label records are read so). */
enum stance_status stance_sentence_whole(struct stance_arena *arena, const char *text, size_t length,
                                         struct stance_document *document, struct stance_error *error);
/* What a sentence may have: each of its units is written with all of its text and mentions, so that 56 units (8 actors) of a sentence are 10 MB at
 * most. Longer ones are tables, lists or attacks; their article is refused (STANCE_INPUT) with the sentence's number. And units of
 * an article: its predictions are held at once, 400 bytes each. */
enum {
  STANCE_SENTENCE_BYTES_MAX = 100 * 1000,
  STANCE_SENTENCE_MENTIONS_MAX = 1000,
  STANCE_ARTICLE_UNITS_MAX = 500 * 1000
};
/* STANCE_INPUT where the document has more than these. */
enum stance_status stance_document_check(const struct stance_document *document, struct stance_error *error);
/* Fills the tokens of every sentence. A token depends on its sentence's text alone, so that a sentence from a label record
 * has the tokens it had in its article. White space is between tokens; all else is in one. */
enum stance_status stance_tokens_find(struct stance_text_matcher *matcher, struct stance_arena *arena,
                                      struct stance_document *document, struct stance_error *error);
enum { STANCE_PREFIX_CODE_POINTS = 5 }; /* of the folded form: what token->prefix is the hash of */
/* The shape and hashes of text[0..length): for parts of tokens. */
void stance_token_describe(const char *text, size_t length, struct stance_token *token);
/* The same where only the hash and the shape are wanted. */
uint64_t stance_token_hash(const char *text, size_t length, uint8_t *shape);

#endif
