/* SPDX-License-Identifier: MIT */
#include "report.h"

#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "stance/base/error.h"
#include "stance/text/text.h"

/* ---- learning curve ------------------------------------------------------------------------------------- */

static enum stance_status point_of(const struct trained *trained, double share, uint64_t seed, struct report_point *out,
                                   struct stance_error *error) {
  size_t count = trained->data->count, labels = trained->head.label_count;
  uint32_t *folds = malloc((count + 1) * sizeof *folds), *predicted = malloc((count + 1) * sizeof *predicted), k = 0;
  double *decisions = calloc((count + 1) * labels, sizeof *decisions);
  float *p = calloc((count + 1) * labels, sizeof *p);
  bool *keep = calloc(count + 1, sizeof *keep);
  struct labelled labelled = {&trained->rows, trained->data->labels, labels};
  struct metrics metrics;
  enum stance_status status = folds && predicted && decisions && p && keep ? STANCE_OK : stance_fail_memory(error);
  *out = (struct report_point){.share = share};
  for (size_t i = 0; status == STANCE_OK && i < count; i++) {
    uint64_t state = seed ^ ((uint64_t)trained->groups[i] << 20);
    keep[i] = (double)(random_next(&state) >> 11) * 0x1p-53 < share;
    folds[i] = keep[i] ? trained->folds[i] : TRAINER_EXCLUDED;
    if (trained->folds[i] >= k) k = trained->folds[i] + 1;
    out->units += keep[i];
  }
  if (status == STANCE_OK)
    status = crossval_run(&labelled, trained->shared, folds, k, &trained->settings, NULL, decisions, NULL, error);
  if (status == STANCE_OK) status = train_trainer_predict(trained, folds, decisions, p, predicted, NULL, error);
  if (status == STANCE_OK) {
    metrics_compute(trained->data->head, trained->data->labels, predicted, keep, count, &metrics);
    out->macro_f1 = metrics.macro_f1;
  }
  free(folds);
  free(predicted);
  free(decisions);
  free(p);
  free(keep);
  return status;
}

/* ---- baselines ------------------------------------------------------------------------------------------ */

static void majority(const struct trained *trained, struct report_baseline *out) {
  const struct dataset *data = trained->data;
  struct metrics metrics = {0};
  size_t common = 0;
  for (size_t l = 1; l < data->head->label_count; l++)
    if (trained->metrics.label[l].support > trained->metrics.label[common].support) common = l;
  for (size_t l = 0; l < data->head->label_count; l++) metrics.confusion[l][common] = trained->metrics.label[l].support;
  metrics_finish(data->head, &metrics);
  *out = (struct report_baseline){"always the most common label", metrics.macro_f1, metrics.micro_f1, true};
}

/* A baseline: the same folds and solver with only a few templates; skipped if the head's units do not have these. */
static enum stance_status baseline(const struct trained *trained, const char *name, const char *const *templates,
                                   const struct stance_lexicon *lexicon, const struct trainer_settings *settings,
                                   struct report_baseline *out, struct stance_error *error) {
  struct trainer_settings fewer = *settings;
  struct stance_arena arena = {0};
  struct trained other = {0};
  struct stance_error why;
  stance_template_set set = 0, one;
  *out = (struct report_baseline){.name = name};
  fewer.min_count = trained->min_count;
  for (; *templates; templates++)
    if (stance_template_parse(*templates, trained->head.unit, &one, &why) == STANCE_OK) set |= one;
  if (!set) return STANCE_OK;
  fewer.templates = stance_template_format(set, &arena);
  enum stance_status status = fewer.templates ? STANCE_OK : stance_fail_memory(error);
  if (status == STANCE_OK) status = train_trainer_prepare(trained->data, lexicon, &fewer, NULL, &arena, &other, error);
  if (status == STANCE_OK) other.settings = trained->settings;
  if (status == STANCE_OK) status = train_trainer_crossval(&other, NULL, NULL, error);
  if (status == STANCE_OK) status = train_trainer_calibrate(&other, settings->seed, &arena, error);
  if (status == STANCE_OK) {
    out->macro_f1 = other.metrics.macro_f1;
    out->micro_f1 = other.metrics.micro_f1;
    out->is_known = true;
  }
  train_trainer_free(&other);
  stance_arena_free(&arena);
  return status;
}

/* ---- features and errors -------------------------------------------------------------------------------- */

