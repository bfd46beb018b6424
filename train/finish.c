/* SPDX-License-Identifier: MIT
 * The final model of a head: weights of all units, with those of the base they started from, pruned and named. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base.h"
#include "stance/base/compare.h"
#include "stance/base/error.h"
#include "stance/text/letters.h"
#include "trainer.h"

/* ---- weights ---------------------------------------------------------------------------------------------- */

/* A linear solution before pruning. */
struct weights {
  size_t labels;
  float *own;        /* [column_count][labels]: of the columns, with what the base adds */
  float *more;       /* [slots][labels]: of the base's features that are no column; 0 for the others */
  size_t more_count; /* slots of the base; 0: no base */
  bool *keep;        /* [column_count] */
  bool *keep_more;   /* [slots] */
  size_t kept;
};

static void weights_free(struct weights *weights) {
  free(weights->own);
  free(weights->more);
  free(weights->keep);
  free(weights->keep_more);
}

/* The weights a of the base's decision values. */
static void read_mix(const struct crossval_model *model, const struct rows *rows, size_t labels, train_base_mix mix) {
  for (size_t c = 0; c < rows->column_count; c++)
    for (size_t l = 0; rows_is_base(rows->ids[c]) && l < labels; l++)
      mix[l][rows->ids[c] - ROWS_BASE] = (double)crossval_weight(model, c, l);
}

/* Adds the base's weights to those of its features that are columns, and sets `more` for the others. */
static void add_base(const struct base *base, const struct rows *rows, const train_base_mix mix, struct weights *out) {
  const size_t labels = out->labels;
  for (size_t slot = 0; slot < out->more_count; slot++)
    for (size_t l = 0; l < labels; l++) out->more[slot * labels + l] = (float)train_base_weight(base, mix, slot, l);
  for (size_t c = 0; c + rows->dense_count < rows->column_count; c++) {
    size_t slot = stance_model_find(base->model, base->head, rows->ids[c]);
    for (size_t l = 0; slot < out->more_count && l < labels; l++) {
      out->own[c * labels + l] += out->more[slot * labels + l];
      out->more[slot * labels + l] = 0;
    }
  }
}

static float largest_of(const float *weights, size_t count) {
  float largest = 0;
  for (size_t i = 0; i < count; i++) largest = fmaxf(largest, fabsf(weights[i]));
  return largest;
}

/* Marks the features with a weight above the limit in some label. */
static void mark_heavy(struct weights *weights, const struct rows *rows, double prune) {
  const size_t labels = weights->labels, columns = rows->column_count - rows->dense_count;
  for (size_t c = 0; c < columns; c++) /* the base's weights have taken in what these columns say */
    if (rows_is_base(rows->ids[c])) memset(weights->own + c * labels, 0, labels * sizeof *weights->own);
  double limit = prune * (double)fmaxf(largest_of(weights->own, columns * labels),
                                       largest_of(weights->more, weights->more_count * labels));
  for (size_t c = 0; c < columns; c++)
    weights->kept += weights->keep[c] = (double)largest_of(weights->own + c * labels, labels) > limit;
  for (size_t slot = 0; slot < weights->more_count; slot++)
    weights->kept += weights->keep_more[slot] = (double)largest_of(weights->more + slot * labels, labels) > limit;
}

static enum stance_status make_weights(const struct crossval_model *model, const struct rows *rows, size_t labels,
                                       const struct base *base, const train_base_mix mix, struct weights *out,
                                       struct stance_error *error) {
  *out = (struct weights){.labels = labels, .more_count = base ? stance_model_slot_count(base->model, base->head) : 0};
  out->own = calloc((rows->column_count + 1) * labels, sizeof *out->own);
  out->more = calloc((out->more_count + 1) * labels, sizeof *out->more);
  out->keep = calloc(rows->column_count + 1, sizeof *out->keep);
  out->keep_more = calloc(out->more_count + 1, sizeof *out->keep_more);
  if (!out->own || !out->more || !out->keep || !out->keep_more) return stance_fail_memory(error);
  for (size_t c = 0; c < rows->column_count; c++)
    for (size_t l = 0; l < labels; l++) out->own[c * labels + l] = crossval_weight(model, c, l);
  if (base) add_base(base, rows, mix, out);
  return STANCE_OK;
}

/* ---- the model's head --------------------------------------------------------------------------------------- */

