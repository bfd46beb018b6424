/* SPDX-License-Identifier: MIT
 * stance estimate: estimates for the whole archive from its predictions and the hand labels of a sample. */
#include <stdio.h>
#include <string.h>

#include "classify/estimate.h"
#include "classify/sample.h"
#include "command.h"
#include "names.h"
#include "output.h"
#include "population_run.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/plain.h"

enum { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON, FORMAT_HTML };

struct estimate_options {
  struct population_flags population;
  const char *sample, *export, *output, *figure, *not_unit, *title, *nonresponse;
  struct flag_list gold, contrast;
  int format, adjust;
  double width, level;
  bool regress, superpopulation, borrow, exclude_seen, no_shrink, trend, quiet;
};

static const struct estimate_options estimate_defaults = {
    .output = "-", .width = 0.1, .level = 0.95, .title = "Corrected estimates"};

static const struct flag_choice format_choices[] = {
    {"table", FORMAT_TABLE}, {"csv", FORMAT_CSV}, {"json", FORMAT_JSON}, {"html", FORMAT_HTML}, {NULL, 0}};
static const struct flag_choice adjust_choices[] = {
    {"none", ESTIMATE_ADJUST_NONE}, {"holm", ESTIMATE_ADJUST_HOLM}, {"by", ESTIMATE_ADJUST_BY}, {NULL, 0}};

static const struct flag estimate_flags[] = {
    FLAG(FLAG_STRING, struct estimate_options, sample, "sample", 0, "FILE",
         "what 'stance sample' drew: which units, with what chances", .unset = "none; it must be given"),
    FLAG(FLAG_LIST, struct estimate_options, gold, "gold", 0, "LABELS",
         "hand labels of these units: label records, or an annotation project", .unset = "none; it must be given"),
    FLAG(FLAG_STRING, struct estimate_options, population.by, "by", 0, "NAME,...",
         "an estimate for each value of these: month, year, week, day, dyad, source, target, outlet, article, or any "
         "key of the predictions",
         .unset = "all in one"),
    FLAG(FLAG_STRING, struct estimate_options, population.head, "head", 0, "HEAD", "this question",
         .unset = "the sample's"),
    FLAG(FLAG_CHOICE, struct estimate_options, format, "format", 'f', "FORMAT", "what is written",
         .choices = format_choices),
    FLAG(FLAG_STRING, struct estimate_options, output, "output", 'o', "FILE", "write here", .unset = "standard output"),
    FLAG(FLAG_STRING, struct estimate_options, figure, "figure", 0, "FILE", "the figure alone too, as SVG",
         .unset = "none"),
    FLAG(FLAG_STRING, struct estimate_options, export, "export", 0, "FILE",
         "the population with its labels as CSV, for R's dsl and Python's ppi_py", .unset = "none"),
    FLAG(FLAG_STRING, struct estimate_options, title, "title", 0, "TEXT", "of the figure and the HTML page"),
    FLAG(FLAG_BOOL, struct estimate_options, regress, "regress", 0, NULL,
         "weigh the predictions by their slope on the labels (GREG), from 50 labels on"),
    FLAG(FLAG_BOOL, struct estimate_options, superpopulation, "superpopulation", 0, NULL,
         "claim beyond the archive, for texts of the same kind: errors clustered by article, no finite population (as "
         "R's dsl)"),
    FLAG(FLAG_LIST, struct estimate_options, contrast, "contrast", 0, "A-B",
         "the difference of two values of the first --by", .unset = "none"),
    FLAG(FLAG_BOOL, struct estimate_options, trend, "trend", 0, NULL, "the slope over the periods of the first --by"),
    FLAG(FLAG_CHOICE, struct estimate_options, adjust, "adjust", 0, "METHOD",
         "p values of 0, adjusted for their number: Holm, or Benjamini and Yekutieli", .choices = adjust_choices),
    FLAG(FLAG_NUMBER, struct estimate_options, width, "width", 0, "W",
         "how wide an interval the labels still needed are counted for", .min = 1e-4, .max = 2),
    FLAG(FLAG_NUMBER, struct estimate_options, level, "level", 0, "P", "of the intervals", .min = 0.5, .max = 0.9999),
    FLAG(FLAG_BOOL, struct estimate_options, borrow, "borrow", 0, NULL,
         "where a value has no label, take the others' correction, and mark it 'borrowed'"),
    FLAG(FLAG_STRING, struct estimate_options, nonresponse, "nonresponse", 0, "strata",
         "take drawn units without a label to be like the others of their stratum", .unset = "refuse"),
    FLAG(FLAG_BOOL, struct estimate_options, no_shrink, "no-shrink", 0, NULL,
         "small groups by their own variance alone (as R's survey), which covers less than it says"),
    FLAG(FLAG_STRING, struct estimate_options, not_unit, "not-unit", 0, "LABEL",
         "a gold label that says: this is no unit (wrong actors); it leaves the count", .unset = "none"),
    FLAG(FLAG_STRING, struct estimate_options, population.model, "model", 'm', "MODEL",
         "what made the predictions: gold that it was trained on is refused",
         .unset = "as classify marks it (\"seen\")"),
    FLAG_FOLDS(struct estimate_options, population.folds),
    FLAG(FLAG_LIST, struct estimate_options, population.exclude, "exclude", 0, "LABELS",
         "units of these label records, set aside when the sample was drawn", .unset = "none"),
    FLAG(FLAG_BOOL, struct estimate_options, exclude_seen, "exclude-seen", 0, NULL,
         "estimate the units that the model was not trained on, and that were not set aside"),
    FLAG(FLAG_BOOL, struct estimate_options, quiet, "quiet", 'q', NULL, "no notes"),
};

