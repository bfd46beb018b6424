/* SPDX-License-Identifier: MIT */
#include "tune.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stance/base/buffer.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/hash.h"

enum { EXCLUDED = TRAINER_EXCLUDED };

struct candidate {
  double c, balance, gamma;
  stance_template_set templates;
  double score, error;
};

struct tuning {
  struct trained *trained;
  const struct tune_settings *settings;
  struct stance_arena arena;
  char *log;        /* contents of the log file */
  FILE *log_stream; /* appended to */
  size_t done, total;
  bool is_stopped;
  uint64_t data_key;
  struct candidate *tried; /* in the arena, for the grid */
  size_t tried_count, tried_capacity;
  const struct candidate *known; /* [grid_size]: the grid's scores, if they are known; NULL: not */
};

/* ---- one candidate -------------------------------------------------------------------------------------- */

static double metric_of(const struct tuning *tuning, const uint32_t *truth, const uint32_t *predicted, const float *p,
                        const double *factor, const bool *keep, size_t count) {
  const struct dataset *data = tuning->trained->data;
  if (tuning->settings->metric == TUNE_PAIR_F1 && data->head->unit == STANCE_UNIT_DYAD) {
    struct pair_metrics pairs;
    if (metrics_compute_pairs(data->head, data->records, truth, p, factor, keep, count, &pairs, NULL) == STANCE_OK &&
        pairs.pairs)
      return pairs.macro_f1;
  }
  struct metrics metrics;
  metrics_compute(data->head, truth, predicted, keep, count, &metrics);
  switch (tuning->settings->metric) {
    case TUNE_MICRO_F1: return metrics.micro_f1;
    case TUNE_POLAR_F1: return metrics.polar_f1;
    case TUNE_PAIR_F1:
    case TUNE_MACRO_F1: break;
  }
  return metrics.macro_f1;
}

static bool on_step(void *context, size_t done, size_t total) {
  struct tuning *tuning = context;
  const struct tune_settings *settings = tuning->settings;
  return !settings->step ||
         settings->step(settings->context, tuning->done * 100 + done * 100 / total, tuning->total * 100);
}

static uint32_t fold_count(const uint32_t *folds, size_t count) {
  uint32_t k = 0;
  for (size_t i = 0; i < count; i++)
    if (folds[i] != EXCLUDED && folds[i] >= k) k = folds[i] + 1;
  return k;
}

/* Computes the candidate's score over all rows that take part, and its standard error from the scores of the folds. */
static enum stance_status score_folds(struct tuning *tuning, const uint32_t *folds, const double *decisions,
                                      struct candidate *candidate, struct stance_error *error) {
  struct trained *trained = tuning->trained;
  size_t count = trained->data->count;
  bool *keep = calloc(count + 1, sizeof *keep);
  double sum = 0, squares = 0, n = 0, factor[STANCE_LABELS_MAX];
  if (!keep) return stance_fail_memory(error);
  enum stance_status status =
      train_trainer_predict(trained, folds, decisions, trained->p, trained->predicted, factor, error);
  for (size_t i = 0; i < count; i++) keep[i] = folds[i] != EXCLUDED;
  if (status == STANCE_OK) {
    candidate->score = metric_of(tuning, trained->data->labels, trained->predicted, trained->p, factor, keep, count);
    for (uint32_t f = 0; f < fold_count(folds, count); f++) {
      size_t kept = 0;
      for (size_t i = 0; i < count; i++) kept += keep[i] = folds[i] == f;
      if (!kept) continue;
      double score = metric_of(tuning, trained->data->labels, trained->predicted, trained->p, factor, keep, count);
      sum += score;
      squares += score * score;
      n++;
    }
    candidate->error = n > 1 ? sqrt(fmax(squares - sum * sum / n, 0) / (n - 1) / n) : 0;
  }
  free(keep);
  return status;
}

static void log_key(const struct tuning *tuning, const struct candidate *candidate, const uint32_t *folds, char *out,
                    size_t size) {
  uint64_t key = tuning->data_key;
  for (size_t i = 0; i < tuning->trained->data->count; i++) key = stance_hash_combine(key, folds[i]);
  snprintf(
      out, size,
      "{\"key\":\"%016llx\",\"head\":\"%s\",\"metric\":%d,\"templates\":\"%llx\",\"c\":%g,\"balance\":%g,\"gamma\":%g,",
      (unsigned long long)key, tuning->trained->head.name, (int)tuning->settings->metric,
      (unsigned long long)candidate->templates, candidate->c, candidate->balance, candidate->gamma);
}

