/* SPDX-License-Identifier: MIT
 * A model as an annotator: its label for every unit that annotators labelled. */
#ifndef STANCE_ANNOTATE_MODEL_LABELS_H
#define STANCE_ANNOTATE_MODEL_LABELS_H

#include "stance/labels/codebook.h"
#include "stance/labels/record.h"

struct annotate_model_labels {
  struct stance_record *records; /* one for each unit and head that the model predicts; annotator: the given name */
  size_t count;
  size_t seen; /* units whose sentence is in the model's training data */
};

/* Predicts the distinct (unit, head) pairs of the records. In the arena. STANCE_INPUT: the model has none of their
 * heads. */
enum stance_status annotate_model_labels(const char *path, const char *name, const struct stance_record *records,
                                         size_t count, struct stance_arena *arena, struct annotate_model_labels *out,
                                         struct stance_error *error);

#endif
