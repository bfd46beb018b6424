/* SPDX-License-Identifier: MIT
 * Estimates as CSV, JSON Lines and a table. Numbers are the shortest that read back unchanged, so that R and Python go
 * on with what was computed. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "estimate.h"
#include "terminal_text.h"

/* Appends the shortest digits, at most 17, that read back as the same number; "Inf" as in R. */
static void put_number(struct stance_buffer *out, double value) {
  char text[40];
  if (isinf(value)) {
    stance_buffer_puts(out, value < 0 ? "-Inf" : "Inf");
    return;
  }
  if (value == 0) value = 0; /* no -0 */
  for (int digits = 6; digits <= 17; digits++) {
    snprintf(text, sizeof text, "%.*g", digits, value);
    if (strtod(text, NULL) == value) break;
  }
  stance_buffer_puts(out, text);
}

static const char *measure_of(const struct estimate_row *row) { return row->label < 0 ? "score" : "share"; }

static const char *label_of(const struct estimate *estimate, const struct estimate_row *row) {
  return row->label < 0 ? NULL : estimate->options->population->head.labels[row->label];
}

/* ---- columns ----------------------------------------------------------------------------------------------------- */

struct column {
  const char *name;
  double value; /* NAN: none */
};
enum { COLUMNS = 16 };

static void fill(const struct estimate_row *row, struct column columns[COLUMNS]) {
  const struct column filled[COLUMNS] = {{"units", (double)row->units},
                                         {"gold", (double)row->gold},
                                         {"predicted", row->predicted},
                                         {"estimate", row->estimate},
                                         {"se", row->se},
                                         {"low", row->low},
                                         {"high", row->high},
                                         {"df", row->df},
                                         {"bias", row->estimate - row->predicted},
                                         {"deff", row->deff},
                                         {"neff", row->neff},
                                         {"gold_alone", row->gold_alone},
                                         {"gold_alone_se", row->gold_alone_se},
                                         {"more_for_width", row->more},
                                         {"p", row->p},
                                         {"p_adjusted", row->p_adjusted}};
  memcpy(columns, filled, sizeof filled);
}

static size_t column_count(const struct estimate *estimate) {
  return estimate->options->adjust == ESTIMATE_ADJUST_NONE ? COLUMNS - 2
                                                           : COLUMNS; /* p values only if they are adjusted */
}

static void put_csv(struct stance_buffer *out, const char *text) {
  if (text) stance_buffer_csv(out, text, strlen(text));
  stance_buffer_putc(out, ',');
}

static void put_trailer(const struct estimate *estimate, bool with_figures, struct stance_buffer *out) {
  const struct sample *sample = estimate->options->sample;
  stance_buffer_printf(out,
                       "# seed %" PRIu64 "; design %s; n %zu; N %zu; model %s; predictions %016" PRIx64
                       "; sample by stancekit %s; estimate by stancekit %s\n",
                       sample->seed, sample_design_names[sample->design], estimate->gold, estimate->units,
                       estimate->options->population->model ? estimate->options->population->model : "not named",
                       estimate->options->population->hash, sample->version ? sample->version : "not named",
                       STANCE_VERSION);
  struct classify_facts told = {.count = 0};
  const struct classify_facts *facts = estimate->options->facts;
  for (size_t i = 0; facts && i < facts->count; i++) /* not for people */
    if (with_figures || !strchr("[{", *facts->values[i])) classify_facts_add(&told, facts->names[i], facts->values[i]);
  classify_facts_comment(&told, out);
}

