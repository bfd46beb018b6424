/* SPDX-License-Identifier: MIT
 * stance train: labels to a model. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "codebooks.h"
#include "command.h"
#include "doubts.h"
#include "figures.h"
#include "head_values.h"
#include "output.h"
#include "progress.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "train/folds.h"
#include "train/preset.h"
#include "train/report.h"
#include "train/tune.h"

struct options {
  const char *output, *codebook, *lexicon, *vectors, *head, *from, *until, *tune_log, *report, *folds_out;
  struct flag_list features, head_costs, where, test;
  enum solver_kind solver;
  enum stance_kernel kernel;
  enum stance_calibration calibration;
  enum tune_metric metric;
  enum preset preset;
  double c, gamma, coef0, epsilon, balance, prune;
  long degree, folds, seed, threads, min_count;
  bool quiet, plain, tune, nested, one_error, tune_templates;
};

static const struct options defaults = {.solver = SOLVER_AUTO,
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

static const struct flag_choice preset_choices[] = {
    {"auto", PRESET_AUTO},
    {"default", PRESET_DEFAULT},
    {"characters", PRESET_CHARACTERS},
    {"words", PRESET_WORDS},
    {"words-rare", PRESET_WORDS_RARE},
    {"characters-alone", PRESET_CHARACTERS_ALONE},
    {0},
};

/* All that a run holds, to be let go in one place. */
struct run {
  const struct options *options;
  struct trainer_settings settings;
  struct stance_arena arena;
  struct stance_codebook codebook;
  struct stance_lexicon *lexicon;
  struct stance_vectors *vectors;
  struct dataset *data, *tests; /* of --test, one a head; NULL: none given */
  struct trained *trained;
  size_t trained_count;
  struct progress bar;
  struct pool_progress progress;
  bool has_written; /* the model */
};

/* ---- the summary ---------------------------------------------------------------------------------------- */

static void print_trained(const struct trained *trained) {
  const struct stance_head *head = trained->data->head;
  static const char *const groupings[] = {"by article", "by sentence", "by sentence"};
  output_print(
      "  %zu different sentences in %u groups (%s; %zu pairs nearly equal), %zu features (%zu in fewer than %zu units "
      "and "
      "%zu of next to no weight dropped)\n",
      trained->group_summary.texts, trained->group_count, groupings[trained->grouping],
      trained->group_summary.near_duplicates, trained->head.feature_count, trained->features_dropped_rare,
      trained->min_count, trained->features_dropped_small);
  output_print("  solver: %s, C %g (%s)\n", solver_name(trained->settings.solver.kind), trained->settings.solver.c,
               trained->solver_reason);
  doubts_warn(trained);
  if (trained->grouping == TRAINER_UNJUDGED) {
    output_print(
        "  not judged: no two labels stand in two different sentences each; probabilities are not calibrated\n");
    return;
  }
  figures_confusion(head, &trained->metrics, &trained->intervals);
  output_print("  grouped cross-validation in %u folds%s\n", trained->fold_count,
               trained->grouping == TRAINER_BY_SENTENCE
                   ? ", by sentence and not by article: the figures are too good for other articles"
                   : "");
  if (trained->selected >= 0) {
    output_print(
        "  out of fold: %zu units, macro-F1 %.3f, with what was chosen on these folds; chosen anew inside of each fold "
        "(nested): %.3f\n",
        trained->metrics.count, trained->metrics.macro_f1, trained->selected);
  } else {
    figures_line("out of fold", &trained->metrics, &trained->intervals);
  }
  figures_pairs(&trained->pairs);
  figures_probabilities(head, &trained->probabilities, trained->reliability.error);
}

/* ---- the work ------------------------------------------------------------------------------------------- */

