/* SPDX-License-Identifier: MIT
 * A row for each domain and measure: the mean prediction over all units of the domain, plus the weighted mean of gold
 * minus prediction over the labelled ones. In small domains the variance of the errors is shrunk towards the pooled
 * one: v = ((n - 1) s^2 + 30 s_pool^2) / (n + 29), with t(n + 29). For a label with fewer than ten errors, intervals of
 * its false negatives and false positives replace the variance. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "estimate_internal.h"
#include "stance/base/distribution.h"
#include "stance/base/error.h"

enum { PRIOR = 30, SMALL = 100, ERRORS_FEW = 10, REGRESS_LEAST = 50, DEGREES_MANY = 40 };

struct estimate_row *estimate_row_add(struct estimate_work *work, struct stance_error *error) {
  struct estimate *out = work->out;
  size_t capacity =
      out->row_count && (out->row_count & (out->row_count - 1)) ? SIZE_MAX : out->row_count * 2 + (out->row_count == 0);
  if (capacity != SIZE_MAX) { /* full at each power of two */
    struct estimate_row *rows = stance_arena_alloc(&out->arena, capacity, sizeof *rows);
    if (!rows) return stance_fail_memory(error), NULL;
    if (out->row_count) memcpy(rows, out->rows, out->row_count * sizeof *rows);
    out->rows = rows;
  }
  struct estimate_row *row = &out->rows[out->row_count++];
  *row = (struct estimate_row){.label = -1,
                               .predicted = NAN,
                               .estimate = NAN,
                               .se = NAN,
                               .low = NAN,
                               .high = NAN,
                               .df = NAN,
                               .deff = NAN,
                               .neff = NAN,
                               .gold_alone = NAN,
                               .gold_alone_se = NAN,
                               .more = NAN,
                               .p = NAN,
                               .p_adjusted = NAN,
                               .method = "none"};
  return row;
}

static void put_flag(struct estimate_row *row, const char *flag) {
  size_t length = strlen(row->flags);
  if (length + strlen(flag) + 2 < sizeof row->flags)
    snprintf(row->flags + length, sizeof row->flags - length, "%s%s", length ? ";" : "", flag);
}

/* ---- domains ----------------------------------------------------------------------------------------------------- */

/* Number of columns that by_columns compares, as qsort passes no context; estimates are made by one thread. */
static size_t compared;

static int by_columns(const void *left, const void *right) {
  const struct population_unit *a = *(const struct population_unit *const *)left,
                               *b = *(const struct population_unit *const *)right;
  for (size_t c = 0; c < compared; c++) {
    if (a->columns[c] == b->columns[c]) continue;
    if (!a->columns[c] || !b->columns[c]) return a->columns[c] ? -1 : 1; /* unknown values come last */
    return strcmp(a->columns[c], b->columns[c]);
  }
  return 0;
}

static double prediction_of(const struct population_unit *unit, int label) {
  return label < 0 ? unit->score : unit->p[label];
}

static enum stance_status make_domains(struct estimate_work *work, struct stance_error *error) {
  const struct population *population = work->options->population;
  size_t labels = population->head.label_count, capacity = 0, count = 0;
  const struct population_unit **units = stance_arena_alloc(&work->arena, population->count + 1, sizeof *units);
  if (!units) return stance_fail_memory(error);
  for (size_t i = 0; i < population->count; i++)
    if (estimate_counts(work->options, &population->units[i])) units[count++] = &population->units[i];
  if (!count) return stance_fail(error, STANCE_INPUT, "no unit is left to estimate");
  compared = work->options->by_count;
  if (compared) qsort(units, count, sizeof *units, by_columns);
  for (size_t i = 0; i < count; i++) {
    if (!i || by_columns(&units[i - 1], &units[i]) != 0) {
      struct estimate_domain *domains =
          stance_arena_grow(&work->arena, work->domains, &capacity, work->domain_count + 1, sizeof *domains);
      double *sums = stance_arena_zalloc(&work->arena, labels + 1, sizeof *sums);
      if (!domains || !sums) return stance_fail_memory(error);
      work->domains = domains;
      domains[work->domain_count++] = (struct estimate_domain){.first = units[i], .sums = sums};
    }
    struct estimate_domain *domain = &work->domains[work->domain_count - 1];
    domain->units++;
    for (size_t m = 0; m <= labels; m++) domain->sums[m] += prediction_of(units[i], (int)m - 1);
  }
  work->out->units = count;
  for (size_t i = 0; i < work->entry_count; i++) {
    const struct population_unit *unit = work->entries[i].unit;
    size_t low = 0, high = work->domain_count;
    work->domain_of[i] = UINT32_MAX;
    if (!estimate_counts(work->options, unit)) continue;
    while (high - low > 1) {
      size_t middle = (low + high) / 2;
      if (by_columns(&work->domains[middle].first, &unit) <= 0) low = middle;
      else high = middle;
    }
    work->domain_of[i] = (uint32_t)low;
  }
  return STANCE_OK;
}