void classify_estimate_write_csv(const struct estimate *estimate, struct stance_buffer *out) {
  struct column columns[COLUMNS];
  const struct estimate_settings *options = estimate->options;
  fill(&(struct estimate_row){0}, columns);
  put_csv(out, "head");
  for (size_t c = 0; c < options->by_count; c++) put_csv(out, options->population->columns[c]);
  put_csv(out, "label");
  put_csv(out, "measure");
  for (size_t i = 0; i < column_count(estimate); i++) put_csv(out, columns[i].name);
  stance_buffer_puts(out, "method,flags\n");
  for (size_t r = 0; r < estimate->row_count; r++) {
    const struct estimate_row *row = &estimate->rows[r];
    put_csv(out, options->population->head.name);
    for (size_t c = 0; c < options->by_count; c++) put_csv(out, row->by[c]);
    put_csv(out, label_of(estimate, row));
    put_csv(out, measure_of(row));
    fill(row, columns);
    for (size_t i = 0; i < column_count(estimate); i++) {
      if (!isnan(columns[i].value)) put_number(out, columns[i].value);
      stance_buffer_putc(out, ',');
    }
    put_csv(out, row->method);
    stance_buffer_csv(out, row->flags, strlen(row->flags));
    stance_buffer_putc(out, '\n');
  }
  put_trailer(estimate, true, out);
}

static void put_json(struct stance_buffer *out, const char *text) {
  if (text) stance_buffer_json_text(out, text);
  else stance_buffer_puts(out, "null");
}

void classify_estimate_write_jsonl(const struct estimate *estimate, struct stance_buffer *out) {
  struct column columns[COLUMNS];
  const struct estimate_settings *options = estimate->options;
  for (size_t r = 0; r < estimate->row_count; r++) {
    const struct estimate_row *row = &estimate->rows[r];
    stance_buffer_puts(out, "{\"head\":");
    put_json(out, options->population->head.name);
    for (size_t c = 0; c < options->by_count; c++) {
      stance_buffer_putc(out, ',');
      put_json(out, options->population->columns[c]);
      stance_buffer_putc(out, ':');
      put_json(out, row->by[c]);
    }
    stance_buffer_puts(out, ",\"label\":");
    put_json(out, label_of(estimate, row));
    stance_buffer_printf(out, ",\"measure\":\"%s\"", measure_of(row));
    fill(row, columns);
    for (size_t i = 0; i < column_count(estimate); i++) {
      stance_buffer_printf(out, ",\"%s\":", columns[i].name);
      if (isfinite(columns[i].value)) put_number(out, columns[i].value);
      else stance_buffer_puts(out, "null"); /* JSON has no infinity: df null means the normal distribution */
    }
    stance_buffer_printf(out, ",\"method\":\"%s\",\"flags\":", row->method);
    put_json(out, row->flags);
    stance_buffer_puts(out, "}\n");
  }
  const struct sample *sample = options->sample;
  stance_buffer_printf(out, "{\"design\":\"%s\",\"seed\":%" PRIu64 ",\"n\":%zu,\"N\":%zu,\"model\":",
                       sample_design_names[sample->design], sample->seed, estimate->gold, estimate->units);
  put_json(out, options->population->model);
  stance_buffer_printf(out, ",\"predictions\":\"%016" PRIx64 "\",\"version\":\"" STANCE_VERSION "\"",
                       options->population->hash);
  if (options->facts) {
    stance_buffer_puts(out, ",\"run\":");
    classify_facts_object(options->facts, out);
  }
  stance_buffer_puts(out, "}\n");
}

/* ---- for people -------------------------------------------------------------------------------------------------- */

void classify_estimate_put_caption(const struct estimate *estimate, struct stance_buffer *out) {
  const struct sample *sample = estimate->options->sample;
  static const char *const words[] = {"drawn at random within strata of like uncertainty", "drawn at random",
                                      "drawn by the model's doubt", "in articles drawn at random"};
  stance_buffer_printf(out, "%zu of %zu units labelled by hand, %s (seed %" PRIu64 "). ", estimate->gold,
                       estimate->units, words[sample->design], sample->seed);
  stance_buffer_printf(out,
                       "Intervals: of 100 such samples, about %.0f give intervals that hold the value that labelling "
                       "every unit would give%s.",
                       estimate->options->level * 100,
                       estimate->options->superpopulation ? " in texts of the same kind" : "");
  size_t intervals = 0;
  for (size_t r = 0; r < estimate->row_count; r++)
    if (!isnan(estimate->rows[r].low)) intervals++;
  if (estimate->options->by_count && intervals)
    stance_buffer_printf(out, " Of these %zu intervals, about 1 in %.0f is expected to miss it.", intervals,
                         1 / (1 - estimate->options->level));
}

