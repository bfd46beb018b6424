/* SPDX-License-Identifier: MIT
 * stance classify: articles in, stances out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "choices.h"
#include "classify/fold_scores.h"
#include "classify/sink.h"
#include "classify/why.h"
#include "classify_progress.h"
#include "facts.h"
#include "gazetteer.h"
#include "input/html.h"
#include "input_flags.h"
#include "keys.h"
#include "stance/base/error.h"
#include "stance/base/hash.h"
#include "stance/model/model.h"

enum { REPORTS_MAX = 1000, WIDTH_MIN = 72, WIDTH_MAX = 100 };

struct classify_options {
  const char *model, *output, *rejects, *max_rejects, *shard, *units, *folds, *by, *title, *fields;
  struct input_flags input;
  enum classify_format format;
  enum flag_when progress, colour;
  struct flag_list actors;
  bool with_units, rollup, no_implicit, dyads_only, resume, stream, done, dedupe, events, sentences, polar, provenance,
      quiet, no_text, no_header, spreadsheet;
  long threads, min_count, explain, top;
  double min_p; /* below 0: not given */
};

static const struct classify_options classify_defaults = {.title = "Who is hostile or friendly to whom",
                                                          .input = {.max_bytes = 4 * 1024 * 1024},
                                                          .min_count = 1,
                                                          .min_p = -1};

#define CLASSIFY_FLAG(type_, member_, name_, letter_, value_, ...) \
  FLAG(type_, struct classify_options, member_, name_, letter_, value_, __VA_ARGS__)

