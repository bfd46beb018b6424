/* SPDX-License-Identifier: MIT
 * Agreement by annotator and by week. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "agree_table.h"
#include "stance/base/error.h"

/* The majority label of the other raters; NAN: none or a tie. */
static double majority_of_others(const struct head_table *table, size_t unit, size_t rater) {
  const double *row = table->values + unit * table->rater_count;
  size_t counts[STANCE_LABELS_MAX] = {0}, best = 0;
  double label = NAN;
  for (size_t i = 0; i < table->rater_count; i++)
    if (i != rater && !isnan(row[i])) counts[(size_t)row[i]]++;
  for (size_t l = 0; l < table->head->label_count; l++) {
    if (counts[l] > best) label = (double)l;
    else if (counts[l] == best) label = NAN;
    if (counts[l] > best) best = counts[l];
  }
  return label;
}

/* Fills a table of two raters: the annotator and the majority of the others. */
static void fill_against(const struct head_table *table, size_t rater, double *values) {
  for (size_t unit = 0; unit < table->table.units; unit++) {
    values[unit * 2] = table->values[unit * table->rater_count + rater];
    values[unit * 2 + 1] = isnan(values[unit * 2]) ? NAN : majority_of_others(table, unit, rater);
  }
}

static void fill_without(const struct head_table *table, size_t rater, double *values) {
  memcpy(values, table->values, table->table.units * table->rater_count * sizeof *values);
  for (size_t unit = 0; unit < table->table.units; unit++) values[unit * table->rater_count + rater] = NAN;
}

enum stance_status agree_write_raters(const struct writer *writer, struct stance_arena *arena,
                                      struct stance_error *error) {
  const struct head_table *table = writer->table;
  struct stance_buffer *out = writer->out;
  size_t units = table->table.units, raters = table->rater_count;
  double *values = stance_arena_alloc(arena, units * (raters > 2 ? raters : 2) + 1, sizeof *values);
  if (!values) return stance_fail_memory(error);
  stance_buffer_puts(out, writer->options->is_json
                              ? ",\"against_the_rest\":["
                              : "  by annotator (against the majority of the others; alpha of the others)\n");
  for (size_t r = 0; r < raters; r++) {
    const struct agreement_statistic kappa = {.kind = AGREEMENT_COHEN, .first = 0, .second = 1};
    const struct agreement_table two = {.units = units, .raters = 2, .values = values, .clusters = table->clusters};
    const struct agreement_table rest = {.units = units, .raters = raters, .values = values};
    struct agreement result, percent, without;
    fill_against(table, r, values);
    percent = agreement_percent(&two);
    agree_resample(writer, &two, &kappa, 1, &result);
    fill_without(table, r, values);
    without = agreement_alpha(&rest, AGREEMENT_NOMINAL);
    if (writer->options->is_json) {
      stance_buffer_puts(out, r ? ",{\"annotator\":" : "{\"annotator\":");
      stance_buffer_json_string(out, table->raters[r], strlen(table->raters[r]));
      stance_buffer_putc(out, ',');
      agree_put_json(out, "percent", &percent);
      stance_buffer_putc(out, ',');
      agree_put_json(out, "kappa", &result);
      stance_buffer_putc(out, ',');
      agree_put_json(out, "alpha_without", &without);
      stance_buffer_putc(out, '}');
      continue;
    }
    stance_buffer_printf(out, "    %s: units %zu, ", table->raters[r], percent.units);
    agree_put_value(out, &percent, true);
    stance_buffer_puts(out, ", kappa ");
    agree_put_value(out, &result, false);
    stance_buffer_puts(out, "; others ");
    agree_put_value(out, &without, false);
    stance_buffer_putc(out, '\n');
  }
  if (writer->options->is_json) stance_buffer_putc(out, ']');
  return STANCE_OK;
}

/* ---- weeks ------------------------------------------------------------------------------------------------------- */

struct week {
  int64_t day;
  size_t unit;
}; /* day: the week's Monday, since 1970-01-01 */

static int by_week(const void *left, const void *right) {
  const struct week *a = left, *b = right;
  if (a->day != b->day) return a->day < b->day ? -1 : 1;
  return (a->unit > b->unit) - (a->unit < b->unit);
}

