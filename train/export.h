/* SPDX-License-Identifier: MIT
 * A head in libsvm's formats, for other programs. */
#ifndef STANCE_TRAIN_EXPORT_H
#define STANCE_TRAIN_EXPORT_H

#include <stdio.h>

#include "dataset.h"
#include "stance/model/model.h"

/* A libsvm model that gives the head's labels (1, 2, ... in the codebook's order): with Platt's sigmoid the largest p is that of
 * the largest z[l] = -(a d[l] + b) + log factor, a linear function of x, and libsvm's votes on pairs z[i] > z[j] name it too.
 * STANCE_USAGE for kernels and for isotonic calibration, where this does not hold. */
enum stance_status train_export_libsvm_model(const struct stance_model *model, size_t index, FILE *out,
                                             struct stance_error *error);
/* The units in svmlight form: "label index:value ...", with the same numbering of features. */
enum stance_status train_export_svmlight(const struct stance_model *model, size_t index, const struct dataset *data,
                                         FILE *out, struct stance_error *error);

#endif