static const struct flag classify_flags[] = {
    CLASSIFY_FLAG(FLAG_STRING, model, "model", 'm', "MODEL", "the model", .unset = "the shipped one"),
    CLASSIFY_FLAG(FLAG_LIST, actors, "actors", 'a', "FILE", "a gazetteer, or a folder of them",
                  .unset = "the shipped one"),
    CLASSIFY_FLAG(FLAG_CHOICE, format, "format", 'f', "FORMAT",
                  "what is written: a table for people; JSON Lines; CSV or TSV; one HTML page with pictures; an SQLite "
                  "database; the network of dyads as GraphML or GEXF; auto: by the ending of --output, else a table",
                  .choices = classify_format_choices),
    CLASSIFY_FLAG(FLAG_STRING, by, "by", 0, "WHAT",
                  "count by this instead of writing each prediction: " BY_WORDS
                  "; html always counts by dyad and month"),
    CLASSIFY_FLAG(FLAG_BOOL, with_units, "units-too", 0, NULL, "with --by: the predictions too, before the counts"),
    CLASSIFY_FLAG(
        FLAG_STRING, fields, "fields", 0, "LIST",
        "of predictions as JSON Lines or CSV, these fields alone: article, date, outlet, kept, sentence, text, "
        "source, target, affiliations, mentions, head, label, p, p_labels, score, why",
        .unset = "all"),
    CLASSIFY_FLAG(FLAG_BOOL, no_text, "no-text", 0, NULL,
                  "predictions without the sentences' text, which is most of their bytes"),
    CLASSIFY_FLAG(FLAG_BOOL, spreadsheet, "spreadsheet", 0, NULL,
                  "CSV and TSV whose text no spreadsheet takes for a formula: an apostrophe before = + - @"),
    CLASSIFY_FLAG(FLAG_BOOL, no_header, "no-header", 0, NULL,
                  "CSV and TSV without the names of the columns, to be put behind another part"),
    CLASSIFY_FLAG(FLAG_BOOL, events, "events", 0, NULL,
                  "write one CSV row for each dyad that is not neutral and sure enough (--min-p): date, source, "
                  "target, label, score, p, article, sentence"),
    CLASSIFY_FLAG(FLAG_BOOL, sentences, "sentences", 0, NULL,
                  "with --events: sentences too that are not neutral, without source and target"),
    CLASSIFY_FLAG(FLAG_BOOL, polar, "polar", 0, NULL,
                  "of counts, those alone that read as one of the poles (hostile, friendly)"),
    CLASSIFY_FLAG(FLAG_INTEGER, top, "top", 'n', "N", "of counts, the N with most units in each group", .min = 1,
                  .max = 1e9, .unset = "all"),
    CLASSIFY_FLAG(FLAG_BOOL, provenance, "provenance", 0, NULL,
                  "write first what made the output (version, date, command, hashes of model and gazetteer): the "
                  "record \"run\" in JSON Lines, lines of # before tables and CSV; a page has it at its foot in any "
                  "case"),
    CLASSIFY_FLAG(FLAG_STRING, title, "title", 0, "TEXT", "the title of the HTML page"),
    CLASSIFY_FLAG(FLAG_INTEGER, min_count, "min-count", 0, "N", "leave out counts of fewer than N units", .min = 1,
                  .max = 1e15),
    CLASSIFY_FLAG(FLAG_NUMBER, min_p, "min-p", 0, "P", "leave out predictions whose label is less probable than P",
                  .min = 0, .max = 1, .unset = "0; with --events 0.5"),
    CLASSIFY_FLAG(FLAG_INTEGER, explain, "explain", 0, "N",
                  "say which words pushed towards and away from each label, the N strongest, by weights that sum to "
                  "its decision value: under each dyad of a table, as the key \"why\" in JSON Lines",
                  .optional = "10", .min = 1, .max = CLASSIFY_WHY_MAX),
    CLASSIFY_FLAG(FLAG_BOOL, rollup, "rollup", 0, NULL,
                  "replace actors by whom they act for (a minister by the state)"),
    CLASSIFY_FLAG(FLAG_BOOL, no_implicit, "no-implicit", 0, NULL,
                  "leave out mentions resolved from context (\"the junta\", \"he\")"),
    CLASSIFY_FLAG(FLAG_BOOL, dyads_only, "dyads-only", 0, NULL, "score dyads alone, not sentences"),
    CLASSIFY_FLAG(FLAG_BOOL, dedupe, "dedupe", 0, NULL,
                  "leave out near-duplicates of earlier articles (word 5-shingles of Jaccard similarity 0.8 or more, "
                  "estimated by MinHash; about 120 bytes of memory an article)"),
    CLASSIFY_FLAG(FLAG_STRING, units, "units", 0, "LABELS",
                  "score exactly the units of a label file, in its order, whatever their labels"),
    CLASSIFY_FLAG(FLAG_STRING, folds, "folds", 0, "FILE",
                  "take what was said out of fold (train --folds-out) of units that the model was trained on",
                  .unset = "none"),
    CLASSIFY_FLAG(
        FLAG_STRING, output, "output", 'o', "FILE",
        "write here; FILE appears when all is done, FILE.partial grows until then; FILE.gz and FILE.zst are compressed",
        .unset = "standard output"),
    CLASSIFY_FLAG(FLAG_BOOL, resume, "resume", 0, NULL,
                  "go on with an interrupted run to --output, after its last whole article"),
    CLASSIFY_FLAG(FLAG_STRING, rejects, "rejects", 0, "FILE",
                  "write articles that cannot be read here, with the reason (JSON Lines)"),
    CLASSIFY_FLAG(FLAG_STRING, max_rejects, "max-rejects", 0, "N|P%",
                  "how many rejected articles, or what share of all, are no finding: exit code 0", .unset = "0"),
    CLASSIFY_FLAG(FLAG_BOOL, input.repair, "repair", 0, NULL,
                  "read JSON that is not UTF-8 too, with U+FFFD for its bad bytes, as is done with other files, "
                  "instead of rejecting it"),
    CLASSIFY_FLAG(FLAG_STRING, shard, "shard", 0, "I/N",
                  "score the I-th of N parts of the articles, split by their ids"),
    CLASSIFY_FLAG(FLAG_INTEGER, threads, "threads", 'j', "N", "threads; the output is the same for any number",
                  .min = 1, .max = 256, .unset = "one a core"),
    CLASSIFY_FLAG(FLAG_BOOL, stream, "stream", 0, NULL,
                  "answer each article as it comes, also one that is given again: for a feed on standard input"),
    CLASSIFY_FLAG(FLAG_BOOL, done, "done", 0, NULL,
                  "with jsonl: behind each article a line {\"article\":ID,\"done\":true,\"units\":N,\"error\":null}, "
                  "also where nothing was found or it was rejected; its \"key\" goes along"),
    CLASSIFY_FLAG(FLAG_CHOICE, progress, "progress", 0, "WHEN",
                  "a progress bar on a terminal, plain lines elsewhere with always", .choices = when_choices),
    INPUT_FLAGS(struct classify_options, input),
    INPUT_FLAG(FLAG_STRING, struct classify_options, input.keep, "keep", "NAMES",
               "columns of CSV or keys of JSON that go along into predictions: section,desk", .unset = "none"),
    FLAG_COLOUR(struct classify_options, colour),
    CLASSIFY_FLAG(FLAG_BOOL, quiet, "quiet", 'q', NULL, "no progress, no notes"),
};

