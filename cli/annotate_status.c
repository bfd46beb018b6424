/* SPDX-License-Identifier: MIT
 * stance annotate status, agree: progress and agreement. */
#include <stdio.h>
#include <string.h>

#include "annotate/agree.h"
#include "annotate/alt_report.h"
#include "annotate/model_labels.h"
#include "annotate/screen.h"
#include "annotate/status.h"
#include "progress.h"
#include "project_run.h"
#include "stance/base/error.h"

struct status_options {
  bool is_json;
};

static const struct status_options status_defaults = {0};

static const struct flag status_flags[] = {
    FLAG(FLAG_BOOL, struct status_options, is_json, "json", 0, NULL, "one JSON object"),
};

static enum stance_status report_status(struct project_run *run, struct stance_error *error) {
  const struct status_options *options = run->options;
  run->is_data = options->is_json;
  return annotate_status(&run->project, options->is_json, annotate_clock_wall(NULL), &run->out, error);
}

static enum exit_code run_status(const void *options, int argc, char **argv) {
  return project_run(options, argc, argv, report_status);
}

const struct command command_annotate_status = {
    COMMAND("annotate status", "DIR", "who has done how much, how fast and how well", status, run_status, 1, 1),
    .description =
        "By annotator: units decided of those assigned, seconds a decision, labels, and how often the label equals "
        "gold and, in hidden repeats, the annotator's own.",
    .examples = "stance annotate status my-project\n",
};

struct agree_options {
  bool is_json, is_by_unit;
  const char *head, *model;
  long samples, worst;
};

static const struct agree_options agree_defaults = {.samples = 1000, .worst = 10};

static const struct flag agree_flags[] = {
    FLAG(FLAG_BOOL, struct agree_options, is_json, "json", 0, NULL, "one JSON object, with everything"),
    FLAG(FLAG_STRING, struct agree_options, head, "head", 0, "HEAD", "only this head", .unset = "all"),
    FLAG(FLAG_INTEGER, struct agree_options, samples, "bootstrap", 0, "N",
         "samples for the 95% intervals, drawn from the project's seed; 0: none", .max = 1e6),
    FLAG(FLAG_STRING, struct agree_options, model, "compare-model", 0, "MODEL",
         "instead: people's agreement with each other beside theirs with this model", .unset = "none"),
    FLAG(FLAG_BOOL, struct agree_options, is_by_unit, "by-unit", 0, NULL,
         "draw units for the intervals, not articles (too narrow where an article's units are alike)"),
    FLAG(FLAG_INTEGER, struct agree_options, worst, "worst", 0, "N", "how many of the units that disagree most to list",
         .max = 1e9),
};

/* For each head with labels, compares the annotators' agreement with each other and with the model. */
static enum stance_status compare_model(struct project_run *run, const struct stance_record *records, size_t count,
                                        struct stance_error *error) {
  const struct agree_options *options = run->options;
  const struct annotate_project *project = &run->project;
  struct annotate_model_labels labels;
  STANCE_TRY(annotate_model_labels(options->model, "\001model", records, count, &run->arena, &labels,
                                   error)); /* no annotator's name */
  if (labels.seen)
    message_warning("%zu of %zu units were in this model's training data: its agreement is too high", labels.seen,
                    labels.count);
  struct stance_record *all = stance_arena_alloc(&run->arena, count + labels.count + 1, sizeof *all);
  if (!all) return stance_fail_memory(error);
  for (size_t i = 0; i < count; i++) all[i] = records[i];
  for (size_t i = 0; i < labels.count; i++) all[count + i] = labels.records[i];
  for (size_t h = 0; h < project->codebook.head_count; h++) {
    const struct stance_head *head = &project->codebook.heads[h];
    bool has_labels = false;
    for (size_t i = 0; i < labels.count && !has_labels; i++)
      has_labels = strcmp(labels.records[i].head, head->name) == 0;
    if (!has_labels || (options->head && strcmp(options->head, head->name) != 0)) continue;
    STANCE_TRY(
        annotate_compare_report(all, count + labels.count, head, "\001model", options->is_json, &run->out, error));
  }
  return STANCE_OK;
}

static enum stance_status measure_agreement(struct project_run *run, struct stance_error *error) {
  const struct agree_options *options = run->options;
  struct stance_record *records = NULL;
  size_t count = 0;
  struct progress progress;
  const struct annotate_agree_options how = {.head = options->head,
                                             .samples = (size_t)options->samples,
                                             .worst = (size_t)options->worst,
                                             .is_json = options->is_json,
                                             .is_by_unit = options->is_by_unit,
                                             .progress = progress_step,
                                             .progress_context = &progress};
  run->is_data = options->is_json;
  progress_start(&progress, "agreement", false);
  enum stance_status status = annotate_labels_read(&run->project, NULL, false, &run->arena, &records, &count, error);
  if (status == STANCE_OK)
    status = options->model ? compare_model(run, records, count, error)
                            : annotate_agree(&run->project, records, count, &how, &run->out, error);
  progress_end(&progress);
  return status;
}

static enum exit_code run_agree(const void *options, int argc, char **argv) {
  return project_run(options, argc, argv, measure_agreement);
}

const struct command command_annotate_agree = {
    COMMAND("annotate agree", "DIR", "agreement between annotators", agree, run_agree, 1, 1),
    .description =
        "For each head: the share of agreeing pairs, Fleiss' kappa, Krippendorff's alpha (nominal, and ordinal by the "
        "labels' values), Gwet's AC1 and AC2, Cohen's kappa (weighted, too) and Scott's pi for each pair with their "
        "confusion, agreement by label, of each annotator with the rest, by week and by dyad, and the units that "
        "disagree most. Skipped units do not count. Units with fewer than two labels are dropped and counted. What is "
        "not defined (all labels equal, no unit in common) says why. --compare-model puts a model's agreement with "
        "each annotator beside the annotators' own.",
    .examples = "stance annotate agree my-project\nstance annotate agree my-project --head stance --json\n",
};