static enum stance_status tune_head(struct run *run, struct trained *trained, struct stance_error *error) {
  const struct options *options = run->options;
  const char *metric = metric_choices[options->metric].name;
  struct tune_settings tune = {.metric = options->metric,
                               .by_one_standard_error = options->one_error,
                               .tries_templates = options->tune_templates,
                               .log = options->tune_log,
                               .step = progress_step,
                               .context = &run->bar};
  struct tuned tuned;
  double score, deviation;
  enum stance_status status = STANCE_OK;
  if (options->nested || options->tune) { /* a tuned score is too good: what is told is the nested one */
    progress_start(&run->bar, "nested", options->quiet);
    status = train_tune_nested(trained, run->lexicon, &run->settings, &tune, &score, &deviation, error);
    progress_end(&run->bar);
    if (status == STANCE_OK)
      output_print("  tuned inside of each fold (nested): %s %.3f, standard deviation over folds %.3f\n", metric, score,
                   deviation);
    if (status == STANCE_OK && options->tune && options->metric == TUNE_MACRO_F1) trained->selected = score;
  }
  if (status != STANCE_OK || !options->tune) return status;
  progress_start(&run->bar, "tuning", options->quiet);
  status = train_tune(trained, run->lexicon, &run->settings, &tune, &tuned, error);
  progress_end(&run->bar);
  if (status != STANCE_OK) return status;
  if (tuned.is_stopped) {
    interrupted = 0; /* go on with the best so far; a second interruption ends the program */
    message_note("interrupted: the best of %zu settings is used", tuned.tried);
  }
  char *templates = stance_template_format(tuned.templates, &run->arena);
  output_print("  tuned over %zu settings: C %g, balance %g", tuned.tried, tuned.c, tuned.balance);
  if (trained->head.kernel != STANCE_KERNEL_LINEAR) output_print(", gamma %g", tuned.gamma);
  output_print(", templates %s: %s %.3f (standard error %.3f), %.3f before\n", templates ? templates : "", metric,
               tuned.score, tuned.error, tuned.first);
  return STANCE_OK;
}

static void print_choice(const struct preset_choice *choice) {
  output_print("  features: preset %s of %zu by macro-F1 out of fold on %zu units:", train_preset_name(choice->preset),
               choice->tried, choice->units);
  for (int p = 0, n = 0; p < PRESET_COUNT; p++)
    if (choice->score[p] >= 0)
      output_print("%s %s %.3f", n++ ? "," : "", train_preset_name((enum preset)p), choice->score[p]);
  if (choice->nested >= 0) output_print("; chosen inside of each fold (nested) %.3f", choice->nested);
  output_print("\n");
}

/* Templates and min-count of a head: those given; else the preset given, or the one that is best on the data. */
static enum stance_status choose_features(struct run *run, const struct dataset *data, const char **preset,
                                          double *nested, struct stance_error *error) {
  const struct options *options = run->options;
  struct trainer_settings *settings = &run->settings;
  const char *given = head_features(&options->features, data->head->name);
  enum preset chosen = options->preset;
  *preset = "given";
  *nested = -1;
  settings->templates = given;
  settings->min_count = options->min_count ? (size_t)options->min_count : 2;
  if (chosen == PRESET_AUTO && (given || options->min_count)) return STANCE_OK;
  if (chosen == PRESET_AUTO) {
    struct preset_choice choice;
    progress_start(&run->bar, "presets", options->quiet);
    enum stance_status status =
        train_preset_choose(data, run->lexicon, run->lexicon != NULL, settings, &run->progress, &choice, error);
    progress_end(&run->bar);
    if (status != STANCE_OK) return status;
    if (choice.tried > 1) print_choice(&choice);
    *nested = choice.nested;
    chosen = choice.preset;
  }
  *preset = train_preset_name(chosen);
  if (!given) settings->templates = train_preset_templates(chosen, data->head->unit);
  if (!options->min_count) settings->min_count = train_preset_min_count(chosen);
  return STANCE_OK;
}

static enum stance_status train_head(struct run *run, const struct dataset *data, struct stance_error *error) {
  struct trained *trained = &run->trained[run->trained_count++];
  bool is_stopped = false;
  const char *preset;
  double nested;
  figures_merge(data);
  run->settings.c = head_cost(&run->options->head_costs, run->options->c, data->head->name);
  STANCE_TRY(choose_features(run, data, &preset, &nested, error));
  if (interrupted) return STANCE_OK;
  progress_start(&run->bar, "features", run->options->quiet);
  enum stance_status status =
      train_trainer_prepare(data, run->lexicon, &run->settings, &run->progress, &run->arena, trained, error);
  progress_end(&run->bar);
  if (status != STANCE_OK) return status;
  trained->preset = preset;
  trained->selected = nested;
  status = trained->grouping == TRAINER_UNJUDGED ? STANCE_OK : tune_head(run, trained, error);
  if (status != STANCE_OK || interrupted) return status;
  progress_start(&run->bar, "folds", run->options->quiet);
  status = train_trainer_crossval(trained, &run->progress, &is_stopped, error);
  progress_end(&run->bar);
  if (status != STANCE_OK || is_stopped) return status;
  status = train_trainer_calibrate(trained, run->settings.seed, &run->arena, error);
  if (status == STANCE_OK) status = train_trainer_finish(trained, run->lexicon, &run->settings, &run->arena, error);
  if (status == STANCE_OK) print_trained(trained);
  return status;
}

