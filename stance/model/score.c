/* SPDX-License-Identifier: MIT
 * A thread's scorer: the whole pipeline from an article to predictions, and single units of a document that the caller
 * made. */
#include <stdlib.h>
#include <string.h>

#include "explain.h"
#include "model_internal.h"
#include "recall.h"
#include "stance/actors/gazetteer.h"
#include "stance/base/error.h"
#include "stance/base/utf8.h"
#include "stance/labels/unit.h"
#include "stance/text/date.h"
#include "stance/text/text.h"

enum { TEXT_BYTES_MAX = 1 << 30 }; /* offsets in a document have 32 bits, and repair may triple the bytes */

struct stance_scorer {
  const struct stance_model *model;
  const struct stance_gazetteer *gazetteer;
  struct stance_scoring options;
  struct stance_text_matcher *matcher;
  struct stance_featurizer *featurizer;
  struct stance_recall *recall;
  const uint32_t *recalled;  /* cached predictions of the current sentence, from the next one on; NULL: none */
  struct stance_arena arena; /* holds the last article */
  struct stance_document document;
  struct stance_prediction *predictions;
  size_t count, capacity, sentence_first; /* sentence_first: the first prediction of the current sentence */
};

enum stance_status stance_scorer_new(const struct stance_model *model, const struct stance_gazetteer *gazetteer,
                                     const struct stance_scoring *options, struct stance_scorer **out,
                                     struct stance_error *error) {
  struct stance_scorer *scorer = calloc(1, sizeof *scorer);
  *out = NULL;
  if (!scorer) return stance_fail_memory(error);
  scorer->model = model;
  scorer->gazetteer = gazetteer;
  if (options) scorer->options = *options;
  enum stance_status status = stance_text_matcher_new(&scorer->matcher, error);
  if (status == STANCE_OK) status = stance_model_featurizer(model, &scorer->featurizer, error);
  if (status == STANCE_OK && !(scorer->recall = stance_recall_new())) status = stance_fail_memory(error);
  if (status == STANCE_OK) *out = scorer;
  else stance_scorer_destroy(scorer);
  return status;
}

void stance_scorer_destroy(struct stance_scorer *scorer) {
  if (!scorer) return;
  stance_text_matcher_destroy(scorer->matcher);
  stance_featurizer_destroy(scorer->featurizer);
  stance_recall_destroy(scorer->recall);
  stance_arena_free(&scorer->arena);
  free(scorer);
}

/* Adds what `dyads`, predictions [count] of the sentence by all heads, say to the decision values. */
static void lean_on(const struct stance_model *model, size_t head, const struct stance_prediction *dyads, size_t count,
                    double *decisions) {
  const struct model_head *own = &model->heads[head];
  struct stance_lean lean = {.count = 0};
  double z[STANCE_LEAN_INPUTS];
  if (own->lean_head == model->head_count) return;
  const struct stance_model_head *other = &model->heads[own->lean_head].curves;
  for (size_t i = 0; i < count; i++)
    if (dyads[i].head == own->lean_head) stance_lean_add(&lean, dyads[i].p, other->values, other->label_count);
  stance_lean_inputs(&lean, z);
  stance_lean_apply(&own->curves.lean, z, own->label_count, decisions);
}

void stance_scorer_lean(const struct stance_scorer *scorer, const struct stance_prediction *prediction, double *out) {
  size_t first = 0, end = scorer->count;
  memset(out, 0, scorer->model->heads[prediction->head].label_count * sizeof *out);
  while (first < end) { /* predictions are in the order of sentences */
    size_t middle = first + (end - first) / 2;
    if (scorer->predictions[middle].sentence < prediction->sentence) first = middle + 1;
    else end = middle;
  }
  while (end < scorer->count && scorer->predictions[end].sentence == prediction->sentence) end++;
  if (end > first) lean_on(scorer->model, prediction->head, scorer->predictions + first, end - first, out);
}