/* ---- one row ----------------------------------------------------------------------------------------------------- */

/* The values for one measure that all domains share. */
struct measure {
  int label;
  double slope, pool; /* b; s_pool^2, of the errors about their domains' means */
  double shift;       /* mean error of all units, for --borrow */
  size_t errors;      /* number of errors of the decided label */
  const char *method;
  bool is_regressed;
};

static double gold_of(const struct estimate_work *work, const struct estimate_entry *entry, int label) {
  if (entry->label < 0) return 0; /* this is no unit */
  return label < 0 ? work->options->population->head.values[entry->label] : entry->label == label;
}

static bool errs(const struct estimate_entry *entry, int label) {
  if (entry->label < 0) return true;
  return label < 0 ? entry->label != entry->unit->label : (entry->label == label) != (entry->unit->label == label);
}

static size_t enter_domain(struct estimate_work *work, size_t domain) {
  size_t count = 0;
  for (size_t i = 0; i < work->entry_count; i++)
    count += work->in[i] = domain == SIZE_MAX ? work->domain_of[i] != UINT32_MAX : work->domain_of[i] == domain;
  return count;
}

/* The estimate over work->in, with its influence in work->z. If gold says that some are no units (r = 0), both the sum
 * of y and the number of units are estimated: R = (mean g + mean(r y - g)) / (1 + mean(r - 1)), with the influence of r
 * (y - R) - (g - R). */
static double correct(struct estimate_work *work, const struct measure *measure, double mean_g) {
  bool has_others = false;
  double b = measure->slope;
  for (size_t i = 0; i < work->entry_count; i++) {
    work->e[i] = work->entries[i].label == GOLD_NOT_UNIT ? -b * work->g[i] : work->y[i] - b * work->g[i];
    has_others |= work->in[i] && work->entries[i].label == GOLD_NOT_UNIT;
  }
  double sum = b * mean_g + estimator_mean(&work->own, work->in, work->e, work->z, NULL);
  if (!has_others) return sum;
  double *r = work->e, members, estimate;
  for (size_t i = 0; i < work->entry_count; i++) r[i] = work->entries[i].label == GOLD_NOT_UNIT ? -1 : 0;
  members = 1 + estimator_mean(&work->own, work->in, r, NULL, NULL);
  estimate = sum / members;
  for (size_t i = 0; i < work->entry_count; i++)
    work->e[i] =
        ((work->entries[i].label == GOLD_NOT_UNIT ? 0 : work->y[i] - estimate) - (b * work->g[i] - estimate)) / members;
  estimator_mean(&work->own, work->in, work->e, work->z, NULL);
  return estimate;
}

static void bound(const struct estimate_work *work, struct estimate_row *row) {
  const struct classify_head *head = &work->options->population->head;
  double low = 0, high = 1;
  if (row->label < 0) {
    low = high = head->values[0];
    for (size_t i = 1; i < head->label_count; i++) low = fmin(low, head->values[i]), high = fmax(high, head->values[i]);
  }
  if (row->high <= low || row->low >= high) { /* an interval that lies outside moves in, and keeps a width */
    double move = fmin(high, fmax(low, row->estimate)) - row->estimate;
    row->low += move;
    row->high += move;
  }
  row->low = fmin(high, fmax(low, row->low));
  row->high = fmin(high, fmax(low, row->high));
}