struct classify_run {
  const struct classify_options *options;
  struct stance_arena arena;
  struct stance_model *model;
  struct stance_gazetteer *gazetteer;
  struct classify_model scorer;
  struct classify_engine engine;
  struct classify_sink *sink;
  struct classify_keys keys; /* of options->by */
  struct classify_facts facts;
  struct classify_fold_scores *folds;
  struct classify_bar bar;
  uint64_t problems, warnings, settings;
  struct input_passed passed;
};

/* ---- messages ------------------------------------------------------------------------------------------------- */

static void tell_problem(void *context, const struct stance_error *problem, bool is_warning) {
  struct classify_run *run = context;
  uint64_t *count = is_warning ? &run->warnings : &run->problems;
  if (run->bar.is_shown && run->bar.is_terminal) fputs("\r\033[K", stderr);
  if (++*count > REPORTS_MAX) return;
  if (is_warning) message_problem(problem);
  else message_error(problem);
  if (*count == REPORTS_MAX) message_warning("further ones are not shown%s", is_warning ? "" : "; --rejects keeps all");
}

static void tick(void *context, const struct classify_progress *progress) { classify_bar_draw(context, progress); }

/* ---- from flags to settings -------------------------------------------------------------------------------------- */

static bool parse_shard(const char *text, struct classify_engine *engine) {
  unsigned long part, parts;
  char *end;
  if (!text) return true;
  part = strtoul(text, &end, 10);
  if (end == text || *end != '/') return false;
  const char *second = end + 1;
  parts = strtoul(second, &end, 10);
  if (end == second || *end || *text == '-' || *second == '-' || part < 1 || part > parts || parts > 1000000)
    return false;
  engine->shard = (uint32_t)part - 1;
  engine->shard_count = (uint32_t)parts;
  return true;
}

/* "20" or "0.5%"; NULL: 0. Without counts, tells whether the text is valid, else whether the counts are within the
 * limit. */
static bool parse_max_rejects(const char *text, const struct classify_counts *counts) {
  char *end;
  if (!text) return !counts || !counts->rejected;
  double most = strtod(text, &end);
  bool is_share = *end == '%';
  if (end == text || end[is_share] || !(text[0] >= '0' && text[0] <= '9') || !(most >= 0) || (is_share && most > 100))
    return false;
  if (!counts) return true;
  return (double)counts->rejected <= (is_share ? most / 100 * (double)counts->items : most);
}

static void mix_text(struct classify_run *run, const char *text) {
  run->settings = stance_hash_combine(run->settings, text ? stance_hash(text, strlen(text)) : 0);
}

static void mix_number(struct classify_run *run, uint64_t number) {
  run->settings = stance_hash_combine(run->settings, number);
}

static void mix_file(struct classify_run *run, const char *path) {
  struct stat about;
  mix_text(run, path);
  if (stat(path, &about) != 0) return;
  mix_number(run, (uint64_t)about.st_size);
  mix_number(run, (uint64_t)about.st_mtim.tv_sec * 1000000000u + (uint64_t)about.st_mtim.tv_nsec);
}

