/* SPDX-License-Identifier: MIT
 * From the units read to a population: one head, each unit once, its labels' values. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "population_internal.h"
#include "stance/base/error.h"
#include "stance/base/hash.h"
#include "stance/labels/record.h"
#include "stance/model/model.h"

/* The hash of the model: "model", "model.hash" of a run (classify --provenance), or {"model":{"hash":...}}; NULL:
 * none. */
static const char *model_of(const cJSON *inner) {
  const cJSON *model = cJSON_GetObjectItemCaseSensitive(inner, "model.hash");
  if (!model) model = cJSON_GetObjectItemCaseSensitive(inner, "model");
  if (cJSON_IsObject(model)) model = cJSON_GetObjectItemCaseSensitive(model, "hash");
  return cJSON_IsString(model) ? model->valuestring : NULL;
}

enum stance_status population_take_header(struct reading *own, const cJSON *object, struct stance_error *error) {
  struct population *out = own->out;
  const cJSON *run = cJSON_GetObjectItemCaseSensitive(object, "run");
  const cJSON *inner = cJSON_GetObjectItemCaseSensitive(object, "stance");
  bool is_run = cJSON_IsObject(run);
  if (!cJSON_IsObject(inner)) inner = is_run ? run : object;
  const char *model = model_of(inner);
  if ((!model && !is_run) || cJSON_GetObjectItemCaseSensitive(object, "article"))
    return stance_fail(
        error, STANCE_INPUT,
        "is no prediction: it has no 'p' and no 'label'; expected what 'stance classify --format jsonl' writes");
  if (own->is_folds) return STANCE_OK;
  if (model && out->model && strcmp(out->model, model) != 0)
    return stance_fail(error, STANCE_INPUT,
                       "is by model %.20s, what was read before by %.20s: one estimate is of one model's predictions",
                       model, out->model);
  if (is_run && !out->run) {
    char *text = cJSON_PrintUnformatted(run);
    out->run = text ? stance_arena_copy(&out->arena, text, strlen(text)) : NULL;
    cJSON_free(text);
    if (!out->run) return stance_fail_memory(error);
  }
  if (model && !out->model) out->model = stance_arena_copy(&out->arena, model, strlen(model));
  return !model || out->model ? STANCE_OK : stance_fail_memory(error);
}

/* ---- the head ---------------------------------------------------------------------------------------------------- */

static enum stance_status choose_head(const struct reading *own, size_t *chosen, struct stance_error *error) {
  size_t dyads = 0, count = own->heads.count;
  char names[200] = "";
  for (size_t h = 0; h < count; h++) {
    size_t length = strlen(names);
    snprintf(names + length, sizeof names - length, "%s%s", h ? ", " : "", own->heads.items[h].name);
    if (own->heads.items[h].unit != STANCE_UNIT_DYAD) continue;
    dyads++;
    *chosen = h;
  }
  if (!count && own->options->head)
    return stance_fail(error, STANCE_INPUT, "no prediction is of head '%.60s'", own->options->head);
  if (!count) return stance_fail(error, STANCE_INPUT, "no prediction in the input");
  if (count == 1) *chosen = 0;
  else if (dyads != 1)
    return stance_fail(error, STANCE_USAGE, "the predictions answer several questions; give --head (%s)", names);
  return STANCE_OK;
}

/* ---- values ------------------------------------------------------------------------------------------------------ */

/* Solves score = sum p x value for the labels' values, which predictions do not contain, by least squares. False: too
 * few or too similar units. */
static bool solve_values(const struct population *population, double *values) {
  enum { MOST = STANCE_LABELS_MAX };
  double matrix[MOST][MOST + 1] = {{0}};
  size_t n = population->head.label_count;
  for (size_t u = 0; u < population->count; u++) {
    const struct population_unit *unit = &population->units[u];
    for (size_t i = 0; i < n; i++) {
      for (size_t j = 0; j < n; j++) matrix[i][j] += unit->p[i] * unit->p[j];
      matrix[i][n] += unit->p[i] * unit->score;
    }
  }
  for (size_t i = 0; i < n; i++) {
    size_t best = i;
    for (size_t r = i; r < n; r++)
      if (fabs(matrix[r][i]) > fabs(matrix[best][i])) best = r;
    if (fabs(matrix[best][i]) < 1e-6 * (double)population->count) return false;
    for (size_t c = 0; c <= n && best != i; c++) {
      double swap = matrix[i][c];
      matrix[i][c] = matrix[best][c];
      matrix[best][c] = swap;
    }
    for (size_t r = 0; r < n; r++) {
      double factor = r == i ? 0 : matrix[r][i] / matrix[i][i];
      for (size_t c = i; c <= n && r != i; c++) matrix[r][c] -= factor * matrix[i][c];
    }
  }
  for (size_t i = 0; i < n; i++) values[i] = round(matrix[i][n] / matrix[i][i] * 100) / 100;
  return true;
}

static bool do_values_fit(const struct population *population, const double *values) {
  for (size_t u = 0; u < population->count; u++) {
    double sum = 0, shares = 0;
    for (size_t i = 0; i < population->head.label_count; i++) {
      sum += population->units[u].p[i] * values[i];
      shares += population->units[u].p[i];
    }
    if (fabs(sum - population->units[u].score) > 0.0011 + fabs(shares - 1)) return false;
  }
  return true;
}

/* The labels' values: from the model's codebook, else solved from the scores, else -1, 0 and 1 for labels with known
 * names. */
