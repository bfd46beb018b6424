/* SPDX-License-Identifier: MIT */
#include "trainer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "calibrate.h"
#include "stance/base/compare.h"
#include "stance/base/error.h"
#include "stance/model/model.h"
#include "stance/text/letters.h"

/* ---- settings ------------------------------------------------------------------------------------------- */

enum {
  AUTO_LIBSVM_MAX = 1000
}; /* units, with which libsvm's matrix has 20 MB and training takes well below a second */

static enum stance_status choose_solver(struct trained *trained, const struct trainer_settings *settings,
                                        struct stance_error *error) {
  struct solver_settings *solver = &trained->settings.solver;
  *solver = (struct solver_settings){.kind = settings->solver,
                                     .kernel = settings->kernel,
                                     .c = settings->c,
                                     .epsilon = settings->epsilon,
                                     .degree = settings->degree,
                                     .gamma = settings->gamma,
                                     .coef0 = settings->coef0,
                                     .seed = settings->seed,
                                     .interrupted = settings->interrupted};
  trained->settings.balance = settings->balance;
  trained->settings.threads = settings->threads;
  trained->solver_reason = "as asked for";
  if (solver->kind == SOLVER_AUTO) {
    bool is_linear = solver->kernel == STANCE_KERNEL_LINEAR, is_small = trained->data->count <= AUTO_LIBSVM_MAX;
    solver->kind = is_linear && !is_small ? SOLVER_LIBLINEAR_L2_DUAL : SOLVER_LIBSVM;
    trained->solver_reason = !is_linear ? "chosen: it alone has kernels that are not linear"
                             : is_small
                                 ? "chosen for 1,000 units or fewer: the hinge loss itself, with a free bias"
                                 : "chosen for more than 1,000 units: its time grows with the features' entries alone";
  }
  const char *wrong = solver_check(solver);
  return wrong ? stance_fail(error, STANCE_USAGE, "%s", wrong) : STANCE_OK;
}

enum stance_status train_trainer_check(const struct dataset *data, struct stance_error *error) {
  size_t counts[STANCE_LABELS_MAX] = {0}, present = 0;
  for (size_t i = 0; i < data->count; i++) counts[data->labels[i]]++;
  for (size_t l = 0; l < data->head->label_count; l++) present += counts[l] > 0;
  if (!data->count) return stance_fail(error, STANCE_INPUT, "head '%s' has no labelled units", data->head->name);
  if (present < 2)
    return stance_fail(error, STANCE_INPUT, "head '%s': all %zu units have the label '%s'; a model needs two labels",
                       data->head->name, data->count, data->head->labels[data->labels[0]].name);
  return STANCE_OK;
}

/* ---- stages --------------------------------------------------------------------------------------------- */

static enum stance_status make_groups(struct trained *trained, bool by_article, struct stance_arena *arena,
                                      struct stance_error *error) {
  const struct dataset *data = trained->data;
  const char **texts = malloc((data->count + 1) * sizeof *texts),
             **articles = calloc(data->count + 1, sizeof *articles);
  trained->groups = stance_arena_zalloc(arena, data->count + 1, sizeof *trained->groups);
  enum stance_status status = texts && articles && trained->groups ? STANCE_OK : stance_fail_memory(error);
  for (size_t i = 0; status == STANCE_OK && i < data->count; i++) {
    texts[i] = data->records[i]->text;
    if (by_article) articles[i] = data->records[i]->article;
  }
  if (status == STANCE_OK)
    status = group_make(texts, articles, data->count, trained->groups, &trained->group_count, &trained->group_summary,
                        error);
  free(texts);
  free(articles);
  return status;
}

/* Counts the labels that occur in two groups or more, as only these can be in both parts of a split. */
static enum stance_status count_label_groups(struct trained *trained, size_t *judged, struct stance_error *error) {
  const struct dataset *data = trained->data;
  size_t labels = data->head->label_count;
  bool *seen = calloc((size_t)(trained->group_count + 1) * labels, sizeof *seen);
  if (!seen) return stance_fail_memory(error);
  memset(trained->label_groups, 0, sizeof trained->label_groups);
  for (size_t i = 0; i < data->count; i++) {
    bool *own = &seen[trained->groups[i] * labels + data->labels[i]];
    if (!*own) trained->label_groups[data->labels[i]]++;
    *own = true;
  }
  free(seen);
  *judged = 0;
  for (size_t l = 0; l < labels; l++) *judged += trained->label_groups[l] >= 2;
  return STANCE_OK;
}