static bool find_logged(const struct tuning *tuning, const char *key, struct candidate *candidate) {
  const char *at = tuning->log ? strstr(tuning->log, key) : NULL;
  return at && sscanf(at + strlen(key), "\"score\":%lf,\"error\":%lf}", &candidate->score, &candidate->error) == 2;
}

static void use(struct trained *trained, const struct candidate *candidate) {
  trained->settings.solver.c = candidate->c;
  trained->settings.solver.gamma = candidate->gamma;
  trained->settings.balance = candidate->balance;
  trained->head.gamma = candidate->gamma;
}

static enum stance_status keep_tried(struct tuning *tuning, const struct candidate *candidate,
                                     struct stance_error *error) {
  if (!tuning->settings->grid) return STANCE_OK;
  struct candidate *tried =
      stance_arena_grow(&tuning->arena, tuning->tried, &tuning->tried_capacity, tuning->tried_count + 1, sizeof *tried);
  if (!tried) return stance_fail_memory(error);
  tuning->tried = tried;
  tried[tuning->tried_count++] = *candidate;
  return STANCE_OK;
}

static bool is_same(const struct candidate *a, const struct candidate *b) {
  return !(a->c < b->c) && !(a->c > b->c) && !(a->balance < b->balance) && !(a->balance > b->balance) &&
         !(a->gamma < b->gamma) && !(a->gamma > b->gamma) && a->templates == b->templates;
}

/* Writes the settings tried to the grid, each once, and marks the best. without: the fold left out; -1: none. */
static void write_grid(struct tuning *tuning, const struct candidate *best, int without) {
  static const char *const metrics[] = {"macro-f1", "micro-f1", "polar-f1", "pair-f1"};
  const struct stance_model_head *head = &tuning->trained->head;
  for (size_t i = 0; i < tuning->tried_count; i++) {
    const struct candidate *tried = &tuning->tried[i];
    bool is_repeated = false;
    for (size_t j = 0; j < i && !is_repeated; j++) is_repeated = is_same(&tuning->tried[j], tried);
    if (is_repeated) continue;
    train_grid_add(tuning->settings->grid, &(struct train_grid_row){.head = head->name,
                                                                    .metric = metrics[tuning->settings->metric],
                                                                    .without = without,
                                                                    .c = tried->c,
                                                                    .balance = tried->balance,
                                                                    .gamma = tried->gamma,
                                                                    .templates = tried->templates,
                                                                    .score = tried->score,
                                                                    .error = tried->error,
                                                                    .is_linear = head->kernel == STANCE_KERNEL_LINEAR,
                                                                    .is_chosen = is_same(tried, best)});
  }
  tuning->tried_count = 0;
}

/* Makes the kernel of the candidate's gamma. tuning->is_stopped: it was stopped. */
static enum stance_status make_kernel(struct tuning *tuning, const struct candidate *candidate,
                                      struct stance_error *error) {
  struct trained *trained = tuning->trained;
  struct solver_settings solver = trained->settings.solver;
  if (solver.kind != SOLVER_LIBSVM || !(fabs(candidate->gamma - trained->shared->gamma) > 0)) return STANCE_OK;
  solver.gamma = candidate->gamma;
  enum stance_status status = solver_data_kernel(trained->shared, &solver, trained->settings.threads, error);
  if (!trained->shared->is_stopped) return status;
  trained->shared->progress = NULL; /* the kernel is made again later, for the best so far */
  tuning->is_stopped = true;
  return STANCE_OK;
}

