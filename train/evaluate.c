/* SPDX-License-Identifier: MIT */
#include "evaluate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lean.h"
#include "random.h"
#include "stance/base/compare.h"
#include "stance/base/error.h"
#include "stance/text/letters.h"
#include "stance/text/text.h"

enum { CHUNK = 64, EVALUATE_PERMUTATIONS = 2000 };

struct worker {
  struct stance_text_matcher *matcher;
  struct stance_featurizer *featurizer;
  struct stance_arena arena;
};

struct scoring {
  const struct stance_model *model;
  struct evaluation *out;
  struct worker *workers;
};

static enum stance_status score_chunk(void *context, size_t task, size_t thread, struct stance_error *error) {
  struct scoring *scoring = context;
  struct evaluation *out = scoring->out;
  struct worker *worker = &scoring->workers[thread];
  size_t labels = stance_model_label_count(scoring->model, out->head), count = out->data->count;
  if (!worker->matcher) STANCE_TRY(stance_text_matcher_new(&worker->matcher, error));
  if (!worker->featurizer) STANCE_TRY(stance_model_featurizer(scoring->model, &worker->featurizer, error));
  for (size_t i = task * CHUNK; i < count && i < (task + 1) * CHUNK; i++) {
    struct stance_document document = {0};
    const struct stance_features *features;
    stance_arena_reset(&worker->arena);
    STANCE_TRY(stance_record_document(out->data->records[i], worker->matcher, &worker->arena, &document, error));
    STANCE_TRY(stance_featurize(worker->featurizer, &document, &document.units[0],
                                stance_model_templates(scoring->model, out->head), false, &features, error));
    if (!stance_model_decide(scoring->model, out->head, features, out->decisions + i * labels))
      return stance_fail_memory(error);
    stance_model_calibrate(scoring->model, out->head, out->decisions + i * labels, out->p + i * labels,
                           &out->predicted[i], NULL);
  }
  return STANCE_OK;
}

static enum stance_status score_all(const struct stance_model *model, size_t threads,
                                    const struct pool_progress *progress, struct evaluation *out,
                                    struct stance_error *error) {
  struct scoring scoring = {.model = model, .out = out};
  bool is_stopped = false;
  threads = pool_threads(threads);
  scoring.workers = calloc(threads, sizeof *scoring.workers);
  if (!scoring.workers) return stance_fail_memory(error);
  enum stance_status status =
      pool_run((out->data->count + CHUNK - 1) / CHUNK, threads, score_chunk, &scoring, progress, &is_stopped, error);
  for (size_t t = 0; t < threads; t++) {
    stance_text_matcher_destroy(scoring.workers[t].matcher);
    stance_featurizer_destroy(scoring.workers[t].featurizer);
    stance_arena_free(&scoring.workers[t].arena);
  }
  free(scoring.workers);
  if (status == STANCE_OK && is_stopped) return stance_fail(error, STANCE_USAGE, "interrupted");
  return status;
}

static enum stance_status measure(struct evaluation *out, const bool *keep, uint64_t seed, struct evaluation_part *part,
                                  struct stance_error *error) {
  const struct dataset *data = out->data;
  uint32_t *truth = malloc((data->count + 1) * sizeof *truth),
           *predicted = malloc((data->count + 1) * sizeof *predicted);
  uint32_t *groups = malloc((data->count + 1) * sizeof *groups);
  size_t count = 0;
  enum stance_status status = truth && predicted && groups ? STANCE_OK : stance_fail_memory(error);
  for (size_t i = 0; status == STANCE_OK && i < data->count; i++) {
    if (keep && !keep[i]) continue;
    truth[count] = data->labels[i];
    predicted[count] = out->predicted[i];
    groups[count++] = out->groups[i];
  }
  if (status == STANCE_OK) {
    metrics_compute(data->head, truth, predicted, NULL, count, &part->metrics);
    status =
        metrics_bootstrap(data->head, truth, predicted, groups, out->group_count, count, seed, &part->intervals, error);
  }
  if (status == STANCE_OK && data->head->unit == STANCE_UNIT_DYAD)
    status = metrics_compute_pairs(data->head, data->records, data->labels, out->p, out->factor, keep, data->count,
                                   &part->pairs, error);
  free(truth);
  free(predicted);
  free(groups);
  return status;
}