/* All options that change the output: a run resumes only with equal ones. */
static void mix_options(struct classify_run *run, char **paths, int count) {
  const struct classify_options *o = run->options;
  const char *const texts[] = {o->shard,
                               o->input.encoding,
                               o->input.delimiter,
                               o->input.json_text,
                               o->input.json_items,
                               o->input.keep,
                               o->input.columns[COLUMN_TEXT],
                               o->input.columns[COLUMN_ID],
                               o->input.columns[COLUMN_TITLE],
                               o->input.columns[COLUMN_DATE],
                               o->input.columns[COLUMN_OUTLET],
                               o->units,
                               o->by,
                               o->title,
                               o->fields,
                               o->rejects};
  const bool switches[] = {o->with_units, o->rollup,       o->no_implicit,        o->dyads_only,
                           o->dedupe,     o->events,       o->sentences,          o->polar,
                           o->provenance, o->input.repair, o->input.any_language, o->done,
                           o->no_text,    o->no_header,    o->spreadsheet};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) mix_text(run, texts[i]);
  for (size_t i = 0; i < sizeof switches / sizeof *switches; i++) mix_number(run, switches[i]);
  const unsigned choices[] = {o->format, (unsigned)o->input.from, o->input.date_order, o->input.wrap};
  for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) mix_number(run, choices[i]);
  mix_number(run, (uint64_t)o->min_count);
  mix_number(run, (uint64_t)o->explain);
  mix_number(run, (uint64_t)o->top);
  mix_number(run, (uint64_t)o->input.max_bytes);
  mix_number(run, (uint64_t)(o->min_p * CLASSIFY_ONE + CLASSIFY_ONE));
  for (int i = 0; i < count; i++) mix_text(run, paths[i]);
}

/* Warns once, before the first article, that a kernel head cannot be explained by words. */
static enum stance_status check_explainable(const struct classify_run *run, struct stance_error *error) {
  for (size_t h = 0; run->options->explain && h < run->scorer.heads.count; h++) {
    bool is_asked =
        run->options->units || !run->scorer.scoring.dyads_only || run->scorer.heads.items[h].unit == STANCE_UNIT_DYAD;
    if (is_asked && !stance_model_is_linear(run->model, h))
      return stance_fail(error, STANCE_USAGE,
                         "--explain: head '%s' of the model has a kernel, whose decisions are no sum over words; "
                         "expected a linear model",
                         run->scorer.heads.items[h].name);
  }
  return STANCE_OK;
}

static enum stance_status open_model(struct classify_run *run, struct stance_error *error) {
  const struct classify_options *options = run->options;
  const char *path = options->model, *const * gazetteers;
  size_t count;
  if (!path) path = data_model(error);
  if (!path) return STANCE_INPUT;
  STANCE_TRY(stance_model_open(path, &run->model, error));
  mix_file(run, path);
  bool has_facts =
      options->provenance || options->format == CLASSIFY_FORMAT_HTML || options->format == CLASSIFY_FORMAT_SQLITE;
  if (has_facts) STANCE_TRY(facts_of_run(&run->facts, &run->arena, error));
  if (has_facts) STANCE_TRY(facts_of_model(&run->facts, run->model, path, &run->arena, error));
  STANCE_TRY(
      data_gazetteer_paths(options->actors.items, options->actors.count, &run->arena, &gazetteers, &count, error));
  for (size_t i = 0; i < count; i++) mix_file(run, gazetteers[i]);
  STANCE_TRY(gazetteer_open(gazetteers, count, &run->gazetteer, error));
  if (has_facts) STANCE_TRY(facts_of_gazetteer(&run->facts, gazetteers, count, &run->arena, error));
  run->scorer.model = run->model;
  run->scorer.gazetteer = run->gazetteer;
  STANCE_TRY(classify_model_heads(run->model, &run->scorer.heads, error));
  bool needs_dyads_alone = options->events && !options->sentences && classify_dyad_head(&run->scorer.heads) >= 0;
  run->scorer.scoring = (struct stance_scoring){.no_implicit = options->no_implicit,
                                                .rollup = options->rollup,
                                                .dyads_only = options->dyads_only || needs_dyads_alone};
  run->scorer.explain = (size_t)options->explain;
  run->scorer.marks_seen = options->format == CLASSIFY_FORMAT_JSONL;
  if (options->folds) {
    mix_file(run, options->folds);
    STANCE_TRY(classify_fold_scores_read(options->folds, &run->scorer.heads, &run->folds, error));
    run->scorer.folds = run->folds;
  }
  return check_explainable(run, error);
}