/* Scores a candidate, or takes its score from the log. tuning->is_stopped: it was stopped, and has no score. */
static enum stance_status try_candidate(struct tuning *tuning, const uint32_t *folds, struct candidate *candidate,
                                        struct stance_error *error) {
  struct trained *trained = tuning->trained;
  char key[400];
  bool is_stopped = false;
  struct pool_progress progress = {on_step, tuning};
  log_key(tuning, candidate, folds, key, sizeof key);
  if (find_logged(tuning, key, candidate)) {
    tuning->done++;
    return keep_tried(tuning, candidate, error);
  }
  STANCE_TRY(make_kernel(tuning, candidate, error));
  if (tuning->is_stopped) return STANCE_OK;
  use(trained, candidate);
  struct labelled labelled = {&trained->rows, trained->data->labels, trained->head.label_count};
  STANCE_TRY(crossval_run(&labelled, trained->shared, folds, fold_count(folds, trained->data->count),
                          &trained->settings, &progress, trained->decisions, &is_stopped, error));
  tuning->is_stopped = is_stopped;
  if (is_stopped) return STANCE_OK;
  STANCE_TRY(score_folds(tuning, folds, trained->decisions, candidate, error));
  tuning->done++;
  if (tuning->log_stream) {
    fprintf(tuning->log_stream, "%s\"score\":%.9f,\"error\":%.9f}\n", key, candidate->score, candidate->error);
    fflush(tuning->log_stream);
  }
  return keep_tried(tuning, candidate, error);
}

/* ---- the grid ------------------------------------------------------------------------------------------- */

static const double costs[] = {0.015625, 0.0625, 0.25, 1, 4}, balances[] = {0, 0.5, 1}, gammas[] = {0.1, 0.3, 1, 3};
enum { COSTS = 5, BALANCES = 3, GAMMAS = 4, GRID_MAX = COSTS * BALANCES * GAMMAS };

static size_t gamma_count(const struct trained *trained) {
  return trained->head.kernel == STANCE_KERNEL_LINEAR ? 1 : GAMMAS;
}

static size_t grid_size(const struct trained *trained) { return COSTS * BALANCES * gamma_count(trained); }

/* A point of the grid, with what the start has besides. */
static struct candidate grid_point(const struct trained *trained, size_t i, const struct candidate *start) {
  return (struct candidate){.c = costs[i % COSTS],
                            .balance = balances[i / COSTS % BALANCES],
                            .gamma = gamma_count(trained) == 1 ? start->gamma : gammas[i / COSTS / BALANCES],
                            .templates = start->templates};
}

static enum stance_status search(struct tuning *tuning, const uint32_t *folds, struct candidate *best,
                                 struct stance_error *error) {
  struct candidate tried[GRID_MAX];
  size_t count = 0;
  for (size_t i = 0; i < grid_size(tuning->trained); i++) {
    struct candidate candidate = tuning->known ? tuning->known[i] : grid_point(tuning->trained, i, best);
    STANCE_TRY(tuning->known ? keep_tried(tuning, &candidate, error) : try_candidate(tuning, folds, &candidate, error));
    if (tuning->is_stopped) break;
    tried[count++] = candidate;
    if (candidate.score > best->score) *best = candidate;
  }
  if (!tuning->settings->by_one_standard_error) return STANCE_OK;
  double floor = best->score - best->error;
  for (size_t i = 0; i < count; i++)
    if (tried[i].score >= floor && tried[i].c < best->c) *best = tried[i];
  return STANCE_OK;
}

/* ---- templates ------------------------------------------------------------------------------------------ */

static enum stance_status make_rows(struct tuning *tuning, const struct stance_lexicon *lexicon,
                                    struct trainer_settings *settings, stance_template_set templates,
                                    struct stance_error *error) {
  struct trained *trained = tuning->trained;
  struct rows_settings rows = {lexicon,   settings->vectors, settings->base,
                               templates, settings->threads, settings->min_count};
  const struct pool_progress *progress = trained->shared->progress;
  solver_data_free(trained->shared);
  trained->shared = NULL;
  rows_free(&trained->rows);
  STANCE_TRY(rows_make(trained->data->records, trained->data->count, &rows, progress, &trained->rows, error));
  trained->head.templates = templates;
  trained->features_dropped_rare = trained->rows.dropped;
  return solver_data_new(&trained->rows, &trained->settings.solver, settings->threads, progress, &trained->shared,
                         error);
}

/* Switches each template in turn, and keeps a change that gains more than 0.1 points; smaller gains are noise of the
 * folds. */
