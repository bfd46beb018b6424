/* SPDX-License-Identifier: MIT
 * stance evaluate and stance compare: models against labels. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "facts.h"
#include "figures.h"
#include "output.h"
#include "progress.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/json.h"
#include "train/evaluate.h"
#include "train/folds.h"

struct evaluate_options {
  const char *head, *from, *until;
  struct flag_list where;
  long seed, threads;
  const char *predictions;
  bool json, quiet, provenance;
};

struct run {
  const struct evaluate_options *options;
  struct stance_arena arena;
  struct stance_model *models[2];
  struct dataset *data;
  struct progress bar;
  struct pool_progress progress;
  struct stance_output predictions;
  size_t unjudged; /* heads all of whose units were trained on */
};

static int head_of(const struct stance_model *model, const char *name) {
  for (size_t h = 0; h < stance_model_head_count(model); h++)
    if (strcmp(stance_model_head_name(model, h), name) == 0) return (int)h;
  return -1;
}

static enum stance_status read_labels(struct run *run, char **files, int count, struct stance_error *error) {
  const struct evaluate_options *options = run->options;
  struct dataset_filter filter = {options->from, options->until, options->where.items, options->where.count,
                                  options->head};
  return train_dataset_read((const char *const *)files, (size_t)count, stance_model_codebook(run->models[0]), &filter,
                            &run->arena, &run->data, error);
}

static enum stance_status evaluate(struct run *run, size_t model, const struct dataset *data, struct evaluation *out,
                                   struct stance_error *error) {
  struct evaluation_data all = {run->data, stance_model_codebook(run->models[0])->head_count};
  progress_start(&run->bar, "scoring", run->options->quiet);
  enum stance_status status = train_evaluate_head(
      run->models[model], (size_t)head_of(run->models[model], data->head->name), data, all,
      (size_t)run->options->threads, (uint64_t)run->options->seed, &run->progress, &run->arena, out, error);
  progress_end(&run->bar);
  if (status == STANCE_OK && out->misses)
    message_note(
        "head '%s' also reads what head '%s' says of a sentence's pairs; as none are labelled here, it is judged "
        "without them",
        data->head->name, out->misses);
  return status;
}

static void put_json_defined(struct stance_buffer *out, const char *name, double value) {
  if (isfinite(value)) stance_buffer_printf(out, "\"%s\":%.6f,", name, value);
  else stance_buffer_printf(out, "\"%s\":null,", name);
}

static void put_json_part(struct stance_buffer *out, const char *name, const struct stance_head *head,
                          const struct evaluation_part *part) {
  stance_buffer_printf(
      out,
      ",\"%s\":{\"units\":%zu,\"macro_f1\":%.6f,\"macro_f1_low\":%.6f,\"macro_f1_high\":%.6f,\"micro_f1\":%.6f,\"polar_"
      "f1\":%.6f,"
      "\"balanced_accuracy\":%.6f,",
      name, part->metrics.count, part->metrics.macro_f1, part->intervals.macro_f1.low, part->intervals.macro_f1.high,
      part->metrics.micro_f1, part->metrics.polar_f1, part->metrics.balanced);
  put_json_defined(out, "kappa", part->metrics.kappa);
  put_json_defined(out, "mcc", part->metrics.mcc);
  stance_buffer_printf(out, "\"labels\":{");
  for (size_t l = 0; l < head->label_count; l++) {
    if (l) stance_buffer_putc(out, ',');
    stance_buffer_json_text(out, head->labels[l].name);
    stance_buffer_printf(
        out, ":{\"precision\":%.6f,\"recall\":%.6f,\"f1\":%.6f,\"f1_low\":%.6f,\"f1_high\":%.6f,\"units\":%zu}",
        part->metrics.label[l].precision, part->metrics.label[l].recall, part->metrics.label[l].f1,
        part->intervals.label_f1[l].low, part->intervals.label_f1[l].high, part->metrics.label[l].support);
  }
  stance_buffer_printf(out, "},\"confusion\":[");
  for (size_t l = 0; l < head->label_count; l++)
    for (size_t k = 0; k < head->label_count; k++)
      stance_buffer_printf(out, "%s%zu%s",
                           k   ? ","
                           : l ? ",["
                               : "[",
                           part->metrics.confusion[l][k], k + 1 == head->label_count ? "]" : "");
  stance_buffer_printf(out, "]");
  if (part->pairs.pairs) {
    stance_buffer_printf(out,
                         ",\"pairs\":{\"count\":%zu,\"macro_f1\":%.6f,\"micro_f1\":%.6f,\"polarity_macro_f1\":%.6f",
                         part->pairs.pairs, part->pairs.macro_f1, part->pairs.micro_f1, part->pairs.polarity_macro_f1);
    if (part->pairs.direction_count)
      stance_buffer_printf(out, ",\"direction_accuracy\":%.6f,\"direction_count\":%zu", part->pairs.direction_accuracy,
                           part->pairs.direction_count);
    stance_buffer_printf(out, "}");
  }
  stance_buffer_printf(out, "}");
}

