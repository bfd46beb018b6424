/* SPDX-License-Identifier: MIT */
#include "why.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stance/base/error.h"
#include "stance/model/explain.h"
#include "words.h"

struct classify_explainer {
  const struct stance_model *model;
  size_t limit;
  struct stance_featurizer *featurizer;
  struct stance_arena scratch; /* for one unit */
};

struct shares { /* [words.count + 1] each */
  struct classify_words words;
  double *weight, *push, *joint; /* joint: weight of features that contain the word and the next */
};

enum stance_status classify_explainer_new(const struct stance_model *model, size_t limit,
                                          struct classify_explainer **out, struct stance_error *error) {
  struct classify_explainer *explainer = calloc(1, sizeof *explainer);
  *out = NULL;
  if (!explainer) return stance_fail_memory(error);
  explainer->model = model;
  explainer->limit = limit < CLASSIFY_WHY_MAX ? limit : CLASSIFY_WHY_MAX;
  enum stance_status status = stance_model_featurizer(model, &explainer->featurizer, error);
  if (status == STANCE_OK) *out = explainer;
  else classify_explainer_destroy(explainer);
  return status;
}

void classify_explainer_destroy(struct classify_explainer *explainer) {
  if (!explainer) return;
  stance_featurizer_destroy(explainer->featurizer);
  stance_arena_free(&explainer->scratch);
  free(explainer);
}

/* ---- by feature --------------------------------------------------------------------------------------------- */

static bool take_features(const struct stance_explanation *own, const struct stance_sentence *sentence,
                          struct stance_arena *arena, struct classify_why *why) {
  struct classify_why_feature *features = stance_arena_zalloc(arena, own->reason_count + 1, sizeof *features);
  if (!features) return false;
  for (size_t i = 0; i < own->reason_count; i++) {
    const struct stance_reason *reason = &own->reasons[i];
    features[i].name = reason->feature;
    features[i].weights = reason->weights;
    if (reason->end <= reason->start || reason->start < sentence->start || reason->end > sentence->end) continue;
    features[i].start = reason->start - sentence->start;
    features[i].end = reason->end - sentence->start;
  }
  why->features = features;
  why->feature_count = own->reason_count;
  why->others = own->others;
  why->bias = own->bias;
  why->decision = own->decision;
  return true;
}

/* ---- by word ------------------------------------------------------------------------------------------------ */

static void share_out(struct shares *shares, const struct stance_feature_origin *origin, double weight, double push) {
  uint32_t first, last, count = classify_words_in(&shares->words, origin->start, origin->end, &first, &last);
  const bool *is_word = shares->words.is_word;
  for (uint32_t i = first; i < last; i++) {
    if (!is_word[i]) continue;
    shares->weight[i] += weight / count;
    shares->push[i] += push / count;
    if (i + 1 < last && is_word[i + 1]) shares->joint[i] += 2 * weight / count;
  }
}

static bool joins_next(const struct shares *shares, uint32_t i) {
  double both, joint = shares->joint[i];
  if (i + 1 >= shares->words.count || !shares->words.is_word[i + 1]) return false;
  if ((shares->weight[i] > 0) != (shares->weight[i + 1] > 0) || shares->weight[i + 1] == 0) return false;
  both = shares->weight[i] + shares->weight[i + 1];
  return (joint > 0) == (both > 0) && fabs(joint) >= fabs(both) / 2;
}

static int by_weight(const void *a, const void *b) { /* strongest first */
  const struct classify_why_word *x = a, *y = b;
  double size_x = fabs(x->weight), size_y = fabs(y->weight);
  if (size_x < size_y || size_x > size_y) return size_x > size_y ? -1 : 1;
  return (x->start > y->start) - (x->start < y->start);
}

static int by_side(const void *a, const void *b) { /* for, then against */
  const struct classify_why_word *x = a, *y = b;
  if ((x->weight > 0) != (y->weight > 0)) return x->weight > 0 ? -1 : 1;
  return by_weight(a, b);
}