static enum stance_status search_templates(struct tuning *tuning, const struct stance_lexicon *lexicon,
                                           struct trainer_settings *settings, const uint32_t *folds,
                                           struct candidate *best, struct stance_error *error) {
  for (size_t t = 0; t < stance_template_count() && !tuning->is_stopped; t++) {
    struct candidate candidate = *best;
    candidate.templates ^= (stance_template_set)1 << t;
    if (!stance_template_serves(t, tuning->trained->head.unit)) continue;
    if (strcmp(stance_template_name(t), "actors") == 0 || !candidate.templates)
      continue; /* names of actors are never tried */
    STANCE_TRY(make_rows(tuning, lexicon, settings, candidate.templates, error));
    STANCE_TRY(try_candidate(tuning, folds, &candidate, error));
    if (!tuning->is_stopped && candidate.score > best->score + 0.001) *best = candidate;
  }
  if (tuning->trained->head.templates == best->templates) return STANCE_OK;
  return make_rows(tuning, lexicon, settings, best->templates, error);
}

/* ---- public functions ----------------------------------------------------------------------------------- */

static enum stance_status open_log(struct tuning *tuning, struct stance_error *error) {
  const char *path = tuning->settings->log;
  const struct dataset *data = tuning->trained->data;
  size_t length;
  for (size_t i = 0; i < data->count; i++) {
    tuning->data_key =
        stance_hash_combine(tuning->data_key, stance_hash(data->records[i]->text, strlen(data->records[i]->text)));
    tuning->data_key = stance_hash_combine(tuning->data_key, data->labels[i]);
  }
  if (!path) return STANCE_OK;
  tuning->log_stream = fopen(path, "a+");
  if (!tuning->log_stream) return stance_fail_errno(error, path, "cannot write");
  return stance_file_read(path, 0, &tuning->arena, &tuning->log, &length, error);
}

enum stance_status train_tune(struct trained *trained, const struct stance_lexicon *lexicon,
                              struct trainer_settings *settings, const struct tune_settings *tune, struct tuned *out,
                              struct stance_error *error) {
  struct tuning tuning = {.trained = trained, .settings = tune};
  struct candidate best = {.c = trained->settings.solver.c,
                           .balance = trained->settings.balance,
                           .gamma = trained->settings.solver.gamma,
                           .templates = trained->head.templates};
  tuning.total = 1 + grid_size(trained) + (tune->tries_templates ? stance_template_count() : 0);
  *out = (struct tuned){0};
  enum stance_status status = open_log(&tuning, error);
  if (status == STANCE_OK) status = try_candidate(&tuning, trained->folds, &best, error);
  out->first = best.score;
  if (status == STANCE_OK && !tuning.is_stopped) status = search(&tuning, trained->folds, &best, error);
  use(trained, &best);
  if (status == STANCE_OK && !tuning.is_stopped && tune->tries_templates)
    status = search_templates(&tuning, lexicon, settings, trained->folds, &best, error);
  use(trained, &best);
  if (status == STANCE_OK && tune->grid) write_grid(&tuning, &best, -1);
  if (status == STANCE_OK && trained->shared) /* make the kernel of the best settings */
    status = solver_data_kernel(trained->shared, &trained->settings.solver, settings->threads, error);
  *out = (struct tuned){best.c,     best.balance, best.gamma,  best.templates,   best.score,
                        best.error, out->first,   tuning.done, tuning.is_stopped};
  if (tuning.log_stream) fclose(tuning.log_stream);
  stance_arena_free(&tuning.arena);
  return status;
}

/* ---- nested cross-validation ---------------------------------------------------------------------------- */

struct nested {                         /* arrays are [count] or [count][labels] */
  const struct stance_lexicon *lexicon; /* lexicon and settings: for trying templates */
  struct trainer_settings *settings;
  uint32_t *inner;                      /* folds, where the outer one is EXCLUDED */
  uint32_t *predicted, *fold_predicted; /* by the model of each unit's outer fold; fold_: by that of the current one */
  float *p, *fold_p;
  double *decisions;
  bool *keep; /* rows of the current outer fold */
  struct stance_arena arena;
};

