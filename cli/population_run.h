/* SPDX-License-Identifier: MIT
 * What stance sample and stance estimate share: stored predictions, read with the model that made them. */
#ifndef STANCE_CLI_POPULATION_RUN_H
#define STANCE_CLI_POPULATION_RUN_H

#include "classify/facts.h"
#include "classify/population.h"
#include "command.h"

/* A member of the options of both commands. */
struct population_flags {
  const char *by, *head, *model;
  struct flag_list folds, exclude;
};

#define FLAG_FOLDS(options_, folds_)                    \
  FLAG(FLAG_LIST, options_, folds_, "folds", 0, "FILE", \
       "predictions out of fold (train --folds-out) that take the place of those of the same unit", .unset = "none")

/* Zeroed: nothing is read. */
struct population_run {
  struct stance_arena arena;
  struct population population;
  struct stance_model *model; /* of --model; NULL: not given */
  struct classify_facts facts;
};

/* Reads the predictions in the files with the columns and the head of `reading`, and sets aside the units of --exclude.
 * Fails as classify_population_read does; free the run in either case. */
enum stance_status population_run_read(struct population_run *run, const struct population_flags *flags,
                                       const struct population_options *reading, int file_count, char **files,
                                       struct stance_error *error);
/* Notes that nothing names the model, or tells which units it was trained on, if that is so. */
void population_run_note(const struct population_run *run);
/* Closes what was read. */
void population_run_free(struct population_run *run);

#endif