static void put_json(const struct evaluation *evaluation, struct stance_buffer *out) {
  const struct stance_head *head = evaluation->data->head;
  stance_buffer_puts(out, "{\"head\":");
  stance_buffer_json_text(out, head->name);
  stance_buffer_printf(out, ",\"seen\":%zu,\"calibration_error\":%.6f", evaluation->seen_count,
                       evaluation->reliability.error);
  const struct probability_scores *scores = &evaluation->probabilities;
  stance_buffer_printf(out, ",\"log_loss\":%.6f,\"brier\":%.6f,\"class_wise_error\":%.6f,\"shares\":{",
                       scores->log_loss, scores->brier, scores->mean_error);
  for (size_t l = 0; l < head->label_count; l++) {
    if (l) stance_buffer_putc(out, ',');
    stance_buffer_json_text(out, head->labels[l].name);
    stance_buffer_printf(out, ":{\"mean_p\":%.6f,\"share\":%.6f,\"class_wise_error\":%.6f}", scores->mean_p[l],
                         scores->share[l], scores->error[l]);
  }
  stance_buffer_printf(out, "}");
  put_json_part(out, "all", head, &evaluation->all);
  put_json_part(out, "unseen", head, &evaluation->unseen);
  stance_buffer_printf(out, "}\n");
}

static enum stance_status evaluate_all(struct run *run, struct stance_error *error) {
  const struct stance_codebook *codebook = stance_model_codebook(run->models[0]);
  size_t done = 0;
  for (size_t h = 0; h < codebook->head_count; h++) {
    struct evaluation evaluation;
    if (!run->data[h].count || head_of(run->models[0], codebook->heads[h].name) < 0) continue;
    enum stance_status status = evaluate(run, 0, &run->data[h], &evaluation, error);
    if (status != STANCE_OK) return status;
    if (run->options->predictions) {
      status = train_folds_write(
          &(struct folds){&run->data[h], evaluation.p, evaluation.predicted, NULL, evaluation.is_seen},
          run->predictions.stream, error);
      if (status != STANCE_OK) return status;
    }
    if (run->options->json) {
      struct stance_buffer out = {0};
      put_json(&evaluation, &out);
      output_data(&out);
      stance_buffer_free(&out);
    }
    if (!run->options->json) figures_evaluation(&evaluation);
    done++;
  }
  if (done) return STANCE_OK;
  *error = (struct stance_error){.status = STANCE_INPUT, .message = "the files have no labels for a head of the model"};
  return STANCE_INPUT;
}

static void print_small_p(const char *name, double p) { /* prints no p of 0.0000 */
  output_print("%s p %s%.4f", name, p < 0.0001 ? "< " : "", p < 0.0001 ? 0.0001 : p);
}