/* Newcombe's interval from the shares of false negatives and false positives of the decided label; for the score, with
 * the largest possible errors. */
static void few_errors(struct estimate_work *work, struct estimate_row *row, size_t errors) {
  const struct classify_head *head = &work->options->population->head;
  double n = estimator_kish(&work->own, work->in), missed = 0, all = 0, false_alarm = 0, scale = 1,
         low = head->values[0], high = low;
  double f = fmin(1, (double)row->gold / (double)row->units);
  for (size_t i = 0; i < work->entry_count; i++) {
    if (!work->in[i]) continue;
    all += work->weight[i];
    if (!errs(&work->entries[i], row->label)) continue;
    if (row->label >= 0 && work->entries[i].unit->label == row->label) false_alarm += work->weight[i];
    else missed += work->weight[i];
  }
  if (row->label < 0) {
    for (size_t i = 1; i < head->label_count; i++) low = fmin(low, head->values[i]), high = fmax(high, head->values[i]);
    scale = high - low;
  }
  if (f < 1) n /= 1 - f; /* finite population correction */
  struct estimator_interval interval = estimator_mover(0, missed / all, false_alarm / all, n, work->options->level);
  row->low = row->estimate + scale * interval.low;
  row->high = row->estimate + scale * interval.high;
  row->se = (row->high - row->low) / 2 / stance_normal_quantile((1 + work->options->level) / 2);
  row->df = INFINITY;
  row->method = "wilson";
  if (!errors) put_flag(row, "no errors");
}

static void fill_precision(struct estimate_work *work, struct estimate_row *row) {
  double n = (double)row->gold, size = (double)row->units, f = fmin(1, n / size), level = work->options->level;
  row->gold_alone = estimator_mean(&work->own, work->in, work->y, work->z, NULL);
  row->gold_alone_se = n > 1 ? sqrt(estimator_variance(&work->own, work->z)) : NAN;
  double spread = estimator_spread(&work->own, work->in, work->y), plain = (1 - f) * spread / n;
  if (plain > 0 && row->se > 0) {
    row->deff = row->se * row->se / plain;
    row->neff = n / row->deff;
  }
  double t = stance_t_quantile((1 + level) / 2, row->df), ratio = work->options->width / (2 * t * row->se);
  double wanted = 1 / (1 / size + (1 / n - 1 / size) * ratio * ratio); /* se^2 is proportional to 1/n - 1/N */
  row->more = row->se > 0 && f < 1 ? fmin(size - n, fmax(0, ceil(wanted - n))) : 0;
}

/* Keeps z, scaled so that its variance is the row's: differences and trends of shrunk rows lean on all groups, too. */
static enum stance_status keep_influence(struct estimate_work *work, size_t domain, const struct estimate_row *row,
                                         struct stance_error *error) {
  size_t measures = 1 + work->options->population->head.label_count;
  double *z = stance_arena_alloc(&work->arena, work->entry_count + 1, sizeof *z);
  if (!z) return stance_fail_memory(error);
  double variance = estimator_variance(&work->own, work->z), scale = variance > 0 ? row->se / sqrt(variance) : 0;
  for (size_t i = 0; i < work->entry_count; i++) z[i] = scale * work->z[i];
  work->influence[domain * measures + (size_t)(row->label + 1)] = z;
  return STANCE_OK;
}

/* A domain without gold gets no estimate, or with --borrow the correction of the whole. */
static void without_gold(struct estimate_work *work, const struct measure *measure, struct estimate_row *row) {
  if (!work->options->borrow) {
    put_flag(row, "no gold");
    work->out->refused++;
    return;
  }
  size_t all = enter_domain(work, SIZE_MAX);
  double mean_g = 0, size = 0;
  for (size_t d = 0; d < work->domain_count; d++)
    mean_g += work->domains[d].sums[row->label + 1], size += (double)work->domains[d].units;
  double whole = correct(work, measure, mean_g / size);
  row->estimate = row->predicted + (whole - mean_g / size);
  row->se = sqrt(estimator_variance(&work->own, work->z));
  row->df = all < SMALL ? (double)all - 1 : INFINITY;
  struct estimator_interval interval = estimator_interval_t(row->estimate, row->se, row->df, work->options->level);
  row->low = interval.low;
  row->high = interval.high;
  row->method = "borrowed";
  put_flag(row, "borrowed");
  bound(work, row);
}