static enum stance_status write_model(struct run *run, struct stance_error *error) {
  struct stance_model_head *heads = stance_arena_zalloc(&run->arena, run->trained_count, sizeof *heads);
  cJSON *header = train_trainer_header(run->trained, run->trained_count, &run->settings);
  enum stance_status status = heads && header ? STANCE_OK : STANCE_SYSTEM;
  for (size_t h = 0; status == STANCE_OK && h < run->trained_count; h++) heads[h] = run->trained[h].head;
  if (status == STANCE_OK)
    status = stance_model_write(run->options->output, &run->codebook, run->lexicon, run->vectors, heads,
                                run->trained_count, header, error);
  else *error = (struct stance_error){.status = STANCE_SYSTEM, .message = "out of memory"};
  cJSON_Delete(header);
  return status;
}

/* What was said of each unit out of fold. Heads without folds are left out, which a warning has told. */
static enum stance_status write_folds(struct run *run, struct stance_error *error) {
  struct stance_output output = {0};
  enum stance_status status = stance_output_open(&output, run->options->folds_out, error);
  for (size_t h = 0; status == STANCE_OK && h < run->trained_count; h++) {
    const struct trained *trained = &run->trained[h];
    if (trained->grouping != TRAINER_UNJUDGED)
      status = train_folds_write(&(struct folds){trained->data, trained->p, trained->predicted, trained->folds, NULL},
                                 output.stream, error);
  }
  if (status == STANCE_OK) status = stance_output_commit(&output, error);
  stance_output_discard(&output);
  return status;
}

static bool ends_with(const char *text, const char *end) {
  size_t length = strlen(text), tail = strlen(end);
  return length >= tail && strcmp(text + length - tail, end) == 0;
}

static enum stance_status write_report(struct run *run, struct stance_error *error) {
  struct report_head *heads = stance_arena_zalloc(&run->arena, run->trained_count, sizeof *heads);
  struct stance_model *model = NULL;
  struct stance_buffer text = {0};
  struct stance_output output = {0};
  const char *path = run->options->report;
  enum stance_status status =
      heads ? stance_model_open(run->options->output, &model, error) : stance_fail_memory(error);
  for (size_t h = 0; status == STANCE_OK && h < run->trained_count; h++)
    status =
        train_report_head_make(&run->trained[h], model, h, run->lexicon, &run->settings, &run->arena, &heads[h], error);
  if (status == STANCE_OK) {
    if (ends_with(path, ".html")) train_report_html(heads, run->trained_count, &run->settings, &text);
    else train_report_json(heads, run->trained_count, &run->settings, &text);
    status = text.failed ? stance_fail_memory(error) : stance_output_open(&output, path, error);
  }
  if (status == STANCE_OK) {
    stance_output_write(&output, text.data, text.length);
    status = stance_output_commit(&output, error);
  }
  stance_output_discard(&output);
  stance_buffer_free(&text);
  stance_model_close(model);
  return status;
}

/* How many test units stand in sentences that nearly equal one trained on, equal ones included. */
static enum stance_status count_near(const struct dataset *train, const struct dataset *test, size_t *near,
                                     struct stance_arena *arena, struct stance_error *error) {
  const char **trained = stance_arena_alloc(arena, train->count + 1, sizeof *trained);
  const char **tested = stance_arena_alloc(arena, test->count + 1, sizeof *tested);
  bool *is_seen = stance_arena_zalloc(arena, test->count + 1, 1),
       *is_near = stance_arena_zalloc(arena, test->count + 1, 1);
  *near = 0;
  if (!trained || !tested || !is_seen || !is_near) return stance_fail_memory(error);
  for (size_t i = 0; i < train->count; i++) trained[i] = train->records[i]->text;
  for (size_t i = 0; i < test->count; i++) tested[i] = test->records[i]->text;
  enum stance_status status = group_leaks(trained, train->count, tested, test->count, is_seen, is_near, error);
  for (size_t i = 0; i < test->count; i++) *near += is_near[i];
  return status;
}

