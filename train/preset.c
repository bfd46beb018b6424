/* SPDX-License-Identifier: MIT */
#include "preset.h"

#include <stdlib.h>
#include <string.h>

#include "calibrate.h"
#include "stance/base/compare.h"
#include "stance/base/error.h"
#include "stance/base/hash.h"

static const struct {
  const char *name, *templates[3]; /* by enum stance_unit_kind: dyad, target, sentence */
  size_t min_count;
  bool needs_lexicon;
} presets[PRESET_COUNT] = {
    {"default", {NULL, NULL, NULL}, 2, true},
    {"characters", {"+characters", "+characters", "+characters"}, 2, true},
    {"words",
     {"word,between,window,prefix,distance,characters", "word,zone,window,characters", "word,characters"},
     2,
     false},
    {"words-rare",
     {"word,between,window,prefix,distance,characters", "word,zone,window,characters", "word,characters"},
     1,
     false},
    {"characters-alone", {"characters", "characters", "characters"}, 2, false},
};

const char *train_preset_name(enum preset preset) { return preset < PRESET_COUNT ? presets[preset].name : "auto"; }
const char *train_preset_templates(enum preset preset, enum stance_unit_kind unit) {
  return presets[preset].templates[unit];
}
size_t train_preset_min_count(enum preset preset) { return presets[preset].min_count; }

/* When solvers stop, where only presets are compared. */
static const double loose_epsilon = 1;

/* ---- a sample of whole articles ------------------------------------------------------------------------- */

/* Samples whole articles, in the order of a hash, until there are PRESET_SMALL units, which keep the order of the
 * data. */
static enum stance_status sample(const struct dataset *data, uint64_t seed, struct stance_arena *arena,
                                 struct dataset *out, struct stance_error *error) {
  struct stance_keyed *drawn = stance_arena_alloc(arena, data->count + 1, sizeof *drawn);
  bool *keep = stance_arena_zalloc(arena, data->count + 1, sizeof *keep);
  if (!drawn || !keep) return stance_fail_memory(error);
  for (size_t i = 0; i < data->count; i++) {
    const struct stance_record *record = data->records[i];
    const char *group = record->article && *record->article ? record->article : record->text;
    drawn[i] = (struct stance_keyed){stance_hash_combine(stance_hash(group, strlen(group)), seed), i};
  }
  qsort(drawn, data->count, sizeof *drawn, stance_by_key);
  for (size_t i = 0; i < data->count && (i < PRESET_SMALL || drawn[i].key == drawn[i - 1].key); i++)
    keep[drawn[i].index] = true;
  return train_dataset_subset(data, keep, arena, out, error);
}

/* ---- comparing ------------------------------------------------------------------------------------------ */

/* The results of a preset: its out-of-fold score, and for each fold its score on the other folds and its labels of the
 * fold. */
struct judged {
  double score, *inside; /* [folds] */
  uint32_t *predicted;   /* [count]: by calibration and factors fitted without the unit's fold */
};

static double macro_f1(const struct dataset *data, const uint32_t *predicted, const bool *keep) {
  struct metrics metrics;
  metrics_compute(data->head, data->labels, predicted, keep, data->count, &metrics);
  return metrics.macro_f1;
}

static enum stance_status judge_folds(struct trained *trained, uint32_t k, struct judged *out,
                                      struct stance_arena *arena, struct stance_error *error) {
  const struct dataset *data = trained->data;
  size_t count = data->count, labels = trained->head.label_count;
  struct labelled labelled = {&trained->rows, data->labels, labels};
  uint32_t *folds = stance_arena_alloc(arena, count + 1, sizeof *folds),
           *said = stance_arena_alloc(arena, count + 1, sizeof *said);
  double *all = stance_arena_zalloc(arena, k * count * labels + 1, sizeof *all);
  bool *keep = stance_arena_alloc(arena, count + 1, sizeof *keep);
  if (!folds || !said || !all || !keep) return stance_fail_memory(error);
  STANCE_TRY(
      crossval_run_nested(&labelled, trained->shared, trained->folds, k, &trained->settings, NULL, all, NULL, error));
  for (uint32_t outer = 0; outer < k; outer++) {
    double *decisions = all + outer * count * labels;
    for (size_t i = 0; i < count; i++) {
      folds[i] = trained->folds[i] == outer ? TRAINER_EXCLUDED : trained->folds[i];
      keep[i] = folds[i] != TRAINER_EXCLUDED;
    }
    for (size_t i = 0; i < count; i++) /* the fold itself is decided by a model of all others */
      if (!keep[i]) memcpy(decisions + i * labels, trained->decisions + i * labels, labels * sizeof *decisions);
    STANCE_TRY(train_trainer_predict(trained, folds, decisions, trained->p, said, NULL, error));
    out->inside[outer] = macro_f1(data, said, keep);
    for (size_t i = 0; i < count; i++)
      if (!keep[i]) out->predicted[i] = said[i];
  }
  return STANCE_OK;
}