static bool list_words(const struct shares *shares, uint32_t sentence_start, size_t limit, struct stance_arena *arena,
                       struct classify_why *why) {
  struct classify_why_word *words = stance_arena_alloc(arena, 2 * (size_t)shares->words.count + 1, sizeof *words);
  struct classify_why_word *phrases = words + shares->words.count;
  size_t word_count = 0, phrase_count = 0;
  if (!words) return false;
  for (uint32_t i = 0, joins = 0; i < shares->words.count; i++) {
    const struct stance_token *token = &shares->words.tokens[i];
    struct classify_why_word word = {token->start - sentence_start, token->end - sentence_start, shares->weight[i],
                                     shares->push[i]};
    if (word.push != 0) words[word_count++] = word;
    if (joins) {
      phrases[phrase_count - 1].end = word.end;
      phrases[phrase_count - 1].weight += word.weight;
      phrases[phrase_count - 1].push += word.push;
    } else if (word.weight != 0) {
      phrases[phrase_count++] = word;
    }
    joins = joins_next(shares, i);
  }
  qsort(phrases, phrase_count, sizeof *phrases, by_weight);
  if (phrase_count > limit) phrase_count = limit;
  qsort(phrases, phrase_count, sizeof *phrases, by_side);
  why->words = words;
  why->word_count = word_count;
  why->phrases = phrases;
  why->phrase_count = phrase_count;
  return true;
}

static bool explain_words(struct classify_explainer *explainer, const struct stance_document *document,
                          uint32_t sentence, size_t head, size_t label, const struct stance_features *features,
                          struct stance_arena *arena, struct classify_why *why) {
  const struct stance_model *model = explainer->model;
  const struct stance_head *definition =
      stance_codebook_head(stance_model_codebook(model), stance_model_head_name(model, head));
  struct shares shares;
  if (!classify_words_find(document, sentence, &explainer->scratch, &shares.words)) return false;
  size_t room = (size_t)shares.words.count + 1;
  shares.weight = stance_arena_zalloc(&explainer->scratch, room, 3 * sizeof *shares.weight);
  if (!shares.weight) return false;
  shares.push = shares.weight + room;
  shares.joint = shares.push + room;
  for (size_t i = 0; i < features->count; i++) {
    const float *weights;
    double push = 0, value = (double)features->values[i];
    if (!stance_model_feature(model, head, features->ids[i], &weights, NULL)) continue;
    for (size_t l = 0; l < definition->label_count; l++) push += (double)weights[l] * definition->labels[l].value;
    share_out(&shares, &features->origins[i], (double)weights[label] * value, push * value);
  }
  for (size_t i = 0; i < features->zone_word_count; i++) {
    const struct stance_zone_word *word = &features->zone_words[i];
    struct stance_feature_origin origin = {NULL, word->start, word->end};
    double by_label[STANCE_LABELS_MAX], push;
    if (!stance_explain_zone_word(model, head, word, by_label, &push)) break;
    share_out(&shares, &origin, by_label[label], push);
  }
  return list_words(&shares, document->sentences[sentence].start, explainer->limit, arena, why);
}

enum stance_status classify_explain(struct classify_explainer *explainer, const struct stance_document *document,
                                    const struct stance_unit *unit, size_t head, size_t label, const double *lean,
                                    struct stance_arena *arena, const struct classify_why **out,
                                    struct stance_error *error) {
  const struct stance_model *model = explainer->model;
  const struct stance_features *features;
  struct stance_contribution *list;
  double decisions[STANCE_LABELS_MAX];
  size_t count;
  struct classify_why *why = stance_arena_zalloc(arena, 1, sizeof *why);
  struct stance_explanation *explanation = stance_arena_zalloc(arena, 1, sizeof *explanation);
  if (!why || !explanation) return stance_fail_memory(error);
  stance_arena_reset(&explainer->scratch);
  STANCE_TRY(stance_featurize(explainer->featurizer, document, unit, stance_model_templates(model, head), true,
                              &features, error));
  STANCE_TRY(stance_explain(model, head, features, lean, &explainer->scratch, &list, &count, error));
  if (!stance_model_decide(model, head, features, decisions)) return stance_fail_memory(error);
  for (size_t l = 0; lean && l < stance_model_label_count(model, head); l++) decisions[l] += lean[l];
  why->label_decision = decisions[label];
  why->label_bias = stance_model_bias(model, head, label);
  STANCE_TRY(stance_explanation_make(model, head, list, count, decisions, explainer->limit, arena, explanation, error));
  if (!take_features(explanation, &document->sentences[unit->sentence], arena, why) ||
      !explain_words(explainer, document, unit->sentence, head, label, features, arena, why))
    return stance_fail_memory(error);
  *out = why;
  return STANCE_OK;
}