/* Adds what the dyads of the sentences say, in the labelled units of the head that the model reads for it. */
static enum stance_status lean_all(const struct stance_model *model, struct evaluation_data all, size_t threads,
                                   struct stance_arena *arena, struct evaluation *out, struct stance_error *error) {
  const struct stance_lean_weights *lean = &stance_model_curves(model, out->head)->lean;
  size_t labels = out->data->head->label_count, found = 0;
  double *z = stance_arena_zalloc(arena, (out->data->count + 1) * STANCE_LEAN_INPUTS, sizeof *z);
  if (!z) return stance_fail_memory(error);
  for (size_t d = 0; d < all.count && !found; d++) {
    struct evaluation dyads = {.data = &all.items[d]};
    if (!all.items[d].count || strcmp(all.items[d].head->name, lean->head) != 0) continue;
    for (size_t h = 0; h < stance_model_head_count(model); h++)
      if (strcmp(stance_model_head_name(model, h), lean->head) == 0) dyads.head = h;
    size_t cells = (all.items[d].count + 1) * stance_model_label_count(model, dyads.head);
    dyads.predicted = stance_arena_zalloc(arena, all.items[d].count + 1, sizeof *dyads.predicted);
    dyads.decisions = stance_arena_zalloc(arena, cells, sizeof *dyads.decisions);
    dyads.p = stance_arena_zalloc(arena, cells, sizeof *dyads.p);
    if (!dyads.predicted || !dyads.decisions || !dyads.p) return stance_fail_memory(error);
    STANCE_TRY(score_all(model, threads, NULL, &dyads, error));
    found = train_lean_inputs(out->data, &all.items[d], dyads.p, z);
    if (found == SIZE_MAX) return stance_fail_memory(error);
  }
  if (!found) out->misses = lean->head;
  for (size_t i = 0; found && i < out->data->count; i++) {
    stance_lean_apply(lean, z + i * STANCE_LEAN_INPUTS, labels, out->decisions + i * labels);
    stance_model_calibrate(model, out->head, out->decisions + i * labels, out->p + i * labels, &out->predicted[i],
                           NULL);
  }
  return STANCE_OK;
}

enum stance_status train_evaluate_head(const struct stance_model *model, size_t head, const struct dataset *data,
                                       struct evaluation_data all, size_t threads, uint64_t seed,
                                       const struct pool_progress *progress, struct stance_arena *arena,
                                       struct evaluation *out, struct stance_error *error) {
  size_t labels = stance_model_label_count(model, head), count = data->count;
  *out = (struct evaluation){.data = data, .head = head, .factor = stance_model_factors(model, head)};
  out->predicted = stance_arena_zalloc(arena, count + 1, sizeof *out->predicted);
  out->groups = stance_arena_zalloc(arena, count + 1, sizeof *out->groups);
  out->decisions = stance_arena_zalloc(arena, (count + 1) * labels, sizeof *out->decisions);
  out->p = stance_arena_zalloc(arena, (count + 1) * labels, sizeof *out->p);
  out->is_seen = stance_arena_zalloc(arena, count + 1, sizeof *out->is_seen);
  out->is_unseen = stance_arena_zalloc(arena, count + 1, sizeof *out->is_unseen);
  const char **texts = stance_arena_alloc(arena, count + 1, sizeof *texts);
  const char **articles = stance_arena_alloc(arena, count + 1, sizeof *articles);
  if (!out->predicted || !out->groups || !out->decisions || !out->p || !out->is_seen || !out->is_unseen || !texts ||
      !articles)
    return stance_fail_memory(error);
  STANCE_TRY(score_all(model, threads, progress, out, error));
  if (stance_model_curves(model, head)->lean.head) STANCE_TRY(lean_all(model, all, threads, arena, out, error));
  for (size_t i = 0; i < count; i++) {
    texts[i] = data->records[i]->text;
    articles[i] = data->records[i]->article;
    out->is_seen[i] = stance_model_saw(model, head, stance_letters_hash(texts[i], strlen(texts[i])));
    out->is_unseen[i] = !out->is_seen[i];
    out->seen_count += out->is_seen[i];
  }
  STANCE_TRY(group_make(texts, articles, count, out->groups, &out->group_count, NULL, error));
  STANCE_TRY(measure(out, NULL, seed, &out->all, error));
  STANCE_TRY(measure(out, out->is_unseen, seed, &out->unseen, error));
  metrics_reliability(out->p, labels, data->labels, out->predicted, count, &out->reliability);
  return metrics_probabilities(out->p, labels, data->labels, count, &out->probabilities, error);
}