static void top_features(const struct stance_model *model, size_t head, struct stance_arena *arena,
                         struct report_head *out) {
  for (size_t s = 0; s < stance_model_slot_count(model, head); s++) {
    const float *weights;
    const char *name;
    if (!stance_model_slot(model, head, s, NULL, &weights, &name) || !weights) continue;
    for (size_t l = 0; l < stance_model_label_count(model, head); l++) {
      size_t at = out->top_count[l];
      double weight = (double)weights[l];
      if (weight <= 0 || (at == REPORT_TOP && weight <= out->top[l][at - 1].weight)) continue;
      if (at == REPORT_TOP) at--;
      else out->top_count[l]++;
      for (; at > 0 && out->top[l][at - 1].weight < weight; at--) out->top[l][at] = out->top[l][at - 1];
      out->top[l][at] = (struct report_feature){name, weight};
    }
  }
  for (size_t l = 0; l < stance_model_label_count(model, head); l++)
    for (size_t i = 0; i < out->top_count[l]; i++) {
      char *copy = stance_arena_copy(arena, out->top[l][i].name, strlen(out->top[l][i].name));
      out->top[l][i].name = copy ? copy : "";
    }
}

static enum stance_status reasons_of(const struct trained *trained, const struct stance_model *model, size_t head,
                                     struct stance_text_matcher *matcher, struct stance_featurizer *featurizer,
                                     struct stance_arena *arena, struct report_error *out, struct stance_error *error) {
  struct stance_document document = {0};
  const struct stance_features *features;
  struct stance_contribution *list;
  size_t count;
  STANCE_TRY(stance_record_document(trained->data->records[out->index], matcher, arena, &document, error));
  STANCE_TRY(
      stance_featurize(featurizer, &document, &document.units[0], trained->head.templates, true, &features, error));
  if (!stance_model_is_linear(model, head)) return STANCE_OK;
  STANCE_TRY(stance_explain(model, head, features, NULL, arena, &list, &count, error));
  for (size_t i = 0; i < count && i < REPORT_REASONS; i++) {
    out->reasons[i] = list[i];
    out->reasons[i].name = stance_arena_copy(arena, list[i].name, strlen(list[i].name));
    if (!out->reasons[i].name) return stance_fail_memory(error);
    out->reason_count++;
  }
  return STANCE_OK;
}

/* Finds the out-of-fold errors with the largest p of the wrong label minus p of the right one. */
static enum stance_status worst_errors(const struct trained *trained, const struct stance_model *model, size_t head,
                                       struct stance_arena *arena, struct report_head *out,
                                       struct stance_error *error) {
  struct stance_text_matcher *matcher = NULL;
  struct stance_featurizer *featurizer = NULL;
  double margin[REPORT_ERRORS];
  size_t labels = trained->head.label_count;
  for (size_t i = 0; i < trained->data->count; i++) {
    const float *p = trained->p + i * labels;
    double wrong = (double)(p[trained->predicted[i]] - p[trained->data->labels[i]]);
    size_t at = out->error_count;
    if (trained->predicted[i] == trained->data->labels[i] || (at == REPORT_ERRORS && wrong <= margin[at - 1])) continue;
    if (at == REPORT_ERRORS) at--;
    else out->error_count++;
    for (; at > 0 && margin[at - 1] < wrong; at--) {
      margin[at] = margin[at - 1];
      out->errors[at] = out->errors[at - 1];
    }
    margin[at] = wrong;
    out->errors[at] = (struct report_error){.index = i};
  }
  enum stance_status status = stance_text_matcher_new(&matcher, error);
  if (status == STANCE_OK) status = stance_model_featurizer(model, &featurizer, error);
  for (size_t i = 0; status == STANCE_OK && i < out->error_count; i++)
    status = reasons_of(trained, model, head, matcher, featurizer, arena, &out->errors[i], error);
  stance_text_matcher_destroy(matcher);
  stance_featurizer_destroy(featurizer);
  return status;
}

enum stance_status train_report_head_make(const struct trained *trained, const struct stance_model *model, size_t head,
                                          const struct stance_lexicon *lexicon, const struct trainer_settings *settings,
                                          struct stance_arena *arena, struct report_head *out,
                                          struct stance_error *error) {
  static const char *const of_lexicon[] = {"role", "lemma", "slot", "summary", "speech", "polarity", NULL};
  static const char *const of_sentence[] = {"word", NULL};
  static const double shares[REPORT_CURVE] = {0.125, 0.25, 0.5, 1};
  *out = (struct report_head){.trained = trained};
  for (size_t i = 0; i + 1 < REPORT_CURVE; i++)
    STANCE_TRY(point_of(trained, shares[i], settings->seed, &out->curve[i], error));
  out->curve[REPORT_CURVE - 1] = (struct report_point){1, trained->data->count, trained->metrics.macro_f1};
  majority(trained, &out->baselines[0]);
  STANCE_TRY(baseline(trained, "lexicon features alone", of_lexicon, lexicon, settings, &out->baselines[1], error));
  STANCE_TRY(
      baseline(trained, "words of the sentence alone", of_sentence, lexicon, settings, &out->baselines[2], error));
  top_features(model, head, arena, out);
  return worst_errors(trained, model, head, arena, out, error);
}
