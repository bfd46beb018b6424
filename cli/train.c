/* SPDX-License-Identifier: MIT
 * stance train: trains a model from labels. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "codebooks.h"
#include "command.h"
#include "data.h"
#include "head_values.h"
#include "stance/base/compare.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "train_run.h"

static const struct train_options train_defaults = {.solver = SOLVER_AUTO,
                                                    .kernel = STANCE_KERNEL_LINEAR,
                                                    .calibration = STANCE_CALIBRATION_NONE,
                                                    .metric = TUNE_MACRO_F1,
                                                    .c = 1,
                                                    .gamma = 1,
                                                    .coef0 = 1,
                                                    .balance = 1,
                                                    .prune = 0.005,
                                                    .degree = 3,
                                                    .folds = 5,
                                                    .seed = 1,
                                                    .preset = PRESET_AUTO};

static const struct flag_choice solver_choices[] = {
    {"auto", SOLVER_AUTO},
    {"liblinear", SOLVER_LIBLINEAR_L2_DUAL},
    {"liblinear-l1", SOLVER_LIBLINEAR_L1_DUAL},
    {"liblinear-primal", SOLVER_LIBLINEAR_L2_PRIMAL},
    {"liblinear-logistic", SOLVER_LIBLINEAR_LOGISTIC},
    {"libsvm", SOLVER_LIBSVM},
    {0},
};
static const struct flag_choice kernel_choices[] = {
    {"linear", STANCE_KERNEL_LINEAR},
    {"rbf", STANCE_KERNEL_RBF},
    {"polynomial", STANCE_KERNEL_POLYNOMIAL},
    {0},
};
static const struct flag_choice calibration_choices[] = {
    {"auto", STANCE_CALIBRATION_NONE},
    {"logistic", STANCE_CALIBRATION_LOGISTIC},
    {"platt", STANCE_CALIBRATION_PLATT},
    {"isotonic", STANCE_CALIBRATION_ISOTONIC},
    {0},
};
static const struct flag_choice metric_choices[] = {
    {"macro-f1", TUNE_MACRO_F1},
    {"micro-f1", TUNE_MICRO_F1},
    {"polar-f1", TUNE_POLAR_F1},
    {"pair-f1", TUNE_PAIR_F1},
    {0},
};

static const struct flag_choice cv_by_choices[] = {
    {"article", SPLITS_BY_ARTICLE},
    {"outlet", SPLITS_BY_OUTLET},
    {"date", SPLITS_BY_DATE},
    {0},
};

static const struct flag_choice preset_choices[] = {
    {"auto", PRESET_AUTO},
    {"default", PRESET_DEFAULT},
    {"characters", PRESET_CHARACTERS},
    {"words", PRESET_WORDS},
    {"words-rare", PRESET_WORDS_RARE},
    {"characters-alone", PRESET_CHARACTERS_ALONE},
    {0},
};

/* Checks before training whether path can be written. */
static enum stance_status check_output(const char *path, struct stance_error *error) {
  struct stance_output output = {0};
  struct stat about;
  if (!path || strcmp(path, "-") == 0 ||
      (stat(path, &about) == 0 && !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode)))
    return STANCE_OK; /* opening a pipe would be visible to its reader */
  enum stance_status status = stance_output_open(&output, path, error);
  stance_output_discard(&output);
  return status;
}

static enum stance_status check_outputs(struct train_run *run, struct stance_error *error) {
  const struct train_options *options = run->options;
  STANCE_TRY(check_output(options->output, error));
  STANCE_TRY(check_output(options->report, error));
  STANCE_TRY(check_output(options->folds_out, error));
  return options->grid_out ? train_grid_open(&run->grid, options->grid_out, error) : STANCE_OK;
}

static enum stance_status read_tests(struct train_run *run, struct stance_error *error) {
  const struct train_options *options = run->options;
  struct dataset_filter filter = {.head = options->head};
  if (!options->test.count) return STANCE_OK;
  return train_dataset_read(options->test.items, options->test.count, &run->codebook, &filter, &run->arena, &run->tests,
                            error);
}