/* ---- two models ----------------------------------------------------------------------------------------- */

/* The two-sided p value of the sign test: 2 P(X <= k) for X binomial(n, 1/2), at most 1. */
static double exact_sign_test(size_t k, size_t n) {
  double log_term = -(double)n * log(2), sum = 0;
  for (size_t i = 0; i <= k; i++) {
    sum += exp(log_term);
    log_term += log((double)(n - i)) - log((double)(i + 1));
  }
  return fmin(1, 2 * sum);
}

static bool is_compared(const struct evaluation *a, const struct evaluation *b, size_t i) {
  return !a->is_seen[i] && !b->is_seen[i];
}

/* The macro-F1 of b minus that of a. weight: times that each group is drawn (NULL: once); is_exchanged: groups in which
 * the models' labels are exchanged (NULL: none). */
static double macro_difference(const struct evaluation *a, const struct evaluation *b, const uint32_t *weight,
                               const bool *is_exchanged) {
  struct metrics of_a = {0}, of_b = {0};
  for (size_t i = 0; i < a->data->count; i++) {
    uint32_t times = weight ? weight[a->groups[i]] : 1, one = a->predicted[i], other = b->predicted[i];
    if (!is_compared(a, b, i)) continue;
    if (is_exchanged && is_exchanged[a->groups[i]]) one = b->predicted[i], other = a->predicted[i];
    of_a.confusion[a->data->labels[i]][one] += times;
    of_b.confusion[a->data->labels[i]][other] += times;
  }
  metrics_finish(a->data->head, &of_a);
  metrics_finish(a->data->head, &of_b);
  return of_b.macro_f1 - of_a.macro_f1;
}

/* A permutation test over groups: under the null hypothesis, the models' labels of a group can be exchanged. The p
 * value is the share of random exchanges with a difference at least as large. */
static enum stance_status permutation_test(const struct evaluation *a, const struct evaluation *b, uint64_t seed,
                                           struct comparison *out, struct stance_error *error) {
  bool *is_exchanged = malloc((a->group_count + 1) * sizeof *is_exchanged);
  size_t as_large = 0;
  if (!is_exchanged) return stance_fail_memory(error);
  for (size_t s = 0; s < EVALUATE_PERMUTATIONS; s++) {
    for (uint32_t g = 0; g < a->group_count; g++) is_exchanged[g] = random_below(&seed, 2);
    as_large += fabs(macro_difference(a, b, NULL, is_exchanged)) >= fabs(out->difference) - 1e-12;
  }
  free(is_exchanged);
  out->p = ((double)as_large + 1) / (EVALUATE_PERMUTATIONS + 1);
  return STANCE_OK;
}

enum stance_status train_evaluate_compare(const struct evaluation *a, const struct evaluation *b, uint64_t seed,
                                          struct comparison *out, struct stance_error *error) {
  *out = (struct comparison){.difference = macro_difference(a, b, NULL, NULL)};
  for (size_t i = 0; i < a->data->count; i++) {
    bool a_right = a->predicted[i] == a->data->labels[i], b_right = b->predicted[i] == a->data->labels[i];
    if (!is_compared(a, b, i)) continue;
    out->units++;
    out->only_a += a_right && !b_right;
    out->only_b += b_right && !a_right;
  }
  if (!out->units) return STANCE_OK;
  size_t fewer = out->only_a < out->only_b ? out->only_a : out->only_b;
  out->mcnemar = exact_sign_test(fewer, out->only_a + out->only_b);
  uint32_t *weight = malloc((a->group_count + 1) * sizeof *weight);
  double *samples = malloc(METRIC_SAMPLES * sizeof *samples);
  enum stance_status status = weight && samples ? STANCE_OK : stance_fail_memory(error);
  for (size_t s = 0; status == STANCE_OK && s < METRIC_SAMPLES; s++) {
    memset(weight, 0, a->group_count * sizeof *weight);
    for (uint32_t g = 0; g < a->group_count; g++) weight[random_below(&seed, a->group_count)]++;
    samples[s] = macro_difference(a, b, weight, NULL);
  }
  if (status == STANCE_OK) {
    qsort(samples, METRIC_SAMPLES, sizeof *samples, stance_by_double);
    out->interval = (struct interval){samples[METRIC_SAMPLES / 40], samples[METRIC_SAMPLES - 1 - METRIC_SAMPLES / 40]};
    status = permutation_test(a, b, seed, out, error);
  }
  free(weight);
  free(samples);
  return status;
}