static void put_cell(struct stance_buffer *out, const char *text, size_t width) {
  classify_put_padded(out, text, strlen(text), width);
  stance_buffer_puts(out, "  ");
}

static void put_value(struct stance_buffer *out, double value, bool is_signed) {
  if (isnan(value)) stance_buffer_printf(out, " %9s", "-");
  else stance_buffer_printf(out, is_signed ? " %+9.3f" : " %9.3f", value);
}

void classify_estimate_write_table(const struct estimate *estimate, struct stance_buffer *out) {
  const struct estimate_settings *options = estimate->options;
  size_t widths[POPULATION_COLUMNS_MAX], label_width = 7;
  bool has_p = options->adjust != ESTIMATE_ADJUST_NONE;
  for (size_t c = 0; c < options->by_count; c++) {
    widths[c] = strlen(options->population->columns[c]);
    for (size_t r = 0; r < estimate->row_count; r++)
      if (estimate->rows[r].by[c] &&
          classify_width(estimate->rows[r].by[c], strlen(estimate->rows[r].by[c])) > widths[c])
        widths[c] = classify_width(estimate->rows[r].by[c], strlen(estimate->rows[r].by[c]));
  }
  for (size_t i = 0; i < options->population->head.label_count; i++)
    if (strlen(options->population->head.labels[i]) > label_width)
      label_width = strlen(options->population->head.labels[i]);
  char interval[32];
  snprintf(interval, sizeof interval, "%g%% interval", options->level * 100);
  for (size_t c = 0; c < options->by_count; c++) put_cell(out, options->population->columns[c], widths[c]);
  put_cell(out, "measure", label_width);
  stance_buffer_printf(out, "%8s %6s %9s %9s  %-20s %9s%s  notes\n", "units", "gold", "predicted", "estimate", interval,
                       "more", has_p ? "  adj. p" : "");
  for (size_t r = 0; r < estimate->row_count; r++) {
    const struct estimate_row *row = &estimate->rows[r];
    for (size_t c = 0; c < options->by_count; c++) put_cell(out, row->by[c] ? row->by[c] : "-", widths[c]);
    put_cell(out, row->label < 0 ? "score" : label_of(estimate, row), label_width);
    stance_buffer_printf(out, "%8zu %6zu", row->units, row->gold);
    bool is_signed = row->label < 0 || row->kind != ESTIMATE_LEVEL;
    put_value(out, row->predicted, is_signed);
    put_value(out, row->estimate, is_signed);
    if (isnan(row->low)) stance_buffer_printf(out, "  %-20s", "-");
    else stance_buffer_printf(out, is_signed ? "  %+.3f .. %+.3f   " : "   %.3f .. %.3f    ", row->low, row->high);
    if (isnan(row->more)) stance_buffer_printf(out, " %9s", "-");
    else stance_buffer_printf(out, " %9.0f", row->more);
    if (has_p) {
      if (isnan(row->p_adjusted)) stance_buffer_printf(out, " %7s", "-");
      else stance_buffer_printf(out, " %7.4f", row->p_adjusted);
    }
    stance_buffer_printf(out, "  %s%s%s\n", row->method, *row->flags ? ", " : "", row->flags);
  }
  stance_buffer_putc(out, '\n');
  classify_estimate_put_caption(estimate, out);
  stance_buffer_printf(out, "\n\"more\": labels more for an interval %g wide.\n", options->width);
  if (has_p)
    stance_buffer_printf(
        out, "%zu p values (of 0), adjusted by %s.\n", estimate->tests,
        options->adjust == ESTIMATE_ADJUST_HOLM ? "Holm's method" : "Benjamini and Yekutieli's method");
  put_trailer(estimate, false, out);
}
