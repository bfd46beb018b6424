/* SPDX-License-Identifier: MIT
 * Predictions for labelled units as JSON Lines, for other statistics programs: the keys of a prediction, and
 *   "unit", "gold", then "fold" (train --folds-out: p and label are from models of the other folds)
 *   or "seen" (evaluate --predictions: the model was trained on the sentence). */
#ifndef STANCE_TRAIN_FOLDS_H
#define STANCE_TRAIN_FOLDS_H

#include <stdio.h>

#include "dataset.h"

struct folds { /* of one head; borrowed */
  const struct dataset *data;
  const float *p;            /* [count][labels] */
  const uint32_t *predicted; /* [count] */
  const uint32_t *folds;     /* NULL: none */
  const bool *is_seen;       /* NULL: none */
};
/* Writes a line for each unit. */
enum stance_status train_folds_write(const struct folds *folds, FILE *out, struct stance_error *error);

#endif