static enum stance_status read_units(struct classify_run *run, struct stance_error *error) {
  struct stance_record *records;
  size_t count;
  if (!run->options->units) return STANCE_OK;
  STANCE_TRY(stance_records_read(run->options->units, &run->arena, &records, &count, error));
  if (!count) return stance_fail_at(error, STANCE_INPUT, run->options->units, 0, 0, "has no label record");
  run->engine.reading.records = records;
  run->engine.reading.record_count = count;
  run->engine.reading.records_path = run->options->units;
  return STANCE_OK;
}

static enum stance_status open_sink(struct classify_run *run, struct stance_error *error) {
  const struct classify_options *options = run->options;
  int width = terminal_width(STDOUT_FILENO);
  bool to_terminal = !options->output || strcmp(options->output, "-") == 0;
  struct classify_sink_options sink = {.format = options->format,
                                       .keys = options->by ? &run->keys : NULL,
                                       .with_units = options->with_units,
                                       .polar = options->polar,
                                       .top = (size_t)options->top,
                                       .events = options->events,
                                       .event_sentences = options->sentences,
                                       .is_stream = options->stream,
                                       .with_done = options->done,
                                       .dedupe = options->dedupe,
                                       .min_count = (uint64_t)options->min_count,
                                       .without_header = options->no_header,
                                       .output = options->output,
                                       .rejects = options->rejects,
                                       .resume = options->resume,
                                       .settings = run->settings,
                                       .title = options->title,
                                       .facts = &run->facts,
                                       .with_facts = options->provenance,
                                       .tell = tell_problem,
                                       .tell_context = run};
  bool has_colour = terminal_is_coloured(to_terminal ? options->colour : WHEN_NEVER, STDOUT_FILENO);
  sink.style = (struct classify_style){.guards_formulas = options->spreadsheet,
                                       .keeps_names = !to_terminal || !isatty(STDOUT_FILENO),
                                       .heads = &run->scorer.heads,
                                       .gazetteer = run->gazetteer,
                                       .model = run->model,
                                       .width = width < WIDTH_MIN   ? WIDTH_MIN
                                                : width > WIDTH_MAX ? WIDTH_MAX
                                                                    : width,
                                       .has_few_colours = has_colour && terminal_has_few_colours(),
                                       .has_colour = has_colour};
  if (options->events && sink.format != CLASSIFY_FORMAT_TSV) sink.format = CLASSIFY_FORMAT_CSV;
  if (options->fields) STANCE_TRY(classify_fields_parse(options->fields, &sink.style.leaves_out, error));
  if (options->no_text) sink.style.leaves_out |= CLASSIFY_TEXT;
  return classify_sink_open(&sink, &run->sink, error);
}

static void set_engine(struct classify_run *run, char **paths, int count) {
  const struct classify_options *options = run->options;
  struct classify_engine *engine = &run->engine;
  static const char *const from_stdin[] = {"-"};
  long cores = sysconf(_SC_NPROCESSORS_ONLN);
  struct input_reading *reading = &engine->reading;
  reading->paths = count ? (const char *const *)paths : from_stdin;
  reading->path_count = count ? (size_t)count : 1;
  if (reading->records) reading->path_count = 0;
  reading->max_bytes = (size_t)options->input.max_bytes;
  engine->scorer = &classify_model_scorer;
  engine->scorer_context = &run->scorer;
  engine->threads = options->threads ? (int)options->threads : cores > 0 ? (int)cores : 1;
  double min_p = options->min_p >= 0 ? options->min_p : options->events ? 0.5 : 0;
  engine->min_p = (uint16_t)(min_p * CLASSIFY_ONE + 0.5);
  engine->interrupted = &interrupted;
  classify_sink_wire(run->sink, engine);
  engine->tick = tick;
  engine->tick_context = &run->bar;
}

