/* SPDX-License-Identifier: MIT
 * Calibration: from decision values that a model gave to units it was not trained on, to probabilities. */
#ifndef STANCE_TRAIN_CALIBRATE_H
#define STANCE_TRAIN_CALIBRATE_H

#include "stance/model/model.h"

enum { CALIBRATE_KNOTS_MAX = 256 };

/* p(y = 1 | d) = 1 / (1 + exp(a d + b)), by Newton's method with backtracking on regularised targets (Lin, Lin, Weng 2007).
 * a is never above 0 (a larger decision never means less); one side empty gives a = 0 and the prior. */
void calibrate_platt(const double *decisions, const bool *is_positive, size_t count, double *a, double *b);

/* Pool adjacent violators; at most CALIBRATE_KNOTS_MAX knots, probabilities inside (0, 1). Returns the number of knots. */
size_t calibrate_isotonic(const double *decisions, const bool *is_positive, size_t count, float *knots, float *p,
                          struct stance_error *error);

/* Multinomial logistic regression of the label on all decision values: fills slope and intercept. Where the whole matrix would let a
 * larger decision lower its own label's p, one slope for all; where that one is almost 0 or below (the decisions say nothing
 * out of fold), 0.05, which keeps their order. keeps_order: one slope in any case. The mean of p over the units is the share of each
 * label. */
enum stance_status calibrate_logistic(const double *decisions, const uint32_t *labels, size_t count, bool keeps_order,
                                      struct stance_model_head *head, struct stance_error *error);

/* Factors by which the label is that of the largest decision, for data on which none can be chosen: after calibrate_logistic with
 * keeps_order. */
void calibrate_by_order(struct stance_model_head *head);

/* Fits the head's calibration on out-of-fold decisions [count][label_count]; knots are made in the arena. The kind is head's, or
 * where that is STANCE_CALIBRATION_NONE the logistic one. Chosen by nested grouped cross-validation on seven sets (docs/method.md): log
 * loss and
 * class-wise error of isotonic regression and Platt's sigmoid are no better, on small sets isotonic regression is worse. */
enum stance_status calibrate_head(const double *decisions, const uint32_t *labels, size_t count, bool keeps_order,
                                  struct stance_arena *arena, struct stance_model_head *head,
                                  struct stance_error *error);

/* Factors, 1/8 to 32, that decide the label (the largest factor times p), chosen on the same decisions for the best macro-F1: labels
 * as rare as one in twenty seldom have the largest p. They leave p as it is. At least CALIBRATE_FACTORS_MIN units, else all are 1. */
enum { CALIBRATE_FACTORS_MIN = 200 };
/* Chooses the factors of the labels by the macro-F1 of out-of-fold decision values; with few units they stay 1. */
enum stance_status calibrate_factors(const struct stance_head *definition, const double *decisions,
                                     const uint32_t *labels, size_t count, struct stance_model_head *head,
                                     struct stance_error *error);

#endif