static enum stance_status run_test(struct run *run, struct stance_error *error) {
  const struct options *options = run->options;
  struct stance_model *model = NULL;
  enum stance_status status = stance_model_open(options->output, &model, error);
  for (size_t h = 0; status == STANCE_OK && h < run->trained_count; h++) {
    const struct dataset *train = run->trained[h].data, *test = &run->tests[train - run->data];
    struct evaluation evaluation;
    size_t near;
    if (!test->count) continue;
    status = train_evaluate_head(model, h, test, run->settings.threads, run->settings.seed, NULL, &run->arena,
                                 &evaluation, error);
    if (status == STANCE_OK) status = count_near(train, test, &near, &run->arena, error);
    if (status != STANCE_OK) break;
    output_print("\ntest, ");
    figures_evaluation(&evaluation);
    output_print(
        "  %zu test units stand in sentences nearly equal to one trained on (three-word shingles, Jaccard >= %g)\n",
        near, GROUP_JACCARD);
  }
  stance_model_close(model);
  return status;
}

/* Whether path can be written: found out before hours of training, not after. */
static enum stance_status check_output(const char *path, struct stance_error *error) {
  struct stance_output output = {0};
  struct stat about;
  if (!path || strcmp(path, "-") == 0 ||
      (stat(path, &about) == 0 && !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode)))
    return STANCE_OK; /* opening a pipe would tell its reader */
  enum stance_status status = stance_output_open(&output, path, error);
  stance_output_discard(&output);
  return status;
}

static enum stance_status read_tests(struct run *run, struct stance_error *error) {
  const struct options *options = run->options;
  struct dataset_filter filter = {.head = options->head};
  if (!options->test.count) return STANCE_OK;
  return train_dataset_read(options->test.items, options->test.count, &run->codebook, &filter, &run->arena, &run->tests,
                            error);
}

/* Labels that are none of the codebook's may be another shipped one's. */
static void say_what_fits(struct run *run, char **files, int file_count, struct stance_error *error) {
  const char *fitting = codebook_that_fits((const char *const *)files, (size_t)file_count, &run->arena);
  size_t used = strlen(error->message);
  if (fitting)
    snprintf(error->message + used, sizeof error->message - used,
             "; the labels fit the shipped codebook '%s': --codebook %s", fitting, fitting);
}

static enum stance_status train_all(struct run *run, char **files, int file_count, struct stance_error *error) {
  const struct options *options = run->options;
  struct dataset_filter filter = {options->from, options->until, options->where.items, options->where.count,
                                  options->head};
  enum stance_status status = train_dataset_read((const char *const *)files, (size_t)file_count, &run->codebook,
                                                 &filter, &run->arena, &run->data, error);
  if (status == STANCE_INPUT) say_what_fits(run, files, file_count, error);
  if (status == STANCE_OK) status = read_tests(run, error);
  if (status == STANCE_OK) status = head_features_check(&run->options->features, &run->codebook, run->data, error);
  if (status == STANCE_OK) status = head_costs_check(&run->options->head_costs, &run->codebook, error);
  if (status == STANCE_OK) status = check_output(options->output, error);
  if (status == STANCE_OK) status = check_output(options->report, error);
  if (status == STANCE_OK) status = check_output(options->folds_out, error);
  run->trained = stance_arena_zalloc(&run->arena, run->codebook.head_count, sizeof *run->trained);
  if (status == STANCE_OK && !run->trained) {
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
    status = write_model(run, error);
    run->has_written = status == STANCE_OK;
  }
  if (status == STANCE_OK && !interrupted && options->test.count) status = run_test(run, error);
  if (status == STANCE_OK && !interrupted && options->folds_out) status = write_folds(run, error);
  if (status == STANCE_OK && !interrupted && options->report) status = write_report(run, error);
  return status;
}

