/* SPDX-License-Identifier: MIT
 * A model as one more annotator: its label of every unit that people labelled. */
#ifndef STANCE_ANNOTATE_MODEL_LABELS_H
#define STANCE_ANNOTATE_MODEL_LABELS_H

#include "stance/labels/codebook.h"
#include "stance/labels/record.h"

struct annotate_model_labels {
  struct stance_record *records; /* one a unit and head that the model answers; annotator: the name given */
  size_t count;
  size_t seen; /* units whose sentence the model was trained on */
};

/* Scores the distinct (unit, head) of the records. In the arena; STANCE_INPUT where the model answers none of their heads. */
enum stance_status annotate_model_labels(const char *path, const char *name, const struct stance_record *records,
                                         size_t count, struct stance_arena *arena, struct annotate_model_labels *out,
                                         struct stance_error *error);

#endif
