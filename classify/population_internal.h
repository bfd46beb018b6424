/* SPDX-License-Identifier: MIT
 * Between population.c (reading) and population_settle.c (what is made of it): nobody else's. */
#ifndef STANCE_CLASSIFY_POPULATION_INTERNAL_H
#define STANCE_CLASSIFY_POPULATION_INTERNAL_H

#include <cjson/cJSON.h>

#include "population.h"
#include "stance/base/hash_index.h"

struct reading {
  const struct population_options *options;
  struct population *out;
  struct stance_arena units_arena, line;
  struct population_unit *units; /* of all heads, in the order of the files; those of --folds behind */
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

/* A line that is no prediction: a header with what made the file. */
enum stance_status population_take_header(struct reading *own, const cJSON *object, struct stance_error *error);
/* The head, its units sorted by id, those out of fold in their places, doubles refused, values, hashes. */
enum stance_status population_settle(struct reading *own, struct stance_error *error);

#endif
