/* SPDX-License-Identifier: MIT
 * Label records to examples: several files, several annotators, one label a unit. */
#ifndef STANCE_TRAIN_DATASET_H
#define STANCE_TRAIN_DATASET_H

#include "stance/labels/codebook.h"
#include "stance/labels/record.h"

struct dataset_filter {
  const char *from, *until; /* dates, half-open; NULL: open. Records without a date pass only where both are NULL */
  const char *const *where; /* "source=MLI", "outlet=BBC", ...: all must hold */
  size_t where_count;
  const char *head; /* this head alone; NULL: all that the codebook has */
};

/* How a unit's label was found where several annotators gave one. */
struct dataset_merge {
  size_t records, units;
  size_t single, gold, unanimous, majority, weighted; /* by how many units */
  size_t skipped;                                     /* records without a label */
  size_t other_heads;                                 /* records of heads that the codebook does not have */
  size_t filtered;
};

struct dataset { /* of one head */
  const struct stance_head *head;
  const struct stance_record **records; /* [count]: the unit, one of its records */
  uint32_t *labels;                     /* [count]: index into the head's labels */
  size_t count;
  struct dataset_merge merge;
  double agreement; /* the share of equal labels among pairs of annotators of a unit; -1: no unit has two */
  double alpha;     /* Krippendorff's, nominal, of the units that two labelled; NAN: none, or one label throughout */
  size_t shared;    /* units that two or more labelled */
  size_t annotators;
};

/* Reads files (of any kind that label_file.h knows), checks every label against the codebook (file and line of the first unknown one), keeps what holds, and merges
 * annotators: gold (annotator "gold" or flag "gold") before the majority; a tie is decided by votes weighted with how often each
 * annotator agrees with others. One dataset for each head of the codebook; some may be empty. All in the arena. */
enum stance_status train_dataset_read(const char *const *paths, size_t path_count,
                                      const struct stance_codebook *codebook, const struct dataset_filter *filter,
                                      struct stance_arena *arena, struct dataset **out, struct stance_error *error);
/* Of units, texts and labels, in their order: names the data that a model was trained on. */
uint64_t train_dataset_hash(const struct dataset *data);

/* The units i with keep[i], in their order, as a data set of its own; arrays in the arena, records borrowed. Only memory can fail. */
enum stance_status train_dataset_subset(const struct dataset *data, const bool *keep, struct stance_arena *arena,
                                        struct dataset *out, struct stance_error *error);

#endif
