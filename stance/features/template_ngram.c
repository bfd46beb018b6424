/* SPDX-License-Identifier: MIT
 * Templates of words: n-grams of the sentence, of zones, and of windows around source and target. */
#include <string.h>

#include "stance/base/utf8.h"
#include "template.h"

enum {
  SPAN_MAX = 60,
  CHARACTERS_MAX = 40
}; /* SPAN_MAX: symbols of a zone on each side; CHARACTERS_MAX: bytes of a word with character n-grams */

static enum stance_feature_word order_of(const struct stance_view *view) {
  return view->source < view->target ? STANCE_WORD_source_first : STANCE_WORD_target_first;
}

static bool has_pair(const struct stance_view *view) {
  return view->source != STANCE_NO_SYMBOL && view->target != STANCE_NO_SYMBOL;
}

/* Emits values of 1 without names, as stance_feature_emit does, but with its state in registers: most features are made
 * here. */
struct tight {
  uint64_t *ids;
  size_t count;
  double squares, square;
  struct stance_feature_filter wanted;
};

/* Room for `most` emissions. False: out of memory. */
static inline bool tight_begin(struct stance_view *view, size_t most, struct tight *out) {
  while (view->feature_capacity - view->feature_count < most)
    if (!stance_features_grow(view)) return false;
  *out = (struct tight){.ids = view->ids + view->feature_count,
                        .squares = view->squares,
                        .square = (double)view->weight * (double)view->weight,
                        .wanted = view->wanted};
  return true;
}

static inline void tight_emit(struct tight *out, uint64_t id) {
  out->squares += out->square;
  out->ids[out->count] = id;
  out->count += stance_feature_is_wanted(&out->wanted, id);
}

static inline void tight_end(struct stance_view *view, const struct tight *out) {
  float *values = view->values + view->feature_count;
  for (size_t i = 0; i < out->count; i++) values[i] = view->weight;
  view->feature_count += out->count;
  view->squares = out->squares;
}

static void emit_unnamed_words(struct stance_view *view) {
  const struct stance_sequence *sequence = view->sequence;
  const uint64_t *symbols = sequence->symbols, seed = view->seed;
  struct tight out;
  if (!tight_begin(view, 2 * sequence->count, &out)) return;
  for (size_t i = 0; i < sequence->count; i++) {
    uint64_t id = stance_hash_chain(seed, symbols[i]);
    if (sequence->info[i].kind != STANCE_SYMBOL_PUNCTUATION) tight_emit(&out, id);
    if (i + 1 < sequence->count) tight_emit(&out, stance_hash_chain(id, symbols[i + 1]));
  }
  tight_end(view, &out);
}

/* 1-2-grams of the whole masked sentence. */
void stance_template_word(struct stance_view *view) {
  uint32_t count = (uint32_t)view->sequence->count;
  if (!view->is_naming) {
    emit_unnamed_words(view);
    return;
  }
  for (uint32_t i = 0; i < count; i++) {
    stance_feature_begin(view);
    stance_feature_add_symbol(view, i);
    if (!stance_symbol_is_punctuation(view, i)) stance_feature_emit(view, 1);
    if (i + 1 == count) break;
    stance_feature_add_symbol(view, i + 1);
    stance_feature_emit(view, 1);
  }
}

/* 3-grams of the symbols, with punctuation. */
void stance_template_trigram(struct stance_view *view) {
  for (uint32_t i = 0; i + 2 < view->sequence->count; i++) {
    stance_feature_begin(view);
    for (uint32_t j = i; j < i + 3; j++) stance_feature_add_symbol(view, j);
    stance_feature_emit(view, 1);
  }
}

/* Words before, between and after the pair, with the order of source and target. */
void stance_template_zone(struct stance_view *view) {
  bool is_target = view->kind == STANCE_UNIT_TARGET;
  if (is_target ? view->left == STANCE_NO_SYMBOL : !has_pair(view)) return;
  uint32_t count = (uint32_t)view->sequence->count;
  enum stance_feature_word order = is_target ? STANCE_WORD_none : order_of(view);
  uint32_t start = view->left > SPAN_MAX ? view->left - SPAN_MAX : 0;
  uint32_t end = count - view->right > SPAN_MAX ? view->right + SPAN_MAX : count;
  for (uint32_t i = start; i < end; i++) {
    if (i == view->left || i == view->right || stance_symbol_is_punctuation(view, i)) continue;
    stance_feature_begin(view);
    stance_feature_add_word(view, i < view->left    ? STANCE_WORD_before
                                  : i < view->right ? STANCE_WORD_between
                                                    : STANCE_WORD_after);
    stance_feature_add_word(view, order);
    stance_feature_add_symbol(view, i);
    stance_feature_emit(view, 1);
  }
}

