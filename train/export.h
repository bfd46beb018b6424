/* SPDX-License-Identifier: MIT
 * Exporting a head in libsvm's formats, for other programs. */
#ifndef STANCE_TRAIN_EXPORT_H
#define STANCE_TRAIN_EXPORT_H

#include <stdio.h>

#include "dataset.h"
#include "stance/model/model.h"

/* Writes a libsvm model that predicts the head's labels (1, 2, ... in the codebook's order). With Platt's sigmoid, the
 * label is that of the largest z[l] = -(a d[l] + b) + log factor, a linear function of x, and libsvm's votes on pairs
 * z[i] > z[j] select it too. STANCE_USAGE: a kernel or isotonic calibration, for which this does not hold. */
enum stance_status train_export_libsvm_model(const struct stance_model *model, size_t index, FILE *out,
                                             struct stance_error *error);
/* Writes the units in svmlight format, "label index:value ...", with the same numbers of features. */
enum stance_status train_export_svmlight(const struct stance_model *model, size_t index, const struct dataset *data,
                                         FILE *out, struct stance_error *error);

#endif