static enum stance_status open_vectors(struct run *run, struct stance_error *error) {
  const char *path = run->options->vectors ? run->options->vectors : data_path("vectors/glove-50.vectors");
  if (path && strcmp(path, "none") == 0) return STANCE_OK;
  if (!path) {
    message_warning("the shipped word vectors are not found; their template says nothing");
    return STANCE_OK;
  }
  STANCE_TRY(stance_vectors_open(path, &run->vectors, error));
  run->settings.vectors = run->vectors;
  return STANCE_OK;
}

static enum stance_status open_all(struct run *run, struct stance_error *error) {
  const struct options *options = run->options;
  const char *codebook;
  STANCE_TRY(codebook_find(options->codebook, &run->arena, &codebook, error));
  enum stance_status status = stance_codebook_read(codebook, &run->arena, &run->codebook, error);
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
  if (lexicon) return stance_lexicon_open(lexicon, &run->lexicon, error);
  message_warning("the shipped lexicon is not found; its features are missing");
  return STANCE_OK;
}

static enum exit_code run_train(const void *chosen, int argc, char **argv) {
  const struct options *options = chosen;
  struct stance_error error = {0};
  if (!options->output) return message_usage("-o MODEL is missing; expected the file to write the model to");
  if (strcmp(options->output, "-") == 0)
    return message_usage("-o - is no file; the summary goes to standard output, a model to a file");
  if (options->report && !ends_with(options->report, ".html") && !ends_with(options->report, ".json"))
    return message_usage("--report '%s' ends neither in .html nor in .json", options->report);
  struct run run = {.options = options};
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
                                           .min_count = (size_t)options->min_count};
  run.progress = (struct pool_progress){progress_step, &run.bar};
  enum stance_status status = open_all(&run, &error);
  if (status == STANCE_OK) status = train_all(&run, argv, argc, &error);
  for (size_t h = 0; h < run.trained_count; h++) train_trainer_free(&run.trained[h]);
  stance_lexicon_close(run.lexicon);
  stance_vectors_close(run.vectors);
  stance_arena_free(&run.arena);
  if (interrupted) {
    message_note("interrupted%s", run.has_written ? "" : "; no model was written");
    return EXIT_DONE; /* main says so by the exit code */
  }
  return status == STANCE_OK ? EXIT_DONE : message_error(&error);
}