static enum stance_status choose_groups(struct trained *trained, struct stance_arena *arena,
                                        struct stance_error *error) {
  size_t judged = 0;
  for (int grouping = TRAINER_BY_ARTICLE; grouping < TRAINER_UNJUDGED; grouping++) {
    trained->grouping = (enum trainer_grouping)grouping;
    STANCE_TRY(make_groups(trained, grouping == TRAINER_BY_ARTICLE, arena, error));
    STANCE_TRY(count_label_groups(trained, &judged, error));
    if (judged >= 2) return STANCE_OK;
  }
  trained->grouping = TRAINER_UNJUDGED;
  return STANCE_OK;
}

static void count_folds(struct trained *trained, uint32_t most) {
  for (uint32_t f = 0; f < most; f++)
    for (size_t i = 0; i < trained->data->count; i++)
      if (trained->folds[i] == f) {
        trained->fold_count = f + 1;
        break;
      }
}

enum stance_status train_trainer_prepare(const struct dataset *data, const struct stance_lexicon *lexicon,
                                         const struct trainer_settings *settings, const struct pool_progress *progress,
                                         struct stance_arena *arena, struct trained *out, struct stance_error *error) {
  *out = (struct trained){.data = data,
                          .has_factors = !settings->by_plain_probability,
                          .calibration = settings->calibration,
                          .min_count = settings->min_count,
                          .preset = "given",
                          .selected = -1};
  STANCE_TRY(choose_solver(out, settings, error));
  STANCE_TRY(train_trainer_check(data, error));
  out->head = (struct stance_model_head){.name = data->head->name,
                                         .unit = data->head->unit,
                                         .label_count = data->head->label_count,
                                         .kernel = out->settings.solver.kernel,
                                         .gamma = out->settings.solver.gamma,
                                         .coef0 = out->settings.solver.coef0,
                                         .degree = out->settings.solver.degree};
  for (size_t l = 0; l < data->head->label_count; l++) out->head.values[l] = data->head->labels[l].value;
  out->head.templates = stance_template_default(data->head->unit);
  if (settings->templates)
    STANCE_TRY(stance_template_parse(settings->templates, data->head->unit, &out->head.templates, error));
  if (out->settings.solver.kernel != STANCE_KERNEL_LINEAR || !settings->vectors)
    out->head.templates &= ~stance_template_dense();
  STANCE_TRY(choose_groups(out, arena, error)); /* before there are rows, as either needs much memory for a while */
  struct rows_settings rows = {lexicon, settings->vectors, out->head.templates, settings->threads, settings->min_count};
  STANCE_TRY(rows_make(data->records, data->count, &rows, progress, &out->rows, error));
  out->features_dropped_rare = out->rows.dropped;
  out->folds = stance_arena_alloc(arena, data->count + 1, sizeof *out->folds);
  out->decisions = stance_arena_zalloc(arena, data->count + 1, sizeof(double) * data->head->label_count);
  out->p = stance_arena_zalloc(arena, data->count + 1, sizeof(float) * data->head->label_count);
  out->predicted = stance_arena_zalloc(arena, data->count + 1, sizeof *out->predicted);
  if (!out->folds || !out->decisions || !out->p || !out->predicted) return stance_fail_memory(error);
  STANCE_TRY(group_make_folds(out->groups, out->group_count, data->labels, data->head->label_count, data->count,
                              settings->folds, settings->seed, out->folds, error));
  count_folds(out, settings->folds);
  return solver_data_new(&out->rows, &out->settings.solver, settings->threads, progress, &out->shared, error);
}

enum stance_status train_trainer_crossval(struct trained *trained, const struct pool_progress *progress, bool *stopped,
                                          struct stance_error *error) {
  if (trained->grouping == TRAINER_UNJUDGED) return STANCE_OK;
  struct labelled labelled = {&trained->rows, trained->data->labels, trained->head.label_count};
  return crossval_run(&labelled, trained->shared, trained->folds, trained->fold_count, &trained->settings, progress,
                      trained->decisions, stopped, error);
}

/* Calibrates. If factors can not be chosen (few units, or folds not by article), the label is that of the largest
 * decision value. */
static enum stance_status calibrate(const struct trained *trained, const double *decisions, const uint32_t *truth,
                                    size_t count, struct stance_arena *arena, struct stance_model_head *head,
                                    struct stance_error *error) {
  bool by_order = trained->has_factors && trained->calibration == STANCE_CALIBRATION_NONE &&
                  (count < CALIBRATE_FACTORS_MIN || trained->grouping != TRAINER_BY_ARTICLE);
  STANCE_TRY(calibrate_head(decisions, truth, count, by_order, arena, head, error));
  if (by_order) calibrate_by_order(truth, count, head);
  else if (trained->has_factors) return calibrate_factors(trained->data->head, decisions, truth, count, head, error);
  return STANCE_OK;
}

