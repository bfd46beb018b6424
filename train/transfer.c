/* SPDX-License-Identifier: MIT */
#include "transfer.h"

#include <stdlib.h>
#include <string.h>

#include "stance/base/error.h"

struct run {
  const struct dataset *data;
  const struct stance_lexicon *lexicon;
  const struct trainer_settings *given;
  const struct transfer_chooser *chooser;
  bool *trains;      /* [units]: in the training data of this split */
  float *p, *fold_p; /* [units][labels]: p from the split that tests the unit; fold_p from this split */
  uint32_t *said, *fold_said, *split_of;
};

/* ---- one split ------------------------------------------------------------------------------------------ */

/* Computes decision values: of training units out of fold, of the others by a model of all training units. */
static enum stance_status decide(const struct run *run, const struct trained *trained, const uint32_t *folds,
                                 double *decisions, struct stance_error *error) {
  size_t count = run->data->count, labels = trained->head.label_count, used = 0;
  struct labelled labelled = {&trained->rows, run->data->labels, labels};
  struct crossval_model model;
  uint32_t *index = malloc((count + 1) * sizeof *index);
  if (!index) return stance_fail_memory(error);
  for (size_t i = 0; i < count; i++)
    if (run->trains[i]) index[used++] = (uint32_t)i;
  enum stance_status status = crossval_run(&labelled, trained->shared, folds, trained->fold_count, &trained->settings,
                                           NULL, decisions, NULL, error);
  if (status == STANCE_OK)
    status = crossval_train(&labelled, trained->shared, index, used, &trained->settings, &model, error);
  free(index);
  if (status != STANCE_OK) return status;
  for (size_t i = 0; i < count; i++)
    if (!run->trains[i]) crossval_decide(&model, &labelled, trained->shared, (uint32_t)i, decisions + i * labels);
  crossval_model_free(&model);
  return STANCE_OK;
}

static enum stance_status judge(struct run *run, struct trainer_settings *settings, struct stance_error *error) {
  struct trained trained = {0};
  struct stance_arena arena = {0};
  uint32_t *folds = calloc(run->data->count + 1, sizeof *folds);
  double *decisions = calloc((run->data->count + 1) * run->data->head->label_count, sizeof *decisions);
  enum stance_status status = folds && decisions ? STANCE_OK : stance_fail_memory(error);
  if (status == STANCE_OK)
    status = train_trainer_prepare(run->data, run->lexicon, settings, NULL, &arena, &trained, error);
  for (size_t i = 0; status == STANCE_OK && i < run->data->count; i++)
    folds[i] = run->trains[i] ? trained.folds[i] : TRAINER_EXCLUDED;
  if (status == STANCE_OK) status = decide(run, &trained, folds, decisions, error);
  if (status == STANCE_OK)
    status = train_trainer_predict(&trained, folds, decisions, run->fold_p, run->fold_said, NULL, error);
  train_trainer_free(&trained);
  stance_arena_free(&arena);
  free(folds);
  free(decisions);
  return status;
}

static enum stance_status run_split(struct run *run, const struct splits *splits, uint32_t block,
                                    struct transfer_split *out, struct stance_error *error) {
  const struct dataset *data = run->data;
  size_t labels = data->head->label_count;
  struct stance_arena arena = {0};
  struct dataset training;
  struct stance_error few;
  struct trainer_settings settings = *run->given;
  *out = (struct transfer_split){.name = splits->names[block]};
  STANCE_TRY(train_splits_train(splits, data->count, block, run->trains, &out->near, error));
  enum stance_status status = train_dataset_subset(data, run->trains, &arena, &training, error);
  for (size_t i = 0; i < data->count; i++) out->tested += splits->block[i] == block;
  out->trained = training.count;
  out->is_judged = status == STANCE_OK && train_trainer_check(&training, &few) == STANCE_OK;
  if (out->is_judged) status = run->chooser->choose(run->chooser->context, &training, &settings, error);
  if (out->is_judged && status == STANCE_OK) status = judge(run, &settings, error);
  for (size_t i = 0; status == STANCE_OK && out->is_judged && i < data->count; i++) {
    if (splits->block[i] != block) continue;
    memcpy(run->p + i * labels, run->fold_p + i * labels, labels * sizeof *run->p);
    run->said[i] = run->fold_said[i];
    run->split_of[i] = block - splits->from;
  }
  stance_arena_free(&arena);
  return status;
}

/* ---- all splits together -------------------------------------------------------------------------------- */

static void measure_split(const struct transfer *transfer, uint32_t split, bool *keep, struct transfer_split *out) {
  struct metrics metrics;
  for (size_t i = 0; i < transfer->tested.count; i++) keep[i] = transfer->folds[i] == split;
  metrics_compute(transfer->tested.head, transfer->tested.labels, transfer->predicted, keep, transfer->tested.count,
                  &metrics);
  out->macro_f1 = metrics.macro_f1;
  out->micro_f1 = metrics.micro_f1;
}

