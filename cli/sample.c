/* SPDX-License-Identifier: MIT
 * stance sample: draws a probability sample of units to label, so that estimates can correct the model. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "annotate/add.h"
#include "classify/estimate.h"
#include "classify/sample.h"
#include "command.h"
#include "message.h"
#include "names.h"
#include "population_run.h"
#include "stance/base/error.h"
#include "stance/base/file.h"

struct sample_options {
  int design;
  struct population_flags population;
  const char *output, *label, *more, *project;
  struct flag_list gold;
  long n, strata, least, seed;
  double width;
  bool dedupe, quiet;
};

static const struct sample_options sample_defaults = {
    .output = "-", .design = SAMPLE_STRATA, .strata = 8, .least = 5, .seed = 1};

static const struct flag_choice design_choices[] = {
    {"strata", SAMPLE_STRATA}, {"equal", SAMPLE_EQUAL}, {"uncertain", SAMPLE_UNCERTAIN}, {NULL, 0}};

static const struct flag sample_flags[] = {
    FLAG(FLAG_STRING, struct sample_options, output, "output", 'o', "FILE", "where the sample goes",
         .unset = "standard output"),
    FLAG(FLAG_INTEGER, struct sample_options, n, "count", 'n', "N", "how many units to draw", .min = 1, .max = 1e9,
         .unset = "as --width needs"),
    FLAG(FLAG_NUMBER, struct sample_options, width, "width", 0, "W",
         "draw so many that the 95% interval is about this wide, for each value of --by where that is given",
         .min = 1e-4, .max = 2, .unset = "none"),
    FLAG(FLAG_STRING, struct sample_options, label, "for", 0, "score|LABEL", "whose uncertainty counts",
         .unset = "the score's; with --width the widest of the score and the labels"),
    FLAG(FLAG_CHOICE, struct sample_options, design, "design", 0, "DESIGN",
         "strata: random within strata of like uncertainty; equal: one random sample; uncertain: the chance grows "
         "with the model's doubt, and the number is random",
         .choices = design_choices),
    FLAG(FLAG_STRING, struct sample_options, population.by, "by", 0, "NAME,...",
         "strata within these: month, year, week, day, dyad, source, target, outlet, article, or any key of the "
         "predictions",
         .unset = "none"),
    FLAG(FLAG_INTEGER, struct sample_options, strata, "strata", 0, "K", "at most so many strata of uncertainty",
         .min = 1, .max = 1000),
    FLAG(FLAG_INTEGER, struct sample_options, least, "min-per-cell", 0, "N",
         "at least so many units in each stratum, or all it has", .min = 1, .max = 1e6),
    FLAG(FLAG_STRING, struct sample_options, population.head, "head", 0, "HEAD", "this question",
         .unset = "the only one, or the only one about dyads"),
    FLAG(FLAG_INTEGER, struct sample_options, seed, "seed", 0, "N", "of the units' random numbers", .min = 0,
         .max = 9e15),
    FLAG(FLAG_STRING, struct sample_options, more, "more", 0, "OLD",
         "an earlier sample that this one is to hold: only the others need labels", .unset = "none"),
    FLAG(FLAG_LIST, struct sample_options, gold, "gold", 0, "LABELS",
         "labels of the earlier sample: the errors seen there set the number for --width", .unset = "none"),
    FLAG(FLAG_STRING, struct sample_options, population.model, "model", 'm', "MODEL",
         "what made the predictions: units it was trained on are set aside, and counted",
         .unset = "as classify marks them (\"seen\")"),
    FLAG_FOLDS(struct sample_options, population.folds),
    FLAG(FLAG_LIST, struct sample_options, population.exclude, "exclude", 0, "LABELS",
         "set aside the units of these label records too", .unset = "none"),
    FLAG(FLAG_BOOL, struct sample_options, dedupe, "dedupe", 0, NULL,
         "draw sentences that are printed several times once; the label holds for all"),
    FLAG(FLAG_STRING, struct sample_options, project, "project", 0, "DIR", "add the units to this annotation project",
         .unset = "none"),
    FLAG(FLAG_BOOL, struct sample_options, quiet, "quiet", 'q', NULL, "no notes"),
};

struct run {
  const struct sample_options *options;
  struct population_run read;
  struct sample sample, old;
  struct stance_buffer out;
  double ratio; /* of the errors' variance to what the model says of itself, in the earlier sample; 0: not known */
};