struct run {
  const struct estimate_options *options;
  struct population_run read;
  struct sample sample;
  struct stance_record *records;
  size_t record_count, by_count;
  struct estimate_settings settings;
  struct estimate estimate;
};

static enum stance_status read_all(struct run *run, int argc, char **argv, struct stance_error *error) {
  const struct estimate_options *options = run->options;
  const char **by;
  if (!options->gold.count) return stance_fail(error, STANCE_USAGE, "give hand labels (--gold)");
  if (!options->sample)
    return stance_fail(
        error, STANCE_INPUT,
        "%s has no inclusion probabilities: units chosen by hand or by 'annotate --order uncertain' cannot correct "
        "anything (give --sample)",
        options->gold.items[0]);
  STANCE_TRY(names_split(options->population.by, &run->read.arena, &by, &run->by_count, error));
  STANCE_TRY(classify_sample_read(options->sample, &run->sample, error));
  if (run->by_count + run->sample.by_count > POPULATION_COLUMNS_MAX)
    return stance_fail(error, STANCE_USAGE, "--by and the sample's take more than %d names together",
                       POPULATION_COLUMNS_MAX);
  const char **columns = stance_arena_alloc(&run->read.arena, POPULATION_COLUMNS_MAX, sizeof *columns);
  if (!columns) return stance_fail_memory(error);
  for (size_t c = 0; c < run->by_count; c++) columns[c] = by[c];
  for (size_t c = 0; c < run->sample.by_count; c++)
    columns[run->by_count + c] = run->sample.by[c] ? run->sample.by[c] : "";
  const struct population_options reading = {
      .columns = columns,
      .column_count = run->by_count + run->sample.by_count,
      .head = options->population.head ? options->population.head : run->sample.head};
  STANCE_TRY(population_run_read(&run->read, &options->population, &reading, argc, argv, error));
  return classify_estimate_gold_read(options->gold.items, options->gold.count, &run->read.arena, &run->records,
                                     &run->record_count, error);
}

static enum stance_status make(struct run *run, struct stance_error *error) {
  const struct estimate_options *options = run->options;
  if (options->nonresponse && strcmp(options->nonresponse, "strata") != 0)
    return stance_fail(error, STANCE_USAGE, "--nonresponse '%.40s'; expected strata", options->nonresponse);
  population_run_note(&run->read);
  run->settings = (struct estimate_settings){.population = &run->read.population,
                                             .sample = &run->sample,
                                             .records = run->records,
                                             .record_count = run->record_count,
                                             .gold_name = options->gold.items[0],
                                             .not_unit = options->not_unit,
                                             .by_count = run->by_count,
                                             .regress = options->regress,
                                             .superpopulation = options->superpopulation,
                                             .nonresponse = options->nonresponse != NULL,
                                             .borrow = options->borrow,
                                             .exclude_seen = options->exclude_seen,
                                             .no_shrink = options->no_shrink,
                                             .trend = options->trend,
                                             .contrasts = options->contrast.items,
                                             .contrast_count = options->contrast.count,
                                             .facts = &run->read.facts,
                                             .level = options->level,
                                             .width = options->width,
                                             .adjust = (int)options->adjust,
                                             .note = message_say};
  return classify_estimate_make(&run->settings, &run->estimate, error);
}