static enum stance_status find_values(const struct reading *own, struct stance_error *error) {
  static const char *const low[] = {"hostile", "negative", "against"}, *const high[] = {"friendly", "positive", "favor",
                                                                                        "favour"};
  struct population *population = own->out;
  struct classify_head *head = &population->head;
  const struct stance_head *known =
      own->options->model ? stance_codebook_head(stance_model_codebook(own->options->model), head->name) : NULL;
  for (size_t i = 0; i < head->label_count; i++) {
    int label = known ? stance_head_label(known, head->labels[i]) : -1;
    if (known && label < 0)
      return stance_fail(error, STANCE_INPUT, "label '%.60s' is not one of the model's head '%s'", head->labels[i],
                         head->name);
    head->values[i] = label >= 0 ? known->labels[label].value : 0;
    for (size_t j = 0; j < 3 && !known; j++)
      if (strcmp(head->labels[i], low[j]) == 0) head->values[i] = -1;
    for (size_t j = 0; j < 4 && !known; j++)
      if (strcmp(head->labels[i], high[j]) == 0) head->values[i] = 1;
  }
  if (do_values_fit(population, head->values)) return STANCE_OK;
  double solved[STANCE_LABELS_MAX];
  if (!known && solve_values(population, solved) && do_values_fit(population, solved)) {
    memcpy(head->values, solved, head->label_count * sizeof *solved);
    return STANCE_OK;
  }
  return stance_fail(
      error, STANCE_INPUT,
      "'score' is not the mean of the labels' values under 'p'; give the model that made the predictions (-m)");
}

/* ---- each unit once --------------------------------------------------------------------------------------------- */

static int by_id(const void *left, const void *right) {
  const struct population_unit *a = left, *b = right;
  int order = strcmp(a->id, b->id);
  if (!order) order = (a->file > b->file) - (a->file < b->file);
  return order ? order : (a->line > b->line) - (a->line < b->line);
}

static const struct population_unit *find(const struct population_unit *units, size_t count, const char *id) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    int order = strcmp(units[middle].id, id);
    if (!order) return &units[middle];
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return NULL;
}

const struct population_unit *classify_population_find(const struct population *population, const char *id) {
  return find(population->units, population->count, id);
}

static enum stance_status take_units(struct reading *own, size_t head, struct stance_error *error) {
  struct population *out = own->out;
  size_t folds = 0;
  out->units = stance_arena_alloc(&out->arena, own->main_count + 1, sizeof *out->units);
  struct population_unit *others =
      stance_arena_alloc(&own->units_arena, own->count - own->main_count + 1, sizeof *others);
  if (!out->units || !others) return stance_fail_memory(error);
  for (size_t i = 0; i < own->count; i++) {
    if (own->units[i].head != head) continue;
    if (i < own->main_count) out->units[out->count++] = own->units[i];
    else others[folds++] = own->units[i];
  }
  if (out->count) qsort(out->units, out->count, sizeof *out->units, by_id);
  if (folds) qsort(others, folds, sizeof *others, by_id);
  for (size_t i = 1; i < out->count; i++) {
    const struct population_unit *a = &out->units[i - 1], *b = &out->units[i];
    if (strcmp(a->id, b->id) == 0)
      return stance_fail_at(error, STANCE_INPUT, out->paths[b->file], b->line, 0,
                            "unit '%.120s' stands in %s:%llu already", b->id, out->paths[a->file],
                            (unsigned long long)a->line);
  }
  for (size_t i = 0; i < folds; i++) {
    struct population_unit *unit = (struct population_unit *)find(out->units, out->count, others[i].id);
    if (!unit) continue; /* the population need not include all training units */
    unit->p = others[i].p;
    unit->score = others[i].score;
    unit->label = others[i].label;
    unit->is_out_of_fold = true;
    unit->is_seen = false;
  }
  return STANCE_OK;
}

/* Sums the units' hashes, so that the result does not depend on their order. */
static enum stance_status hash_units(struct population *out, struct stance_error *error) {
  out->file_hashes = stance_arena_zalloc(&out->arena, out->path_count + 1, sizeof *out->file_hashes);
  if (!out->file_hashes) return stance_fail_memory(error);
  for (size_t i = 0; i < out->count; i++) {
    const struct population_unit *unit = &out->units[i];
    uint64_t hash =
        stance_hash_combine(unit->hash, stance_hash((const char *)unit->p, out->head.label_count * sizeof *unit->p));
    out->file_hashes[unit->file] += hash;
    out->hash += hash;
    out->out_of_fold += unit->is_out_of_fold;
    out->seen += unit->is_seen;
  }
  return STANCE_OK;
}

enum stance_status population_settle(struct reading *own, struct stance_error *error) {
  size_t head = 0;
  STANCE_TRY(choose_head(own, &head, error));
  own->out->head = own->heads.items[head];
  STANCE_TRY(take_units(own, head, error));
  if (!own->out->count)
    return stance_fail(error, STANCE_INPUT, "no prediction is of head '%.60s'", own->out->head.name);
  STANCE_TRY(find_values(own, error));
  return hash_units(own->out, error);
}

enum stance_status classify_population_set_aside(struct population *population, const char *const *paths, size_t count,
                                                 struct stance_arena *arena, struct stance_error *error) {
  for (size_t i = 0; i < count; i++) {
    struct stance_record *records;
    size_t record_count;
    STANCE_TRY(stance_records_read(paths[i], arena, &records, &record_count, error));
    for (size_t r = 0; r < record_count; r++) {
      if (strcmp(records[r].head, population->head.name) != 0) continue;
      const struct population_unit *unit = classify_population_find(population, records[r].unit);
      if (unit) population->units[unit - population->units].is_excluded = true;
    }
  }
  return STANCE_OK;
}
