/* SPDX-License-Identifier: MIT
 * Template class: the sentence around source and target with words replaced by their classes, so that a pattern learnt
 * from "SRC was praised by TGT" applies to verbs that were not in the training data. */
#include <string.h>

#include "stance/actors/gazetteer.h"
#include "template.h"

enum { MARGIN = 5, ITEMS_MAX = 48 };

struct pattern_item {
  uint64_t hash;
  uint32_t symbol;
  enum stance_feature_word word, kind; /* the class, for names; STANCE_FEATURE_WORD_COUNT: the word itself */
};

static bool is_closed(uint32_t classes) {
  return classes &
         (STANCE_CLASS_PREPOSITION | STANCE_CLASS_MODAL | STANCE_CLASS_BE | STANCE_CLASS_HAVE | STANCE_CLASS_PRONOUN |
          STANCE_CLASS_RELATIVE | STANCE_CLASS_AND | STANCE_CLASS_CLAUSE | STANCE_CLASS_NEGATOR | STANCE_CLASS_TO |
          STANCE_CLASS_POSSESSIVE | STANCE_CLASS_COMMA | STANCE_CLASS_STOP | STANCE_CLASS_QUOTE);
}

/* The class of a symbol. False: the pattern omits it (adjectives, nouns, other names). */
static bool classify(const struct stance_view *view, uint32_t i, struct pattern_item *out) {
  const struct stance_word_info *info = &view->sequence->info[i];
  *out = (struct pattern_item){view->sequence->symbols[i], i, STANCE_FEATURE_WORD_COUNT, STANCE_FEATURE_WORD_COUNT};
  if (info->kind == STANCE_SYMBOL_ACTOR) return true;
  if (info->event != STANCE_NO_EVENT) {
    const struct stance_event *event = &view->sequence->events[info->event];
    if (event->start != i) return false;
    if (event->lexeme) {
      out->word = stance_polarity_word(event->polarity);
      out->kind = event->flags & STANCE_EVENT_NOUN ? STANCE_WORD_noun
                  : stance_event_is_verb(event)    ? STANCE_WORD_main
                                                   : STANCE_WORD_weak;
      if (event->flags & STANCE_EVENT_PASSIVE) out->kind = STANCE_WORD_passive;
      if (event->flags & STANCE_EVENT_SPEECH) out->kind = STANCE_WORD_says;
    } else if (event->flags & STANCE_EVENT_SPEECH) {
      out->word = STANCE_WORD_neutral;
      out->kind = STANCE_WORD_says;
    }
  } else if (!is_closed(info->classes)) {
    if (info->polarity > -2 && info->polarity < 2) return false;
    out->word = info->polarity < 0 ? STANCE_WORD_minus : STANCE_WORD_plus;
  }
  if (out->word == STANCE_FEATURE_WORD_COUNT) return true;
  out->hash = view->words[out->word];
  if (out->kind != STANCE_FEATURE_WORD_COUNT) out->hash = stance_hash_chain(out->hash, view->words[out->kind]);
  return true;
}

static void add_item(struct stance_view *view, const struct pattern_item *item) {
  if (item->word == STANCE_FEATURE_WORD_COUNT) {
    stance_feature_add_symbol(view, item->symbol);
    return;
  }
  stance_feature_cover(view, item->symbol);
  stance_feature_add_word(view, item->word);
  if (item->kind != STANCE_FEATURE_WORD_COUNT) stance_feature_add_word(view, item->kind);
}

/* 2-4-grams of the classes, and the whole path from source to target if it is short. */
void stance_template_class(struct stance_view *view) {
  const struct stance_sequence *sequence = view->sequence;
  struct pattern_item items[ITEMS_MAX];
  size_t count = 0, left = SIZE_MAX, right = SIZE_MAX;
  if (!sequence->lexicon || view->left == STANCE_NO_SYMBOL) return;
  uint32_t start = view->left > MARGIN ? view->left - MARGIN : 0;
  for (uint32_t i = start; i < sequence->count && i <= view->right + MARGIN && count < ITEMS_MAX; i++) {
    if (!classify(view, i, &items[count])) continue;
    if (i == view->left) left = count;
    if (i == view->right) right = count;
    count++;
  }
  for (size_t n = 2; n <= 4; n++)
    for (size_t i = 0; i + n <= count; i++) {
      bool has_role = false; /* longer n-grams must include source or target */
      for (size_t j = i; j < i + n; j++) {
        uint8_t role = view->roles[items[j].symbol];
        has_role |= role == STANCE_IS_SOURCE || role == STANCE_IS_TARGET;
      }
      if (n > 2 && !has_role) continue;
      stance_feature_begin(view);
      for (size_t j = i; j < i + n; j++) add_item(view, &items[j]);
      stance_feature_emit(view, 1);
    }
  if (left == SIZE_MAX || right == SIZE_MAX || right - left < 4 || right - left > 7) return;
  stance_feature_begin(view);
  for (size_t j = left; j <= right; j++) add_item(view, &items[j]);
  stance_feature_emit(view, 1);
}

static void emit_actor(struct stance_view *view, enum stance_feature_word role, const struct stance_actor *actor) {
  stance_feature_begin(view);
  stance_feature_add_word(view, role);
  stance_feature_add_text(view, stance_hash(actor->id, strlen(actor->id)), actor->id);
  stance_feature_emit(view, 1);
}

/* "actors:SRC MLI", "actors:MLI FRA". */
void stance_template_actors(struct stance_view *view) {
  const struct stance_actor *source = view->unit->source, *target = view->unit->target;
  if (source) emit_actor(view, STANCE_WORD_SRC, source);
  if (target) emit_actor(view, STANCE_WORD_TGT, target);
  if (!source || !target) return;
  stance_feature_begin(view);
  stance_feature_add_text(view, stance_hash(source->id, strlen(source->id)), source->id);
  stance_feature_add_text(view, stance_hash(target->id, strlen(target->id)), target->id);
  stance_feature_emit(view, 1);
}