static void print_comparison(const struct evaluation *a, const struct evaluation *b,
                             const struct comparison *comparison) {
  figures_merge(a->data);
  figures_line("A", &a->all.metrics, &a->all.intervals);
  figures_pairs(&a->all.pairs);
  figures_line("B", &b->all.metrics, &b->all.intervals);
  figures_pairs(&b->all.pairs);
  size_t seen = a->data->count - comparison->units;
  if (seen) {
    message_warning(
        "%zu of %zu units of head '%s' stand in sentences that a model was trained on (A %zu, B %zu): they are left "
        "out of the comparison",
        seen, a->data->count, a->data->head->name, a->seen_count, b->seen_count);
  }
  if (!comparison->units) {
    output_print("  no verdict: every unit was seen in training\n");
    return;
  }
  output_print("  B - A on %zu unseen units: macro-F1 %+.3f [%+.3f, %+.3f] (paired bootstrap over groups), ",
               comparison->units, comparison->difference, comparison->interval.low, comparison->interval.high);
  print_small_p("permutation test over groups:", comparison->p);
  output_print("\n  right in A alone %zu, in B alone %zu: ", comparison->only_a, comparison->only_b);
  print_small_p("McNemar's exact", comparison->mcnemar);
  output_print("\n");
}

static enum stance_status compare_all(struct run *run, struct stance_error *error) {
  const struct stance_codebook *codebook = stance_model_codebook(run->models[0]);
  size_t done = 0;
  for (size_t h = 0; h < codebook->head_count; h++) {
    struct evaluation a, b;
    struct comparison comparison;
    const char *name = codebook->heads[h].name;
    if (!run->data[h].count || head_of(run->models[0], name) < 0 || head_of(run->models[1], name) < 0) continue;
    const struct stance_head *other = stance_codebook_head(stance_model_codebook(run->models[1]), name);
    bool is_same = other->label_count == codebook->heads[h].label_count && other->unit == codebook->heads[h].unit;
    for (size_t l = 0; is_same && l < other->label_count; l++)
      is_same = strcmp(other->labels[l].name, codebook->heads[h].labels[l].name) == 0;
    if (!is_same) {
      *error = (struct stance_error){.status = STANCE_INPUT};
      snprintf(error->message, sizeof error->message, "head '%s' has other labels in the two models", name);
      return STANCE_INPUT;
    }
    enum stance_status status = evaluate(run, 0, &run->data[h], &a, error);
    if (status == STANCE_OK) status = evaluate(run, 1, &run->data[h], &b, error);
    if (status == STANCE_OK) status = train_evaluate_compare(&a, &b, (uint64_t)run->options->seed, &comparison, error);
    if (status != STANCE_OK) return status;
    print_comparison(&a, &b, &comparison);
    run->unjudged += !comparison.units;
    done++;
  }
  if (done) return STANCE_OK;
  *error = (struct stance_error){.status = STANCE_INPUT,
                                 .message = "the files have no labels for a head that both models have"};
  return STANCE_INPUT;
}

/* Writes the provenance of the run and of each model before the figures and in the predictions' file. */
static enum stance_status say_provenance(struct run *run, size_t models, char **paths, struct stance_error *error) {
  struct classify_facts facts = {.count = 0};
  struct stance_buffer out = {0}, lines = {0};
  STANCE_TRY(facts_of_run(&facts, &run->arena, error));
  for (size_t m = 0; m < models; m++) STANCE_TRY(facts_of_model(&facts, run->models[m], paths[m], &run->arena, error));
  classify_facts_jsonl(&facts, &lines);
  if (run->options->json) classify_facts_jsonl(&facts, &out);
  else classify_facts_comment(&facts, &out);
  if (!out.failed) output_data(&out);
  if (run->options->predictions && !lines.failed) stance_output_write(&run->predictions, lines.data, lines.length);
  enum stance_status status = out.failed || lines.failed ? stance_fail_memory(error) : STANCE_OK;
  stance_buffer_free(&out);
  stance_buffer_free(&lines);
  return status;
}

