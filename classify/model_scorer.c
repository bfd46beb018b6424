/* SPDX-License-Identifier: MIT
 * The library's scorer behind the engine's interface. */
#include <stdlib.h>
#include <string.h>

#include "fold_scores.h"
#include "scored.h"
#include "stance/actors/gazetteer.h"
#include "stance/base/error.h"
#include "stance/labels/record.h"
#include "stance/model/model.h"
#include "stance/text/letters.h"
#include "stance/text/text.h"
#include "why.h"

struct model_scorer {
  const struct classify_model *model;
  struct stance_scorer *scorer;
  struct stance_text_matcher *matcher;
  struct classify_explainer *explainer; /* NULL: units are not explained */
};

enum stance_status classify_model_heads(const struct stance_model *model, struct classify_heads *heads,
                                        struct stance_error *error) {
  const struct stance_codebook *codebook = stance_model_codebook(model);
  size_t count = stance_model_head_count(model);
  memset(heads, 0, sizeof *heads);
  if (count > CLASSIFY_HEADS_MAX)
    return stance_fail(error, STANCE_INPUT, "the model has %zu heads; expected at most %d", count, CLASSIFY_HEADS_MAX);
  for (size_t i = 0; i < count; i++) {
    struct classify_head *head = &heads->items[i];
    head->name = stance_model_head_name(model, i);
    head->unit = stance_model_head_unit(model, i);
    head->label_count = stance_model_label_count(model, i);
    const struct stance_head *book = codebook ? stance_codebook_head(codebook, head->name) : NULL;
    for (size_t j = 0; j < head->label_count; j++) {
      head->labels[j] = stance_model_label(model, i, j);
      int at = book ? stance_head_label(book, head->labels[j]) : -1;
      head->values[j] = at >= 0 ? book->labels[at].value : 0;
    }
  }
  heads->count = count;
  return STANCE_OK;
}

static void model_close(void *opened) {
  struct model_scorer *own = opened;
  if (!own) return;
  stance_scorer_destroy(own->scorer);
  stance_text_matcher_destroy(own->matcher);
  classify_explainer_destroy(own->explainer);
  free(own);
}

static enum stance_status model_open(void *context, void **out, struct stance_error *error) {
  const struct classify_model *model = context;
  struct model_scorer *own = calloc(1, sizeof *own);
  *out = NULL;
  if (!own) return stance_fail_memory(error);
  own->model = model;
  enum stance_status status = stance_scorer_new(model->model, model->gazetteer, &model->scoring, &own->scorer, error);
  if (status == STANCE_OK) status = stance_text_matcher_new(&own->matcher, error);
  if (status == STANCE_OK && model->explain)
    status = classify_explainer_new(model->model, model->explain, &own->explainer, error);
  if (status != STANCE_OK) {
    model_close(own);
    return status;
  }
  *out = own;
  return STANCE_OK;
}

static const char *affiliation_id(const struct stance_actor *actor) {
  const struct stance_actor *master = actor ? stance_actor_rollup(actor) : NULL;
  return master && master != actor ? stance_actor_id(master) : NULL;
}

static void take_prediction(const struct classify_heads *heads, const struct stance_prediction *prediction,
                            struct classify_unit *unit) {
  unit->source = prediction->source ? stance_actor_id(prediction->source) : NULL;
  unit->target = prediction->target ? stance_actor_id(prediction->target) : NULL;
  unit->source_affiliation = affiliation_id(prediction->source);
  unit->target_affiliation = affiliation_id(prediction->target);
  unit->head = (uint8_t)prediction->head;
  classify_round(&heads->items[prediction->head], prediction->p, prediction->label, unit);
  unit->why = NULL;
  unit->is_seen = false;
  unit->fold = 0;
}

/* Marks units whose sentence the model was trained on, or replaces their scores by out-of-fold ones. id NULL: made from
 * the unit. */
static enum stance_status look_at_training(const struct model_scorer *own, const char *article, const char *id,
                                           const struct classify_sentence *sentence, struct stance_arena *arena,
                                           struct classify_unit *units, uint32_t count, struct stance_error *error) {
  const struct classify_model *model = own->model;
  bool was_seen = false;
  if (!count || !(model->marks_seen || model->folds)) return STANCE_OK;
  uint32_t signature = model->marks_seen ? stance_letters_signature(sentence->text, sentence->length) : 0;
  uint64_t hash = model->folds ? stance_letters_hash(sentence->text, sentence->length) : 0;
  for (uint32_t i = 0; i < count; i++) {
    bool is_same = i && units[i].head == units[i - 1].head;
    if (!is_same && model->marks_seen && stance_model_may_have_seen(model->model, units[i].head, signature)) {
      if (!hash) hash = stance_letters_hash(sentence->text, sentence->length);
      was_seen = stance_model_saw(model->model, units[i].head, hash);
    } else if (!is_same) {
      was_seen = false;
    }
    units[i].is_seen = was_seen;
    if (!model->folds) continue;
    const char *unit = id ? id : stance_unit_id(arena, article, sentence->index, units[i].source, units[i].target);
    if (!unit) return stance_fail_memory(error);
    classify_fold_scores_apply(model->folds, unit, hash, &units[i]);
  }
  return STANCE_OK;
}

/* Explains the unit, if explanations are asked for. */
static enum stance_status explain(struct model_scorer *own, const struct stance_document *document,
                                  const struct stance_prediction *prediction, const double *lean,
                                  struct stance_arena *arena, struct classify_unit *unit, struct stance_error *error) {
  struct stance_unit in_document = {
      .sentence = prediction->sentence, .source = prediction->source, .target = prediction->target};
  if (!own->explainer) return STANCE_OK;
  return classify_explain(own->explainer, document, &in_document, prediction->head, prediction->label, lean, arena,
                          &unit->why, error);
}

