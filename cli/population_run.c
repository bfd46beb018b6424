/* SPDX-License-Identifier: MIT */
#include "population_run.h"

#include "facts.h"
#include "stance/base/error.h"
#include "stance/model/model.h"

enum stance_status population_run_read(struct population_run *run, const struct population_flags *flags,
                                       const struct population_options *reading, int file_count, char **files,
                                       struct stance_error *error) {
  if (flags->model) STANCE_TRY(stance_model_open(flags->model, &run->model, error));
  struct population_options options = *reading;
  options.paths = (const char *const *)files;
  options.path_count = (size_t)file_count;
  options.model = run->model;
  options.folds = flags->folds.items;
  options.fold_count = flags->folds.count;
  options.stop = &interrupted;
  STANCE_TRY(classify_population_read(&options, &run->population, error));
  STANCE_TRY(facts_of_population(&run->facts, &run->population, run->model, flags->model, &run->arena, error));
  return classify_population_set_aside(&run->population, flags->exclude.items, flags->exclude.count, &run->arena,
                                       error);
}

void population_run_note(const struct population_run *run) {
  bool is_named = run->population.model != NULL,
       is_marked = run->model || run->population.seen || run->population.out_of_fold;
  if (!is_named && !is_marked)
    message_note(
        "the predictions name no model ('stance classify --provenance' does) and mark no unit as trained on; -m MODEL "
        "looks again");
  else if (!is_named) message_note("the predictions name no model ('stance classify --provenance' does)");
  else if (!is_marked) message_note("classify marked no unit as trained on; -m MODEL looks again");
}

void population_run_free(struct population_run *run) {
  classify_population_free(&run->population);
  stance_model_close(run->model);
  stance_arena_free(&run->arena);
}
