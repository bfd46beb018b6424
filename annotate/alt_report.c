/* SPDX-License-Identifier: MIT */
#include "alt_report.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agreement.h"
#include "stance/base/error.h"

/* ---- records to a table ------------------------------------------------------------------------------------------ */

struct table {
  struct stance_arena arena;
  const char **units, **people;
  size_t unit_count, people_count, candidate_count;
  int *given, *by_candidate; /* [units][people], [candidates][units] */
  double values[STANCE_LABELS_MAX];
};

static int by_text(const void *left, const void *right) {
  return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static size_t unique(const char **texts, size_t count) {
  size_t kept = 0;
  if (count) qsort(texts, count, sizeof *texts, by_text);
  for (size_t i = 0; i < count; i++)
    if (!kept || strcmp(texts[kept - 1], texts[i]) != 0) texts[kept++] = texts[i];
  return kept;
}

static size_t index_of(const char **texts, size_t count, const char *text) {
  const char **found = count ? bsearch(&text, texts, count, sizeof *texts, by_text) : NULL;
  return found ? (size_t)(found - texts) : SIZE_MAX;
}

static size_t candidate_of(const struct alt_report_options *options, const char *name) {
  for (size_t c = 0; c < options->candidate_count; c++)
    if (strcmp(options->candidates[c], name) == 0) return c;
  return SIZE_MAX;
}

static bool is_of(const struct stance_record *record, const struct stance_head *head) {
  return record->label && strcmp(record->head, head->name) == 0 && stance_head_label(head, record->label) >= 0;
}

static enum stance_status build(const struct stance_record *records, size_t count,
                                const struct alt_report_options *options, struct table *table,
                                struct stance_error *error) {
  const struct stance_head *head = options->head;
  table->units = stance_arena_alloc(&table->arena, count + 1, sizeof *table->units);
  table->people = stance_arena_alloc(&table->arena, count + 1, sizeof *table->people);
  if (!table->units || !table->people) return stance_fail_memory(error);
  for (size_t i = 0; i < count; i++) {
    if (!is_of(&records[i], head) || candidate_of(options, records[i].annotator) != SIZE_MAX) continue;
    table->units[table->unit_count++] = records[i].unit;
    table->people[table->people_count++] = records[i].annotator;
  }
  table->unit_count = unique(table->units, table->unit_count);
  table->people_count = unique(table->people, table->people_count);
  table->candidate_count = options->candidate_count;
  size_t cells = table->unit_count * table->people_count, own = table->unit_count * options->candidate_count;
  table->given = stance_arena_alloc(&table->arena, cells + 1, sizeof *table->given);
  table->by_candidate = stance_arena_alloc(&table->arena, own + 1, sizeof *table->by_candidate);
  if (!table->given || !table->by_candidate) return stance_fail_memory(error);
  for (size_t i = 0; i < cells; i++) table->given[i] = ALT_TEST_NONE;
  for (size_t i = 0; i < own; i++) table->by_candidate[i] = ALT_TEST_NONE;
  for (size_t i = 0; i < count; i++) {
    size_t unit = is_of(&records[i], head) ? index_of(table->units, table->unit_count, records[i].unit) : SIZE_MAX;
    if (unit == SIZE_MAX) continue;
    size_t candidate = candidate_of(options, records[i].annotator);
    int label = stance_head_label(head, records[i].label);
    if (candidate != SIZE_MAX) table->by_candidate[candidate * table->unit_count + unit] = label;
    else
      table->given[unit * table->people_count + index_of(table->people, table->people_count, records[i].annotator)] =
          label;
  }
  for (size_t l = 0; l < head->label_count; l++) table->values[l] = head->labels[l].value;
  return STANCE_OK;
}

/* ---- the test ---------------------------------------------------------------------------------------------------- */

static void put_result(const struct table *table, const char *name, const struct alt_test_result *result,
                       const struct alt_report_options *options, struct stance_buffer *out) {
  for (size_t i = 0; i < result->count; i++) {
    const struct alt_test_annotator *row = &result->rows[i];
    if (options->is_csv) {
      stance_buffer_csv(out, name, strlen(name));
      stance_buffer_putc(out, ',');
      stance_buffer_csv(out, table->people[row->annotator], strlen(table->people[row->annotator]));
      stance_buffer_printf(out, ",%zu,%.12g,%.12g,%.12g,%.12g,%d,%.12g\n", row->units, row->difference, row->sd, row->t,
                           row->p, row->is_rejected, row->advantage);
    } else {
      stance_buffer_printf(out, "  %-24s %-16s units %4zu  difference %+.3f (sd %.3f)  p %.4f  %s  advantage %.3f\n",
                           name, table->people[row->annotator], row->units, row->difference, row->sd, row->p,
                           row->is_rejected ? "as good" : "not so ", row->advantage);
    }
  }
}

static enum stance_status run_one(struct table *table, const char *name, const int *model,
                                  const struct alt_report_options *options, struct stance_buffer *rows,
                                  struct alt_test_result *result, struct stance_error *error) {
  const struct alt_test_data data = {table->unit_count, table->people_count, options->head->label_count, table->given,
                                     table->values};
  STANCE_TRY(alt_test_run(&data, model, &options->settings, &table->arena, result, error));
  put_result(table, name, result, options, rows);
  return STANCE_OK;
}

/* What the lines of the summary begin with: in CSV they are comments. */
static const char *summary_start(const struct alt_report_options *options) { return options->is_csv ? "# " : "  "; }

static void put_summary(struct stance_buffer *out, const char *name, const struct alt_test_result *result,
                        const struct alt_report_options *options) {
  stance_buffer_printf(out, "%s%-24s winning rate %.2f, advantage probability %.3f: %s\n", summary_start(options), name,
                       result->winning_rate, result->advantage,
                       result->winning_rate >= 0.5 ? "passes" : "does not pass");
}

/* How the test was made, with epsilon's reason; then whether it can tell at all. */
static void put_settings(struct stance_buffer *out, const struct alt_test_result *constant, const char *constant_name,
                         bool is_any, const struct alt_report_options *options) {
  const struct alt_test_settings *settings = &options->settings;
  const char *start = summary_start(options);
  stance_buffer_printf(out,
                       "%sepsilon %g (%s), q %g; %zu %s with fewer than two annotators dropped, %zu %s with fewer than "
                       "%zu units passed over\n",
                       start, settings->epsilon, options->reason, settings->q, constant->dropped,
                       constant->dropped == 1 ? "unit" : "units", constant->skipped,
                       constant->skipped == 1 ? "annotator" : "annotators", settings->least);
  if (constant->winning_rate < 0.5) return;
  stance_buffer_printf(out,
                       "%s%s '%s': this test cannot tell here; use --score kappa-weighted (weights 1 / share of the "
                       "label) or more agreement\n",
                       start, is_any ? "passes, but so does" : "does not pass, while a pass is given to",
                       constant_name);
}

static enum stance_status run_all(struct table *table, const struct alt_report_options *options,
                                  struct stance_buffer *out, bool *has_passed, struct stance_error *error) {
  const struct alt_test_data data = {table->unit_count, table->people_count, options->head->label_count, table->given,
                                     table->values};
  int *baseline = stance_arena_alloc(&table->arena, table->unit_count + 1, sizeof *baseline), common;
  struct stance_buffer summary = {0};
  struct alt_test_result result, constant;
  char name[120];
  bool is_any = false;
  if (!baseline) return stance_fail_memory(error);
  *has_passed = true;
  enum stance_status status = STANCE_OK;
  if (options->is_csv) stance_buffer_puts(out, "model,annotator,units,mean_difference,sd,t,p,rejected,advantage\n");
  for (size_t c = 0; status == STANCE_OK && c < options->candidate_count; c++) {
    status = run_one(table, options->candidates[c], table->by_candidate + c * table->unit_count, options, out, &result,
                     error);
    if (status == STANCE_OK && !result.count)
      status = stance_fail(error, STANCE_INPUT,
                           "no annotator has %zu units that another one labelled too, with a label of '%.60s'",
                           options->settings.least, options->candidates[c]);
    if (status != STANCE_OK) break;
    put_summary(&summary, options->candidates[c], &result, options);
    is_any |= result.winning_rate >= 0.5;
    *has_passed = *has_passed && result.winning_rate >= 0.5;
  }
  if (status == STANCE_OK) {
    alt_test_constant(&data, baseline, &common);
    snprintf(name, sizeof name, "always %.100s", options->head->labels[common].name);
    status = run_one(table, name, baseline, options, out, &constant, error);
  }
  if (status == STANCE_OK) {
    put_summary(&summary, name, &constant, options);
    alt_test_random(&data, options->seed, baseline);
    status = run_one(table, "an annotator at random", baseline, options, out, &result, error);
    put_summary(&summary, "an annotator at random", &result, options);
  }
  if (status == STANCE_OK) {
    if (options->is_csv) stance_buffer_printf(out, "# head %s\n", options->head->name);
    stance_buffer_append(out, summary.data, summary.length);
    put_settings(out, &constant, name, is_any, options);
    *has_passed = *has_passed && constant.winning_rate < 0.5;
  }
  stance_buffer_free(&summary);
  return status;
}

enum stance_status annotate_alt_report(const struct stance_record *records, size_t count,
                                       const struct alt_report_options *options, struct stance_buffer *out,
                                       bool *has_passed, struct stance_error *error) {
  struct table table = {0};
  enum stance_status status = build(records, count, options, &table, error);
  if (status == STANCE_OK && table.people_count < 3)
    status = table.people_count == 2 ? stance_fail(error, STANCE_INPUT,
                                                   "2 annotators: each is the other's only reference; the test needs 3")
                                     : stance_fail(error, STANCE_INPUT, "%zu annotators of head '%s'; the test needs 3",
                                                   table.people_count, options->head->name);
  if (status == STANCE_OK) status = run_all(&table, options, out, has_passed, error);
  if (status == STANCE_OK && out->failed) status = stance_fail_memory(error);
  stance_arena_free(&table.arena);
  return status;
}

/* ---- agreement of annotators and model -------------------------------------------------------------------- */

/* Share of equal labels and Cohen's kappa of rater a with each of [first, last), their mean over pairs with units in
 * common. */
static size_t with_others(const struct agreement_table *ratings, size_t a, size_t first, size_t last, double *percent,
                          double *kappa) {
  size_t pairs = 0, units = 0;
  *percent = *kappa = 0;
  for (size_t b = first; b < last; b++) {
    size_t both = 0, same = 0;
    if (a == b) continue;
    for (size_t u = 0; u < ratings->units; u++) {
      double x = ratings->values[u * ratings->raters + a], y = ratings->values[u * ratings->raters + b];
      both += !isnan(x) && !isnan(y);
      same += x == y;
    }
    struct agreement cohen = agreement_cohen(ratings, a, b);
    if (!both || cohen.undefined) continue;
    *percent += (double)same / (double)both;
    *kappa += cohen.value;
    units += both;
    pairs++;
  }
  *percent = pairs ? *percent / (double)pairs : NAN;
  *kappa = pairs ? *kappa / (double)pairs : NAN;
  return units;
}

static void put_pair(struct stance_buffer *out, const char *what, size_t units, double percent, double kappa,
                     bool is_json) {
  if (isnan(kappa))
    stance_buffer_printf(
        out, is_json ? "\"%s\":{\"units\":%zu,\"percent\":null,\"kappa\":null}" : "%s: undefined (%zu units in common)",
        what, units);
  else if (is_json)
    stance_buffer_printf(out, "\"%s\":{\"units\":%zu,\"percent\":%.6f,\"kappa\":%.6f}", what, units, percent, kappa);
  else stance_buffer_printf(out, "%s: %.1f%% equal, Cohen's kappa %.3f (%zu units)", what, 100 * percent, kappa, units);
}

enum stance_status annotate_compare_report(const struct stance_record *records, size_t count,
                                           const struct stance_head *head, const char *model, bool is_json,
                                           struct stance_buffer *out, struct stance_error *error) {
  struct table table = {0};
  const struct alt_report_options options = {.head = head, .candidates = &model, .candidate_count = 1};
  STANCE_TRY(build(records, count, &options, &table, error));
  size_t raters = table.people_count + 1, cells = table.unit_count * raters;
  double *values = stance_arena_alloc(&table.arena, cells + 1, sizeof *values), sums[4] = {0};
  size_t counts[2] = {0};
  if (!values) return stance_arena_free(&table.arena), stance_fail_memory(error);
  for (size_t u = 0; u < table.unit_count; u++)
    for (size_t a = 0; a < raters; a++) {
      int label = a < table.people_count ? table.given[u * table.people_count + a] : table.by_candidate[u];
      values[u * raters + a] = label == ALT_TEST_NONE ? (double)NAN : (double)label;
    }
  const struct agreement_table ratings = {.units = table.unit_count, .raters = raters, .values = values};
  stance_buffer_printf(
      out, is_json ? "{\"head\":\"%s\",\"annotators\":[" : "%s: people with each other, and with the model\n",
      head->name);
  for (size_t a = 0; a < table.people_count; a++) {
    double p[2], k[2];
    size_t n[2] = {with_others(&ratings, a, 0, table.people_count, &p[0], &k[0]),
                   with_others(&ratings, a, raters - 1, raters, &p[1], &k[1])};
    for (int i = 0; i < 2; i++)
      if (!isnan(k[i])) sums[2 * i] += p[i], sums[2 * i + 1] += k[i], counts[i]++;
    if (is_json) {
      stance_buffer_puts(out, a ? ",{\"annotator\":" : "{\"annotator\":");
      stance_buffer_json_text(out, table.people[a]);
      stance_buffer_putc(out, ',');
    } else {
      stance_buffer_printf(out, "  %-16s ", table.people[a]);
    }
    put_pair(out, is_json ? "people" : "with people", n[0], p[0], k[0], is_json);
    stance_buffer_puts(out, is_json ? "," : "; ");
    put_pair(out, is_json ? "model" : "with the model", n[1], p[1], k[1], is_json);
    stance_buffer_puts(out, is_json ? "}" : "\n");
  }
  double people = counts[0] ? sums[1] / (double)counts[0] : NAN,
         machine = counts[1] ? sums[3] / (double)counts[1] : NAN;
  if (is_json) stance_buffer_puts(out, "]}\n");
  else if (!isnan(people) && !isnan(machine))
    stance_buffer_printf(out, "  mean kappa: people with people %.3f, people with the model %.3f\n", people, machine);
  stance_arena_free(&table.arena);
  return out->failed ? stance_fail_memory(error) : STANCE_OK;
}
