/* SPDX-License-Identifier: MIT
 * Calibration: from decision values that a model gave to units it was not trained on, to probabilities. */
#ifndef STANCE_TRAIN_CALIBRATE_H
#define STANCE_TRAIN_CALIBRATE_H

#include "stance/model/model.h"

/* Isotonic regression takes over from the sigmoid where there are so many units on either side. */
enum { CALIBRATE_ISOTONIC_MIN = 1000, CALIBRATE_KNOTS_MAX = 256 };

/* p(y = 1 | d) = 1 / (1 + exp(a d + b)), by Newton's method with backtracking on regularised targets (Lin, Lin, Weng 2007).
 * a is never above 0 (a larger decision never means less); one side empty gives a = 0 and the prior. */
void calibrate_platt(const double *decisions, const bool *is_positive, size_t count, double *a, double *b);

/* Pool adjacent violators; at most CALIBRATE_KNOTS_MAX knots, probabilities inside (0, 1). Returns the number of knots. */
size_t calibrate_isotonic(const double *decisions, const bool *is_positive, size_t count, float *knots, float *p,
                          struct stance_error *error);

/* Fits the head's calibration on out-of-fold decisions [count][label_count]; knots are made in the arena. The kind is head's, or
 * where that is STANCE_CALIBRATION_NONE isotonic for data enough and Platt's sigmoid else. */
enum stance_status calibrate_head(const double *decisions, const uint32_t *labels, size_t count, struct stance_arena *arena,
                                  struct stance_model_head *head, struct stance_error *error);

/* Factors by which the odds of a label are multiplied before all are made to sum to 1, chosen on the same decisions so that the
 * argmax has the best macro-F1: with labels as rare as one in twenty the argmax of plain probabilities seldom names them. Factors
 * differ at most 32-fold; what they have in common, which no argmax depends on, is chosen for the least log loss, and brings the
 * probabilities back to what they say (expected calibration error out of fold on dse/train: 0.003). At least
 * CALIBRATE_FACTORS_MIN units, else all are 1. */
enum { CALIBRATE_FACTORS_MIN = 200 };
enum stance_status calibrate_factors(const struct stance_head *definition, const double *decisions, const uint32_t *labels,
                                     size_t count, struct stance_model_head *head, struct stance_error *error);

#endif