/* Keeps all weights of zones, as one zone costs as much as all. */
static enum stance_status keep_dense(struct trained *trained, const struct weights *from, const struct base *base,
                                     const train_base_mix mix, struct stance_arena *arena, struct stance_error *error) {
  struct stance_model_head *head = &trained->head;
  const struct rows *rows = &trained->rows;
  const size_t labels = head->label_count;
  if (!(head->templates & stance_template_dense())) return STANCE_OK;
  head->dense_count = stance_zone_count(head->unit) * STANCE_VECTOR_DIMENSIONS;
  float *weights = stance_arena_zalloc(arena, labels * head->dense_count, sizeof *weights);
  if (!weights) return stance_fail_memory(error);
  for (size_t c = rows->column_count - rows->dense_count; c < rows->column_count; c++)
    for (size_t l = 0; l < labels; l++)
      weights[l * head->dense_count + (rows->ids[c] - ROWS_DENSE)] = from->own[c * labels + l];
  for (size_t i = 0; base && i < head->dense_count; i++)
    for (size_t l = 0; l < labels; l++) weights[l * head->dense_count + i] += (float)train_base_dense(base, mix, i, l);
  head->dense = weights;
  return STANCE_OK;
}

static enum stance_status keep_linear(struct trained *trained, const struct weights *from, const struct base *base,
                                      const char **names, struct stance_arena *arena, struct stance_error *error) {
  struct stance_model_head *head = &trained->head;
  const struct rows *rows = &trained->rows;
  const size_t labels = head->label_count;
  size_t at = 0;
  uint64_t *ids = stance_arena_alloc(arena, from->kept + 1, sizeof *ids);
  float *weights = stance_arena_alloc(arena, (from->kept + 1) * labels, sizeof *weights);
  const char **kept_names = stance_arena_alloc(arena, from->kept + 1, sizeof *kept_names);
  uint32_t *counts = stance_arena_alloc(arena, from->kept + 1, sizeof *counts);
  if (!ids || !weights || !kept_names || !counts) return stance_fail_memory(error);
  for (size_t c = 0; c < rows->column_count; c++) {
    if (!from->keep[c]) continue;
    ids[at] = rows->ids[c];
    counts[at] = rows->row_counts[c];
    memcpy(weights + at * labels, from->own + c * labels, labels * sizeof *weights);
    kept_names[at++] = names ? names[c] : NULL;
  }
  for (size_t slot = 0; slot < from->more_count; slot++) {
    if (!from->keep_more[slot]) continue;
    stance_model_slot(base->model, base->head, slot, &ids[at], NULL, &kept_names[at]);
    counts[at] = 0; /* no unit of these data has it */
    memcpy(weights + at++ * labels, from->more + slot * labels, labels * sizeof *weights);
  }
  head->feature_count = from->kept;
  head->ids = ids;
  head->weights = weights;
  head->counts = counts;
  head->names = names ? kept_names : NULL;
  return STANCE_OK;
}

static enum stance_status keep_support(const struct rows *rows, size_t row, struct rows_entry *entries,
                                       struct stance_row *out, struct stance_arena *arena, struct stance_error *error) {
  size_t length = rows_expand(rows, row, entries);
  uint64_t *ids = stance_arena_alloc(arena, length + 1, sizeof *ids);
  float *values = stance_arena_alloc(arena, length + 1, sizeof *values);
  if (!ids || !values) return stance_fail_memory(error);
  for (size_t i = 0; i < length; i++) {
    ids[i] = rows->ids[entries[i].column];
    values[i] = entries[i].value;
  }
  *out = (struct stance_row){ids, values, (uint32_t)length};
  return STANCE_OK;
}

static enum stance_status keep_kernel(struct trained *trained, const struct crossval_model *model, const char **names,
                                      struct stance_arena *arena, struct stance_error *error) {
  struct stance_model_head *head = &trained->head;
  const struct rows *rows = &trained->rows;
  struct stance_row *support = stance_arena_alloc(arena, rows->count + 1, sizeof *support);
  double *alpha = stance_arena_alloc(arena, (rows->count + 1) * head->label_count, sizeof *alpha);
  struct rows_entry *entries = stance_arena_alloc(arena, rows_longest(rows) + 1, sizeof *entries);
  if (!support || !alpha || !entries) return stance_fail_memory(error);
  for (size_t r = 0; r < rows->count; r++) {
    bool is_support = false;
    for (size_t l = 0; l < head->label_count; l++) is_support = is_support || fabs(model->parts[l].alpha[r]) > 0;
    if (!is_support) continue;
    STANCE_TRY(keep_support(rows, r, entries, &support[head->support_count], arena, error));
    for (size_t l = 0; l < head->label_count; l++)
      alpha[head->support_count * head->label_count + l] = model->parts[l].alpha[r];
    head->support_count++;
  }
  head->support = support;
  head->alpha = alpha;
  head->feature_count = rows->column_count;
  head->ids = rows->ids;
  head->names = names;
  return STANCE_OK;
}

