/* SPDX-License-Identifier: MIT
 * The outputs of stance train: the model, out-of-fold predictions, the report, and figures on test labels. */
#include <stdio.h>
#include <string.h>

#include "facts.h"
#include "figures.h"
#include "output.h"
#include "stance/base/compare.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "train/folds.h"
#include "train/report.h"
#include "train_run.h"

enum stance_status train_write_model(struct train_run *run, struct stance_error *error) {
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

/* Predictions out of fold, for each unit. Heads without folds, of which a warning was printed, are left out. */
enum stance_status train_write_folds(struct train_run *run, struct stance_error *error) {
  struct stance_output output = {0};
  enum stance_status status = stance_output_open(&output, run->options->folds_out, error);
  for (size_t h = 0; status == STANCE_OK && h < run->trained_count; h++) {
    const struct trained *trained = &run->trained[h];
    const struct transfer *transfer = trained->transfer;
    struct folds folds = {trained->data, trained->p, trained->predicted, trained->folds, NULL};
    if (transfer) folds = (struct folds){&transfer->tested, transfer->p, transfer->predicted, transfer->folds, NULL};
    if (transfer || trained->grouping != TRAINER_UNJUDGED) status = train_folds_write(&folds, output.stream, error);
  }
  if (status == STANCE_OK) status = stance_output_commit(&output, error);
  stance_output_discard(&output);
  return status;
}

/* Writes the provenance of run, model and codebook: HTML for the page's foot, or a JSON object. */
static enum stance_status say_how_made(struct train_run *run, bool is_page, struct stance_buffer *out,
                                       struct stance_error *error) {
  struct classify_facts facts = {.count = 0};
  const char *hash;
  STANCE_TRY(facts_of_run(&facts, &run->arena, error));
  STANCE_TRY(facts_model_hash(run->options->output, &run->arena, &hash, error));
  classify_facts_add(&facts, "model.hash", hash);
  classify_facts_add(&facts, "codebook", run->codebook.name);
  classify_facts_add(&facts, "codebook.version", run->codebook.version);
  if (is_page) classify_facts_html(&facts, out);
  else classify_facts_object(&facts, out);
  return out->failed ? stance_fail_memory(error) : STANCE_OK;
}

enum stance_status train_write_report(struct train_run *run, struct stance_error *error) {
  struct report_head *heads = stance_arena_zalloc(&run->arena, run->trained_count, sizeof *heads);
  struct stance_model *model = NULL;
  struct stance_buffer text = {0}, made = {0};
  const char *path = run->options->report;
  enum stance_status status =
      heads ? stance_model_open(run->options->output, &model, error) : stance_fail_memory(error);
  for (size_t h = 0; status == STANCE_OK && h < run->trained_count; h++)
    status =
        train_report_head_make(&run->trained[h], model, h, run->lexicon, &run->settings, &run->arena, &heads[h], error);
  if (status == STANCE_OK) {
    bool is_page = stance_ends_with(path, ".html");
    status = say_how_made(run, is_page, &made, error);
    if (is_page) train_report_html(heads, run->trained_count, &run->settings, made.data, &text);
    else train_report_json(heads, run->trained_count, &run->settings, made.data, &text);
  }
  if (status == STANCE_OK) status = stance_file_write_buffer(path, &text, error);
  stance_buffer_free(&text);
  stance_buffer_free(&made);
  stance_model_close(model);
  return status;
}

/* The number of test units whose sentence equals, or nearly equals, a sentence of the training data. */
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

enum stance_status train_test(struct train_run *run, struct stance_error *error) {
  const struct train_options *options = run->options;
  struct stance_model *model = NULL;
  enum stance_status status = stance_model_open(options->output, &model, error);
  for (size_t h = 0; status == STANCE_OK && h < run->trained_count; h++) {
    const struct dataset *train = run->trained[h].data, *test = &run->tests[train - run->data];
    struct evaluation evaluation;
    size_t near;
    if (!test->count) continue;
    status = train_evaluate_head(model, h, test, (struct evaluation_data){run->tests, run->codebook.head_count},
                                 run->settings.threads, run->settings.seed, NULL, &run->arena, &evaluation, error);
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