/* Makes groups of articles and near-duplicate sentences for the bootstrap. */
static enum stance_status group_tested(const struct dataset *tested, uint32_t *groups, uint32_t *group_count,
                                       struct stance_error *error) {
  const char **texts = calloc(tested->count + 1, sizeof *texts),
             **articles = calloc(tested->count + 1, sizeof *articles);
  enum stance_status status = texts && articles ? STANCE_OK : stance_fail_memory(error);
  for (size_t i = 0; status == STANCE_OK && i < tested->count; i++) {
    texts[i] = tested->records[i]->text;
    articles[i] = tested->records[i]->article;
  }
  if (status == STANCE_OK) status = group_make(texts, articles, tested->count, groups, group_count, NULL, error);
  free(texts);
  free(articles);
  return status;
}

static enum stance_status measure(struct transfer *out, uint64_t seed, struct stance_arena *arena,
                                  struct stance_error *error) {
  const struct dataset *tested = &out->tested;
  size_t labels = tested->head->label_count;
  uint32_t *groups = stance_arena_zalloc(arena, tested->count + 1, sizeof *groups), group_count;
  bool *keep = stance_arena_zalloc(arena, tested->count + 1, sizeof *keep);
  if (!groups || !keep) return stance_fail_memory(error);
  for (uint32_t s = 0; s < out->split_count; s++)
    if (out->split[s].is_judged) measure_split(out, s, keep, &out->split[s]);
  metrics_compute(tested->head, tested->labels, out->predicted, NULL, tested->count, &out->metrics);
  metrics_reliability(out->p, labels, tested->labels, out->predicted, tested->count, &out->reliability);
  STANCE_TRY(metrics_probabilities(out->p, labels, tested->labels, tested->count, &out->probabilities, error));
  STANCE_TRY(group_tested(tested, groups, &group_count, error));
  return metrics_bootstrap(tested->head, tested->labels, out->predicted, groups, group_count, tested->count, seed,
                           &out->intervals, error);
}

static enum stance_status keep_tested(const struct run *run, struct transfer *out, struct stance_arena *arena,
                                      struct stance_error *error) {
  size_t count = run->data->count, labels = run->data->head->label_count, at = 0;
  bool *keep = stance_arena_zalloc(arena, count + 1, sizeof *keep);
  out->folds = stance_arena_alloc(arena, count + 1, sizeof *out->folds);
  out->predicted = stance_arena_alloc(arena, count + 1, sizeof *out->predicted);
  out->p = stance_arena_alloc(arena, (count + 1) * labels, sizeof *out->p);
  if (!keep || !out->folds || !out->predicted || !out->p) return stance_fail_memory(error);
  for (size_t i = 0; i < count; i++) {
    keep[i] = run->split_of[i] != SPLITS_NONE;
    if (!keep[i]) continue;
    out->folds[at] = run->split_of[i];
    out->predicted[at] = run->said[i];
    memcpy(out->p + at++ * labels, run->p + i * labels, labels * sizeof *out->p);
  }
  return train_dataset_subset(run->data, keep, arena, &out->tested, error);
}

static enum stance_status run_splits(struct run *run, const struct pool_progress *progress, struct transfer *out,
                                     bool *stopped, struct stance_error *error) {
  for (size_t i = 0; i < run->data->count; i++) run->split_of[i] = SPLITS_NONE;
  for (uint32_t s = 0; s < out->split_count; s++) {
    STANCE_TRY(run_split(run, &out->splits, out->splits.from + s, &out->split[s], error));
    out->judged_count += out->split[s].is_judged;
    *stopped = progress && progress->step && !progress->step(progress->context, (size_t)s + 1, out->split_count);
    if (*stopped) return STANCE_OK;
  }
  if (out->judged_count) return STANCE_OK;
  return stance_fail(error, STANCE_INPUT, "head '%s': --cv-by: no split leaves units of two labels to learn from",
                     run->data->head->name);
}

enum stance_status train_transfer(const struct dataset *data, const struct stance_lexicon *lexicon,
                                  const struct trainer_settings *settings, enum splits_by by,
                                  const struct transfer_chooser *chooser, const struct pool_progress *progress,
                                  struct stance_arena *arena, struct transfer *out, bool *stopped,
                                  struct stance_error *error) {
  size_t cells = (data->count + 1) * data->head->label_count;
  struct run run = {.data = data, .lexicon = lexicon, .given = settings, .chooser = chooser};
  *out = (struct transfer){0};
  *stopped = false;
  STANCE_TRY(train_splits_make(data, by, settings->folds, arena, &out->splits, error));
  out->split_count = out->splits.block_count - out->splits.from;
  out->split = stance_arena_zalloc(arena, out->split_count + 1, sizeof *out->split);
  run.trains = stance_arena_zalloc(arena, data->count + 1, sizeof *run.trains);
  run.p = stance_arena_zalloc(arena, cells, sizeof *run.p);
  run.fold_p = stance_arena_zalloc(arena, cells, sizeof *run.fold_p);
  run.said = stance_arena_zalloc(arena, data->count + 1, sizeof *run.said);
  run.fold_said = stance_arena_zalloc(arena, data->count + 1, sizeof *run.fold_said);
  run.split_of = stance_arena_alloc(arena, data->count + 1, sizeof *run.split_of);
  if (!out->split || !run.trains || !run.p || !run.fold_p || !run.said || !run.fold_said || !run.split_of)
    return stance_fail_memory(error);
  STANCE_TRY(run_splits(&run, progress, out, stopped, error));
  if (*stopped) return STANCE_OK;
  STANCE_TRY(keep_tested(&run, out, arena, error));
  return measure(out, settings->seed, arena, error);
}
