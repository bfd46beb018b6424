/* SPDX-License-Identifier: MIT */
#include "report_methods.h"

#include <string.h>

#include "classify/methods.h"
#include "classify/predictions.h"
#include "facts.h"
#include "interrupt.h"
#include "output.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/json.h"
#include "stance/model/model.h"

struct run {
  const struct report_methods_options *options;
  struct stance_arena arena;
  struct classify_predictions *predictions;
  struct classify_methods *methods;
  struct stance_model *model;
  cJSON *record, *agreement;
  struct stance_buffer out;
  size_t missing;
  uint64_t problems;
};

static void tell(void *context, const struct stance_error *problem) {
  uint64_t *count = context;
  ++*count;
  message_error(problem);
}

static enum stance_status read_agreement(struct run *run, struct stance_error *error) {
  char *text;
  size_t length;
  if (!run->options->agreement) return STANCE_OK;
  STANCE_TRY(stance_file_read(run->options->agreement, 0, &run->arena, &text, &length, error));
  return stance_json_parse(text, length, run->options->agreement, 1, &run->agreement, error);
}

static enum stance_status add_all(struct run *run, struct stance_error *error) {
  const struct classify_scored *scored;
  for (;;) {
    STANCE_TRY(classify_predictions_next(run->predictions, &scored, error));
    if (!scored || interrupted) return STANCE_OK;
    STANCE_TRY(classify_methods_add(run->methods, scored, error));
  }
}

static enum stance_status write_text(struct run *run, struct stance_error *error) {
  const char *line = classify_predictions_run(run->predictions), *hash = NULL;
  if (line) STANCE_TRY(stance_json_parse(line, strlen(line), NULL, 1, &run->record, error));
  const cJSON *record = cJSON_GetObjectItemCaseSensitive(run->record, "run");
  if (run->model) STANCE_TRY(facts_model_hash(run->options->model, &run->arena, &hash, error));
  const char *told = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(record, "model.hash"));
  if (hash && told && strcmp(hash, told) != 0)
    return stance_fail(error, STANCE_INPUT, "%s (%s) is not the model that made the predictions (%.16s)",
                       run->options->model, hash, told);
  const struct classify_methods_sources sources = {.heads = classify_predictions_heads(run->predictions),
                                                   .model = run->model ? stance_model_header(run->model) : NULL,
                                                   .model_hash = hash,
                                                   .run = record,
                                                   .agreement = run->agreement};
  classify_methods_write(run->methods, &sources, &run->missing, &run->out);
  return stance_file_write_buffer(run->options->output ? run->options->output : "-", &run->out, error);
}

enum exit_code report_methods(const struct report_methods_options *options, const char *const *paths, size_t count) {
  struct run run = {.options = options};
  struct stance_error error = {0};
  const struct classify_predictions_options reading = {
      .paths = paths, .path_count = count, .stop = &interrupted, .tell = tell, .tell_context = &run.problems};
  enum stance_status status = read_agreement(&run, &error);
  if (status == STANCE_OK && options->model) status = stance_model_open(options->model, &run.model, &error);
  if (status == STANCE_OK) status = classify_methods_new(&run.methods, &error);
  if (status == STANCE_OK) status = classify_predictions_open(&reading, &run.predictions, &error);
  if (status == STANCE_OK) status = add_all(&run, &error);
  if (status == STANCE_OK && !interrupted) status = write_text(&run, &error);
  if (status == STANCE_OK && run.missing)
    message_warning("%zu things that a paper has to say are not known: they stand in brackets", run.missing);
  enum exit_code code = status != STANCE_OK           ? message_error(&error)
                        : run.missing || run.problems ? EXIT_FINDING
                                                      : EXIT_DONE;
  classify_methods_free(run.methods);
  classify_predictions_close(run.predictions);
  stance_model_close(run.model);
  cJSON_Delete(run.record);
  cJSON_Delete(run.agreement);
  stance_buffer_free(&run.out);
  stance_arena_free(&run.arena);
  return code;
}
