/* SPDX-License-Identifier: MIT
 * stance report: makes counts and pages from stored predictions. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "choices.h"
#include "classify/predictions.h"
#include "classify/sink.h"
#include "facts.h"
#include "gazetteer.h"
#include "keys.h"
#include "report_methods.h"
#include "stance/base/error.h"

enum { REPORTS_MAX = 1000, WIDTH_MIN = 72, WIDTH_MAX = 100 };

struct report_options {
  const char *output, *title, *by, *model, *agreement;
  enum classify_format format;
  enum flag_when colour;
  struct flag_list actors;
  bool rollup, events, sentences, polar, provenance, quiet, no_header, methods, spreadsheet;
  long min_count, top;
  double min_p; /* below 0: not given */
};

static const struct report_options report_defaults = {
    .min_count = 1, .min_p = -1, .title = "Who is hostile or friendly to whom"};

#define REPORT_FLAG(type_, member_, name_, letter_, value_, ...) \
  FLAG(type_, struct report_options, member_, name_, letter_, value_, __VA_ARGS__)

static const struct flag report_flags[] = {
    REPORT_FLAG(FLAG_CHOICE, format, "format", 'f', "FORMAT",
                "what is written; auto: by the ending of --output, else a table", .choices = classify_format_choices),
    REPORT_FLAG(FLAG_STRING, by, "by", 0, "WHAT", "what is counted: " BY_WORDS, .unset = "dyad"),
    REPORT_FLAG(FLAG_BOOL, events, "events", 0, NULL,
                "write one CSV row for each dyad that is not neutral and sure enough (--min-p)"),
    REPORT_FLAG(FLAG_BOOL, spreadsheet, "spreadsheet", 0, NULL,
                "CSV and TSV whose text no spreadsheet takes for a formula: an apostrophe before = + - @"),
    REPORT_FLAG(FLAG_BOOL, no_header, "no-header", 0, NULL, "CSV and TSV without the names of the columns"),
    REPORT_FLAG(FLAG_BOOL, sentences, "sentences", 0, NULL,
                "with --events: sentences too that are not neutral, without source and target"),
    REPORT_FLAG(FLAG_BOOL, polar, "polar", 0, NULL,
                "those counts alone that read as one of the poles (hostile, friendly)"),
    REPORT_FLAG(FLAG_INTEGER, top, "top", 'n', "N", "the N counts with most units in each group", .min = 1, .max = 1e9,
                .unset = "all"),
    REPORT_FLAG(FLAG_INTEGER, min_count, "min-count", 0, "N", "leave out counts of fewer than N units", .min = 1,
                .max = 1e15),
    REPORT_FLAG(FLAG_NUMBER, min_p, "min-p", 0, "P", "leave out predictions whose label is less probable than P",
                .min = 0, .max = 1, .unset = "0; with --events 0.5"),
    REPORT_FLAG(FLAG_BOOL, rollup, "rollup", 0, NULL, "replace actors by whom they act for"),
    REPORT_FLAG(FLAG_LIST, actors, "actors", 'a', "FILE", "gazetteers, for the actors' names",
                .unset = "the shipped one"),
    REPORT_FLAG(FLAG_BOOL, provenance, "provenance", 0, NULL, "write first what made the output, as classify does"),
    REPORT_FLAG(FLAG_BOOL, methods, "methods", 0, NULL,
                "write the paragraph on methods for a paper, with figures, in place of counts"),
    REPORT_FLAG(FLAG_STRING, model, "model", 'm', "MODEL", "with --methods: what made the predictions",
                .unset = "what their own record says (classify --provenance)"),
    REPORT_FLAG(FLAG_STRING, agreement, "agreement", 0, "FILE",
                "with --methods: the agreement of annotators, as annotate agree --json writes it"),
    REPORT_FLAG(FLAG_STRING, title, "title", 0, "TEXT", "the title of the HTML page"),
    REPORT_FLAG(FLAG_STRING, output, "output", 'o', "FILE", "write here, when all is done", .unset = "standard output"),
    FLAG_COLOUR(struct report_options, colour),
    REPORT_FLAG(FLAG_BOOL, quiet, "quiet", 'q', NULL, "no notes"),
};

