/* SPDX-License-Identifier: MIT
 * Calibration: from decision values that a model gave to units it was not trained on, to probabilities. */
#ifndef STANCE_TRAIN_CALIBRATE_H
#define STANCE_TRAIN_CALIBRATE_H

#include "stance/model.h"

/* Isotonic regression takes over from the sigmoid where there are so many units on either side. */
enum { CALIBRATE_ISOTONIC_MIN = 1000, CALIBRATE_KNOTS_MAX = 256 };

/* p(y = 1 | d) = 1 / (1 + exp(a d + b)), by Newton's method with backtracking on regularised targets (Lin, Lin, Weng 2007).
 * a is never above 0 (a larger decision never means less); one side empty gives a = 0 and the prior. */
void calibrate_platt(const double *decisions, const bool *is_positive, size_t count, double *a, double *b);

/* Pool adjacent violators; at most CALIBRATE_KNOTS_MAX knots, probabilities inside (0, 1). Returns the number of knots. */
size_t calibrate_isotonic(const double *decisions, const bool *is_positive, size_t count, float *knots, float *p,
                          struct stance_error *error);

/* Fits the head's calibration on out-of-fold decisions [count][label_count]; knots are made in the arena. */
enum stance_status calibrate_head(const double *decisions, const uint32_t *labels, size_t count, struct stance_arena *arena,
                                  struct stance_model_head *head, struct stance_error *error);

/* Factors by which a label's probability is multiplied before all are made to sum to 1, chosen on the same decisions so that the
 * argmax has the best macro-F1: with labels as rare as one in twenty the argmax of plain probabilities seldom names them. Factors lie
 * from 1 to 8 and are fitted on CALIBRATE_FACTORS_MIN units or more; the smallest that is as good as the best is taken. */
enum { CALIBRATE_FACTORS_MIN = 200 };
enum stance_status calibrate_factors(const struct stance_head *definition, const double *decisions, const uint32_t *labels,
                                     size_t count, struct stance_model_head *head, struct stance_error *error);

#endif
