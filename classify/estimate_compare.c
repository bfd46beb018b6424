/* SPDX-License-Identifier: MIT
 * Contrasts and trends of estimates. Domains share strata, so their errors are correlated: the units' influences are
 * combined before their variance is computed. Then p values, adjusted for their number. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "estimate_internal.h"
#include "stance/base/distribution.h"
#include "stance/base/error.h"

static const struct estimate_row *row_of(const struct estimate_work *work, size_t domain, int label) {
  return &work->out->rows[domain * (1 + work->options->population->head.label_count) + (size_t)(label + 1)];
}

static const double *influence_of(const struct estimate_work *work, size_t domain, int label) {
  return work->influence[domain * (1 + work->options->population->head.label_count) + (size_t)(label + 1)];
}

/* The variances of the rows that are combined, each with the square of its factor: for the degrees of freedom
 * (Satterthwaite 1946). `apart` is the part of rows whose z has no variance: with Wilson's intervals, or one label. */
struct parts {
  double sum, squares, apart;
};

static void add_part(const struct estimate_work *work, const struct estimate_row *row, const double *z, double factor,
                     struct parts *parts) {
  double part = factor * factor * row->se * row->se;
  parts->sum += part;
  parts->squares += part * part / row->df;
  if (!(estimator_variance(&work->own, z) > 0)) parts->apart += part;
}

static void fill(struct estimate_work *work, struct estimate_row *row, double estimate, double predicted, size_t gold,
                 const struct parts *parts) {
  row->estimate = estimate;
  row->predicted = predicted;
  row->gold = gold;
  row->se = sqrt(estimator_variance(&work->own, work->z) + parts->apart);
  row->df = parts->squares > 0 ? parts->sum * parts->sum / parts->squares : INFINITY;
  struct estimator_interval interval = estimator_interval_t(estimate, row->se, row->df, work->options->level);
  row->low = interval.low;
  row->high = interval.high;
  row->p = row->se > 0 ? 2 * stance_t_cdf(-fabs(estimate / row->se), row->df) : NAN;
  row->method = work->options->regress ? "regression" : "difference";
  row->flags[0] = '\0';
}

/* ---- contrasts --------------------------------------------------------------------------------------------------- */

static bool is_value(const struct estimate_domain *domain, const char *text, size_t length) {
  const char *value = domain->first->columns[0];
  return value && strlen(value) == length && memcmp(value, text, length) == 0;
}

/* Finds the '-' of "A-B" that separates two values of the first column, which may contain '-' themselves. False: there
 * is none. */
static bool cut_contrast(const struct estimate_work *work, const char *text, size_t *cut) {
  for (const char *at = strchr(text, '-'); at; at = strchr(at + 1, '-')) {
    bool has_a = false, has_b = false;
    *cut = (size_t)(at - text);
    for (size_t d = 0; d < work->domain_count; d++) {
      has_a |= is_value(&work->domains[d], text, *cut);
      has_b |= is_value(&work->domains[d], at + 1, strlen(at + 1));
    }
    if (has_a && has_b) return true;
  }
  return false;
}

static bool is_same_rest(const struct estimate_work *work, size_t a, size_t b) {
  for (size_t c = 1; c < work->options->by_count; c++)
    if (work->domains[a].first->columns[c] != work->domains[b].first->columns[c]) return false;
  return true;
}

static enum stance_status add_contrast(struct estimate_work *work, size_t a, size_t b, int label,
                                       struct stance_error *error) {
  const double *first = influence_of(work, a, label), *second = influence_of(work, b, label);
  struct estimate_row *row = estimate_row_add(work, error);
  if (!row) return STANCE_SYSTEM;
  const struct estimate_row *of_a = row_of(work, a, label), *of_b = row_of(work, b, label);
  row->kind = ESTIMATE_CONTRAST;
  row->label = label;
  row->units = of_a->units + of_b->units;
  for (size_t c = 1; c < work->options->by_count; c++) row->by[c] = of_a->by[c];
  row->by[0] = stance_arena_format(&work->out->arena, "%s - %s", of_a->by[0], of_b->by[0]);
  if (!row->by[0]) return stance_fail_memory(error);
  if (!first || !second || isnan(of_a->estimate) || isnan(of_b->estimate)) {
    work->out->refused++;
    snprintf(row->flags, sizeof row->flags, "no gold");
    return STANCE_OK;
  }
  struct parts parts = {0};
  add_part(work, of_a, first, 1, &parts);
  add_part(work, of_b, second, 1, &parts);
  for (size_t i = 0; i < work->entry_count; i++) work->z[i] = first[i] - second[i];
  fill(work, row, of_a->estimate - of_b->estimate, of_a->predicted - of_b->predicted, of_a->gold + of_b->gold, &parts);
  return STANCE_OK;
}

static enum stance_status make_contrast(struct estimate_work *work, const char *text, struct stance_error *error) {
  size_t cut;
  if (!work->options->by_count) return stance_fail(error, STANCE_USAGE, "--contrast '%.60s' needs --by", text);
  if (!cut_contrast(work, text, &cut))
    return stance_fail(error, STANCE_USAGE, "--contrast '%.60s': expected two values of %s with '-' between", text,
                       work->options->population->columns[0]);
  for (size_t a = 0; a < work->domain_count; a++)
    for (size_t b = 0; b < work->domain_count; b++) {
      if (!is_value(&work->domains[a], text, cut) ||
          !is_value(&work->domains[b], text + cut + 1, strlen(text + cut + 1)))
        continue;
      if (!is_same_rest(work, a, b)) continue;
      for (int l = -1; l < (int)work->options->population->head.label_count; l++)
        STANCE_TRY(add_contrast(work, a, b, l, error));
    }
  return STANCE_OK;
}

