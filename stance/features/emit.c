/* SPDX-License-Identifier: MIT
 * The names of features ("between:accuse") and their places in the sentence, and room for more features. */
#include "emit.h"

#include <stdlib.h>
#include <string.h>

#include "stance/base/utf8.h"
#include "stance/text/text.h"

enum { WORD_SEED = 0x61746f6d }; /* keeps the hashes of feature words apart from those of words of texts */

static const char *const word_names[STANCE_FEATURE_WORD_COUNT] = {
#define X(name) #name,
    STANCE_FEATURE_WORDS(X)
#undef X
};

void stance_feature_words_fill(uint64_t *hashes) {
  for (size_t i = 0; i < STANCE_FEATURE_WORD_COUNT; i++)
    hashes[i] = stance_hash_combine(WORD_SEED, stance_hash(word_names[i], strlen(word_names[i])));
}

static void name_separate(struct stance_view *view) {
  char last = view->name.length ? view->name.data[view->name.length - 1] : ':';
  if (last != ':') stance_buffer_putc(&view->name, ' ');
}

void stance_feature_name_text(struct stance_view *view, const char *text) {
  name_separate(view);
  stance_buffer_puts(&view->name, text);
}

void stance_feature_name_bytes(struct stance_view *view, const char *bytes, size_t length) {
  name_separate(view);
  stance_buffer_append(&view->name, bytes, length);
}

void stance_feature_name_word(struct stance_view *view, enum stance_feature_word word) {
  name_separate(view);
  for (const char *c = word_names[word]; *c; c++)
    if (*c != '_') stance_buffer_putc(&view->name, *c);
    else if (c[1]) stance_buffer_putc(&view->name, '-');
}

void stance_feature_name_symbol(struct stance_view *view, uint32_t symbol, bool is_prefix) {
  const struct stance_sequence *sequence = view->sequence;
  const struct stance_token *token = &sequence->tokens[symbol];
  stance_feature_cover(view, symbol);
  switch (sequence->info[symbol].kind) {
    case STANCE_SYMBOL_ACTOR:
      stance_feature_name_word(view, view->roles[symbol] == STANCE_IS_SOURCE   ? STANCE_WORD_SRC
                                     : view->roles[symbol] == STANCE_IS_TARGET ? STANCE_WORD_TGT
                                                                               : STANCE_WORD_ACT);
      return;
    case STANCE_SYMBOL_NUMBER: stance_feature_name_word(view, STANCE_WORD_NUM); return;
    default: break;
  }
  size_t length = token->end - token->start;
  char *folded = stance_arena_alloc(&view->names, length + 1, 3);
  if (!folded) {
    view->is_failed = true;
    return;
  }
  size_t size = stance_utf8_fold(sequence->text + token->start, length, folded, length * 3);
  name_separate(view);
  size_t cut = is_prefix ? stance_utf8_offset(folded, size, STANCE_PREFIX_CODE_POINTS) : size;
  bool is_cut = cut < size;
  if (is_cut) size = cut;
  stance_buffer_append(&view->name, folded, size);
  if (is_cut) stance_buffer_putc(&view->name, '*');
}

void stance_feature_name_begin(struct stance_view *view) {
  stance_buffer_clear(&view->name);
  stance_buffer_puts(&view->name, view->template_name);
  stance_buffer_putc(&view->name, ':');
  view->start = UINT32_MAX;
  view->end = 0;
}

void stance_feature_name_end(struct stance_view *view) {
  struct stance_feature_origin *origin = &view->origins[view->feature_count];
  char *name = view->name.failed ? NULL : stance_arena_copy(&view->names, view->name.data, view->name.length);
  if (!name) view->is_failed = true;
  *origin = (struct stance_feature_origin){name, view->start, view->end};
  if (view->end == 0) origin->start = 0;
}

void stance_feature_name_resume(struct stance_view *view, const struct stance_feature_stem *stem) {
  view->name.length = stem->name_length;
  view->start = stem->start;
  view->end = stem->end;
}

bool stance_features_grow(struct stance_view *view) {
  size_t capacity = view->feature_capacity ? view->feature_capacity * 2 : 512;
  uint64_t *ids = realloc(view->ids, capacity * sizeof *ids);
  if (ids) view->ids = ids;
  float *values = realloc(view->values, capacity * sizeof *values);
  if (values) view->values = values;
  struct stance_feature_origin *origins = realloc(view->origins, capacity * sizeof *origins);
  if (origins) view->origins = origins;
  if (!ids || !values || !origins) {
    view->is_failed = true;
    return false;
  }
  view->feature_capacity = capacity;
  return true;
}