/* If the codebook lacks labels, names a shipped codebook that has them. */
static void say_what_fits(struct train_run *run, char **files, int file_count, struct stance_error *error) {
  const char *fitting = codebook_that_fits((const char *const *)files, (size_t)file_count, &run->arena);
  size_t used = strlen(error->message);
  if (fitting && strcmp(fitting, run->codebook.name) != 0)
    snprintf(error->message + used, sizeof error->message - used,
             "; the labels fit the shipped codebook '%s': --codebook %s", fitting, fitting);
}

static enum stance_status train_all(struct train_run *run, char **files, int file_count, struct stance_error *error) {
  const struct train_options *options = run->options;
  struct dataset_filter filter = {options->from, options->until, options->where.items, options->where.count,
                                  options->head};
  interrupt_at_once("train", "no model was written");
  enum stance_status status = train_dataset_read((const char *const *)files, (size_t)file_count, &run->codebook,
                                                 &filter, &run->arena, &run->data, error);
  if (status == STANCE_INPUT) say_what_fits(run, files, file_count, error);
  if (status == STANCE_OK) status = read_tests(run, error);
  if (status == STANCE_OK) status = head_features_check(&run->options->features, &run->codebook, run->data, error);
  if (status == STANCE_OK) status = head_costs_check(&run->options->head_costs, &run->codebook, error);
  interrupt_at_once(NULL, NULL);
  if (status == STANCE_OK) status = check_outputs(run, error);
  run->trained = stance_arena_zalloc(&run->arena, run->codebook.head_count, sizeof *run->trained);
  run->transfers = stance_arena_zalloc(&run->arena, run->codebook.head_count, sizeof *run->transfers);
  if (status == STANCE_OK && (!run->trained || !run->transfers)) {
    *error = (struct stance_error){.status = STANCE_SYSTEM, .message = "out of memory"};
    return STANCE_SYSTEM;
  }
  size_t units = 0;
  for (size_t h = 0; status == STANCE_OK && h < run->codebook.head_count; h++) {
    units += run->data[h].count;
    if (run->data[h].count && !interrupted) status = train_head(run, &run->data[h], error);
  }
  if (status == STANCE_OK && !units) {
    *error = (struct stance_error){.status = STANCE_INPUT};
    snprintf(error->message, sizeof error->message, "no labelled units of codebook '%s' in %s%s", run->codebook.name,
             files[0], file_count > 1 ? " and the other files" : "");
    say_what_fits(run, files, file_count, error);
    return STANCE_INPUT;
  }
  if (status == STANCE_OK && !interrupted) {
    status = train_write_model(run, error);
    run->has_written = status == STANCE_OK;
  }
  if (status == STANCE_OK && !interrupted && options->test.count) status = train_test(run, error);
  if (status == STANCE_OK && !interrupted && options->folds_out) status = train_write_folds(run, error);
  if (status == STANCE_OK && !interrupted && options->report) status = train_write_report(run, error);
  return status;
}

static enum stance_status open_vectors(struct train_run *run, struct stance_error *error) {
  const char *path = run->options->vectors ? run->options->vectors : data_path("vectors/glove-50.vectors");
  if (path && strcmp(path, "none") == 0) return STANCE_OK;
  if (!path) {
    message_warning("the shipped word vectors are not found; their template says nothing");
    return STANCE_OK;
  }
  STANCE_TRY(stance_vectors_open(path, &run->own_vectors, error));
  run->vectors = run->settings.vectors = run->own_vectors;
  return STANCE_OK;
}

/* The model to start from, with its lexicon and its word vectors. */
static enum stance_status open_base(struct train_run *run, struct stance_error *error) {
  const char *path = run->options->base;
  if (strcmp(path, "default") == 0) path = data_model(error);
  if (!path) return STANCE_INPUT;
  STANCE_TRY(stance_model_open(path, &run->base_model, error));
  const char *language = stance_model_codebook(run->base_model)->language, *own = run->codebook.language;
  if (language && *language && own && *own && strcmp(language, own) != 0)
    message_warning("codebook '%s' is in language '%s', the model of --base in '%s'", run->codebook.name, own,
                    language);
  run->lexicon = stance_model_lexicon(run->base_model);
  run->vectors = run->settings.vectors = stance_model_vectors(run->base_model);
  return STANCE_OK;
}

