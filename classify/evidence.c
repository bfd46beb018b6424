/* SPDX-License-Identifier: MIT
 * A feature's part in the decision is value x (weight for the label - mean weight for the others). It is divided evenly
 * among the words of the feature, and a word's weight is the sum of its parts. */
#include "evidence.h"

#include <stdlib.h>
#include <string.h>

#include "stance/base/utf8.h"
#include "stance/labels/record.h"
#include "stance/model/explain.h"
#include "stance/model/model.h"
#include "stance/text/text.h"
#include "words.h"

static const double SHARE_OF_BEST = 0.4; /* a word with less than this of the best word's sum is not marked */

static bool make_record(const char *text, const struct classify_mention *mentions, size_t count,
                        const struct classify_unit *unit, struct stance_arena *arena, struct stance_record *record) {
  *record = (struct stance_record){.unit = "",
                                   .article = "",
                                   .text = text,
                                   .source = unit->source,
                                   .target = unit->target,
                                   .head = "",
                                   .annotator = "",
                                   .at = "",
                                   .note = ""};
  record->mentions = stance_arena_zalloc(arena, count, sizeof *record->mentions);
  if (!record->mentions) return false;
  for (size_t i = 0; i < count; i++)
    record->mentions[record->mention_count++] =
        (struct stance_record_mention){.actor = mentions[i].actor,
                                       .start = (uint32_t)stance_utf8_count(text, mentions[i].start),
                                       .end = (uint32_t)stance_utf8_count(text, mentions[i].end),
                                       .is_implicit = mentions[i].is_implicit};
  return true;
}

/* Divides one feature's part among the words in bytes [start, end). */
static void share_out(const struct classify_words *words, uint32_t start, uint32_t end, double part, double *sums) {
  uint32_t first, last, count = classify_words_in(words, start, end, &first, &last);
  for (uint32_t i = first; i < last; i++)
    if (words->is_word[i]) sums[i] += part / (double)count;
}

static void add_parts(const struct stance_model *model, const struct classify_unit *unit,
                      const struct classify_words *words, const struct stance_features *features, double *sums) {
  size_t labels = stance_model_label_count(model, unit->head);
  for (size_t i = 0; features->origins && i < features->count; i++) {
    const float *weights;
    const char *name;
    double others = 0;
    if (!stance_model_feature(model, unit->head, features->ids[i], &weights, &name)) continue;
    for (size_t l = 0; l < labels; l++) others += l == unit->label ? 0 : weights[l];
    double part = features->values[i] * (weights[unit->label] - others / (double)(labels - 1));
    share_out(words, features->origins[i].start, features->origins[i].end, part, sums);
  }
  for (size_t i = 0; i < features->zone_word_count; i++) {
    const struct stance_zone_word *word = &features->zone_words[i];
    double by_label[STANCE_LABELS_MAX], push, others = 0;
    if (!stance_explain_zone_word(model, unit->head, word, by_label, &push)) break;
    for (size_t l = 0; l < labels; l++) others += l == unit->label ? 0 : by_label[l];
    share_out(words, word->start, word->end, by_label[unit->label] - others / (double)(labels - 1), sums);
  }
}

/* The best words, in the order of the text. */
static size_t choose(const struct classify_words *words, const double *sums, struct classify_span *spans) {
  double best = 0;
  size_t count = 0;
  for (uint32_t i = 0; i < words->count; i++) best = sums[i] > best ? sums[i] : best;
  if (best <= 0) return 0;
  for (uint32_t i = 0; i < words->count; i++) {
    size_t above = 0; /* words that weigh more */
    for (uint32_t j = 0; j < words->count; j++) above += sums[j] > sums[i] || (sums[j] == sums[i] && j < i);
    if (sums[i] >= best * SHARE_OF_BEST && above < CLASSIFY_EVIDENCE_MAX)
      spans[count++] = (struct classify_span){words->tokens[i].start, words->tokens[i].end};
  }
  return count;
}

bool classify_evidence(const struct stance_model *model, const char *text, const struct classify_mention *mentions,
                       size_t mention_count, const struct classify_unit *unit, struct classify_span *spans,
                       size_t *count) {
  struct stance_arena arena = {0};
  struct stance_document document = {0};
  struct stance_record record;
  struct stance_text_matcher *matcher = NULL;
  struct stance_featurizer *featurizer = NULL;
  const struct stance_features *features;
  struct stance_error error;
  bool is_good = false;
  *count = 0;
  if (!stance_model_is_linear(model, unit->head) || stance_model_label_count(model, unit->head) < 2) return true;
  enum stance_status status = make_record(text, mentions, mention_count, unit, &arena, &record)
                                  ? stance_text_matcher_new(&matcher, &error)
                                  : STANCE_SYSTEM;
  if (status == STANCE_OK) status = stance_record_document(&record, matcher, &arena, &document, &error);
  if (status == STANCE_OK) status = stance_model_featurizer(model, &featurizer, &error);
  if (status == STANCE_OK)
    status = stance_featurize(featurizer, &document, &document.units[0], stance_model_templates(model, unit->head),
                              true, &features, &error);
  is_good = status != STANCE_SYSTEM;
  if (status != STANCE_OK) goto cleanup;
  struct classify_words words;
  double *sums = stance_arena_zalloc(&arena, document.token_count, sizeof *sums);
  is_good = sums && classify_words_find(&document, 0, &arena, &words);
  if (!is_good) goto cleanup;
  add_parts(model, unit, &words, features, sums);
  *count = choose(&words, sums, spans);
cleanup:
  stance_featurizer_destroy(featurizer);
  stance_text_matcher_destroy(matcher);
  stance_arena_free(&arena);
  return is_good;
}
