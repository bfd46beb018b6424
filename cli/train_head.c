/* SPDX-License-Identifier: MIT
 * One head of stance train: chooses features and settings, evaluates the folds, trains the model, and prints each
 * step. */
#include <string.h>

#include "doubts.h"
#include "figures.h"
#include "head_values.h"
#include "output.h"
#include "stance/base/error.h"
#include "train/lean.h"
#include "train_run.h"

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
    figures_agreement(&trained->metrics);
  } else {
    figures_line("out of fold", &trained->metrics, &trained->intervals);
  }
  if (trained->seen_by_base)
    output_print(
        "    %zu of these units are of sentences that the base was trained on: all of these figures are too good\n",
        trained->seen_by_base);
  figures_pairs(&trained->pairs);
  figures_probabilities(head, &trained->probabilities, trained->reliability.error);
}

/* ---- the work ------------------------------------------------------------------------------------------- */

static struct tune_settings tuning_of(struct train_run *run) {
  const struct train_options *options = run->options;
  return (struct tune_settings){.metric = options->metric,
                                .by_one_standard_error = options->one_error,
                                .tries_templates = options->tune_templates,
                                .log = options->tune_log,
                                .grid = options->grid_out ? &run->grid : NULL,
                                .step = progress_step,
                                .context = &run->bar};
}

