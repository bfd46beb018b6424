/* SPDX-License-Identifier: MIT
 * From label records to examples: several files and annotators, one label for each unit. */
#ifndef STANCE_TRAIN_DATASET_H
#define STANCE_TRAIN_DATASET_H

#include "stance/labels/codebook.h"
#include "stance/labels/record.h"

struct dataset_filter {
  const char *from, *until; /* dates, half-open; NULL: open. Records without a date pass only if both are NULL */
  const char *const *where; /* "source=MLI", "outlet=BBC", ...: all must hold */
  size_t where_count;
  const char *head; /* only this head; NULL: all heads of the codebook */
};

/* How the labels of several annotators were merged. */
struct dataset_merge {
  size_t records, units;
  size_t single, gold, unanimous, majority, weighted; /* number of units decided in each way */
  size_t skipped;                                     /* number of records without a label */
  size_t other_heads;                                 /* number of records of heads that are not in the codebook */
  size_t filtered;
};

struct dataset { /* of one head */
  const struct stance_head *head;
  const struct stance_record **records; /* [count]: one record of each unit */
  uint32_t *labels;                     /* [count]: indices of the head's labels */
  size_t count;
  struct dataset_merge merge;
  double agreement; /* share of equal labels among all pairs of annotators of a unit; -1: no unit has two */
  double
      alpha; /* Krippendorff's alpha, nominal, over units with two labels or more; NAN: none, or one label throughout */
  size_t shared; /* number of units with two labels or more */
  size_t annotators;
};

/* Reads files of any kind in label_file.h, keeps the records that hold after retractions, and merges annotators. Gold
 * (annotator "gold" or flag "gold") precedes the majority; in a tie, votes are weighted by how often each annotator
 * agrees with others. *out has one data set for each head of the codebook, perhaps empty. All in the arena.
 * STANCE_INPUT: file and line of a label that is not in the codebook. */
enum stance_status train_dataset_read(const char *const *paths, size_t path_count,
                                      const struct stance_codebook *codebook, const struct dataset_filter *filter,
                                      struct stance_arena *arena, struct dataset **out, struct stance_error *error);
/* A hash of units, texts and labels, in their order, which identifies a model's training data. */
uint64_t train_dataset_hash(const struct dataset *data);

/* Makes a data set of the units i with keep[i], in their order; arrays in the arena, records borrowed. Fails only for
 * lack of memory. */
enum stance_status train_dataset_subset(const struct dataset *data, const bool *keep, struct stance_arena *arena,
                                        struct dataset *out, struct stance_error *error);

#endif