static const struct flag flags[] = {
    FLAG(FLAG_STRING, struct options, output, "output", 'o', "MODEL", "where the model is written"),
    FLAG(FLAG_STRING, struct options, codebook, "codebook", 'c', "FILE",
         "the codebook that names the heads and labels: a file, or the name of a shipped one",
         .unset = "the shipped international one"),
    FLAG(FLAG_STRING, struct options, lexicon, "lexicon", 0, "FOLDER", "the lexicons, or none",
         .unset = "the shipped ones"),
    FLAG(FLAG_STRING, struct options, vectors, "vectors", 0, "FILE", "the word vectors, or none",
         .unset = "the shipped ones"),
    FLAG(FLAG_STRING, struct options, head, "head", 0, "HEAD", "train this head alone",
         .unset = "all that have labels"),
    FLAG(FLAG_LIST, struct options, features, "features", 0, "[HEAD:]LIST",
         "templates, of all heads or of one: +name and -name change the default, a plain list replaces it"),
    FLAG(FLAG_CHOICE, struct options, preset, "preset", 0, "PRESET",
         "where --features gives none: a set of templates; auto tries them by cross-validation (all under 5,000 units)",
         .choices = preset_choices),
    FLAG(FLAG_CHOICE, struct options, solver, "solver", 0, "SOLVER", "the solver; auto chooses by kernel and size",
         .choices = solver_choices),
    FLAG(FLAG_CHOICE, struct options, kernel, "kernel", 0, "KERNEL", "the kernel", .choices = kernel_choices),
    FLAG(FLAG_NUMBER, struct options, c, "cost", 'C', "C", "the cost C of errors", .min = 1e-6, .max = 1e6),
    FLAG(FLAG_LIST, struct options, head_costs, "head-cost", 0, "HEAD:C", "the cost C of one head, in place of --cost"),
    FLAG(FLAG_NUMBER, struct options, gamma, "gamma", 0, "N", "gamma of the rbf and polynomial kernels", .min = 1e-9,
         .max = 1e9),
    FLAG(FLAG_NUMBER, struct options, coef0, "coef0", 0, "N", "coef0 of the polynomial kernel"),
    FLAG(FLAG_INTEGER, struct options, degree, "degree", 0, "N", "degree of the polynomial kernel", .min = 1,
         .max = 20),
    FLAG(FLAG_NUMBER, struct options, epsilon, "epsilon", 0, "N", "when a solver stops", .min = 1e-9, .max = 1,
         .unset = "the solver's own"),
    FLAG(FLAG_NUMBER, struct options, balance, "balance", 0, "N",
         "weight of rare labels: 0 none, 1 as if all were equally many", .min = 0, .max = 1.0001),
    FLAG(FLAG_CHOICE, struct options, calibration, "calibration", 0, "KIND",
         "from decisions to probabilities; auto: logistic, one regression over all labels",
         .choices = calibration_choices),
    FLAG(FLAG_BOOL, struct options, plain, "plain-probabilities", 0, NULL,
         "the label is the largest probability, without factors chosen for macro-F1"),
    FLAG(FLAG_LIST, struct options, test, "test", 0, "LABELS",
         "judge the model on these labels too, and count what they share with the training data"),
    FLAG(FLAG_STRING, struct options, folds_out, "folds-out", 0, "FILE",
         "a JSON line a unit: gold, and label, p and fold by models that did not see its group"),
    FLAG(FLAG_STRING, struct options, report, "report", 0, "FILE", "a report as FILE.html or FILE.json"),
    FLAG(FLAG_BOOL, struct options, tune, "tune", 0, NULL,
         "choose C, balance and gamma by cross-validation; an interruption keeps the best so far"),
    FLAG(FLAG_BOOL, struct options, tune_templates, "tune-templates", 0, NULL,
         "with --tune: try templates on and off too"),
    FLAG(FLAG_CHOICE, struct options, metric, "metric", 0, "METRIC", "what tuning maximises",
         .choices = metric_choices),
    FLAG(FLAG_BOOL, struct options, one_error, "one-standard-error", 0, NULL,
         "with --tune: the smallest C within one standard error of the best"),
    FLAG(FLAG_STRING, struct options, tune_log, "tune-log", 0, "FILE",
         "results of tuning, kept: a tuning that was stopped goes on from there"),
    FLAG(FLAG_BOOL, struct options, nested, "nested", 0, NULL, "an unbiased figure: tune inside of each fold"),
    FLAG(FLAG_INTEGER, struct options, folds, "cv", 0, "K", "folds of the grouped cross-validation", .min = 2,
         .max = 100),
    FLAG(FLAG_STRING, struct options, from, "from", 0, "DATE", "only units from this day on"),
    FLAG(FLAG_STRING, struct options, until, "until", 0, "DATE", "only units before this day"),
    FLAG(FLAG_LIST, struct options, where, "where", 0, "FIELD=VALUE",
         "only units with this source, target, outlet, article, annotator"),
    FLAG(FLAG_INTEGER, struct options, min_count, "min-count", 0, "N", "leave out features that fewer units have",
         .min = 1, .max = 1e6, .unset = "2, or as the preset has it"),
    FLAG(FLAG_NUMBER, struct options, prune, "prune", 0, "N",
         "leave out features whose weights are below N times the largest", .min = 0, .max = 1),
    FLAG(FLAG_INTEGER, struct options, seed, "seed", 0, "N", "seed of folds and samples", .min = 0, .max = 1e15),
    FLAG(FLAG_INTEGER, struct options, threads, "threads", 'j', "N", "threads", .min = 0, .max = 1024,
         .unset = "one a core"),
    FLAG(FLAG_BOOL, struct options, quiet, "quiet", 'q', NULL, "no progress bar"),
};

const struct command command_train = {
    .name = "train",
    .arguments = "LABELS... -o MODEL",
    .summary = "train a model from label records",
    .description =
        "Trains every head of the codebook that has labels, judges it by grouped cross-validation (sentences that are "
        "nearly "
        "equal, and sentences of one article, stay in one fold), calibrates it on the decisions made there, and writes "
        "one "
        "model file. The same labels, settings and seed give the same bytes whatever the number of threads.",
    .examples =
        "stance train gold.jsonl -o my.model\n"
        "# one head, another codebook\n"
        "stance train labels.jsonl --codebook dse.json --head stance -o dse.model",
    COMMAND_FLAGS(flags, struct options, defaults),
    .min_arguments = 1,
    .max_arguments = -1,
    .run = run_train,
};