enum stance_status train_trainer_calibrate(struct trained *trained, uint64_t seed, struct stance_arena *arena,
                                           struct stance_error *error) {
  const struct dataset *data = trained->data;
  size_t labels = trained->head.label_count;
  trained->head.calibration = trained->calibration;
  if (trained->grouping == TRAINER_UNJUDGED) {
    trained->head.calibration =
        STANCE_CALIBRATION_NONE; /* not calibrated, as the scale of the decision values is unknown */
    for (size_t i = 0; i < data->count; i++) trained->metrics.label[data->labels[i]].support++;
    for (size_t l = 0; trained->has_factors && l < labels; l++)
      if (!trained->metrics.label[l].support) trained->head.factor[l] = CALIBRATE_NEVER;
    return STANCE_OK;
  }
  STANCE_TRY(calibrate(trained, trained->decisions, data->labels, data->count, arena, &trained->head, error));
  for (size_t i = 0; i < data->count; i++)
    stance_model_probabilities(&trained->head, trained->decisions + i * labels, trained->p + i * labels,
                               &trained->predicted[i], NULL);
  metrics_compute(data->head, data->labels, trained->predicted, NULL, data->count, &trained->metrics);
  metrics_reliability(trained->p, labels, data->labels, trained->predicted, data->count, &trained->reliability);
  STANCE_TRY(metrics_probabilities(trained->p, labels, data->labels, data->count, &trained->probabilities, error));
  STANCE_TRY(metrics_bootstrap(data->head, data->labels, trained->predicted, trained->groups, trained->group_count,
                               data->count, seed, &trained->intervals, error));
  if (trained->is_tuned) metrics_without_intervals(&trained->intervals);
  if (data->head->unit != STANCE_UNIT_DYAD) return STANCE_OK;
  return metrics_compute_pairs(data->head, data->records, data->labels, trained->p, trained->head.factor, NULL,
                               data->count, &trained->pairs, error);
}

enum stance_status train_trainer_predict(const struct trained *trained, const uint32_t *folds, const double *decisions,
                                         float *p, uint32_t *predicted, double *factor, struct stance_error *error) {
  size_t labels = trained->head.label_count, count = trained->data->count, used = 0;
  struct stance_model_head head = {.label_count = labels, .calibration = trained->calibration};
  struct stance_arena arena = {0};
  double *compact = calloc((count + 1) * labels, sizeof *compact);
  uint32_t *truth = calloc(count + 1, sizeof *truth);
  enum stance_status status = compact && truth ? STANCE_OK : stance_fail_memory(error);
  for (size_t i = 0; status == STANCE_OK && i < count; i++) {
    if (folds[i] == TRAINER_EXCLUDED) continue;
    memcpy(compact + used * labels, decisions + i * labels, labels * sizeof *compact);
    truth[used++] = trained->data->labels[i];
  }
  if (status == STANCE_OK) status = calibrate(trained, compact, truth, used, &arena, &head, error);
  for (size_t i = 0; status == STANCE_OK && i < count; i++)
    stance_model_probabilities(&head, decisions + i * labels, p + i * labels, &predicted[i], NULL);
  if (status == STANCE_OK && factor) memcpy(factor, head.factor, labels * sizeof *factor);
  stance_arena_free(&arena);
  free(compact);
  free(truth);
  return status;
}

/* Marks the columns with a weight above the pruning limit in some label. Returns their number. */
static size_t mark_heavy(const struct crossval_model *model, size_t labels, const struct rows *rows, double prune,
                         bool *keep) {
  double largest = 0;
  size_t kept = 0, columns = rows->column_count - rows->dense_count;
  for (size_t c = 0; c < columns; c++)
    for (size_t l = 0; l < labels; l++) largest = fmax(largest, fabs((double)crossval_weight(model, c, l)));
  for (size_t c = 0; c < columns; c++) {
    keep[c] = false;
    for (size_t l = 0; l < labels; l++)
      keep[c] = keep[c] || fabs((double)crossval_weight(model, c, l)) > prune * largest;
    kept += keep[c];
  }
  return kept;
}

/* Keeps all weights of zones, as one zone costs as much as all. */
static enum stance_status keep_dense(struct trained *trained, const struct crossval_model *model,
                                     struct stance_arena *arena, struct stance_error *error) {
  struct stance_model_head *head = &trained->head;
  const struct rows *rows = &trained->rows;
  if (!(head->templates & stance_template_dense())) return STANCE_OK;
  head->dense_count = stance_zone_count(head->unit) * STANCE_VECTOR_DIMENSIONS;
  float *weights = stance_arena_zalloc(arena, head->label_count * head->dense_count, sizeof *weights);
  if (!weights) return stance_fail_memory(error);
  for (size_t c = rows->column_count - rows->dense_count; c < rows->column_count; c++)
    for (size_t l = 0; l < head->label_count; l++)
      weights[l * head->dense_count + (rows->ids[c] - ROWS_DENSE)] = crossval_weight(model, c, l);
  head->dense = weights;
  return STANCE_OK;
}