/* dyads: see lean_on. */
static enum stance_status score_one(struct stance_scorer *scorer, const struct stance_document *document,
                                    const struct stance_unit *unit, size_t head, const struct stance_prediction *dyads,
                                    size_t dyad_count, struct stance_prediction *prediction,
                                    struct stance_error *error) {
  const struct stance_features *features;
  double decisions[STANCE_LABELS_MAX];
  const struct stance_feature_filter known = model_known(&scorer->model->heads[head]);
  STANCE_TRY(stance_featurize_wanted(scorer->featurizer, document, unit, stance_model_templates(scorer->model, head),
                                     &known, &features, error));
  if (!stance_model_decide(scorer->model, head, features, decisions)) return stance_fail_memory(error);
  lean_on(scorer->model, head, dyads, dyad_count, decisions);
  memset(prediction, 0, sizeof *prediction);
  prediction->sentence = unit->sentence;
  prediction->source = unit->source;
  prediction->target = unit->target;
  prediction->head = (uint32_t)head;
  stance_model_calibrate(scorer->model, head, decisions, prediction->p, &prediction->label, &prediction->score);
  return STANCE_OK;
}

enum stance_status stance_scorer_unit(struct stance_scorer *scorer, const struct stance_document *document,
                                      const struct stance_unit *unit, size_t head, struct stance_prediction *prediction,
                                      struct stance_error *error) {
  return score_one(scorer, document, unit, head, NULL, 0, prediction, error);
}

/* Scores the unit, or takes the prediction from the cache. */
static enum stance_status predict(struct stance_scorer *scorer, const struct stance_unit *unit, size_t head,
                                  struct stance_prediction *out, struct stance_error *error) {
  if (!scorer->recalled)
    return score_one(scorer, &scorer->document, unit, head, scorer->predictions + scorer->sentence_first,
                     scorer->count - scorer->sentence_first, out, error);
  *out = (struct stance_prediction){
      .sentence = unit->sentence, .source = unit->source, .target = unit->target, .head = (uint32_t)head};
  scorer->recalled = stance_recall_read(scorer->recalled, scorer->model->heads[head].label_count, out);
  return STANCE_OK;
}

/* Adds the unit's predictions by every head that labels units of this kind. */
static enum stance_status score_unit(struct stance_scorer *scorer, const struct stance_unit *unit,
                                     enum stance_unit_kind kind, struct stance_error *error) {
  for (size_t head = 0; head < scorer->model->head_count; head++) {
    if (stance_model_head_unit(scorer->model, head) != kind) continue;
    struct stance_prediction *more =
        stance_arena_grow(&scorer->arena, scorer->predictions, &scorer->capacity, scorer->count + 1, sizeof *more);
    if (!more) return stance_fail_memory(error);
    scorer->predictions = more;
    STANCE_TRY(predict(scorer, unit, head, &more[scorer->count], error));
    scorer->count++;
  }
  return STANCE_OK;
}

/* Scores the sentence's target units: each actor once, in the order of first mentions. */
static enum stance_status score_targets(struct stance_scorer *scorer, uint32_t index, struct stance_error *error) {
  const struct stance_document *document = &scorer->document;
  const struct stance_sentence *sentence = &document->sentences[index];
  for (uint32_t i = 0; i < sentence->mention_count; i++) {
    const struct stance_mention *mention = &document->mentions[sentence->mention_first + i];
    bool is_seen = false;
    for (uint32_t j = 0; j < i && !is_seen; j++)
      is_seen = document->mentions[sentence->mention_first + j].actor == mention->actor;
    if (is_seen) continue;
    struct stance_unit unit = {.sentence = index, .target = mention->actor};
    STANCE_TRY(score_unit(scorer, &unit, STANCE_UNIT_TARGET, error));
  }
  return STANCE_OK;
}

static enum stance_status score_units(struct stance_scorer *scorer, uint32_t index, struct stance_error *error) {
  const struct stance_document *document = &scorer->document;
  const struct stance_sentence *sentence = &document->sentences[index];
  for (uint32_t u = 0; u < sentence->unit_count; u++)
    STANCE_TRY(score_unit(scorer, &document->units[sentence->unit_first + u], STANCE_UNIT_DYAD, error));
  if (scorer->options.dyads_only) return STANCE_OK;
  STANCE_TRY(score_targets(scorer, index, error));
  struct stance_unit whole = {.sentence = index};
  return score_unit(scorer, &whole, STANCE_UNIT_SENTENCE, error);
}