/* 1-2-grams between source and target, each near the source, near the target or far from both. */
void stance_template_between(struct stance_view *view) {
  if (!has_pair(view)) return;
  enum stance_feature_word order = order_of(view);
  for (uint32_t i = view->left + 1; i < view->right && i < view->left + 2 * SPAN_MAX; i++) {
    uint32_t to_left = i - view->left, to_right = view->right - i;
    bool is_near = to_left <= 3 || to_right <= 3;
    enum stance_feature_word place = !is_near ? STANCE_WORD_far
                                     : (to_left <= to_right) == (order == STANCE_WORD_source_first)
                                         ? STANCE_WORD_near_source
                                         : STANCE_WORD_near_target;
    if (!stance_symbol_is_punctuation(view, i)) {
      stance_feature_begin(view);
      stance_feature_add_word(view, place);
      stance_feature_add_word(view, order);
      stance_feature_add_symbol(view, i);
      stance_feature_emit(view, 1);
    }
    if (i + 1 == view->right) break;
    stance_feature_begin(view);
    stance_feature_add_word(view, order);
    stance_feature_add_symbol(view, i);
    stance_feature_add_symbol(view, i + 1);
    stance_feature_emit(view, 1);
  }
}

/* Fills the symbols around `center` without punctuation, up to REACH on each side, in order. Returns their number; *at:
 * index of the center. */
enum { REACH = 3, WINDOW = 2 * REACH + 1 };
static size_t window_around(const struct stance_view *view, uint32_t center, uint32_t *symbols, size_t *at) {
  uint32_t left[REACH];
  size_t lefts = 0, count = 0;
  for (uint32_t i = center; i > 0 && lefts < REACH && center - i < 2 * REACH; i--)
    if (!stance_symbol_is_punctuation(view, i - 1)) left[lefts++] = i - 1;
  while (lefts > 0) symbols[count++] = left[--lefts];
  *at = count;
  symbols[count++] = center;
  for (uint32_t i = center + 1; i < view->sequence->count && count - *at <= REACH && i - center <= 2 * REACH; i++)
    if (!stance_symbol_is_punctuation(view, i)) symbols[count++] = i;
  return count;
}

static void emit_window(struct stance_view *view, uint32_t center, enum stance_feature_word whose) {
  uint32_t symbols[WINDOW];
  size_t at, count = window_around(view, center, symbols, &at);
  for (size_t i = 0; i < count; i++) {
    if (i != at) {
      stance_feature_begin(view);
      stance_feature_add_word(view, whose);
      stance_feature_add_word(view, i < at ? STANCE_WORD_left : STANCE_WORD_right);
      stance_feature_add_symbol(view, symbols[i]);
      stance_feature_emit(view, 1);
    }
    for (size_t n = 2; n <= 3 && i + n <= count; n++) {
      stance_feature_begin(view);
      stance_feature_add_word(view, whose);
      for (size_t j = i; j < i + n; j++) stance_feature_add_symbol(view, symbols[j]);
      stance_feature_emit(view, 1);
    }
  }
}

/* 1-3-grams within three words of the source and of the target. */
void stance_template_window(struct stance_view *view) {
  if (view->source != STANCE_NO_SYMBOL) emit_window(view, view->source, STANCE_WORD_SRC);
  if (view->target != STANCE_NO_SYMBOL) emit_window(view, view->target, STANCE_WORD_TGT);
}

static void emit_prefixes_around(struct stance_view *view, uint32_t center, enum stance_feature_word whose) {
  uint32_t symbols[WINDOW];
  size_t at, count = window_around(view, center, symbols, &at);
  for (size_t i = 0; i < count; i++) {
    if (i == at || view->sequence->info[symbols[i]].kind != STANCE_SYMBOL_WORD) continue;
    stance_feature_begin(view);
    stance_feature_add_word(view, whose);
    stance_feature_add_word(view, i < at ? STANCE_WORD_left : STANCE_WORD_right);
    stance_feature_add_prefix(view, symbols[i]);
    stance_feature_emit(view, 1);
  }
}

/* The same of features that are looked up already. */
static void emit_known_prefixes(struct stance_view *view) {
  const struct stance_prefixes *prefixes = &view->prefixes;
  struct tight out;
  if (!tight_begin(view, prefixes->count, &out)) return;
  if (prefixes->count) memcpy(out.ids, prefixes->ids, prefixes->count * sizeof *out.ids);
  out.count = prefixes->count;
  for (size_t i = 0; i < prefixes->words; i++) out.squares += out.square;
  tight_end(view, &out);
}