static void tell_problem(void *context, const struct stance_error *problem) {
  uint64_t *count = context;
  if (++*count <= REPORTS_MAX) message_error(problem);
  if (*count == REPORTS_MAX) message_warning("further ones are not shown");
}

static enum stance_status open_sink(const struct report_options *options, const struct classify_keys *keys,
                                    const struct classify_facts *facts, const struct classify_heads *heads,
                                    const struct stance_gazetteer *gazetteer, struct classify_sink **sink,
                                    struct stance_error *error) {
  int width = terminal_width(STDOUT_FILENO);
  struct classify_sink_options settings = {.format = options->format,
                                           .keys = options->events ? NULL : keys,
                                           .polar = options->polar,
                                           .top = (size_t)options->top,
                                           .events = options->events,
                                           .event_sentences = options->sentences,
                                           .min_count = (uint64_t)options->min_count,
                                           .without_header = options->no_header,
                                           .output = options->output,
                                           .title = options->title,
                                           .facts = facts,
                                           .with_facts = options->provenance};
  bool has_colour = terminal_is_coloured(options->output ? WHEN_NEVER : options->colour, STDOUT_FILENO);
  settings.style = (struct classify_style){.guards_formulas = options->spreadsheet,
                                           .keeps_names = options->output || !isatty(STDOUT_FILENO),
                                           .heads = heads,
                                           .gazetteer = gazetteer,
                                           .width = width < WIDTH_MIN   ? WIDTH_MIN
                                                    : width > WIDTH_MAX ? WIDTH_MAX
                                                                        : width,
                                           .has_few_colours = has_colour && terminal_has_few_colours(),
                                           .has_colour = has_colour};
  if (options->events && settings.format != CLASSIFY_FORMAT_TSV) settings.format = CLASSIFY_FORMAT_CSV;
  return classify_sink_open(&settings, sink, error);
}

static enum stance_status add_all(const struct report_options *options, struct classify_predictions *predictions,
                                  struct classify_sink *sink, struct stance_error *error) {
  double min_p = options->min_p >= 0 ? options->min_p : options->events ? 0.5 : 0;
  const struct classify_scored *scored;
  for (;;) {
    enum stance_status status = classify_predictions_next(predictions, &scored, error);
    if (status != STANCE_OK || !scored || interrupted) return status;
    struct classify_scored own = *scored; /* its units are valid until the next call */
    if (min_p > 0) classify_scored_abstain(&own, (uint16_t)(min_p * CLASSIFY_ONE + 0.5));
    status = classify_sink_add(sink, &own, error);
    if (status != STANCE_OK) return status;
  }
}

/* An error for a column that no prediction has: its name is probably misspelt. */
static enum stance_status check_columns(const struct classify_predictions *predictions, const char *const *columns,
                                        size_t count, struct stance_error *error) {
  for (size_t i = 0; i < count; i++)
    if (!classify_predictions_has(predictions, i))
      return stance_fail(
          error, STANCE_USAGE,
          "--by: unknown value '%s', which is no key of any prediction either; expected dyad, source, target, total, "
          "article, day, week, month, year, outlet, or a column kept by classify --keep",
          columns[i]);
  return STANCE_OK;
}

static enum exit_code check_options(const struct report_options *options) {
  if (options->events &&
      (options->by || options->format == CLASSIFY_FORMAT_JSONL || options->format == CLASSIFY_FORMAT_HTML))
    return message_usage("--events writes CSV, or TSV with --format tsv, and goes without --by");
  if (options->methods && (options->by || options->events || options->format != CLASSIFY_FORMAT_AUTO))
    return message_usage("--methods writes a paragraph: it goes without --by, --events and --format");
  if (!options->methods && (options->model || options->agreement))
    return message_usage("--model and --agreement go with --methods");
  if (options->sentences && !options->events) return message_usage("--sentences goes with --events");
  if ((options->polar || options->top) && (options->events || options->format == CLASSIFY_FORMAT_HTML))
    return message_usage("--polar and --top choose among counts: not with --events, nor for the page");
  bool is_graph = options->format == CLASSIFY_FORMAT_GRAPHML || options->format == CLASSIFY_FORMAT_GEXF;
  bool is_sqlite = options->format == CLASSIFY_FORMAT_SQLITE;
  if ((is_graph || is_sqlite) && (options->by || options->events))
    return message_usage("a database and a network of dyads go without --by and --events");
  if (is_sqlite && (!options->output || strcmp(options->output, "-") == 0))
    return message_usage("a database needs --output FILE");
  return EXIT_DONE;
}