static size_t labels_of(const void *model, size_t head) {
  return ((const struct stance_model *)model)->heads[head].label_count;
}

static enum stance_status score_sentence(struct stance_scorer *scorer, uint32_t index, struct stance_recall_key key,
                                         struct stance_error *error) {
  size_t first = scorer->sentence_first = scorer->count;
  scorer->recalled = stance_recall_find(scorer->recall, key);
  bool is_new = !scorer->recalled;
  STANCE_TRY(score_units(scorer, index, error));
  scorer->recalled = NULL;
  if (is_new && scorer->count > first)
    stance_recall_keep(scorer->recall, key, scorer->predictions + first, scorer->count - first, labels_of,
                       scorer->model);
  return STANCE_OK;
}

/* The first sentence from `index` on that is scored; the number of sentences: none. *key: its key, whose place in the
 * cache of predictions is prefetched. */
static uint32_t next_sentence(const struct stance_scorer *scorer, uint32_t index, struct stance_recall_key *key) {
  const struct stance_document *document = &scorer->document;
  while (scorer->options.dyads_only && index < document->sentence_count && !document->sentences[index].unit_count)
    index++;
  if (index == document->sentence_count) return index;
  *key = stance_recall_key(document, index);
  stance_recall_prefetch(scorer->recall, *key);
  return index;
}

/* Scores sentence by sentence, one ahead of which memory is asked what is known of it. */
static enum stance_status score_sentences(struct stance_scorer *scorer, struct stance_error *error) {
  struct stance_recall_key key, next_key = {0, 0};
  uint32_t next = next_sentence(scorer, 0, &next_key);
  while (next < scorer->document.sentence_count) {
    uint32_t index = next;
    key = next_key;
    next = next_sentence(scorer, index + 1, &next_key);
    STANCE_TRY(score_sentence(scorer, index, key, error));
  }
  return STANCE_OK;
}

/* Finds mentions and makes dyads, unless the model does not need actors. */
static enum stance_status find_actors(struct stance_scorer *scorer, struct stance_error *error) {
  struct stance_document *document = &scorer->document;
  if (!scorer->model->needs_actors) return STANCE_OK;
  STANCE_TRY(stance_mentions_find(scorer->gazetteer, &scorer->arena, document, !scorer->options.no_implicit, error));
  if (scorer->options.rollup)
    for (uint32_t m = 0; m < document->mention_count; m++)
      document->mentions[m].actor = stance_actor_rollup(document->mentions[m].actor);
  return stance_units_make(&scorer->arena, document, error);
}

/* Makes a text valid UTF-8 with LF as line end; it stays NUL-terminated. */
static enum stance_status repair_text(struct stance_scorer *scorer, const char **text, size_t *length,
                                      struct stance_result *result, struct stance_error *error) {
  size_t bad = 0, clean_length;
  if (!*text) return STANCE_OK;
  const char *clean = stance_utf8_repair(&scorer->arena, *text, *length, &clean_length, &bad);
  if (!clean) return stance_fail_memory(error);
  result->repaired += bad;
  *text = clean;
  *length = clean_length;
  return STANCE_OK;
}

/* Repairs an article as the programs do when they read one (input/item.c). */
static enum stance_status repair_article(struct stance_scorer *scorer, const struct stance_article *found,
                                         struct stance_article *out, struct stance_result *result,
                                         struct stance_error *error) {
  char date[STANCE_DATE_BYTES];
  *out = *found;
  size_t title = found->title ? strlen(found->title) : 0;
  if (!out->text) {
    out->text = "";
    out->text_length = 0;
  }
  STANCE_TRY(repair_text(scorer, &out->title, &title, result, error));
  STANCE_TRY(repair_text(scorer, &out->text, &out->text_length, result, error));
  if (!out->date) return STANCE_OK;
  enum stance_date_outcome outcome = stance_date_read(out->date, STANCE_DATE_ORDER_UNKNOWN, date);
  result->date_is_lost = outcome == STANCE_DATE_UNREAD || outcome == STANCE_DATE_AMBIGUOUS;
  out->date = outcome == STANCE_DATE_READ ? stance_arena_copy(&scorer->arena, date, strlen(date)) : NULL;
  return outcome == STANCE_DATE_READ && !out->date ? stance_fail_memory(error) : STANCE_OK;
}