static bool take_sentence(const struct stance_document *document, uint32_t index, struct stance_arena *arena,
                          struct classify_sentence *out) {
  const struct stance_sentence *sentence = &document->sentences[index];
  struct classify_mention *mentions = stance_arena_alloc(arena, sentence->mention_count, sizeof *mentions);
  if (!mentions) return false;
  for (uint32_t i = 0; i < sentence->mention_count; i++) {
    const struct stance_mention *mention = &document->mentions[sentence->mention_first + i];
    mentions[i] = (struct classify_mention){.actor = stance_actor_id(mention->actor),
                                            .start = mention->start - sentence->start,
                                            .end = mention->end - sentence->start,
                                            .is_implicit = mention->is_implicit};
  }
  *out = (struct classify_sentence){.index = index,
                                    .text = document->text + sentence->start,
                                    .length = sentence->end - sentence->start,
                                    .mentions = mentions,
                                    .mention_count = sentence->mention_count};
  return true;
}

static enum stance_status model_run(void *opened, const struct stance_article *article, struct stance_arena *arena,
                                    struct classify_scored *out, struct stance_error *error) {
  struct model_scorer *own = opened;
  struct stance_result result;
  STANCE_TRY(stance_scorer_run(own->scorer, article, &result, error));
  const struct stance_document *document = result.document;
  *out = (struct classify_scored){.id = article->id,
                                  .title = article->title,
                                  .date = article->date,
                                  .outlet = article->outlet,
                                  .url = article->url};
  out->sentence_count = document->sentence_count;
  out->unit_count = (uint32_t)result.prediction_count;
  out->sentences = stance_arena_alloc(arena, out->sentence_count, sizeof *out->sentences);
  out->units = stance_arena_alloc(arena, out->unit_count, sizeof *out->units);
  if (!out->sentences || !out->units) return stance_fail_memory(error);
  double lean[STANCE_LABELS_MAX] = {0};
  uint32_t next = 0;
  for (uint32_t i = 0; i < out->sentence_count; i++) {
    struct classify_sentence *sentence = &out->sentences[i];
    if (!take_sentence(document, i, arena, sentence)) return stance_fail_memory(error);
    sentence->unit_first = next;
    for (; next < out->unit_count && result.predictions[next].sentence == i; next++) {
      take_prediction(&own->model->heads, &result.predictions[next], &out->units[next]);
      out->units[next].sentence = i;
      if (own->explainer) stance_scorer_lean(own->scorer, &result.predictions[next], lean);
      STANCE_TRY(explain(own, document, &result.predictions[next], lean, arena, &out->units[next], error));
    }
    sentence->unit_count = next - sentence->unit_first;
    STANCE_TRY(look_at_training(own, article->id, NULL, sentence, arena, &out->units[sentence->unit_first],
                                sentence->unit_count, error));
  }
  out->unit_count = next;
  return STANCE_OK;
}

/* The head that the record names; else the model's only head for its kind of unit. -1: none. */
static int head_for(const struct classify_heads *heads, const struct stance_record *record) {
  enum stance_unit_kind kind = !record->target  ? STANCE_UNIT_SENTENCE
                               : record->source ? STANCE_UNIT_DYAD
                                                : STANCE_UNIT_TARGET;
  int only = -1, fitting = 0;
  for (size_t i = 0; i < heads->count; i++) {
    if (heads->items[i].unit != kind) continue;
    if (strcmp(heads->items[i].name, record->head) == 0) return (int)i;
    only = (int)i;
    fitting++;
  }
  return fitting == 1 ? only : -1;
}

static enum stance_status model_run_record(void *opened, const struct stance_record *record, struct stance_arena *arena,
                                           struct classify_scored *out, struct stance_error *error) {
  struct model_scorer *own = opened;
  struct stance_document *document = stance_arena_zalloc(arena, 1, sizeof *document);
  struct stance_prediction prediction;
  if (!document) return stance_fail_memory(error);
  int head = head_for(&own->model->heads, record);
  if (head < 0) return stance_fail(error, STANCE_INPUT, "the model has no head '%s' for this unit", record->head);
  STANCE_TRY(stance_record_document(record, own->matcher, arena, document, error));
  STANCE_TRY(stance_scorer_unit(own->scorer, document, &document->units[0], (size_t)head, &prediction, error));
  prediction.source = document->units[0].source;
  prediction.target = document->units[0].target;
  prediction.head = (uint32_t)head;
  *out = (struct classify_scored){
      .id = record->article, .date = record->date, .outlet = record->outlet, .sentence_count = 1, .unit_count = 1};
  out->sentences = stance_arena_alloc(arena, 1, sizeof *out->sentences);
  out->units = stance_arena_alloc(arena, 1, sizeof *out->units);
  if (!out->sentences || !out->units || !take_sentence(document, 0, arena, &out->sentences[0]))
    return stance_fail_memory(error);
  out->sentences[0].index = record->sentence;
  out->sentences[0].unit_count = 1;
  take_prediction(&own->model->heads, &prediction, &out->units[0]);
  out->units[0].sentence = 0;
  const char *made =
      stance_unit_id(arena, record->article, record->sentence, out->units[0].source, out->units[0].target);
  if (!made) return stance_fail_memory(error);
  if (strcmp(made, record->unit) != 0) out->unit = record->unit;
  STANCE_TRY(explain(own, document, &prediction, NULL, arena, &out->units[0], error));
  return look_at_training(own, record->article, record->unit, &out->sentences[0], arena, out->units, 1, error);
}

const struct classify_scorer_type classify_model_scorer = {
    .open = model_open, .close = model_close, .run = model_run, .run_record = model_run_record};