static enum stance_status keep_linear(struct trained *trained, const struct crossval_model *model, const bool *keep,
                                      size_t kept, char const **names, struct stance_arena *arena,
                                      struct stance_error *error) {
  struct stance_model_head *head = &trained->head;
  const struct rows *rows = &trained->rows;
  size_t at = 0;
  STANCE_TRY(keep_dense(trained, model, arena, error));
  uint64_t *ids = stance_arena_alloc(arena, kept + 1, sizeof *ids);
  float *weights = stance_arena_alloc(arena, (kept + 1) * head->label_count, sizeof *weights);
  const char **kept_names = stance_arena_alloc(arena, kept + 1, sizeof *kept_names);
  uint32_t *counts = stance_arena_alloc(arena, kept + 1, sizeof *counts);
  if (!ids || !weights || !kept_names || !counts) return stance_fail_memory(error);
  for (size_t c = 0; c < rows->column_count; c++) {
    if (!keep[c]) continue;
    ids[at] = rows->ids[c];
    counts[at] = rows->row_counts[c];
    for (size_t l = 0; l < head->label_count; l++) weights[at * head->label_count + l] = crossval_weight(model, c, l);
    if (names) kept_names[at] = names[c];
    at++;
  }
  head->feature_count = kept;
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

static enum stance_status note_texts(struct trained *trained, struct stance_arena *arena, struct stance_error *error) {
  const struct dataset *data = trained->data;
  uint64_t *hashes = stance_arena_alloc(arena, data->count + 1, sizeof *hashes);
  size_t kept = 0;
  if (!hashes) return stance_fail_memory(error);
  for (size_t i = 0; i < data->count; i++)
    hashes[i] = stance_letters_hash(data->records[i]->text, strlen(data->records[i]->text));
  qsort(hashes, data->count, sizeof *hashes, stance_by_u64);
  for (size_t i = 0; i < data->count; i++)
    if (!kept || hashes[kept - 1] != hashes[i]) hashes[kept++] = hashes[i];
  trained->head.texts = hashes;
  trained->head.text_count = kept;
  return STANCE_OK;
}

enum stance_status train_trainer_finish(struct trained *trained, const struct stance_lexicon *lexicon,
                                        const struct trainer_settings *settings, struct stance_arena *arena,
                                        struct stance_error *error) {
  struct crossval_model model;
  struct labelled labelled = {&trained->rows, trained->data->labels, trained->head.label_count};
  struct rows_settings rows = {lexicon, settings->vectors, trained->head.templates, settings->threads,
                               settings->min_count};
  const char **names = NULL;
  bool *keep = calloc(trained->rows.column_count + 1, sizeof *keep);
  if (!keep) return stance_fail_memory(error);
  enum stance_status status = crossval_train(&labelled, trained->shared, NULL, 0, &trained->settings, &model, error);
  if (status != STANCE_OK) {
    free(keep);
    return status;
  }
  if (status == STANCE_OK) status = note_texts(trained, arena, error);
  bool is_linear = trained->head.kernel == STANCE_KERNEL_LINEAR;
  for (size_t l = 0; status == STANCE_OK && l < labelled.label_count; l++) {
    trained->head.bias[l] = crossval_bias(&model, l);
    if (is_linear && model.parts[l].alpha) status = flatten(&trained->rows, &model.parts[l], error);
  }
  size_t kept = trained->rows.column_count;
  if (status == STANCE_OK && is_linear) {
    kept = mark_heavy(&model, labelled.label_count, &trained->rows, settings->prune, keep);
    trained->features_dropped_small = trained->rows.column_count - trained->rows.dense_count - kept;
  }
  if (is_linear && !settings->keeps_rows) {
    rows_free_entries(&trained->rows);
    solver_data_free(trained->shared);
    trained->shared = NULL;
  }
  if (status == STANCE_OK && !settings->is_raw)
    status = rows_names(&trained->rows, trained->data->records, &rows, is_linear ? keep : NULL, arena, &names, error);
  if (status == STANCE_OK && is_linear) status = keep_linear(trained, &model, keep, kept, names, arena, error);
  if (status == STANCE_OK && !is_linear) status = keep_kernel(trained, &model, names, arena, error);
  crossval_model_free(&model);
  free(keep);
  return status;
}

void train_trainer_free(struct trained *trained) {
  rows_free(&trained->rows);
  solver_data_free(trained->shared);
  trained->shared = NULL;
}