/* ---- the end ----------------------------------------------------------------------------------------------------- */

static void tell_counts(struct classify_run *run) {
  const struct classify_counts *counts = classify_sink_counts(run->sink);
  double seconds = classify_bar_seconds(&run->bar);
  input_flags_say(classify_sink_summary(run->sink), &run->passed);
  keys_say_rows(run->sink);
  if (run->folds) {
    size_t applied, count = classify_fold_scores_count(run->folds, &applied);
    message_note("%zu of the %zu units of %s stand in the input", applied, count, run->options->folds);
  }
  const char *first;
  uint64_t gone = classify_sink_gone(run->sink, &first);
  if (gone)
    message_warning("%llu input%s of the interrupted run %s gone (%s); what was written of %s stays",
                    (unsigned long long)gone, gone == 1 ? "" : "s", gone == 1 ? "is" : "are", first,
                    gone == 1 ? "it" : "them");
  if (counts->duplicates)
    message_note("%llu near-duplicate %s left out", (unsigned long long)counts->duplicates,
                 counts->duplicates == 1 ? "article was" : "articles were");
  if (counts->rejected && counts->items > 1)
    message_note("%llu of %llu articles were rejected", (unsigned long long)counts->rejected,
                 (unsigned long long)counts->items);
  if (run->options->progress != WHEN_ALWAYS && !(isatty(STDERR_FILENO) && seconds > 2)) return;
  message_note("%llu %s, %llu %s, %.1f MB of text in %.1f s", (unsigned long long)counts->scored,
               counts->scored == 1 ? "article" : "articles", (unsigned long long)counts->units,
               counts->units == 1 ? "unit" : "units", (double)counts->text_bytes / 1e6, seconds);
}

static enum exit_code end_run(struct classify_run *run, enum stance_status status, struct stance_error *error) {
  classify_bar_end(&run->bar);
  if (status != STANCE_OK) return classify_sink_pipe_closed(run->sink) ? EXIT_PIPE : message_error(error);
  const struct classify_counts *counts = classify_sink_counts(run->sink);
  if (interrupted) {
    status = classify_sink_suspend(run->sink, error);
    if (status != STANCE_OK) return classify_sink_pipe_closed(run->sink) ? EXIT_PIPE : message_error(error);
    message_note("interrupted after %llu articles%s", (unsigned long long)counts->items,
                 run->options->output ? "; --resume goes on from there" : "");
    return EXIT_DONE;
  }
  if (!counts->items) {
    classify_sink_discard(run->sink);
    message_failure("no article in the input");
    return EXIT_BAD_INPUT;
  }
  bool is_all_bad = counts->rejected == counts->items;
  if (is_all_bad) {
    classify_sink_discard(run->sink);
  } else {
    status = classify_sink_finish(run->sink, error);
    if (status != STANCE_OK) return classify_sink_pipe_closed(run->sink) ? EXIT_PIPE : message_error(error);
  }
  tell_counts(run);
  return is_all_bad ? EXIT_BAD_INPUT : parse_max_rejects(run->options->max_rejects, counts) ? EXIT_DONE : EXIT_FINDING;
}

/* Checks flags that only CSV and TSV allow. */
static enum exit_code check_of_csv(const struct classify_options *options) {
  if (options->spreadsheet) return message_usage("--spreadsheet goes with --format csv or tsv");
  if (options->no_header) return message_usage("--no-header goes with --format csv or tsv");
  return EXIT_DONE;
}

