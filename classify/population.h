/* SPDX-License-Identifier: MIT
 * The population that estimates are about: units with the predictions of one head and the columns to group by. Read
 * from the JSON Lines of `stance classify`, independent of the order of files, shards and lines. */
#ifndef STANCE_CLASSIFY_POPULATION_H
#define STANCE_CLASSIFY_POPULATION_H

#include <stdatomic.h>

#include "scored.h"
#include "stance/base/buffer.h"

enum { POPULATION_COLUMNS_MAX = 8 };

struct population_unit {
  const char *id, *article; /* "mali-accords#3:MLI>FRA" */
  const char
      *columns[POPULATION_COLUMNS_MAX]; /* the columns asked for; equal values are equal pointers; NULL: unknown */
  const char *date, *outlet, *source, *target; /* NULL where not known */
  const double *p;                             /* [label_count] */
  double score;
  uint64_t hash, text_hash; /* of head and id; of the sentence's letters, source and target */
  uint32_t file;            /* file and line of its prediction */
  uint64_t line;
  uint8_t label;       /* decided */
  bool is_out_of_fold; /* p is from a model that was not trained on the unit */
  bool is_seen;        /* its sentence was in the model's training data, and p is not out of fold */
  bool is_excluded;    /* named by --exclude */
  uint16_t head;
  uint32_t stratum; /* index + 1, set by classify_sample_place; 0: unknown */
  double pi;        /* probability of being drawn, set likewise; 0: unknown */
};

struct population {
  struct stance_arena arena;
  struct classify_head head;     /* values are from the model's codebook, else solved from score = sum p x value */
  struct population_unit *units; /* by id */
  size_t count;
  const char *const *columns;
  size_t column_count;
  const char *const *paths;
  uint64_t *file_hashes; /* [path_count]: of the units in each file, in any order */
  size_t path_count;
  uint64_t hash;      /* of all units with their probabilities, in any order */
  const char *model;  /* hash of the model by the files' headers; NULL: unknown */
  const char *run;    /* the first header with provenance, JSON; NULL: none */
  size_t out_of_fold; /* number of units that are out of fold */
  size_t seen;        /* number of units with is_seen */
};

struct stance_model;
struct population_options {
  const char *const *paths;
  size_t path_count;
  const char *const
      *columns; /* month, year, week, day, dyad, source, target, outlet, article, or any key of the predictions */
  size_t column_count;
  const char *head;                 /* NULL: the only head, or the only one for dyads */
  const struct stance_model *model; /* to find sentences of the training data; NULL: unknown */
  const char *const *folds;         /* files of out-of-fold predictions, which replace those of the same units */
  size_t fold_count;
  const atomic_int *stop;
};

/* Reads the population. STANCE_INPUT with file and line: a line that is no prediction, a repeated unit, an unknown
 * column or head. */
enum stance_status classify_population_read(const struct population_options *options, struct population *out,
                                            struct stance_error *error);
/* Frees what it holds. */
void classify_population_free(struct population *population);
/* The unit with this id; NULL: none. */
const struct population_unit *classify_population_find(const struct population *population, const char *id);
/* Marks the units of label records in these files as excluded. arena: temporary memory. */
enum stance_status classify_population_set_aside(struct population *population, const char *const *paths, size_t count,
                                                 struct stance_arena *arena, struct stance_error *error);
/* Called with the line of wanted [index]. */
typedef enum stance_status population_line(void *context, size_t index, const cJSON *line, struct stance_error *error);
/* Reads the files again and calls `each` with the lines of the wanted units, which must be ordered by file and line.
 * STANCE_INPUT: a file has changed. */
enum stance_status classify_population_lines(const struct population *population,
                                             const struct population_unit *const *wanted, size_t count,
                                             population_line *each, void *context, struct stance_error *error);
/* The model's own variance of a unit: sum p v^2 - score^2 for the score (label -1), or p (1 - p) for a label. */
double classify_population_variance(const struct population *population, const struct population_unit *unit, int label);

#endif