/* ---- trends ------------------------------------------------------------------------------------------------------ */

/* A period on the time axis: months since year 0 for 2023-05, years for 2023, days (of 31-day months) for 2023-05-17,
 * weeks for 2023-W05. */
static bool period_number(const char *text, double *out) {
  int year, part, day, end = 0;
  if (!text) return false;
  size_t length = strlen(text);
  if (sscanf(text, "%4d-W%2d%n", &year, &part, &end) == 2 && (size_t)end == length)
    return *out = year * 52.1775 + part, true;
  if (sscanf(text, "%4d-%2d-%2d%n", &year, &part, &day, &end) == 3 && (size_t)end == length)
    return *out = year * 372.0 + part * 31.0 + day, true;
  if (sscanf(text, "%4d-%2d%n", &year, &part, &end) == 2 && (size_t)end == length)
    return *out = year * 12.0 + part, true;
  if (sscanf(text, "%4d%n", &year, &end) == 1 && (size_t)end == length) return *out = year, true;
  return false;
}

/* Adds the trend: weighted least squares over the periods with weights 1 / se^2. slope = sum c_t estimate_t; its
 * influence is sum c_t z_t. */
static enum stance_status add_trend(struct estimate_work *work, size_t first, int label, struct stance_error *error) {
  double weight_sum = 0, mean = 0, spread = 0, slope = 0, predicted = 0;
  size_t gold = 0, units = 0, periods = 0;
  double *place = stance_arena_alloc(&work->arena, work->domain_count + 1, sizeof *place);
  if (!place) return stance_fail_memory(error);
#define EACH_PERIOD(d)                                                                                    \
  for (size_t d = 0; d < work->domain_count; d++)                                                         \
    if (is_same_rest(work, first, d) && influence_of(work, d, label) && row_of(work, d, label)->se > 0 && \
        period_number(work->domains[d].first->columns[0], &place[d]))
  EACH_PERIOD(d) {
    double weight = 1 / (row_of(work, d, label)->se * row_of(work, d, label)->se);
    weight_sum += weight;
    mean += weight * place[d];
    gold += row_of(work, d, label)->gold;
    units += row_of(work, d, label)->units;
    periods++;
  }
  if (periods < 2) return STANCE_OK;
  mean /= weight_sum;
  EACH_PERIOD(d)
  spread += (place[d] - mean) * (place[d] - mean) / (row_of(work, d, label)->se * row_of(work, d, label)->se);
  struct parts parts = {0};
  for (size_t i = 0; i < work->entry_count; i++) work->z[i] = 0;
  EACH_PERIOD(d) {
    const struct estimate_row *row = row_of(work, d, label);
    double c = (place[d] - mean) / (row->se * row->se) / spread;
    slope += c * row->estimate;
    predicted += c * row->predicted;
    add_part(work, row, influence_of(work, d, label), c, &parts);
    for (size_t i = 0; i < work->entry_count; i++) work->z[i] += c * influence_of(work, d, label)[i];
  }
#undef EACH_PERIOD
  struct estimate_row *row = estimate_row_add(work, error);
  if (!row) return STANCE_SYSTEM;
  row->kind = ESTIMATE_TREND;
  row->label = label;
  row->units = units;
  row->by[0] = "trend";
  for (size_t c = 1; c < work->options->by_count; c++) row->by[c] = work->domains[first].first->columns[c];
  fill(work, row, slope, predicted, gold, &parts);
  return STANCE_OK;
}

static enum stance_status make_trends(struct estimate_work *work, struct stance_error *error) {
  double ignored;
  if (!work->options->trend) return STANCE_OK;
  bool is_period = false;
  for (size_t d = 0; d < work->domain_count; d++)
    is_period |= period_number(work->domains[d].first->columns[0], &ignored);
  if (!work->options->by_count || !is_period)
    return stance_fail(error, STANCE_USAGE, "--trend needs a period first in --by: year, month, week or day");
  for (size_t d = 0; d < work->domain_count; d++) {
    bool is_first = true;
    for (size_t e = 0; e < d && is_first; e++) is_first = !is_same_rest(work, d, e);
    for (int l = -1; is_first && l < (int)work->options->population->head.label_count; l++)
      STANCE_TRY(add_trend(work, d, l, error));
  }
  return STANCE_OK;
}

/* ---- multiple testing ------------------------------------------------------------------------------------- */

static enum stance_status adjust(struct estimate_work *work, struct stance_error *error) {
  struct estimate *out = work->out;
  size_t count = 0;
  double *p = stance_arena_alloc(&work->arena, out->row_count + 1, sizeof *p);
  size_t *order = stance_arena_alloc(&work->arena, out->row_count + 1, sizeof *order);
  if (!p || !order) return stance_fail_memory(error);
  for (size_t i = 0; i < out->row_count; i++)
    if (!isnan(out->rows[i].p)) p[count++] = out->rows[i].p;
  out->tests = count;
  if (work->options->adjust == ESTIMATE_ADJUST_NONE) return STANCE_OK;
  if (work->options->adjust == ESTIMATE_ADJUST_HOLM) estimator_adjust_holm(p, count, order);
  else estimator_adjust_by(p, count, order);
  for (size_t i = 0, k = 0; i < out->row_count; i++)
    if (!isnan(out->rows[i].p)) out->rows[i].p_adjusted = p[k++];
  return STANCE_OK;
}

enum stance_status estimate_compare(struct estimate_work *work, struct stance_error *error) {
  for (size_t i = 0; i < work->options->contrast_count; i++)
    STANCE_TRY(make_contrast(work, work->options->contrasts[i], error));
  STANCE_TRY(make_trends(work, error));
  return adjust(work, error);
}
