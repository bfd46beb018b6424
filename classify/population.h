/* SPDX-License-Identifier: MIT
 * The population that estimates are about: the predictions of one head, each a unit with its score, its labels' probabilities and what it
 * is counted by. Read once from the JSON Lines of `stance classify`, whatever the order of files, shards and lines. */
#ifndef STANCE_CLASSIFY_POPULATION_H
#define STANCE_CLASSIFY_POPULATION_H

#include <stdatomic.h>

#include "scored.h"
#include "stance/base/buffer.h"

enum { POPULATION_COLUMNS_MAX = 8 };

struct population_unit {
  const char *id, *article; /* "mali-accords#3:MLI>FRA" */
  const char *columns
      [POPULATION_COLUMNS_MAX]; /* as asked for; each value kept once, so that equal ones are equal pointers; NULL: not known */
  const char *date, *outlet, *source, *target; /* NULL where not known */
  const double *p;                             /* [label_count] */
  double score;
  uint64_t hash, text_hash; /* of head and id; of the sentence's letters, the source and the target */
  uint32_t file;            /* where its line is */
  uint64_t line;
  uint8_t label;       /* decided */
  bool is_out_of_fold; /* p is by a model that was not trained on it */
  bool is_seen;        /* its sentence was in the model's training data, and p is not out of fold */
  bool is_excluded;    /* named by --exclude */
  uint16_t head;
  uint32_t stratum; /* by classify_sample_place: + 1; 0: not known */
  double pi;        /* the same: its chance to be drawn; 0: not known */
};

struct population {
  struct stance_arena arena;
  struct classify_head head;     /* values: from the model's codebook, else solved from score = sum p x value */
  struct population_unit *units; /* by id */
  size_t count;
  const char *const *columns;
  size_t column_count;
  const char *const *paths;
  uint64_t *file_hashes; /* [path_count], XXH3 of the units in each, whatever their order */
  size_t path_count;
  uint64_t hash;      /* of all units with their probabilities, whatever their order */
  const char *model;  /* the hash of what the files say made them; NULL: nothing */
  const char *run;    /* the first such header, JSON; NULL: none */
  size_t out_of_fold; /* units whose p comes from a model that was not trained on them */
  size_t seen;        /* units whose sentence was trained on, and whose p is not out of fold */
};

struct stance_model;
struct population_options {
  const char *const *paths;
  size_t path_count;
  const char *const
      *columns; /* month, year, week, day, dyad, source, target, outlet, article, or any key of the predictions */
  size_t column_count;
  const char *head;                 /* NULL: the only one, or the only one of dyads */
  const struct stance_model *model; /* NULL: what was trained on is not known */
  const char *const *folds;         /* predictions out of fold that take the place of those of the same unit */
  size_t fold_count;
  const atomic_int *stop;
};

/* STANCE_INPUT with file and line: a line that is no prediction, a unit that stands twice, an unknown column or head. */
enum stance_status population_read(const struct population_options *options, struct population *out,
                                   struct stance_error *error);
/* Frees what it holds. */
void population_free(struct population *population);
/* The unit of this id; NULL: there is none. */
const struct population_unit *population_find(const struct population *population, const char *id);
/* Marks the units that the label records of the files name as excluded. arena: for the records, read and done with. */
enum stance_status population_set_aside(struct population *population, const char *const *paths, size_t count,
                                        struct stance_arena *arena, struct stance_error *error);
/* Reads the files again and hands on the lines of the units of wanted [count] (ascending by file, then line). */
typedef enum stance_status population_line(void *context, size_t index, const cJSON *line, struct stance_error *error);
/* Calls `each` with the lines of the wanted units, which are in the order of file and line, read again. STANCE_INPUT: a file has changed.
 * */
enum stance_status population_lines(const struct population *population, const struct population_unit *const *wanted,
                                    size_t count, population_line *each, void *context, struct stance_error *error);
/* sum p v^2 - score^2 (label -1), or p (1 - p) of the label: how unsure the model is. */
double population_variance(const struct population *population, const struct population_unit *unit, int label);

#endif