/* By the templates and the min-count of the settings. */
static enum stance_status judge(const struct dataset *data, const struct stance_lexicon *lexicon,
                                const struct trainer_settings *given, struct judged *out, const uint32_t **folds,
                                uint32_t *k, bool *is_judged, struct stance_arena *arena, struct stance_error *error) {
  struct trainer_settings settings = *given;
  struct trained trained = {0};
  if (!(settings.epsilon > 0)) settings.epsilon = loose_epsilon;
  enum stance_status status = train_trainer_prepare(data, lexicon, &settings, NULL, arena, &trained, error);
  *is_judged = trained.grouping == TRAINER_BY_ARTICLE;
  if (status == STANCE_OK && *is_judged) status = train_trainer_crossval(&trained, NULL, NULL, error);
  if (status == STANCE_OK && *is_judged) {
    *k = trained.fold_count;
    *folds = trained.folds;
    out->inside = stance_arena_zalloc(arena, *k + 1, sizeof *out->inside);
    out->predicted = stance_arena_zalloc(arena, data->count + 1, sizeof *out->predicted);
    status = out->inside && out->predicted ? train_trainer_predict(&trained, trained.folds, trained.decisions,
                                                                   trained.p, trained.predicted, NULL, error)
                                           : stance_fail_memory(error);
  }
  if (status == STANCE_OK && *is_judged) out->score = macro_f1(data, trained.predicted, NULL);
  if (status == STANCE_OK && *is_judged && *k > 2) status = judge_folds(&trained, *k, out, arena, error);
  train_trainer_free(&trained);
  return status;
}

static bool is_better(double score, double best, bool is_small) { return score > best + (is_small ? 0 : PRESET_GAIN); }

static double nested_f1(const struct dataset *data, const struct judged *judged, const double *score,
                        const uint32_t *folds, bool is_small, uint32_t *predicted) {
  for (size_t i = 0; i < data->count; i++) {
    int best = -1;
    for (int p = 0; p < PRESET_COUNT; p++)
      if (score[p] >= 0 && (best < 0 || is_better(judged[p].inside[folds[i]], judged[best].inside[folds[i]], is_small)))
        best = p;
    predicted[i] = judged[best].predicted[i];
  }
  return macro_f1(data, predicted, NULL);
}

enum stance_status train_preset_choose(const struct dataset *whole, const struct stance_lexicon *lexicon,
                                       bool has_lexicon, const struct trainer_settings *settings,
                                       const struct pool_progress *progress, struct preset_choice *out,
                                       struct stance_error *error) {
  struct stance_arena arena = {0};
  struct judged judged[PRESET_COUNT] = {0};
  struct dataset data = *whole;
  const uint32_t *folds = NULL;
  uint32_t k = 0;
  bool is_judged = false, is_small = whole->count < PRESET_SMALL || !has_lexicon;
  enum stance_status status =
      whole->count < PRESET_SMALL ? STANCE_OK : sample(whole, settings->seed, &arena, &data, error);
  *out = (struct preset_choice){.preset = PRESET_COUNT, .units = data.count, .nested = -1};
  for (int p = 0; status == STANCE_OK && p < PRESET_COUNT; p++) {
    bool is_asked = has_lexicon ? is_small || p <= PRESET_CHARACTERS : !presets[p].needs_lexicon;
    out->score[p] = -1;
    if (!is_asked || (p == PRESET_WORDS_RARE && whole->count >= PRESET_RARE)) continue;
    struct trainer_settings own = *settings;
    own.templates = presets[p].templates[data.head->unit];
    own.min_count = presets[p].min_count;
    status = judge(&data, lexicon, &own, &judged[p], &folds, &k, &is_judged, &arena, error);
    if (status != STANCE_OK) break;
    out->score[p] = judged[p].score;
    if (!is_judged) { /* not comparable: takes the first one */
      out->preset = (enum preset)p;
      out->tried = 1;
      break;
    }
    if (!out->tried++ || is_better(judged[p].score, out->score[out->preset], is_small)) out->preset = (enum preset)p;
    if (progress && progress->step && !progress->step(progress->context, (size_t)p + 1, PRESET_COUNT)) break;
  }
  uint32_t *predicted = status == STANCE_OK ? stance_arena_alloc(&arena, data.count + 1, sizeof *predicted) : NULL;
  if (status == STANCE_OK && !predicted) status = stance_fail_memory(error);
  if (status == STANCE_OK && k > 2 && out->tried > 1)
    out->nested = nested_f1(&data, judged, out->score, folds, is_small, predicted);
  stance_arena_free(&arena);
  return status;
}

enum stance_status train_preset_nested(const struct dataset *data, const struct stance_lexicon *lexicon,
                                       const struct trainer_settings *settings, double *nested,
                                       struct stance_error *error) {
  struct stance_arena arena = {0};
  struct judged judged = {0};
  const uint32_t *folds = NULL;
  uint32_t k = 0;
  bool is_judged = false;
  *nested = -1;
  if (data->count < CALIBRATE_FACTORS_MIN || data->count >= PRESET_SMALL) return STANCE_OK;
  enum stance_status status = judge(data, lexicon, settings, &judged, &folds, &k, &is_judged, &arena, error);
  if (status == STANCE_OK && is_judged && k > 2) *nested = macro_f1(data, judged.predicted, NULL);
  stance_arena_free(&arena);
  return status;
}
