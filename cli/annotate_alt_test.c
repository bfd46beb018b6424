/* SPDX-License-Identifier: MIT
 * stance annotate alt-test: may a model replace annotators? */
#include <string.h>
#include <sys/stat.h>

#include "annotate/alt_report.h"
#include "annotate/model_labels.h"
#include "annotate/project.h"
#include "command.h"
#include "output.h"
#include "stance/base/error.h"
#include "stance/model/model.h"

struct alt_options {
  const char *model, *codebook, *head, *reason;
  struct flag_list names;
  double epsilon, q;
  long least, seed;
  int score;
  bool is_csv;
};

static const struct alt_options alt_defaults = {.epsilon = 0.15, .q = 0.05, .least = 30, .seed = 1};
static const struct flag_choice score_choices[] = {
    {"accuracy", ALT_TEST_ACCURACY}, {"neg-rmse", ALT_TEST_NEG_RMSE}, {"kappa-weighted", ALT_TEST_KAPPA}, {NULL, 0}};

static const struct flag alt_flags[] = {
    FLAG(FLAG_STRING, struct alt_options, model, "model", 'm', "MODEL",
         "the model put to the test: it labels the units itself", .unset = "none"),
    FLAG(FLAG_LIST, struct alt_options, names, "as", 0, "NAME",
         "an annotator of the labels who is put to the test (a program's labels)", .unset = "none"),
    FLAG(FLAG_NUMBER, struct alt_options, epsilon, "epsilon", 0, "E",
         "how much worse the model may be for its price: 0.2 against experts, 0.15 skilled annotators, 0.1 a crowd",
         .min = 0, .max = 1),
    FLAG(FLAG_STRING, struct alt_options, reason, "reason", 0, "TEXT", "why this epsilon; it stands in the output",
         .unset = "by its size"),
    FLAG(FLAG_NUMBER, struct alt_options, q, "q", 0, "Q", "the false discovery rate over annotators", .min = 1e-6,
         .max = 1),
    FLAG(FLAG_CHOICE, struct alt_options, score, "score", 0, "SCORE", "how close a label is to the others'",
         .choices = score_choices),
    FLAG(FLAG_INTEGER, struct alt_options, least, "min-units", 0, "N", "annotators with fewer units are passed over",
         .min = 2, .max = 1e9),
    FLAG(FLAG_STRING, struct alt_options, head, "head", 0, "HEAD", "this question",
         .unset = "all that the labels are of"),
    FLAG(FLAG_STRING, struct alt_options, codebook, "codebook", 'c', "FILE", "of label files",
         .unset = "the project's, the model's, or the shipped international one"),
    FLAG(FLAG_INTEGER, struct alt_options, seed, "seed", 0, "N", "of the annotator at random", .min = 0, .max = 9e15),
    FLAG(FLAG_BOOL, struct alt_options, is_csv, "csv", 0, NULL,
         "one row for each model and annotator, then the summary as comments (#)"),
};

struct run {
  const struct alt_options *options;
  struct stance_arena arena;
  struct stance_codebook codebook;
  bool has_codebook;
  struct stance_record *records;
  size_t count, capacity;
  struct stance_buffer out;
};

static enum stance_status append(struct run *run, const struct stance_record *records, size_t count,
                                 struct stance_error *error) {
  struct stance_record *items =
      stance_arena_grow(&run->arena, run->records, &run->capacity, run->count + count, sizeof *items);
  if (!items) return stance_fail_memory(error);
  run->records = items;
  if (count) memcpy(items + run->count, records, count * sizeof *records);
  run->count += count;
  return STANCE_OK;
}

static enum stance_status read_one(struct run *run, const char *path, struct stance_error *error) {
  struct stance_record *records;
  struct annotate_project project;
  struct stat about;
  size_t count;
  if (strcmp(path, "-") != 0 && stat(path, &about) != 0) return stance_fail_errno(error, path, "cannot read");
  if (strcmp(path, "-") != 0 && S_ISDIR(about.st_mode)) {
    STANCE_TRY(annotate_project_open(path, &run->arena, &project, error));
    if (!run->has_codebook) run->codebook = project.codebook;
    run->has_codebook = true;
    STANCE_TRY(annotate_labels_read(&project, NULL, false, &run->arena, &records, &count, error));
  } else {
    STANCE_TRY(stance_records_read(path, &run->arena, &records, &count, error));
    STANCE_TRY(stance_records_resolve(records, &count, error));
  }
  return append(run, records, count, error);
}