static enum exit_code run_models(const struct evaluate_options *options, size_t models, int argc, char **argv) {
  struct run run = {.options = options};
  struct stance_error error = {0};
  enum stance_status status = STANCE_OK;
  run.progress = (struct pool_progress){progress_step, &run.bar};
  for (size_t m = 0; status == STANCE_OK && m < models; m++)
    status = stance_model_open(argv[m], &run.models[m], &error);
  if (status == STANCE_OK) status = read_labels(&run, argv + models, argc - (int)models, &error);
  if (status == STANCE_OK && options->predictions)
    status = stance_output_open(&run.predictions, options->predictions, &error);
  if (status == STANCE_OK && options->provenance) status = say_provenance(&run, models, argv, &error);
  if (status == STANCE_OK) status = models == 1 ? evaluate_all(&run, &error) : compare_all(&run, &error);
  if (status == STANCE_OK && options->predictions && !interrupted)
    status = stance_output_commit(&run.predictions, &error);
  stance_output_discard(&run.predictions);
  for (size_t m = 0; m < models; m++) stance_model_close(run.models[m]);
  stance_arena_free(&run.arena);
  if (interrupted) return EXIT_DONE; /* main returns the exit code */
  if (status != STANCE_OK) return message_error(&error);
  return run.unjudged ? EXIT_FINDING : EXIT_DONE;
}

static enum exit_code run_evaluate(const void *options, int argc, char **argv) {
  return run_models(options, 1, argc, argv);
}
static enum exit_code run_compare(const void *options, int argc, char **argv) {
  return run_models(options, 2, argc, argv);
}

static const struct flag evaluate_flags[] = {
    FLAG(FLAG_STRING, struct evaluate_options, head, "head", 0, "HEAD", "this head alone", .unset = "all"),
    FLAG(FLAG_STRING, struct evaluate_options, from, "from", 0, "DATE", "only units from this day on"),
    FLAG(FLAG_STRING, struct evaluate_options, until, "until", 0, "DATE", "only units before this day"),
    FLAG(FLAG_LIST, struct evaluate_options, where, "where", 0, "FIELD=VALUE",
         "only units with this source, target, outlet, article, annotator"),
    FLAG(FLAG_INTEGER, struct evaluate_options, seed, "seed", 0, "N", "seed of the bootstrap", .min = 0, .max = 1e15),
    FLAG(FLAG_INTEGER, struct evaluate_options, threads, "threads", 'j', "N", "threads", .min = 0, .max = 1024,
         .unset = "one a core"),
    FLAG(FLAG_BOOL, struct evaluate_options, quiet, "quiet", 'q', NULL, "no progress bar"),
    FLAG(FLAG_STRING, struct evaluate_options, predictions, "predictions", 0, "FILE",
         "a JSON line a unit: gold, label, p, and whether the sentence was trained on"),
    FLAG(FLAG_BOOL, struct evaluate_options, json, "json", 0, NULL, "one JSON object a head"),
    FLAG(FLAG_BOOL, struct evaluate_options, provenance, "provenance", 0, NULL,
         "write first what made the output, as classify does"),
};
static const struct evaluate_options evaluate_defaults = {.seed = 1};

const struct command command_evaluate = {
    COMMAND("evaluate", "MODEL LABELS...", "judge a model by label records", evaluate, run_evaluate, 2, -1),
    .description =
        "Scores the units of the label records and compares with their labels: precision, recall and F1 of each "
        "label, macro-F1 with its 95% interval (bootstrap over groups), pairs in both directions, calibration. Units "
        "in sentences that the model was trained on are counted, and figures without them are given beside.",
    .examples =
        "stance evaluate my.model test.jsonl\nstance evaluate my.model test.jsonl --json --predictions said.jsonl",
};

const struct command command_compare = {
    COMMAND_NAME("compare", "MODEL_A MODEL_B LABELS...", "say whether one model is better than another"),
    .description =
        "Scores the same units with both models: the difference of macro-F1 with its 95% interval by paired bootstrap "
        "over groups, a permutation test (labels of the two exchanged group by group), and McNemar's exact test of "
        "the units that one of them alone gets right. Units in sentences that either was trained on are left out; "
        "where none is left there is no verdict, and the exit code is 1.",
    .examples = "stance compare old.model new.model test.jsonl",
    .flags = evaluate_flags,
    .flag_count = sizeof evaluate_flags / sizeof *evaluate_flags - 2, /* neither --predictions nor --json */
    .options_size = sizeof(struct evaluate_options),
    .defaults = &evaluate_defaults,
    COMMAND_RUN(run_compare, 3, -1),
};