static enum stance_status open_all(struct train_run *run, struct stance_error *error) {
  const struct train_options *options = run->options;
  const char *codebook;
  STANCE_TRY(codebook_find(options->codebook, &run->arena, &codebook, error));
  enum stance_status status = stance_codebook_read(codebook, &run->arena, &run->codebook, error);
  if (status == STANCE_OK && options->base) return open_base(run, error);
  const char *language = run->codebook.language;
  bool is_foreign = language && *language && strncmp(language, "en", 2) != 0;
  if (status == STANCE_OK && is_foreign && (!options->lexicon || !options->vectors))
    message_note(
        "codebook '%s' is in language '%s': the shipped word lists and vectors are English and are left out (see "
        "--lexicon, --vectors)",
        run->codebook.name, language);
  if (status == STANCE_OK && (options->vectors || !is_foreign)) status = open_vectors(run, error);
  const char *lexicon = options->lexicon ? options->lexicon : data_path("lexicon");
  if (status != STANCE_OK || (lexicon && strcmp(lexicon, "none") == 0) || (!options->lexicon && is_foreign))
    return status;
  if (lexicon) {
    status = stance_lexicon_open(lexicon, &run->own_lexicon, error);
    run->lexicon = run->own_lexicon;
    return status;
  }
  message_warning("the shipped lexicon is not found; its features are missing");
  return STANCE_OK;
}

static enum exit_code run_train(const void *chosen, int argc, char **argv) {
  const struct train_options *options = chosen;
  struct stance_error error = {0};
  if (!options->output) return message_usage("-o MODEL is missing; expected the file to write the model to");
  if (strcmp(options->output, "-") == 0)
    return message_usage("-o - is no file; the summary goes to standard output, a model to a file");
  if (options->grid_out && !options->tune && !options->nested)
    return message_usage("--grid-out goes with --tune or --nested: nothing else tries a grid");
  if (options->report && !stance_ends_with(options->report, ".html") && !stance_ends_with(options->report, ".json"))
    return message_usage("--report '%s' ends neither in .html nor in .json", options->report);
  bool is_linear = options->solver != SOLVER_AUTO && options->solver != SOLVER_LIBSVM;
  if (is_linear && options->kernel != STANCE_KERNEL_LINEAR)
    return message_usage("liblinear has no kernels; use --solver libsvm");
  const char *other = !options->base                            ? NULL
                      : options->kernel != STANCE_KERNEL_LINEAR ? "--kernel"
                      : options->preset != PRESET_AUTO          ? "--preset"
                      : options->tune_templates                 ? "--tune-templates"
                      : options->lexicon                        ? "--lexicon"
                      : options->vectors                        ? "--vectors"
                                                                : NULL;
  if (other)
    return message_usage(
        "%s does not go with --base: the features are those of the model to start from, in a linear model", other);
  struct train_run run = {.options = options, .metric = metric_choices[options->metric].name};
  run.settings = (struct trainer_settings){.solver = options->solver,
                                           .kernel = options->kernel,
                                           .c = options->c,
                                           .gamma = options->gamma,
                                           .coef0 = options->coef0,
                                           .epsilon = options->epsilon,
                                           .balance = options->balance,
                                           .prune = options->prune,
                                           .degree = (int)options->degree,
                                           .folds = (uint32_t)options->folds,
                                           .seed = (uint64_t)options->seed,
                                           .threads = (size_t)options->threads,
                                           .calibration = options->calibration,
                                           .by_plain_probability = options->plain,
                                           .keeps_rows = options->report != NULL,
                                           .interrupted = &interrupted,
                                           .min_count = (size_t)options->min_count};
  run.progress = (struct pool_progress){progress_step, &run.bar};
  enum stance_status status = open_all(&run, &error);
  if (status == STANCE_OK) status = train_all(&run, argv, argc, &error);
  for (size_t h = 0; h < run.trained_count; h++) train_trainer_free(&run.trained[h]);
  if (status == STANCE_OK && options->grid_out) status = train_grid_commit(&run.grid, &error);
  train_grid_free(&run.grid);
  stance_lexicon_close(run.own_lexicon);
  stance_vectors_close(run.own_vectors);
  stance_model_close(run.base_model);
  stance_arena_free(&run.arena);
  if (interrupted) {
    message_note("interrupted%s", run.has_written ? "" : "; no model was written");
    return EXIT_DONE; /* main returns the exit code */
  }
  return status == STANCE_OK ? EXIT_DONE : message_error(&error);
}