/* -1: the score. */
static enum stance_status find_label(const struct run *run, int *label, struct stance_error *error) {
  const struct classify_head *head = &run->read.population.head;
  const char *name = run->options->label;
  *label = -1;
  if (name && strcmp(name, "score") == 0) return STANCE_OK;
  for (size_t i = 0; name && i < head->label_count; i++)
    if (strcmp(head->labels[i], name) == 0) *label = (int)i;
  if (name && *label < 0)
    return stance_fail(error, STANCE_USAGE, "--for '%.60s' is neither score nor a label of head '%s'", name,
                       head->name);
  if (name || !(run->options->width > 0)) return STANCE_OK;
  double widest = -1;
  for (int l = -1; l < (int)head->label_count; l++) { /* the value with the largest variance needs the most labels */
    double sum = 0;
    for (size_t u = 0; u < run->read.population.count; u++)
      sum += classify_population_variance(&run->read.population, &run->read.population.units[u], l);
    if (sum <= widest) continue;
    widest = sum;
    *label = l;
  }
  return STANCE_OK;
}

static enum stance_status read_all(struct run *run, int argc, char **argv, struct stance_error *error) {
  const struct sample_options *options = run->options;
  const char **by;
  size_t by_count;
  STANCE_TRY(names_split(options->population.by, &run->read.arena, &by, &by_count, error));
  if (by_count > POPULATION_COLUMNS_MAX)
    return stance_fail(error, STANCE_USAGE, "--by takes at most %d names", POPULATION_COLUMNS_MAX);
  const struct population_options reading = {.columns = by, .column_count = by_count, .head = options->population.head};
  STANCE_TRY(population_run_read(&run->read, &options->population, &reading, argc, argv, error));
  if (options->more) STANCE_TRY(classify_sample_read(options->more, &run->old, error));
  if (options->more && strcmp(run->old.head, run->read.population.head.name) != 0)
    return stance_fail(error, STANCE_INPUT, "%.100s is of head '%.60s', the predictions are of '%s'", options->more,
                       run->old.head, run->read.population.head.name);
  return STANCE_OK;
}

/* The ratio of the errors' variance to the variance that the model predicts, from the labels of an earlier sample, else
 * a default. */
static enum stance_status find_reserve(struct run *run, int label, double *reserve, struct stance_error *error) {
  *reserve = 1.25;
  if (!run->options->gold.count) return STANCE_OK;
  if (!run->options->more)
    return stance_fail(error, STANCE_USAGE,
                       "--gold goes with --more: labels of units without known chances measure nothing");
  struct stance_record *records;
  size_t count;
  STANCE_TRY(classify_estimate_gold_read(run->options->gold.items, run->options->gold.count, &run->read.arena, &records,
                                         &count, error));
  STANCE_TRY(classify_estimate_error_ratio(&run->read.population, &run->old, records, count, label, reserve, error));
  run->ratio = *reserve;
  message_note("the errors' variance in the pilot is %.2f of what the model says of itself", *reserve);
  return STANCE_OK;
}

static enum stance_status make(struct run *run, struct stance_error *error) {
  const struct sample_options *options = run->options;
  int label;
  double reserve;
  STANCE_TRY(find_label(run, &label, error));
  STANCE_TRY(find_reserve(run, label, &reserve, error));
  const struct sample_settings settings = {.design = (enum sample_design)options->design,
                                           .n = (size_t)options->n,
                                           .width = options->width,
                                           .label = label,
                                           .by_count = run->read.population.column_count,
                                           .bins = (uint32_t)options->strata,
                                           .least = (size_t)options->least,
                                           .seed = options->more ? run->old.seed : (uint64_t)options->seed,
                                           .dedupe = options->dedupe,
                                           .reserve = reserve,
                                           .more = options->more ? &run->old : NULL};
  STANCE_TRY(classify_sample_draw(&run->read.population, &settings, &run->sample, error));
  run->sample.facts = &run->read.facts;
  return classify_sample_write(&run->sample, &run->read.population, &run->out, error);
}

/* The width that the interval of a measure is expected to have with n labels (0: those drawn). */
static double width_of(const struct run *run, int label, size_t n) {
  return classify_sample_width(&run->sample, &run->read.population, label, n) * (run->ratio > 0 ? sqrt(run->ratio) : 1);
}