static enum stance_status nested_new(size_t count, size_t labels, struct nested *nested, struct stance_error *error) {
  *nested = (struct nested){0};
  nested->inner = stance_arena_zalloc(&nested->arena, count + 1, sizeof *nested->inner);
  nested->predicted = stance_arena_zalloc(&nested->arena, count + 1, sizeof *nested->predicted);
  nested->fold_predicted = stance_arena_zalloc(&nested->arena, count + 1, sizeof *nested->fold_predicted);
  nested->p = stance_arena_zalloc(&nested->arena, (count + 1) * labels, sizeof *nested->p);
  nested->fold_p = stance_arena_zalloc(&nested->arena, (count + 1) * labels, sizeof *nested->fold_p);
  nested->decisions = stance_arena_zalloc(&nested->arena, (count + 1) * labels, sizeof *nested->decisions);
  nested->keep = stance_arena_zalloc(&nested->arena, count + 1, sizeof *nested->keep);
  bool is_whole = nested->inner && nested->predicted && nested->fold_predicted && nested->p && nested->fold_p &&
                  nested->decisions && nested->keep;
  return is_whole ? STANCE_OK : stance_fail_memory(error);
}

/* Computes the candidate's decision values: of the inner folds, to which calibration is fitted, and of the outer fold
 * by a model of all others. tuning->is_stopped: not computed. */
static enum stance_status decide_outer(struct tuning *tuning, const struct candidate *best, struct nested *nested,
                                       struct stance_error *error) {
  struct trained *trained = tuning->trained;
  size_t count = trained->data->count, labels = trained->head.label_count;
  struct labelled labelled = {&trained->rows, trained->data->labels, labels};
  struct candidate again = *best;
  use(trained, best);
  STANCE_TRY(solver_data_kernel(trained->shared, &trained->settings.solver, trained->settings.threads, error));
  STANCE_TRY(try_candidate(tuning, nested->inner, &again, error));
  tuning->tried_count = 0; /* it is in the grid already */
  if (tuning->is_stopped) return STANCE_OK;
  STANCE_TRY(crossval_run(&labelled, trained->shared, trained->folds, fold_count(trained->folds, count),
                          &trained->settings, NULL, nested->decisions, NULL, error));
  for (size_t i = 0; i < count; i++)
    if (nested->inner[i] != EXCLUDED)
      memcpy(nested->decisions + i * labels, trained->decisions + i * labels, labels * sizeof *nested->decisions);
  return STANCE_OK;
}

/* Scores the grid without each outer fold. A model without two folds serves twice: it decides each of them where the
 * other is the outer one. known [k][grid_size]. tuning->is_stopped: not all are scored. */
static enum stance_status score_grid(struct tuning *tuning, uint32_t k, const struct candidate *start,
                                     struct nested *nested, struct candidate *known, struct stance_error *error) {
  struct trained *trained = tuning->trained;
  struct labelled labelled = {&trained->rows, trained->data->labels, trained->head.label_count};
  struct pool_progress progress = {on_step, tuning};
  size_t count = trained->data->count, size = count * labelled.label_count, points = grid_size(trained);
  double *decisions = calloc(k * size + 1, sizeof *decisions);
  enum stance_status status = decisions ? STANCE_OK : stance_fail_memory(error);
  for (size_t i = 0; status == STANCE_OK && i < points; i++) {
    struct candidate candidate = grid_point(trained, i, start);
    status = make_kernel(tuning, &candidate, error);
    if (status != STANCE_OK || tuning->is_stopped) break;
    use(trained, &candidate);
    status = crossval_run_nested(&labelled, trained->shared, trained->folds, k, &trained->settings, &progress,
                                 decisions, &tuning->is_stopped, error);
    if (tuning->is_stopped) break;
    for (uint32_t outer = 0; status == STANCE_OK && outer < k; outer++) {
      for (size_t u = 0; u < count; u++) nested->inner[u] = trained->folds[u] == outer ? EXCLUDED : trained->folds[u];
      known[outer * points + i] = candidate;
      status = score_folds(tuning, nested->inner, decisions + outer * size, &known[outer * points + i], error);
    }
    tuning->done++;
  }
  free(decisions);
  return status;
}