/* The degrees of freedom of the variance of work->z; a slope takes one. Strata, chances that differ, and draws with
 * copies have fewer than labels. From DEGREES_MANY on the normal distribution stands for Student's, as in the closed
 * forms, which know neither copies nor slopes there. */
static double degrees(const struct estimate_work *work, size_t n, bool is_regressed) {
  const struct sample *sample = work->options->sample;
  if (sample->design == SAMPLE_ARTICLES) return (double)work->own.draw_count - 1 - is_regressed;
  if (!work->options->superpopulation && (sample->design != SAMPLE_EQUAL || sample->is_deduped)) {
    double few = fmax(1, fmin((double)n - 1, estimator_degrees(&work->own, work->z)) - is_regressed);
    return n < SMALL || few < DEGREES_MANY || is_regressed || sample->is_deduped ? few : INFINITY;
  }
  return n < SMALL ? (double)n - 1 - is_regressed : INFINITY;
}

/* Where gold has one answer only, the errors' variance shows the predictions' spread alone: the interval also holds
 * Wilson's of gold by itself (Korn, Graubard 1998). */
static void hold_gold_alone(struct estimate_work *work, struct estimate_row *row) {
  double f = fmin(1, (double)row->gold / (double)row->units), first = NAN;
  for (size_t i = 0; i < work->entry_count; i++) {
    if (!work->in[i]) continue;
    if (isnan(first)) first = work->y[i];
    if (work->y[i] != first) return;
  }
  double n = estimator_kish(&work->own, work->in) / (1 - f);
  struct estimator_interval alone = estimator_wilson(first, n, work->options->level);
  row->low = fmin(row->low, alone.low);
  row->high = fmax(row->high, alone.high);
  put_flag(row, "gold all alike");
}

static void fill_interval(struct estimate_work *work, const struct measure *measure, struct estimate_row *row,
                          size_t domain) {
  const struct estimate_settings *options = work->options;
  size_t n = row->gold, errors = 0;
  double variance = estimator_variance(&work->own, work->z);
  bool is_part =
      work->domain_count > 1 && n < SMALL && options->sample->design != SAMPLE_ARTICLES && !options->no_shrink;
  if (measure->is_regressed) variance *= (double)(work->entry_count - 1) / (double)(work->entry_count - 2);
  row->method = measure->method;
  row->df = degrees(work, n, measure->is_regressed);
  for (size_t i = 0; i < work->entry_count; i++) errors += work->in[i] && errs(&work->entries[i], measure->label);
  if (options->superpopulation) {
    row->estimate = estimate_superpopulation(work, domain, measure->label, true, &row->se);
    row->method = "superpopulation";
  } else if (is_part) {
    double own = estimator_spread(&work->own, work->in, work->e), unit = estimator_unit_variance(&work->own, work->in);
    double pooled = unit * measure->pool;
    if (options->sample->design == SAMPLE_EQUAL) variance = unit * own;
    variance = (((double)n - 1) * (n > 1 ? variance : 0) + PRIOR * pooled) / ((double)n + PRIOR - 1);
    row->se = sqrt(variance);
    row->df = (double)n + PRIOR - 1;
    row->method = measure->is_regressed ? "regression,shrunk" : "shrunk";
  } else {
    row->se = sqrt(variance);
  }
  bool is_rare = measure->label < 0 ? !(is_part ? measure->errors : errors)
                                    : errors < ERRORS_FEW && (!is_part || measure->errors < ERRORS_FEW);
  bool is_whole = n >= row->units;
  if (!is_whole && !options->superpopulation && (is_rare || !(row->se > 0))) {
    few_errors(work, row, errors);
  } else if (n < 2 && !is_part) {
    row->se = NAN; /* one unit has no variance */
    put_flag(row, "1 gold");
    work->out->refused++;
    row->estimate = NAN;
    return;
  } else {
    struct estimator_interval interval = estimator_interval_t(row->estimate, row->se, row->df, options->level);
    row->low = interval.low;
    row->high = interval.high;
    if (measure->label >= 0 && !is_part && !is_whole && !options->superpopulation) hold_gold_alone(work, row);
  }
  bound(work, row);
  if (n < 10) put_flag(row, "gold < 10");
}