/* Days since 1970 of the Monday of a date "2026-11-28..."; false: there is none. (Howard Hinnant, "chrono-compatible
 * date algorithms") */
static bool monday_of(const char *at, int64_t *day) {
  int64_t y = 0, m = 0, d = 0;
  for (int i = 0; i < 10; i++)
    if (i == 4 || i == 7 ? at[i] != '-' : at[i] < '0' || at[i] > '9') return false;
  y = (at[0] - '0') * 1000 + (at[1] - '0') * 100 + (at[2] - '0') * 10 + at[3] - '0';
  m = (at[5] - '0') * 10 + at[6] - '0';
  d = (at[8] - '0') * 10 + at[9] - '0';
  y -= m <= 2;
  int64_t era = y / 400, of_era = y - era * 400, of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  int64_t days = era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
  *day = days - ((days % 7 + 7) % 7 + 3) % 7; /* 1970-01-01 was a Thursday */
  return true;
}

/* A unit belongs to the week of its last label. */
static size_t find_weeks(const struct head_table *table, struct week *weeks) {
  size_t count = 0, unit = 0;
  for (size_t i = 0; i < table->rating_count; i++) {
    int64_t day;
    if (i && strcmp(table->ratings[i].record->unit, table->ratings[i - 1].record->unit) != 0) unit++;
    const struct stance_record *record = table->ratings[i].record;
    if (!monday_of(record->decided ? record->decided : record->at, &day)) continue;
    if (count && weeks[count - 1].unit == unit)
      weeks[count - 1].day = day > weeks[count - 1].day ? day : weeks[count - 1].day;
    else weeks[count++] = (struct week){day, unit};
  }
  return count;
}

static void write_week(const struct writer *writer, int64_t day, const struct agreement_table *part, bool is_first) {
  struct agreement percent = agreement_percent(part), alpha = agreement_alpha(part, AGREEMENT_NOMINAL);
  struct stance_buffer *out = writer->out;
  time_t seconds = (time_t)(day * 86400);
  struct tm utc;
  char name[16] = "";
  if (gmtime_r(&seconds, &utc)) strftime(name, sizeof name, "%Y-%m-%d", &utc);
  if (writer->options->is_json) {
    stance_buffer_printf(out, "%s{\"week\":\"%s\",", is_first ? "" : ",", name);
    agree_put_json(out, "percent", &percent);
    stance_buffer_putc(out, ',');
    agree_put_json(out, "alpha_nominal", &alpha);
    stance_buffer_putc(out, '}');
    return;
  }
  stance_buffer_printf(out, "    week of %s: units %zu, ", name, percent.units);
  agree_put_value(out, &percent, true);
  stance_buffer_puts(out, ", alpha ");
  agree_put_value(out, &alpha, false);
  stance_buffer_putc(out, '\n');
}

enum stance_status agree_write_weeks(const struct writer *writer, struct stance_arena *arena,
                                     struct stance_error *error) {
  const struct head_table *table = writer->table;
  size_t raters = table->rater_count;
  struct week *weeks = stance_arena_alloc(arena, table->table.units + 1, sizeof *weeks);
  double *values = stance_arena_alloc(arena, table->table.units * raters + 1, sizeof *values);
  if (!weeks || !values) return stance_fail_memory(error);
  size_t count = find_weeks(table, weeks);
  if (count) qsort(weeks, count, sizeof *weeks, by_week);
  bool is_one = count && weeks[0].day == weeks[count - 1].day;
  if (!writer->options->is_json && (is_one || !count)) return STANCE_OK;
  stance_buffer_puts(writer->out, writer->options->is_json ? ",\"weeks\":[" : "  by week (of a unit's last label)\n");
  for (size_t i = 0, next; i < count; i = next) {
    for (next = i; next < count && weeks[next].day == weeks[i].day; next++)
      memcpy(values + (next - i) * raters, table->values + weeks[next].unit * raters, raters * sizeof *values);
    const struct agreement_table part = {.units = next - i, .raters = raters, .values = values};
    write_week(writer, weeks[i].day, &part, i == 0);
  }
  if (writer->options->is_json) stance_buffer_putc(writer->out, ']');
  return STANCE_OK;
}
