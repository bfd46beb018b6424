/* SPDX-License-Identifier: MIT
 * What a model said of labelled units, a JSON line each, for others' statistics: the keys of a prediction, and
 *   "unit", "gold", then "fold" (of train --folds-out: p and label come from the models of the other folds) or "seen" (of
 *   evaluate --predictions: the sentence was trained on). */
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
/* Writes a line a unit. */
enum stance_status train_folds_write(const struct folds *folds, FILE *out, struct stance_error *error);

#endif