/* Checks the flags against the format. */
static enum exit_code check_format(const struct classify_options *options) {
  enum classify_format format = options->format;
  bool is_graph = format == CLASSIFY_FORMAT_GRAPHML || format == CLASSIFY_FORMAT_GEXF;
  bool is_sqlite = format == CLASSIFY_FORMAT_SQLITE,
       is_csv = format == CLASSIFY_FORMAT_CSV || format == CLASSIFY_FORMAT_TSV;
  bool has_output = options->output && strcmp(options->output, "-") != 0;
  if (is_sqlite && !has_output) return message_usage("a database needs --output FILE");
  if (is_sqlite && classify_packing_of_path(options->output))
    return message_usage("a database is not compressed; give --output without .gz or .zst");
  if ((is_sqlite || is_graph) && (options->by || options->events || options->with_units))
    return message_usage("%s goes without --by and --events", is_sqlite ? "a database" : "a network of dyads");
  if ((options->fields || options->no_text) && (options->events || (options->by && !options->with_units)))
    return message_usage(
        "--fields and --no-text are of predictions: not with --events, and with --by only beside --units-too");
  if (options->fields && format != CLASSIFY_FORMAT_JSONL && !is_csv)
    return message_usage("--fields goes with --format jsonl, csv or tsv");
  if (options->no_text && format != CLASSIFY_FORMAT_JSONL && !is_csv && !is_sqlite)
    return message_usage("--no-text goes with --format jsonl, csv, tsv or sqlite");
  return is_csv || options->events ? EXIT_DONE : check_of_csv(options);
}

static enum exit_code check_resume(const struct classify_options *options, int count, char **argv) {
  if (!options->resume) return EXIT_DONE;
  if (!options->output || strcmp(options->output, "-") == 0) return message_usage("--resume needs --output FILE");
  bool is_stdin = !count && !options->units;
  for (int i = 0; i < count; i++) is_stdin = is_stdin || strcmp(argv[i], "-") == 0;
  if (is_stdin) return message_usage("--resume: standard input cannot be read again from where it stood; give files");
  return EXIT_DONE;
}

static enum exit_code check_inputs(const struct classify_options *options, int count) {
  if (options->dedupe && options->shard)
    return message_usage(
        "--dedupe goes without --shard: near-duplicates in other shards would not be seen; score all in one run, or "
        "dedupe first");
  if (!parse_max_rejects(options->max_rejects, NULL))
    return message_usage("--max-rejects: '%s' is neither a number nor a share like 0.5%%", options->max_rejects);
  if (options->units && count)
    return message_usage("--units takes no INPUT: the units' sentences are in the label file");
  if (options->units && (options->shard || options->dedupe))
    return message_usage("--units goes with neither --shard nor --dedupe");
  return EXIT_DONE;
}

static enum exit_code check_events(const struct classify_options *options) {
  if (options->sentences && !options->events) return message_usage("--sentences goes with --events");
  if (options->sentences && options->dyads_only) return message_usage("--sentences goes without --dyads-only");
  if (!options->events) return EXIT_DONE;
  if (options->by) return message_usage("--events goes without --by: it writes one row a unit");
  if (options->format == CLASSIFY_FORMAT_JSONL || options->format == CLASSIFY_FORMAT_HTML)
    return message_usage("--events writes CSV, or TSV with --format tsv");
  return EXIT_DONE;
}

/* Checks that flags about rows are given only with outputs that have such rows. */
static enum exit_code check_outputs(const struct classify_options *options) {
  if (options->done && (options->format != CLASSIFY_FORMAT_JSONL || options->by || options->events || options->units))
    return message_usage("--done goes with --format jsonl and articles: not with --by, --events or --units");
  if (options->with_units && !options->by) return message_usage("--units-too goes with --by");
  bool is_counted = options->by || (options->format == CLASSIFY_FORMAT_TABLE && !options->events);
  if ((options->polar || options->top) && (!is_counted || options->format == CLASSIFY_FORMAT_HTML))
    return message_usage("--polar and --top choose among counts: they go with --by, or with the table");
  bool is_explicable = options->format == CLASSIFY_FORMAT_TABLE || options->format == CLASSIFY_FORMAT_JSONL;
  if (options->explain && (!is_explicable || options->events || (options->by && !options->with_units)))
    return message_usage(
        "--explain goes with predictions as table or jsonl: not with --events, and with --by only beside --units-too");
  return EXIT_DONE;
}