static enum stance_status make_row(struct estimate_work *work, const struct measure *measure, size_t domain,
                                   struct stance_error *error) {
  const struct estimate_domain *own = &work->domains[domain];
  struct estimate_row *row = estimate_row_add(work, error);
  if (!row) return STANCE_SYSTEM;
  row->label = measure->label;
  row->domain = domain;
  row->units = own->units;
  row->predicted = own->sums[measure->label + 1] / (double)own->units;
  row->gold = enter_domain(work, domain);
  for (size_t c = 0; c < work->options->by_count; c++) row->by[c] = own->first->columns[c];
  if (work->is_posthoc) put_flag(row, "post-hoc");
  if (!row->gold) {
    without_gold(work, measure, row);
    return STANCE_OK;
  }
  row->estimate = correct(work, measure, row->predicted);
  fill_interval(work, measure, row, domain);
  if (row->se == row->se) STANCE_TRY(keep_influence(work, domain, row, error));
  if (!isnan(row->se)) fill_precision(work, row);
  if (row->label < 0 && row->se > 0) row->p = 2 * stance_t_cdf(-fabs(row->estimate / row->se), row->df);
  return STANCE_OK;
}

/* ---- all rows ---------------------------------------------------------------------------------------------------- */

/* The variance of the errors about their domains' means, pooled over the domains. */
static double pooled_variance(struct estimate_work *work, double slope) {
  double squares = 0, all = 0, n = 0, used = 0;
  for (size_t i = 0; i < work->entry_count; i++) work->e[i] = work->y[i] - slope * work->g[i];
  for (size_t d = 0; d < work->domain_count; d++) {
    size_t own = enter_domain(work, d);
    if (!own) continue;
    double weight, mean = estimator_mean(&work->own, work->in, work->e, NULL, &weight);
    for (size_t i = 0; i < work->entry_count; i++)
      if (work->in[i]) squares += work->weight[i] * (work->e[i] - mean) * (work->e[i] - mean);
    all += weight;
    n += (double)own;
    used++;
  }
  return n > used ? squares / all * n / (n - used) : 0;
}

static struct measure make_measure(struct estimate_work *work, int label) {
  struct measure measure = {.label = label, .slope = 1, .method = "difference"};
  for (size_t i = 0; i < work->entry_count; i++) {
    work->y[i] = gold_of(work, &work->entries[i], label);
    work->g[i] = prediction_of(work->entries[i].unit, label);
    measure.errors += errs(&work->entries[i], label);
  }
  if (work->options->regress && work->entry_count >= REGRESS_LEAST) {
    measure.slope = estimator_slope(&work->own, work->y, work->g);
    measure.method = "regression";
    measure.is_regressed = true;
  }
  measure.pool = pooled_variance(work, measure.slope);
  return measure;
}

static bool is_planned(const struct estimate_settings *options) {
  for (size_t c = 0; c < options->by_count; c++) {
    bool is_there = false;
    for (size_t s = 0; s < options->sample->by_count; s++)
      is_there |= options->sample->by[s] && strcmp(options->sample->by[s], options->population->columns[c]) == 0;
    if (!is_there) return false;
  }
  return true;
}

static int by_domain(const void *left, const void *right) {
  const struct estimate_row *a = left, *b = right;
  if (a->domain != b->domain) return a->domain < b->domain ? -1 : 1;
  return (a->label > b->label) - (a->label < b->label);
}