static enum exit_code run_report(const void *given, int argc, char **argv) {
  struct report_options own = *(const struct report_options *)given;
  if (own.format == CLASSIFY_FORMAT_AUTO && !own.methods) own.format = classify_format_of_path(own.output);
  const struct report_options *options = &own;
  struct stance_error error = {0};
  struct stance_arena arena = {0};
  struct stance_gazetteer *gazetteer = NULL;
  struct classify_predictions *predictions = NULL;
  struct classify_sink *sink = NULL;
  uint64_t problems = 0;
  struct classify_keys keys = classify_keys_of(CLASSIFY_BY_DYAD);
  const char *columns[CLASSIFY_GROUPS_MAX];
  size_t column_count = 0, next = 0;
  enum exit_code code = check_options(options);
  if (code == EXIT_DONE && options->by) code = keys_parse(options->by, NULL, &keys);
  if (code != EXIT_DONE) return code;
  if (options->methods) {
    message_quiet(options->quiet);
    return report_methods(&(struct report_methods_options){options->model, options->agreement, options->output},
                          (const char *const *)argv, (size_t)argc);
  }
  while ((columns[column_count] = classify_keys_column(&keys, &next)))
    if (++column_count == CLASSIFY_GROUPS_MAX) break;
  message_quiet(options->quiet);
  struct classify_predictions_options reading = {.paths = (const char *const *)argv,
                                                 .path_count = (size_t)argc,
                                                 .rollup = options->rollup,
                                                 .with_mentions = options->format == CLASSIFY_FORMAT_HTML,
                                                 .keep = columns,
                                                 .keep_count = column_count,
                                                 .stop = &interrupted,
                                                 .tell = tell_problem,
                                                 .tell_context = &problems};
  enum stance_status status = classify_predictions_open(&reading, &predictions, &error);
  if (status == STANCE_OK && (options->actors.count || data_path("actors")))
    status = gazetteer_open_given(&options->actors, &gazetteer, &error);
  struct classify_facts facts = {.count = 0};
  if (status == STANCE_OK) status = facts_of_run(&facts, &arena, &error);
  if (status == STANCE_OK) classify_facts_add(&facts, "predictions", classify_predictions_run(predictions));
  if (status == STANCE_OK)
    status = open_sink(options, &keys, &facts, classify_predictions_heads(predictions), gazetteer, &sink, &error);
  if (status == STANCE_OK) status = add_all(options, predictions, sink, &error);
  if (status == STANCE_OK && !interrupted) status = check_columns(predictions, columns, column_count, &error);
  bool is_whole = status == STANCE_OK && !interrupted;
  if (is_whole) status = classify_sink_finish(sink, &error);
  if (is_whole && status == STANCE_OK) keys_say_rows(sink);
  code = problems ? EXIT_FINDING : EXIT_DONE;
  if (status != STANCE_OK) code = sink && classify_sink_pipe_closed(sink) ? EXIT_PIPE : message_error(&error);
  if (sink && (!is_whole || status != STANCE_OK)) classify_sink_discard(sink); /* a report cannot be resumed */
  classify_sink_destroy(sink);
  classify_predictions_close(predictions);
  stance_gazetteer_close(gazetteer);
  stance_arena_free(&arena);
  return code;
}

const struct command command_report = {
    COMMAND("report", "FILE...", "count and draw stored predictions again", report, run_report, 1, -1),
    .description =
        "Reads the JSON Lines that 'stance classify --format jsonl' wrote (also gzip or zstd; - for standard input), "
        "and writes the counts or the page that classify would have written, without scoring again; what predictions "
        "do not hold (titles, the words that decided) is missing from the page. (With --rollup, predictions are "
        "counted for the actors' masters as they were scored; classify --rollup scores the masters themselves.) A "
        "line that is no prediction is reported, and the exit code is then 1.",
    .examples =
        "    stance report --by month --format csv predictions.jsonl\n"
        "    stance report --by outlet,month predictions.jsonl\n"
        "    stance report --format html --rollup -o report.html predictions-*.jsonl.zst\n",
};