static void emit_unnamed_prefixes(struct stance_view *view) {
  const struct stance_sequence *sequence = view->sequence;
  const uint64_t seed = view->seed;
  struct tight out;
  if (!tight_begin(view, sequence->count, &out)) return;
  for (size_t i = 0; i < sequence->count; i++)
    if (sequence->info[i].kind == STANCE_SYMBOL_WORD)
      tight_emit(&out, stance_hash_chain(seed, sequence->tokens[i].prefix));
  tight_end(view, &out);
}

/* The first five letters of words between and near source and target ("accus*" for accuse, accused, accusing); of all
 * words in sentences. */
void stance_template_prefix(struct stance_view *view) {
  if (view->kind == STANCE_UNIT_SENTENCE) {
    if (!view->is_naming) {
      view->has_prefixes ? emit_known_prefixes(view) : emit_unnamed_prefixes(view);
      return;
    }
    for (uint32_t i = 0; i < view->sequence->count; i++) {
      if (view->sequence->info[i].kind != STANCE_SYMBOL_WORD) continue;
      stance_feature_begin(view);
      stance_feature_add_prefix(view, i);
      stance_feature_emit(view, 1);
    }
    return;
  }
  if (has_pair(view))
    for (uint32_t i = view->left + 1; i < view->right && i < view->left + SPAN_MAX; i++) {
      if (view->sequence->info[i].kind != STANCE_SYMBOL_WORD) continue;
      stance_feature_begin(view);
      stance_feature_add_word(view, order_of(view));
      stance_feature_add_prefix(view, i);
      stance_feature_emit(view, 1);
    }
  if (view->source != STANCE_NO_SYMBOL) emit_prefixes_around(view, view->source, STANCE_WORD_SRC);
  if (view->target != STANCE_NO_SYMBOL) emit_prefixes_around(view, view->target, STANCE_WORD_TGT);
}

static enum stance_feature_word distance_word(uint32_t words) {
  return words == 0    ? STANCE_WORD_adjacent
         : words <= 1  ? STANCE_WORD_d1
         : words <= 3  ? STANCE_WORD_d3
         : words <= 6  ? STANCE_WORD_d6
         : words <= 12 ? STANCE_WORD_d12
         : words <= 20 ? STANCE_WORD_d20
                       : STANCE_WORD_dmore;
}

/* The distance and order of source and target, and the number of other actors between. */
void stance_template_distance(struct stance_view *view) {
  if (!has_pair(view)) return;
  uint32_t others = 0;
  for (uint32_t i = view->left + 1; i < view->right; i++) others += view->roles[i] != STANCE_IS_WORD;
  stance_feature_begin(view);
  stance_feature_add_word(view, order_of(view));
  stance_feature_add_word(view, distance_word(view->right - view->left - 1));
  stance_feature_cover(view, view->left);
  stance_feature_cover(view, view->right);
  stance_feature_emit(view, 1);
  stance_feature_begin(view);
  stance_feature_add_word(view, STANCE_WORD_between);
  stance_feature_add_word(view, others == 0 ? STANCE_WORD_n0 : others == 1 ? STANCE_WORD_n1 : STANCE_WORD_many);
  stance_feature_emit(view, 1);
}

/* Character n-grams, 3 to 5, of each word with its borders; for texts with free spelling. */
void stance_template_characters(struct stance_view *view) {
  const struct stance_sequence *sequence = view->sequence;
  for (uint32_t i = 0; i < sequence->count; i++) {
    if (sequence->info[i].kind != STANCE_SYMBOL_WORD) continue;
    char folded[3 * CHARACTERS_MAX + 2];
    size_t length = sequence->tokens[i].end - sequence->tokens[i].start;
    if (length > CHARACTERS_MAX) continue;
    folded[0] = '^';
    size_t size =
        1 + stance_utf8_fold(sequence->text + sequence->tokens[i].start, length, folded + 1, sizeof folded - 2);
    folded[size++] = '$';
    uint32_t starts[3 * CHARACTERS_MAX + 3], points = 0;
    for (uint32_t at = 0; at < size; at++)
      if (((unsigned char)folded[at] & 0xc0) != 0x80) starts[points++] = at;
    starts[points] = (uint32_t)size;
    for (uint32_t n = 3; n <= 5; n++)
      for (uint32_t at = 0; at + n <= points; at++) {
        stance_feature_begin(view);
        stance_feature_add_characters(view, folded + starts[at], starts[at + n] - starts[at]);
        stance_feature_cover(view, i);
        stance_feature_emit(view, 1);
      }
  }
}