enum stance_status estimate_rows_make(struct estimate_work *work, struct stance_error *error) {
  const struct estimate_settings *options = work->options;
  size_t labels = options->population->head.label_count;
  STANCE_TRY(make_domains(work, error));
  work->influence = stance_arena_zalloc(&work->arena, work->domain_count * (labels + 1) + 1, sizeof *work->influence);
  if (!work->influence) return stance_fail_memory(error);
  work->is_posthoc = options->by_count && !is_planned(options);
  for (size_t i = 0; i < work->entry_count; i++) work->out->gold += work->domain_of[i] != UINT32_MAX;
  if (!work->out->gold) return stance_fail(error, STANCE_INPUT, "no gold unit is left to correct with");
  if (options->regress && work->entry_count < REGRESS_LEAST)
    estimate_note(options, true, "--regress needs %d gold units, there are %zu: the slope is left at 1", REGRESS_LEAST,
                  work->entry_count);
  if (work->is_posthoc)
    estimate_note(options, false,
                  "the sample was not planned by these columns: rows are marked post-hoc; more labels there: stance "
                  "sample --more --by");
  for (int l = -1; l < (int)labels; l++) {
    struct measure measure = make_measure(work, l);
    if (l < 0 && !measure.errors)
      estimate_note(options, false, "all %zu errors are zero: interval by Wilson", work->entry_count);
    for (size_t d = 0; d < work->domain_count; d++) STANCE_TRY(make_row(work, &measure, d, error));
  }
  qsort(work->out->rows, work->out->row_count, sizeof *work->out->rows, by_domain);
  return STANCE_OK;
}

/* ---- superpopulation: inference beyond the archive ----------------------------------------------------------- */

static int by_article(const void *left, const void *right) {
  const struct population_unit *a = *(const struct population_unit *const *)left,
                               *b = *(const struct population_unit *const *)right;
  if (a->article != b->article) return a->article < b->article ? -1 : 1; /* equal texts are equal pointers */
  return a < b ? -1 : a > b;
}

double estimate_superpopulation(const struct estimate_work *work, size_t domain, int label, bool is_clustered,
                                double *se) {
  const struct population *population = work->options->population;
  const struct population_unit **units = malloc((population->count + 1) * sizeof *units);
  double *m = malloc((population->count + 1) * sizeof *m), size = 0, sum = 0, variance = 0, cluster = 0, scale = 1;
  size_t count = 0;
  *se = NAN;
  if (!units || !m) return free(units), free(m), NAN;
  /* pi is scaled to mean n / N. In strata it has that mean; in a Poisson draw the sum of all pi is the expected size;
   * whole articles all have the same pi. */
  const struct sample *sample = work->options->sample;
  if (sample->design == SAMPLE_ARTICLES)
    scale = (double)population->count * sample->units[0].pi / (double)work->entry_count;
  if (sample->design == SAMPLE_UNCERTAIN && sample->expected > 0)
    scale = sample->expected / (double)work->own.draw_count;
  for (size_t i = 0; i < population->count; i++) {
    const struct population_unit *unit = &population->units[i];
    bool is_in = estimate_counts(work->options, unit);
    for (size_t c = 0; is_in && c < work->options->by_count; c++)
      is_in = unit->columns[c] == work->domains[domain].first->columns[c];
    if (is_in) units[count++] = unit;
  }
  if (count) qsort(units, count, sizeof *units, by_article);
  for (size_t i = 0; i < count; i++) m[i] = prediction_of(units[i], label);
  for (size_t k = 0; k < work->entry_count; k++) {
    if (work->domain_of[k] != domain) continue;
    size_t low = 0, high = count;
    const struct population_unit *unit = work->entries[k].unit;
    while (high - low > 1) {
      size_t middle = (low + high) / 2;
      if (by_article(&units[middle], &unit) <= 0) low = middle;
      else high = middle;
    }
    m[low] += scale * work->weight[k] * (gold_of(work, &work->entries[k], label) - prediction_of(unit, label));
  }
  for (size_t i = 0; i < count; i++) sum += m[i];
  size = (double)count;
  double mean = sum / size;
  for (size_t i = 0; i < count; i++) {
    cluster += m[i] - mean;
    if (is_clustered && i + 1 < count && units[i + 1]->article == units[i]->article) continue;
    variance += cluster * cluster;
    cluster = 0;
  }
  free(units);
  free(m);
  *se = sqrt(variance) / size;
  return mean;
}