static enum exit_code check_options(const struct classify_options *options, int count, char **argv,
                                    struct classify_engine *engine) {
  if (!parse_shard(options->shard, engine))
    return message_usage("--shard: '%s' is not I/N with I from 1 to N", options->shard);
  enum exit_code code = check_resume(options, count, argv);
  if (code == EXIT_DONE) code = check_inputs(options, count);
  if (code == EXIT_DONE) code = check_events(options);
  if (code == EXIT_DONE) code = check_outputs(options);
  if (code == EXIT_DONE && !count && !options->units && isatty(STDIN_FILENO))
    return message_usage("no input; give files or folders, or - for standard input");
  return code;
}

static enum exit_code run_classify(const void *given, int argc, char **argv) {
  struct classify_options own = *(const struct classify_options *)given;
  if (own.format == CLASSIFY_FORMAT_AUTO) own.format = classify_format_of_path(own.output);
  const struct classify_options *options = &own;
  struct classify_run run = {.options = options};
  struct stance_error error = {0};
  enum exit_code code = check_options(options, argc, argv, &run.engine);
  if (code == EXIT_DONE) code = check_format(options);
  if (code != EXIT_DONE) return code;
  code = input_flags_options(&options->input, &run.arena, &run.engine.reading.options);
  if (code != EXIT_DONE) {
    stance_arena_free(&run.arena);
    return code;
  }
  if (options->by) {
    code = keys_parse(options->by, &run.engine.reading.options, &run.keys);
    if (code != EXIT_DONE) {
      stance_arena_free(&run.arena);
      return code;
    }
  }
  message_quiet(options->quiet);
  mix_options(&run, argv, argc);
  input_html_start();
  enum stance_status status = STANCE_OK;
  for (int i = 0; i < argc && status == STANCE_OK; i++) { /* missing files are reported before anything is loaded */
    struct stat about;
    if (strcmp(argv[i], "-") != 0 && stat(argv[i], &about) != 0)
      status = stance_fail_errno(&error, argv[i], "cannot open");
  }
  if (status == STANCE_OK) status = open_model(&run, &error);
  if (status == STANCE_OK) status = read_units(&run, &error);
  if (status == STANCE_OK) status = open_sink(&run, &error);
  if (status == STANCE_OK) {
    set_engine(&run, argv, argc);
    classify_bar_start(&run.bar, options->quiet ? WHEN_NEVER : options->progress, run.engine.reading.paths,
                       run.engine.reading.path_count, &interrupted);
    run.bar.first_items = classify_sink_items(run.sink);
    status = classify_engine_run(&run.engine, &run.passed, &error);
    code = end_run(&run, status, &error);
  } else {
    code = message_error(&error);
  }
  classify_sink_destroy(run.sink);
  classify_fold_scores_free(run.folds);
  stance_gazetteer_close(run.gazetteer);
  stance_model_close(run.model);
  stance_arena_free(&run.arena);
  return code;
}

const struct command command_classify = {
    COMMAND("classify", "[INPUT...]", "score articles: who is hostile or friendly to whom", classify, run_classify, 0,
            -1),
    .description =
        "INPUT is a text file (the first line its title), a folder, JSON Lines, JSON, CSV, TSV, HTML, or - for "
        "standard input; gzip and zstd are recognised. An article that cannot be read is reported, and the run goes "
        "on and ends with exit code 1 (2 where no article could be read).\n\n"
        "Counts (--by) give units, units per label, the mean score from -1 (hostile) to +1 (friendly), and its 95% "
        "interval (Wilson's: the spread of labels, not the model's error; 'stance estimate' corrects that).",
    .examples =
        "    stance classify article.txt\n"
        "    stance classify --format jsonl --output predictions.jsonl archive/ feed.jsonl.zst\n"
        "    stance classify --explain article.txt\n"
        "    stance classify --by month --format csv archive/\n"
        "    stance classify --format html --output report.html archive/\n"
        "    tail -f feed.jsonl | stance classify --stream --format jsonl -\n",
};