static void say(const struct run *run) {
  const struct sample *sample = &run->sample;
  const struct classify_head *head = &run->read.population.head;
  size_t least = SIZE_MAX, most = 0, fewer = sample->count * 3 / 4, whole = 0;
  int widest = 0;
  char strata[100] = "";
  for (size_t h = 0; h < sample->cell_count; h++) {
    if (sample->cells[h].drawn < least) least = sample->cells[h].drawn;
    if (sample->cells[h].drawn > most) most = sample->cells[h].drawn;
    whole += sample->cells[h].drawn == sample->cells[h].size;
  }
  for (int l = 1; l < (int)head->label_count; l++)
    if (width_of(run, l, 0) > width_of(run, widest, 0)) widest = l;
  if (sample->design == SAMPLE_STRATA)
    snprintf(strata, sizeof strata, " in %zu %s (%zu to %zu each)", sample->cell_count,
             sample->cell_count == 1 ? "stratum" : "strata", least, most);
  message_note("drew %zu of %zu units%s; expected width %.3f for score, %.3f for share %s; %zu labels would give %.3f",
               sample->count, sample->population - sample->set_aside, strata, width_of(run, -1, 0),
               width_of(run, widest, 0), head->labels[widest], fewer, width_of(run, -1, fewer));
  if (sample->count > sample->asked && sample->design == SAMPLE_STRATA && !(run->options->width > 0))
    message_note("%zu more than asked for, by --min-per-cell%s", sample->count - sample->asked,
                 run->options->more ? " and --more" : "");
  if (whole && sample->design == SAMPLE_STRATA)
    message_note("%zu strata were drawn whole: nothing is estimated there", whole);
  if (run->options->more) message_note("%zu of them are in %s already", run->old.count, run->options->more);
  if (sample->set_aside)
    message_warning(
        "%zu of %zu units were set aside (%s): 'stance estimate --exclude-seen' with the same -m and --exclude "
        "estimates the others",
        sample->set_aside, sample->population,
        run->options->population.exclude.count ? "trained on, or named by --exclude"
                                               : "the model was trained on their sentences");
  population_run_note(&run->read);
}

static enum stance_status add_to_project(struct run *run, struct stance_error *error) {
  struct annotate_project project;
  struct annotate_added added;
  if (!run->options->project) return STANCE_OK;
  STANCE_TRY(annotate_project_open(run->options->project, &run->read.arena, &project, error));
  STANCE_TRY(annotate_add_sample(&project, run->out.data, run->out.length, "<sample>", &added, error));
  message_note("%zu units added to %s%s", added.units, run->options->project,
               added.known ? "; the others were there already" : "");
  return STANCE_OK;
}

static enum exit_code run_sample(const void *given, int argc, char **argv) {
  struct run run = {.options = given};
  struct stance_error error = {0};
  const struct sample_options *options = given;
  if (!options->n == !(options->width > 0)) return message_usage("give either -n or --width");
  message_quiet(options->quiet);
  enum stance_status status = read_all(&run, argc, argv, &error);
  if (status == STANCE_OK && !interrupted) status = make(&run, &error);
  if (status == STANCE_OK && !interrupted) status = add_to_project(&run, &error);
  if (status == STANCE_OK && !interrupted && !(options->project && strcmp(options->output, "-") == 0))
    status = stance_file_write_buffer(options->output, &run.out, &error);
  if (status == STANCE_OK && !interrupted) say(&run);
  classify_sample_free(&run.sample);
  classify_sample_free(&run.old);
  population_run_free(&run.read);
  stance_buffer_free(&run.out);
  return status == STANCE_OK ? EXIT_DONE : message_error(&error);
}

const struct command command_sample = {
    COMMAND("sample", "PREDICTIONS...", "draw units to label, with known probabilities", sample, run_sample, 1, -1),
    .description =
        "Counts of predictions carry the model's errors, however many there are. This draws units from stored "
        "predictions (JSON Lines of 'stance classify --format jsonl') with a known probability each; labels of these "
        "units correct the counts (stance estimate). A unit's random number hangs on the seed, the head and its id "
        "alone: the order of files does not matter, and a larger sample with the same seed holds the smaller.\n\n"
        "The output is JSON Lines: a header with the design, then one unit a line in a random order; 'stance annotate "
        "add DIR SAMPLE' takes it into a project. Label all of it, without suggestions.",
    .examples =
        "stance classify --format jsonl -o predictions.jsonl archive/\n"
        "stance sample predictions.jsonl -n 200 -o sample.jsonl\n"
        "stance sample predictions.jsonl --width 0.1 --for hostile --by year -o sample.jsonl\n",
};
