/* SPDX-License-Identifier: MIT
 * The provenance of a run, for --provenance and the foot of pages. */
#ifndef STANCE_CLI_FACTS_H
#define STANCE_CLI_FACTS_H

#include "classify/facts.h"
#include "stance/model/model.h"

/* Stores main's arguments for the facts, without those that do not affect the output (threads, progress, output
 * path). */
void facts_command_line(int argc, char **argv);
/* version, date (SOURCE_DATE_EPOCH, else today in UTC), command */
enum stance_status facts_of_run(struct classify_facts *facts, struct stance_arena *arena, struct stance_error *error);
/* model, model.hash (XXH3 of the file), its codebook, and each head's macro-F1 out of fold */
enum stance_status facts_of_model(struct classify_facts *facts, const struct stance_model *model, const char *path,
                                  struct stance_arena *arena, struct stance_error *error);
/* XXH3 of the model's file, 16 hex digits. */
enum stance_status facts_model_hash(const char *path, struct stance_arena *arena, const char **out,
                                    struct stance_error *error);
struct population;
/* Facts for the commands about a population: the run; the model, or without one the model named by the predictions'
 * header; predictions.hash. Warns if the model did not make the predictions; sets population->model if the header names
 * none. */
enum stance_status facts_of_population(struct classify_facts *facts, struct population *population,
                                       const struct stance_model *model, const char *model_path,
                                       struct stance_arena *arena, struct stance_error *error);
/* gazetteer.hash: of the files, in order */
enum stance_status facts_of_gazetteer(struct classify_facts *facts, const char *const *paths, size_t count,
                                      struct stance_arena *arena, struct stance_error *error);

#endif
