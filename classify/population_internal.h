/* SPDX-License-Identifier: MIT
 * Shared by population.c (reading) and population_settle.c (processing) only. */
#ifndef STANCE_CLASSIFY_POPULATION_INTERNAL_H
#define STANCE_CLASSIFY_POPULATION_INTERNAL_H

#include <cjson/cJSON.h>

#include "population.h"
#include "stance/base/hash_index.h"

struct reading {
  const struct population_options *options;
  struct population *out;
  struct stance_arena units_arena, line;
  struct population_unit *units; /* of all heads, in the order of the files, then those of --folds */
  size_t count, capacity, main_count;
  struct classify_heads heads;
  struct stance_hash_index kept_index;
  const char **kept; /* in units_arena */
  size_t kept_count, kept_capacity;
  bool is_out_of_memory, is_folds;
  bool is_column_known[POPULATION_COLUMNS_MAX];
  const char *path;
  uint32_t file;
  uint64_t line_number;
};

/* Reads a line that is no prediction as a header with provenance. */
enum stance_status population_take_header(struct reading *own, const cJSON *object, struct stance_error *error);
/* Chooses the head, sorts its units by id, applies out-of-fold predictions, refuses repeated units, finds values,
 * computes hashes. */
enum stance_status population_settle(struct reading *own, struct stance_error *error);

#endif