static enum stance_status write_export(struct run *run, struct stance_error *error) {
  struct stance_buffer out = {0};
  bool is_same;
  STANCE_TRY(classify_sample_place(&run->read.population, &run->sample, run->by_count, &is_same, error));
  if (!is_same && run->sample.design != SAMPLE_EQUAL)
    message_warning(
        "%s: chances of units that were not drawn are NA: these are not the predictions that the sample was drawn from",
        run->options->export);
  enum stance_status status = classify_estimate_export(&run->estimate, &out, error);
  if (status == STANCE_OK) status = stance_file_write_buffer(run->options->export, &out, error);
  stance_buffer_free(&out);
  return status;
}

static enum stance_status write_all(struct run *run, struct stance_error *error) {
  const struct estimate_options *options = run->options;
  struct stance_buffer out = {0};
  switch (options->format) {
    case FORMAT_CSV: classify_estimate_write_csv(&run->estimate, &out); break;
    case FORMAT_JSON: classify_estimate_write_jsonl(&run->estimate, &out); break;
    case FORMAT_HTML: classify_estimate_write_html(&run->estimate, options->title, &out); break;
    default: classify_estimate_write_table(&run->estimate, &out);
  }
  struct stance_buffer plain = {.failed = out.failed};
  if (options->format == FORMAT_TABLE && !out.failed) stance_buffer_plain(&plain, out.data, out.length, true);
  enum stance_status status =
      stance_file_write_buffer(options->output, options->format == FORMAT_TABLE ? &plain : &out, error);
  stance_buffer_free(&plain);
  if (status == STANCE_OK && options->figure) {
    stance_buffer_clear(&out);
    classify_estimate_write_svg(&run->estimate, options->title, &out);
    status = stance_file_write_buffer(options->figure, &out, error);
  }
  stance_buffer_free(&out);
  if (status == STANCE_OK && options->export) status = write_export(run, error);
  return status;
}

/* Prints each group without an estimate once: "month 2023-02: 0 gold of 310 units: no estimate". */
static void say_refused(const struct run *run) {
  for (size_t r = 0; r < run->estimate.row_count; r++) {
    const struct estimate_row *row = &run->estimate.rows[r];
    struct stance_buffer name = {0};
    if (row->label >= 0 || row->kind != ESTIMATE_LEVEL || row->estimate == row->estimate) continue;
    for (size_t c = 0; c < run->by_count; c++)
      stance_buffer_printf(&name, "%s%s %s", c ? ", " : "", run->read.population.columns[c],
                           row->by[c] ? row->by[c] : "(not known)");
    message_warning("%s: %zu gold of %zu units: no estimate%s", name.data ? name.data : "all", row->gold, row->units,
                    row->gold ? "" : " (--borrow uses the others' correction and marks it 'borrowed')");
    stance_buffer_free(&name);
  }
}

static enum exit_code run_estimate(const void *given, int argc, char **argv) {
  struct run run = {.options = given};
  struct stance_error error = {0};
  message_quiet(run.options->quiet);
  enum stance_status status = read_all(&run, argc, argv, &error);
  if (status == STANCE_OK && !interrupted) status = make(&run, &error);
  if (status == STANCE_OK && !interrupted) status = write_all(&run, &error);
  if (status == STANCE_OK) say_refused(&run);
  enum exit_code code = status != STANCE_OK ? message_error(&error) : run.estimate.refused ? EXIT_FINDING : EXIT_DONE;
  classify_estimate_free(&run.estimate);
  classify_sample_free(&run.sample);
  population_run_free(&run.read);
  return code;
}

const struct command command_estimate = {
    COMMAND("estimate", "PREDICTIONS...", "correct the counts of predictions by hand labels of a sample", estimate,
            run_estimate, 1, -1),
    .description =
        "The mean of the predictions over all units, plus the weighted mean of label minus prediction over the units "
        "that 'stance sample' drew and people labelled: mean score and the share of each label, unbiased whatever the "
        "model's errors are, with intervals that hold what they say (docs/method.md has the measured coverage). "
        "Beside each stand the predictions alone, the hand labels alone, and how many labels more an interval of "
        "--width needs.\n\n"
        "What cannot be corrected is refused: gold that the model was trained on, units without known chances, drawn "
        "units left without a label. A value of --by without any label has no estimate, and the exit code is then 1.",
    .examples =
        "stance estimate predictions.jsonl --sample sample.jsonl --gold my-project --by year\n"
        "stance estimate predictions.jsonl --sample sample.jsonl --gold gold.jsonl --by month --trend --format csv "
        "--export export.csv\n",
};