static enum stance_status tune_head(struct train_run *run, struct trained *trained, struct stance_error *error) {
  const struct train_options *options = run->options;
  struct tune_settings tune = tuning_of(run);
  struct tuned tuned;
  double score, deviation;
  enum stance_status status = STANCE_OK;
  if (options->nested || options->tune) { /* the tuned score is optimistic; the nested one is printed */
    progress_start(&run->bar, "nested", options->quiet);
    status = train_tune_nested(trained, run->lexicon, &run->settings, &tune, &score, &deviation, error);
    progress_end(&run->bar);
    if (status == STANCE_OK)
      output_print("  tuned inside of each fold (nested): %s %.3f, standard deviation over folds %.3f\n", run->metric,
                   score, deviation);
    if (status == STANCE_OK && options->tune && options->metric == TUNE_MACRO_F1) trained->selected = score;
    else if (status == STANCE_OK && options->tune) trained->nested_metric = run->metric, trained->nested = score;
  }
  if (status != STANCE_OK || !options->tune) return status;
  trained->is_tuned = true;
  progress_start(&run->bar, "tuning", options->quiet);
  status = train_tune(trained, run->lexicon, &run->settings, &tune, &tuned, error);
  progress_end(&run->bar);
  if (status != STANCE_OK) return status;
  if (tuned.is_stopped) {
    interrupted = 0; /* continues with the best settings so far; a second interruption ends the program */
    message_note("interrupted: the best of %zu settings is used", tuned.tried);
  }
  char *templates = stance_template_format(tuned.templates, &run->arena);
  output_print("  tuned over %zu settings: C %g, balance %g", tuned.tried, tuned.c, tuned.balance);
  if (trained->head.kernel != STANCE_KERNEL_LINEAR) output_print(", gamma %g", tuned.gamma);
  output_print(", templates %s: %s %.3f, %.3f before\n", templates ? templates : "", run->metric, tuned.score,
               tuned.first);
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

/* The features of the base's head; others may not be asked for. */
static enum stance_status features_of_base(struct train_run *run, const struct dataset *data, const char *given,
                                           struct trainer_settings *settings, struct stance_error *error) {
  stance_template_set own = stance_model_templates(run->base.model, run->base.head), asked = own;
  if (given) STANCE_TRY(stance_template_parse(given, data->head->unit, &asked, error));
  settings->templates = stance_template_format(own, &run->arena);
  if (!settings->templates) return stance_fail_memory(error);
  if (asked != own)
    return stance_fail(error, STANCE_USAGE, "--features of head '%s' are not those of the model of --base: %s",
                       data->head->name, settings->templates);
  return STANCE_OK;
}

/* Finds the base's head for the data, and says so. Returns how many units are of sentences that it was trained on. */
static size_t choose_base(struct train_run *run, const struct dataset *data) {
  run->settings.base = NULL;
  if (!run->base_model) return 0;
  if (!train_base_find(run->base_model, data->head, &run->base)) {
    message_warning("head '%s': no linear head of the model of --base labels such units; it is trained without",
                    data->head->name);
    return 0;
  }
  run->settings.base = &run->base;
  size_t seen = train_base_seen(&run->base, data);
  output_print("  starts from head '%s' of %s\n", stance_model_head_name(run->base.model, run->base.head),
               run->options->base);
  if (seen)
    message_warning(
        "head '%s': the sentences of %zu of %zu units were in the training data of --base: what is measured on them is "
        "too "
        "good",
        data->head->name, seen, data->count);
  return seen;
}

/* Chooses templates and min-count of a head: the given ones, else the given preset, else the best preset on the
 * data. */
static enum stance_status choose_features(struct train_run *run, const struct dataset *data,
                                          struct trainer_settings *settings, enum preset *preset,
                                          struct preset_choice *choice, struct stance_error *error) {
  const struct train_options *options = run->options;
  const char *given = head_features(&options->features, data->head->name);
  *preset = options->preset;
  *choice = (struct preset_choice){.nested = -1};
  settings->templates = given;
  settings->min_count = options->min_count ? (size_t)options->min_count : 2;
  if (settings->base) return features_of_base(run, data, given, settings, error);
  if (*preset == PRESET_AUTO && (given || options->min_count)) return STANCE_OK;
  if (*preset == PRESET_AUTO) {
    progress_start(&run->bar, "presets", options->quiet);
    enum stance_status status =
        train_preset_choose(data, run->lexicon, run->lexicon != NULL, settings, &run->progress, choice, error);
    progress_end(&run->bar);
    if (status != STANCE_OK) return status;
    *preset = choice->preset;
  }
  if (!given) settings->templates = train_preset_templates(*preset, data->head->unit);
  if (!options->min_count) settings->min_count = train_preset_min_count(*preset);
  return STANCE_OK;
}

/* ---- left out by outlet or by date ------------------------------------------------------------------------ */

/* Chooses features on a split's training units, as on all units. */
static enum stance_status choose_for_split(void *context, const struct dataset *training,
                                           struct trainer_settings *settings, struct stance_error *error) {
  struct train_run *run = context;
  struct preset_choice choice;
  enum preset preset;
  struct tuned tuned;
  STANCE_TRY(choose_features(run, training, settings, &preset, &choice, error));
  if (!run->options->tune || interrupted) return STANCE_OK;
  struct tune_settings tune = tuning_of(run);
  tune.grid = NULL;
  struct stance_arena arena = {0};
  struct trained trained = {0};
  enum stance_status status = train_trainer_prepare(training, run->lexicon, settings, NULL, &arena, &trained, error);
  bool is_tuned = status == STANCE_OK && trained.grouping != TRAINER_UNJUDGED;
  progress_start(&run->bar, "tuning", run->options->quiet);
  if (is_tuned) status = train_tune(&trained, run->lexicon, settings, &tune, &tuned, error);
  progress_end(&run->bar);
  train_trainer_free(&trained);
  stance_arena_free(&arena);
  if (status != STANCE_OK || !is_tuned) return status;
  settings->c = tuned.c;
  settings->balance = tuned.balance;
  settings->gamma = tuned.gamma;
  settings->templates = stance_template_format(tuned.templates, &run->arena);
  return settings->templates ? STANCE_OK : stance_fail_memory(error);
}

static void print_transfer(const struct transfer *transfer) {
  const struct splits *splits = &transfer->splits;
  bool by_date = splits->by == SPLITS_BY_DATE;
  size_t near = 0;
  for (size_t s = 0; s < transfer->split_count; s++) near += transfer->split[s].near;
  output_print("  %s: %zu splits of %zu %s; features, C, weights and calibration from the units trained on alone\n",
               by_date ? "forward in time (--cv-by date: each block tested by what was learnt from the days before it)"
                       : "leave one outlet out (--cv-by outlet: each tested by what was learnt from the others)",
               transfer->split_count, splits->values, by_date ? "days" : "outlets");
  if (near)
    output_print("    %zu times a unit was left out of training, as its sentence nearly equals a tested one\n", near);
  output_print("    %-26s %8s %8s %9s %9s\n", by_date ? "days" : "outlet", "trained", "tested", "macro-F1", "micro-F1");
  for (size_t s = 0; s < transfer->split_count; s++) {
    const struct transfer_split *split = &transfer->split[s];
    output_print("    %-26s %8zu %8zu", split->name, split->trained, split->tested);
    if (split->is_judged) output_print(" %9.3f %9.3f\n", split->macro_f1, split->micro_f1);
    else output_print("   not judged: one label alone to learn from\n");
  }
  figures_line(by_date ? "later than all trained on" : "outlets not trained on", &transfer->metrics,
               &transfer->intervals);
  figures_probabilities(transfer->tested.head, &transfer->probabilities, transfer->reliability.error);
  if (splits->missing)
    message_warning("head '%s': %zu units without %s are in no split of --cv-by", transfer->tested.head->name,
                    splits->missing, by_date ? "a date" : "an outlet");
}

static bool goes_on(void *context, size_t done, size_t total) { /* without a bar: each split's choices have their own */
  (void)context, (void)done, (void)total;
  return !interrupted;
}

static enum stance_status judge_transfer(struct train_run *run, const struct dataset *data,
                                         const struct trainer_settings *given, struct transfer *out,
                                         struct stance_error *error) {
  struct transfer_chooser chooser = {choose_for_split, run};
  struct pool_progress progress = {goes_on, NULL};
  bool is_stopped;
  enum stance_status status = train_transfer(data, run->lexicon, given, run->options->cv_by, &chooser, &progress,
                                             &run->arena, out, &is_stopped, error);
  if (status == STANCE_OK && !is_stopped) print_transfer(out);
  return status;
}

/* ---- a head ----------------------------------------------------------------------------------------------- */

enum stance_status train_head(struct train_run *run, const struct dataset *data, struct stance_error *error) {
  struct trained *trained = &run->trained[run->trained_count++];
  struct preset_choice choice;
  enum preset preset;
  bool is_stopped = false;
  figures_merge(data);
  run->settings.c = head_cost(&run->options->head_costs, run->options->c, data->head->name);
  STANCE_TRY(train_trainer_check(data, error));
  size_t seen = choose_base(run, data);
  const struct trainer_settings given = run->settings;
  if (run->options->cv_by) { /* first, so that errors come before the work */
    struct trainer_settings split = given;
    split.c = run->settings.c;
    run->transfers[run->trained_count - 1] = (struct transfer){0};
    STANCE_TRY(judge_transfer(run, data, &split, &run->transfers[run->trained_count - 1], error));
    if (interrupted) return STANCE_OK;
  }
  STANCE_TRY(choose_features(run, data, &run->settings, &preset, &choice, error));
  if (choice.tried > 1) print_choice(&choice);
  else if (!interrupted && !run->options->tune)
    STANCE_TRY(train_preset_nested(data, run->lexicon, &run->settings, &choice.nested, error));
  if (interrupted) return STANCE_OK;
  progress_start(&run->bar, "features", run->options->quiet);
  enum stance_status status =
      train_trainer_prepare(data, run->lexicon, &run->settings, &run->progress, &run->arena, trained, error);
  progress_end(&run->bar);
  if (status != STANCE_OK) return status;
  trained->preset = run->settings.base ? "base" : preset == PRESET_AUTO ? "given" : train_preset_name(preset);
  trained->selected = run->options->tune ? -1 : choice.nested; /* of what is tuned: tune_head */
  trained->has_base = run->settings.base != NULL;
  trained->seen_by_base = seen;
  if (run->options->cv_by) trained->transfer = &run->transfers[run->trained_count - 1];
  status = trained->grouping == TRAINER_UNJUDGED ? STANCE_OK : tune_head(run, trained, error);
  if (status != STANCE_OK || interrupted) return status;
  progress_start(&run->bar, "folds", run->options->quiet);
  status = train_trainer_crossval(trained, &run->progress, &is_stopped, error);
  progress_end(&run->bar);
  if (status != STANCE_OK || is_stopped) return status;
  for (size_t h = 0; status == STANCE_OK && h + 1 < run->trained_count && !trained->head.lean.head; h++)
    status = train_lean(trained, &run->trained[h], error);
  if (status != STANCE_OK) return status;
  status = train_trainer_calibrate(trained, run->settings.seed, &run->arena, error);
  if (status == STANCE_OK) status = train_trainer_finish(trained, run->lexicon, &run->settings, &run->arena, error);
  if (status == STANCE_OK) print_trained(trained);
  return status;
}