static enum stance_status find_codebook(struct run *run, struct stance_error *error) {
  const char *path = run->options->codebook;
  if (!path && run->has_codebook) return STANCE_OK;
  if (!path) path = data_path("codebooks/international.json");
  if (!path) return stance_fail(error, STANCE_USAGE, "the shipped codebook is not found; give --codebook FILE");
  return stance_codebook_read(path, &run->arena, &run->codebook, error);
}

static enum stance_status add_model(struct run *run, struct stance_error *error) {
  struct annotate_model_labels labels;
  if (!run->options->model) return STANCE_OK;
  STANCE_TRY(annotate_model_labels(run->options->model, run->options->model, run->records, run->count, &run->arena,
                                   &labels, error));
  if (labels.seen)
    return stance_fail(error, STANCE_INPUT,
                       "%zu of %zu units were in this model's training data: it would be judged by what it learnt by "
                       "heart; test it on others",
                       labels.seen, labels.count);
  return append(run, labels.records, labels.count, error);
}

static bool has_labels(const struct run *run, const char *head) {
  for (size_t i = 0; i < run->count; i++)
    if (run->records[i].label && strcmp(run->records[i].head, head) == 0) return true;
  return false;
}

static const char *reason_of(const struct alt_options *options) {
  if (options->reason) return options->reason;
  return options->epsilon >= 0.2    ? "as against experts"
         : options->epsilon >= 0.15 ? "as against skilled annotators"
         : options->epsilon >= 0.1  ? "as against a crowd"
                                    : "no reason given";
}

static enum stance_status test_all(struct run *run, bool *has_passed, struct stance_error *error) {
  const struct alt_options *options = run->options;
  const char *candidates[FLAG_LIST_MAX + 1];
  size_t count = 0, heads = 0;
  for (size_t i = 0; i < options->names.count; i++) candidates[count++] = options->names.items[i];
  if (options->model) candidates[count++] = options->model;
  for (size_t h = 0; h < run->codebook.head_count; h++) {
    const struct stance_head *head = &run->codebook.heads[h];
    bool has_head = true;
    if ((options->head && strcmp(options->head, head->name) != 0) || !has_labels(run, head->name)) continue;
    const struct alt_report_options report = {
        .head = head,
        .candidates = candidates,
        .candidate_count = count,
        .reason = reason_of(options),
        .seed = (uint64_t)options->seed,
        .is_csv = options->is_csv,
        .settings = {options->epsilon, options->q, (enum alt_test_score)options->score, (size_t)options->least}};
    if (!options->is_csv) stance_buffer_printf(&run->out, "%s%s\n", heads ? "\n" : "", head->name);
    STANCE_TRY(annotate_alt_report(run->records, run->count, &report, &run->out, &has_head, error));
    *has_passed = *has_passed && has_head;
    heads++;
  }
  return heads ? STANCE_OK
               : stance_fail(error, STANCE_INPUT, "no label is of a head of codebook '%s'", run->codebook.name);
}

static enum exit_code run_alt_test(const void *given, int argc, char **argv) {
  struct run run = {.options = given};
  struct stance_error error = {0};
  bool has_passed = true;
  enum stance_status status = STANCE_OK;
  if (!run.options->model && !run.options->names.count)
    return message_usage("say who is put to the test: --model MODEL or --as NAME");
  for (int i = 0; status == STANCE_OK && i < argc; i++) status = read_one(&run, argv[i], &error);
  if (status == STANCE_OK) status = find_codebook(&run, &error);
  if (status == STANCE_OK) status = add_model(&run, &error);
  if (status == STANCE_OK) status = test_all(&run, &has_passed, &error);
  if (status == STANCE_OK) output_text(&run.out);
  stance_buffer_free(&run.out);
  stance_arena_free(&run.arena);
  if (status != STANCE_OK) return message_error(&error);
  return has_passed ? EXIT_DONE : EXIT_FINDING;
}

const struct command command_annotate_alt_test = {
    COMMAND("annotate alt-test", "DIR|LABELS...", "test whether a model may stand in for annotators", alt, run_alt_test,
            1, -1),
    .description =
        "The alternative annotator test (Calderon, Reichart, Dror 2025): each annotator is left out in turn, and the "
        "model must be as close to the others as the one left out, but for epsilon; it passes where it does so for "
        "half of the annotators. Two baselines are tested too, always the most common label and an annotator at "
        "random: where the first passes, the test cannot tell, and the exit code is 1, as where the model does not "
        "pass. At least three annotators are needed, and units that the model was not trained on.",
    .examples =
        "stance annotate alt-test my-project --model my.model\nstance annotate alt-test labels.jsonl --as gpt "
        "--epsilon 0.2 --score kappa-weighted\n",
};