static const struct flag train_flags[] = {
    FLAG(FLAG_STRING, struct train_options, output, "output", 'o', "MODEL", "where the model is written"),
    FLAG(FLAG_STRING, struct train_options, codebook, "codebook", 'c', "FILE",
         "the codebook that names the heads and labels: a file, or the name of a shipped one",
         .unset = "the shipped international one"),
    FLAG(FLAG_STRING, struct train_options, base, "base", 0, "MODEL",
         "a model to start from (domain adaptation), the word default for the shipped one: its decisions are inputs "
         "beside the features"),
    FLAG(FLAG_STRING, struct train_options, lexicon, "lexicon", 0, "FOLDER", "the lexicons, or none",
         .unset = "the shipped ones"),
    FLAG(FLAG_STRING, struct train_options, vectors, "vectors", 0, "FILE", "the word vectors, or none",
         .unset = "the shipped ones"),
    FLAG(FLAG_STRING, struct train_options, head, "head", 0, "HEAD", "train this head alone",
         .unset = "all that have labels"),
    FLAG(FLAG_LIST, struct train_options, features, "features", 0, "[HEAD:]LIST",
         "templates, of all heads or of one: +name and -name change the default, a plain list replaces it"),
    FLAG(FLAG_CHOICE, struct train_options, preset, "preset", 0, "PRESET",
         "where --features gives none: a set of templates; auto tries them by cross-validation (all under 5,000 units)",
         .choices = preset_choices),
    FLAG(FLAG_CHOICE, struct train_options, solver, "solver", 0, "SOLVER",
         "the solver; auto chooses by kernel and size", .choices = solver_choices),
    FLAG(FLAG_CHOICE, struct train_options, kernel, "kernel", 0, "KERNEL", "the kernel", .choices = kernel_choices),
    FLAG(FLAG_NUMBER, struct train_options, c, "cost", 'C', "C", "the cost C of errors", .min = 1e-6, .max = 1e6),
    FLAG(FLAG_LIST, struct train_options, head_costs, "head-cost", 0, "HEAD:C",
         "the cost C of one head, in place of --cost"),
    FLAG(FLAG_NUMBER, struct train_options, gamma, "gamma", 0, "N", "gamma of the rbf and polynomial kernels",
         .min = 1e-9, .max = 1e9),
    FLAG(FLAG_NUMBER, struct train_options, coef0, "coef0", 0, "N", "coef0 of the polynomial kernel"),
    FLAG(FLAG_INTEGER, struct train_options, degree, "degree", 0, "N", "degree of the polynomial kernel", .min = 1,
         .max = 20),
    FLAG(FLAG_NUMBER, struct train_options, epsilon, "epsilon", 0, "N", "when a solver stops", .min = 1e-9, .max = 1,
         .unset = "the solver's own"),
    FLAG(FLAG_NUMBER, struct train_options, balance, "balance", 0, "N",
         "weight of rare labels: 0 none, 1 as if all were equally many", .min = 0, .max = 1.0001),
    FLAG(FLAG_CHOICE, struct train_options, calibration, "calibration", 0, "KIND",
         "from decisions to probabilities; auto: logistic, one regression over all labels",
         .choices = calibration_choices),
    FLAG(FLAG_BOOL, struct train_options, plain, "plain-probabilities", 0, NULL,
         "the label is the largest probability, without factors chosen for macro-F1"),
    FLAG(FLAG_LIST, struct train_options, test, "test", 0, "LABELS",
         "judge the model on these labels too, and count what they share with the training data"),
    FLAG(FLAG_STRING, struct train_options, folds_out, "folds-out", 0, "FILE",
         "a JSON line a unit: gold, and label, p and fold by models that did not see its group"),
    FLAG(FLAG_STRING, struct train_options, report, "report", 0, "FILE", "a report as FILE.html or FILE.json"),
    FLAG(FLAG_BOOL, struct train_options, tune, "tune", 0, NULL,
         "choose C, balance and gamma by cross-validation; an interruption keeps the best so far"),
    FLAG(FLAG_BOOL, struct train_options, tune_templates, "tune-templates", 0, NULL,
         "with --tune: try templates on and off too"),
    FLAG(FLAG_CHOICE, struct train_options, metric, "metric", 0, "METRIC", "what tuning maximises",
         .choices = metric_choices),
    FLAG(FLAG_BOOL, struct train_options, one_error, "one-standard-error", 0, NULL,
         "with --tune: the smallest C within one standard error of the best"),
    FLAG(FLAG_STRING, struct train_options, tune_log, "tune-log", 0, "FILE",
         "results of tuning, kept: a tuning that was stopped goes on from there"),
    FLAG(FLAG_STRING, struct train_options, grid_out, "grid-out", 0, "FILE",
         "all settings that were tried, as CSV: in which folds, C, balance, gamma, templates, score, standard error"),
    FLAG(FLAG_BOOL, struct train_options, nested, "nested", 0, NULL, "an unbiased figure: tune inside of each fold"),
    FLAG(FLAG_INTEGER, struct train_options, folds, "cv", 0, "K", "folds of the grouped cross-validation", .min = 2,
         .max = 100),
    FLAG(FLAG_CHOICE, struct train_options, cv_by, "cv-by", 0, "FIELD",
         "judge by more than grouped folds: leave one outlet out, or forward in time (train on before, test on after)",
         .choices = cv_by_choices),
    FLAG(FLAG_STRING, struct train_options, from, "from", 0, "DATE", "only units from this day on"),
    FLAG(FLAG_STRING, struct train_options, until, "until", 0, "DATE", "only units before this day"),
    FLAG(FLAG_LIST, struct train_options, where, "where", 0, "FIELD=VALUE",
         "only units with this source, target, outlet, article, annotator"),
    FLAG(FLAG_INTEGER, struct train_options, min_count, "min-count", 0, "N", "leave out features that fewer units have",
         .min = 1, .max = 1e6, .unset = "2, or as the preset has it"),
    FLAG(FLAG_NUMBER, struct train_options, prune, "prune", 0, "N",
         "leave out features whose weights are below N times the largest", .min = 0, .max = 1),
    FLAG(FLAG_INTEGER, struct train_options, seed, "seed", 0, "N", "seed of folds and samples", .min = 0, .max = 1e15),
    FLAG(FLAG_INTEGER, struct train_options, threads, "threads", 'j', "N", "threads", .min = 0, .max = 1024,
         .unset = "one a core"),
    FLAG(FLAG_BOOL, struct train_options, quiet, "quiet", 'q', NULL, "no progress bar"),
};

const struct command command_train = {
    COMMAND("train", "LABELS... -o MODEL", "train a model from label records", train, run_train, 1, -1),
    .description =
        "Trains every head of the codebook that has labels, judges it by grouped cross-validation (sentences that are "
        "nearly "
        "equal, and sentences of one article, stay in one fold), calibrates it on the decisions made there, and writes "
        "one "
        "model file. The same labels, settings and seed give the same bytes whatever the number of threads.",
    .examples =
        "stance train gold.jsonl -o my.model\n"
        "# from few labels: starting from the shipped model\n"
        "stance train gold.jsonl --base default -o my.model\n"
        "# one head, another codebook\n"
        "stance train labels.jsonl --codebook dse.json --head stance -o dse.model",
};
