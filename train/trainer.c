/* SPDX-License-Identifier: MIT */
#include "trainer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "calibrate.h"
#include "stance/base/error.h"
#include "stance/model/model.h"

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
  struct rows_settings rows = {lexicon,           settings->vectors,  settings->base, out->head.templates,
                               settings->threads, settings->min_count};
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

void train_trainer_free(struct trained *trained) {
  rows_free(&trained->rows);
  solver_data_free(trained->shared);
  trained->shared = NULL;
}