/* Turns a solution of libsvm with a linear kernel into weights: w = sum_i alpha_i x_i. */
static enum stance_status flatten(const struct rows *rows, struct solver_solution *solution,
                                  struct stance_error *error) {
  double *sums = calloc(rows->column_count + 1, sizeof *sums);
  solution->weights = calloc((rows->column_count + 1) * SOLVER_LANES, sizeof *solution->weights);
  struct rows_entry *entries = malloc((rows_longest(rows) + 1) * sizeof *entries);
  bool is_ok = sums && solution->weights && entries;
  for (size_t r = 0; is_ok && r < rows->count; r++) {
    if (!(fabs(solution->alpha[r]) > 0)) continue;
    size_t length = rows_expand(rows, r, entries);
    for (size_t i = 0; i < length; i++) sums[entries[i].column] += solution->alpha[r] * (double)entries[i].value;
  }
  for (size_t c = 0; is_ok && c < rows->column_count; c++) solution->weights[c * SOLVER_LANES] = (float)sums[c];
  free(sums);
  free(entries);
  return is_ok ? STANCE_OK : stance_fail_memory(error);
}

/* The hashes of the sentences that the head or its base was trained on. */
static enum stance_status note_texts(struct trained *trained, const struct base *base, struct stance_arena *arena,
                                     struct stance_error *error) {
  const struct dataset *data = trained->data;
  size_t kept = 0, count = data->count, more = 0;
  const uint64_t *seen = base ? stance_model_texts(base->model, base->head, &more) : NULL;
  uint64_t *hashes = stance_arena_alloc(arena, count + more + 1, sizeof *hashes);
  if (!hashes) return stance_fail_memory(error);
  for (size_t i = 0; i < count; i++)
    hashes[i] = stance_letters_hash(data->records[i]->text, strlen(data->records[i]->text));
  if (more) memcpy(hashes + count, seen, more * sizeof *hashes);
  count += more;
  qsort(hashes, count, sizeof *hashes, stance_by_u64);
  for (size_t i = 0; i < count; i++)
    if (!kept || hashes[kept - 1] != hashes[i]) hashes[kept++] = hashes[i];
  trained->head.texts = hashes;
  trained->head.text_count = kept;
  return STANCE_OK;
}

/* ---- public functions --------------------------------------------------------------------------------------- */

static enum stance_status finish_linear(struct trained *trained, struct crossval_model *model,
                                        const struct rows_settings *settings, const struct trainer_settings *asked,
                                        struct stance_arena *arena, struct stance_error *error) {
  struct rows *rows = &trained->rows;
  struct weights weights = {0};
  train_base_mix mix = {{0}};
  const char **names = NULL;
  const size_t labels = trained->head.label_count;
  enum stance_status status = STANCE_OK;
  for (size_t l = 0; status == STANCE_OK && l < labels; l++)
    if (model->parts[l].alpha) status = flatten(rows, &model->parts[l], error);
  if (status == STANCE_OK) read_mix(model, rows, labels, mix);
  if (status == STANCE_OK) status = make_weights(model, rows, labels, asked->base, mix, &weights, error);
  if (status == STANCE_OK) mark_heavy(&weights, rows, asked->prune);
  if (!asked->keeps_rows) {
    rows_free_entries(rows);
    solver_data_free(trained->shared);
    trained->shared = NULL;
  }
  if (status == STANCE_OK && !asked->is_raw)
    status = rows_names(rows, trained->data->records, settings, weights.keep, arena, &names, error);
  if (status == STANCE_OK) status = keep_dense(trained, &weights, asked->base, mix, arena, error);
  if (status == STANCE_OK) status = keep_linear(trained, &weights, asked->base, names, arena, error);
  size_t own = 0;
  for (size_t c = 0; status == STANCE_OK && c < rows->column_count; c++) own += weights.keep[c];
  trained->features_dropped_small = rows->column_count - rows->dense_count - own;
  if (asked->base) trained->features_dropped_small -= train_base_label_count(asked->base);
  for (size_t l = 0; asked->base && l < labels; l++) trained->head.bias[l] += train_base_bias(asked->base, mix, l);
  weights_free(&weights);
  return status;
}

enum stance_status train_trainer_finish(struct trained *trained, const struct stance_lexicon *lexicon,
                                        const struct trainer_settings *settings, struct stance_arena *arena,
                                        struct stance_error *error) {
  struct crossval_model model;
  struct labelled labelled = {&trained->rows, trained->data->labels, trained->head.label_count};
  struct rows_settings rows = {lexicon,           settings->vectors,  settings->base, trained->head.templates,
                               settings->threads, settings->min_count};
  const char **names = NULL;
  STANCE_TRY(crossval_train(&labelled, trained->shared, NULL, 0, &trained->settings, &model, error));
  enum stance_status status = note_texts(trained, settings->base, arena, error);
  for (size_t l = 0; l < labelled.label_count; l++) trained->head.bias[l] = crossval_bias(&model, l);
  if (status == STANCE_OK && trained->head.kernel == STANCE_KERNEL_LINEAR) {
    status = finish_linear(trained, &model, &rows, settings, arena, error);
  } else if (status == STANCE_OK) {
    if (!settings->is_raw)
      status = rows_names(&trained->rows, trained->data->records, &rows, NULL, arena, &names, error);
    if (status == STANCE_OK) status = keep_kernel(trained, &model, names, arena, error);
  }
  crossval_model_free(&model);
  return status;
}