/* The article without invisible characters, which would hide names. Strings are borrowed, or in the arena. */
static enum stance_status take_visible(struct stance_scorer *scorer, const struct stance_article *article,
                                       struct stance_article *out, struct stance_error *error) {
  *out = *article;
  size_t title = article->title ? strlen(article->title) : 0;
  if (title) out->title = stance_utf8_visible(article->title, &title, &scorer->arena);
  out->text = stance_utf8_visible(article->text, &out->text_length, &scorer->arena);
  return (title && !out->title) || !out->text ? stance_fail_memory(error) : STANCE_OK;
}

enum stance_status stance_scorer_run(struct stance_scorer *scorer, const struct stance_article *article,
                                     struct stance_result *result, struct stance_error *error) {
  struct stance_document *document = &scorer->document;
  *result = (struct stance_result){0};
  stance_arena_reset(&scorer->arena);
  memset(document, 0, sizeof *document);
  scorer->predictions = NULL;
  scorer->count = scorer->capacity = 0;
  struct stance_article repaired, visible;
  if (article->text_length > TEXT_BYTES_MAX || (article->title && strlen(article->title) > TEXT_BYTES_MAX))
    return stance_fail(error, STANCE_INPUT, "title or text has more than %zu bytes", (size_t)TEXT_BYTES_MAX);
  if (scorer->options.repair) {
    STANCE_TRY(repair_article(scorer, article, &repaired, result, error));
    article = &repaired;
  }
  STANCE_TRY(take_visible(scorer, article, &visible, error));
  STANCE_TRY(stance_sentences_find(scorer->matcher, &scorer->arena, &visible, document, error));
  STANCE_TRY(stance_document_check(document, error)); /* before more work is done on the sentences */
  STANCE_TRY(stance_tokens_find(scorer->matcher, &scorer->arena, document, error));
  STANCE_TRY(find_actors(scorer, error));
  STANCE_TRY(stance_document_check(document, error));
  STANCE_TRY(score_sentences(scorer, error));
  result->document = document;
  result->predictions = scorer->predictions;
  result->prediction_count = scorer->count;
  return STANCE_OK;
}

enum stance_status stance_scorer_explain(struct stance_scorer *scorer, const struct stance_prediction *prediction,
                                         size_t limit, struct stance_explanation *out, struct stance_error *error) {
  const struct stance_model *model = scorer->model;
  const struct stance_features *features;
  struct stance_contribution *contributions;
  struct stance_unit unit = {
      .sentence = prediction->sentence, .source = prediction->source, .target = prediction->target};
  double decisions[STANCE_LABELS_MAX], lean[STANCE_LABELS_MAX];
  size_t count, head = prediction->head;
  memset(out, 0, sizeof *out);
  if (head >= model->head_count || prediction->sentence >= scorer->document.sentence_count)
    return stance_fail(error, STANCE_USAGE, "the prediction is not of the scorer's last result");
  STANCE_TRY(stance_featurize(scorer->featurizer, &scorer->document, &unit, stance_model_templates(model, head), true,
                              &features, error));
  stance_scorer_lean(scorer, prediction, lean);
  STANCE_TRY(stance_explain(model, head, features, lean, &scorer->arena, &contributions, &count, error));
  if (!stance_model_decide(model, head, features, decisions)) return stance_fail_memory(error);
  for (size_t l = 0; l < model->heads[head].label_count; l++) decisions[l] += lean[l];
  return stance_explanation_make(model, head, contributions, count, decisions, limit, &scorer->arena, out, error);
}