/* Searches without the outer fold, then scores that fold. tuning->is_stopped: *score is not set. */
static enum stance_status judge_outer(struct tuning *tuning, uint32_t outer, struct candidate best,
                                      struct nested *nested, double *score, struct stance_error *error) {
  struct trained *trained = tuning->trained;
  size_t count = trained->data->count, labels = trained->head.label_count;
  double factor[STANCE_LABELS_MAX];
  const stance_template_set templates = best.templates;
  best.score = -1;
  for (size_t i = 0; i < count; i++) nested->inner[i] = trained->folds[i] == outer ? EXCLUDED : trained->folds[i];
  STANCE_TRY(search(tuning, nested->inner, &best, error));
  if (tuning->is_stopped) return STANCE_OK;
  if (tuning->settings->tries_templates) {
    use(trained, &best);
    STANCE_TRY(search_templates(tuning, nested->lexicon, nested->settings, nested->inner, &best, error));
    if (tuning->is_stopped) return STANCE_OK;
  }
  if (tuning->settings->grid) write_grid(tuning, &best, (int)outer);
  STANCE_TRY(decide_outer(tuning, &best, nested, error));
  if (tuning->is_stopped) return STANCE_OK;
  STANCE_TRY(train_trainer_predict(trained, nested->inner, nested->decisions, nested->fold_p, nested->fold_predicted,
                                   factor, error));
  for (size_t i = 0; i < count; i++) {
    nested->keep[i] = nested->inner[i] == EXCLUDED;
    if (!nested->keep[i]) continue;
    nested->predicted[i] = nested->fold_predicted[i];
    for (size_t l = 0; l < labels; l++) /* multiplied here, as folds have different factors */
      nested->p[i * labels + l] = nested->fold_p[i * labels + l] * (float)factor[l];
  }
  *score = metric_of(tuning, trained->data->labels, nested->predicted, nested->p, NULL, nested->keep, count);
  if (tuning->settings->tries_templates &&
      trained->head.templates != templates) /* restore the rows for the next outer fold */
    return make_rows(tuning, nested->lexicon, nested->settings, templates, error);
  return STANCE_OK;
}

enum stance_status train_tune_nested(struct trained *trained, const struct stance_lexicon *lexicon,
                                     struct trainer_settings *settings, const struct tune_settings *tune, double *score,
                                     double *deviation, struct stance_error *error) {
  struct tuning tuning = {.trained = trained, .settings = tune};
  size_t count = trained->data->count;
  uint32_t k = fold_count(trained->folds, count);
  double sum = 0, squares = 0, fold_score = 0;
  const struct candidate start = {.c = trained->settings.solver.c,
                                  .balance = trained->settings.balance,
                                  .gamma = trained->settings.solver.gamma,
                                  .templates = trained->head.templates};
  struct nested nested;
  enum stance_status status = nested_new(count, trained->head.label_count, &nested, error);
  nested.lexicon = lexicon;
  nested.settings = settings;
  size_t points = grid_size(trained);
  tuning.total = points + k * (1 + (tune->tries_templates ? stance_template_count() : 0));
  struct candidate *known = calloc(k * points + 1, sizeof *known);
  if (status == STANCE_OK && !known) status = stance_fail_memory(error);
  if (status == STANCE_OK) status = score_grid(&tuning, k, &start, &nested, known, error);
  for (uint32_t outer = 0; status == STANCE_OK && outer < k && !tuning.is_stopped; outer++) {
    tuning.known = known + outer * points;
    status = judge_outer(&tuning, outer, start, &nested, &fold_score, error);
    sum += fold_score;
    squares += fold_score * fold_score;
  }
  if (status == STANCE_OK && tuning.is_stopped) status = stance_fail(error, STANCE_USAGE, "interrupted");
  if (status == STANCE_OK) {
    *score = metric_of(&tuning, trained->data->labels, nested.predicted, nested.p, NULL, NULL, count);
    *deviation = k > 1 ? sqrt(fmax(squares - sum * sum / k, 0) / (k - 1)) : 0;
  }
  use(trained, &start);
  if (status == STANCE_OK)
    status = solver_data_kernel(trained->shared, &trained->settings.solver, trained->settings.threads, error);
  free(known);
  stance_arena_free(&nested.arena);
  stance_arena_free(&tuning.arena);
  return status;
}
