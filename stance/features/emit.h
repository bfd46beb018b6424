/* SPDX-License-Identifier: MIT
 * Making a feature: begin, add parts, emit. Its id is the hash of its template and its parts. While explaining, its
 * name and its place in the sentence are kept too (emit.c). When memory is out, view->is_failed is set, and further
 * calls are harmless.
 *
 *   stance_feature_begin(view); stance_feature_add_word(view, STANCE_WORD_forward); ...; stance_feature_emit(view, 1);
 */
#ifndef STANCE_EMIT_H
#define STANCE_EMIT_H

#include "view.h"

/* The hashes of the feature words, [STANCE_FEATURE_WORD_COUNT]. */
void stance_feature_words_fill(uint64_t *hashes);

static inline enum stance_feature_word stance_polarity_word(int polarity) {
  return polarity < 0 ? STANCE_WORD_hostile : polarity > 0 ? STANCE_WORD_friendly : STANCE_WORD_neutral;
}

/* ---- names, made only while explaining ---- */

/* Appends a feature word to the name being made. */
void stance_feature_name_word(struct stance_view *view, enum stance_feature_word word);
/* Appends a symbol's word (is_prefix: its first letters), and extends the place to it. */
void stance_feature_name_symbol(struct stance_view *view, uint32_t symbol, bool is_prefix);
/* Appends a text. */
void stance_feature_name_text(struct stance_view *view, const char *text);
/* Appends bytes. */
void stance_feature_name_bytes(struct stance_view *view, const char *bytes, size_t length);
/* Starts a new name. */
void stance_feature_name_begin(struct stance_view *view);
/* Keeps name and place as the origin of the feature being emitted. */
void stance_feature_name_end(struct stance_view *view);
struct stance_feature_stem;
/* Goes back to the name as it was when the stem was kept. */
void stance_feature_name_resume(struct stance_view *view, const struct stance_feature_stem *stem);
/* Makes room for more emissions. False: out of memory. */
bool stance_features_grow(struct stance_view *view);

static inline void stance_feature_begin(struct stance_view *view) {
  view->id = view->seed;
  if (view->is_naming) stance_feature_name_begin(view);
}
static inline void stance_feature_add_word(struct stance_view *view, enum stance_feature_word word) {
  view->id = stance_hash_chain(view->id, view->words[word]);
  if (view->is_naming) stance_feature_name_word(view, word);
}
static inline void stance_feature_add_symbol(struct stance_view *view, uint32_t symbol) {
  view->id = stance_hash_chain(view->id, view->sequence->symbols[symbol]);
  if (view->is_naming) stance_feature_name_symbol(view, symbol, false);
}
static inline void stance_feature_add_prefix(struct stance_view *view, uint32_t symbol) {
  view->id = stance_hash_chain(view->id, view->sequence->tokens[symbol].prefix);
  if (view->is_naming) stance_feature_name_symbol(view, symbol, true);
}
/* A part that is a text with its own hash: a lemma, an actor's id. */
static inline void stance_feature_add_text(struct stance_view *view, uint64_t hash, const char *text) {
  view->id = stance_hash_chain(view->id, hash);
  if (view->is_naming) stance_feature_name_text(view, text);
}
static inline void stance_feature_add_characters(struct stance_view *view, const char *text, size_t length) {
  view->id = stance_hash_chain(view->id, stance_hash(text, length));
  if (view->is_naming) stance_feature_name_bytes(view, text, length);
}
/* Extends the feature's place to a symbol that is no part of it. */
static inline void stance_feature_cover(struct stance_view *view, uint32_t symbol) {
  if (!view->is_naming) return;
  const struct stance_token *token = &view->sequence->tokens[symbol];
  if (token->start < view->start) view->start = token->start;
  if (token->end > view->end) view->end = token->end;
}
/* Emits the feature. More parts may follow, for another feature: "accused", then "accused France". One that the filter
 * rejects is overwritten by the next, which saves a branch. */
static inline void stance_feature_emit(struct stance_view *view, float value) {
  if (view->feature_count == view->feature_capacity && !stance_features_grow(view)) return;
  float weighted = value * view->weight;
  view->squares += (double)weighted * (double)weighted;
  view->ids[view->feature_count] = view->id;
  view->values[view->feature_count] = weighted;
  if (view->is_naming) stance_feature_name_end(view);
  view->feature_count += stance_feature_is_wanted(&view->wanted, view->id);
}

/* The state after parts that several features share, to be kept and resumed. */
struct stance_feature_stem {
  uint64_t id;
  size_t name_length;
  uint32_t start, end;
};
static inline struct stance_feature_stem stance_feature_keep(const struct stance_view *view) {
  return (struct stance_feature_stem){view->id, view->name.length, view->start, view->end};
}
static inline void stance_feature_resume(struct stance_view *view, const struct stance_feature_stem *stem) {
  view->id = stem->id;
  if (view->is_naming) stance_feature_name_resume(view, stem);
}

#endif
