/* SPDX-License-Identifier: MIT
 * Calibration: from out-of-fold decision values (of units that the model was not trained on) to probabilities.
 * Thread-safe. */
#ifndef STANCE_TRAIN_CALIBRATE_H
#define STANCE_TRAIN_CALIBRATE_H

#include "stance/model/model.h"

enum { CALIBRATE_KNOTS_MAX = 256 };

/* Platt's sigmoid: p(y = 1 | d) = 1 / (1 + exp(a d + b)), fitted by Newton's method with backtracking on regularised
 * targets (Lin, Lin, Weng 2007). a is never above 0, so a larger decision value never means a lower probability; with
 * one class only, a = 0 and p is the prior. */
void calibrate_platt(const double *decisions, const bool *is_positive, size_t count, double *a, double *b);

/* Isotonic regression by pooling adjacent violators, with at most CALIBRATE_KNOTS_MAX knots and probabilities within
 * (0, 1). Returns the number of knots; 0: out of memory. */
size_t calibrate_isotonic(const double *decisions, const bool *is_positive, size_t count, float *knots, float *p,
                          struct stance_error *error);

/* Multinomial logistic regression of the label on all decision values: fills slope and intercept. If in the full matrix
 * a larger decision value could lower its own label's p, one slope serves all labels; if that slope is almost 0 or
 * below (the decision values carry no information out of fold), it is 0.05, which keeps their order. keeps_order: one
 * slope in any case. The mean of p over the units is the share of each label. */
enum stance_status calibrate_logistic(const double *decisions, const uint32_t *labels, size_t count, bool keeps_order,
                                      struct stance_model_head *head, struct stance_error *error);

/* Fits p = softmax(s d + B z + b) to out-of-fold decision values d and what dyads say, z: inputs [count][label_count +
 * STANCE_LEAN_INPUTS] are (d, z). The weights are B / s, so that d + W z takes the place of d; 0 where d says nothing. */
enum stance_status calibrate_lean(const double *inputs, const uint32_t *labels, size_t count, size_t label_count,
                                  struct stance_lean_weights *out, struct stance_error *error);

/* The factor of a label that no unit has: no p, which is at least 1e-6, makes it the largest. */
#define CALIBRATE_NEVER 1e-6
/* Sets factors with which the label is that of the largest decision value among those that units have, for data on which
 * factors can not be chosen. Call it after calibrate_logistic with keeps_order; labels: [count], the units' own. */
void calibrate_by_order(const uint32_t *labels, size_t count, struct stance_model_head *head);

/* Fits the head's calibration to out-of-fold decision values [count][label_count]; knots are in the arena. The kind is
 * the head's, or logistic if that is STANCE_CALIBRATION_NONE. In nested grouped cross-validation on seven sets
 * (docs/method.md), isotonic regression and Platt's sigmoid have no better log loss and class-wise error, and isotonic
 * regression is worse on small sets. */
enum stance_status calibrate_head(const double *decisions, const uint32_t *labels, size_t count, bool keeps_order,
                                  struct stance_arena *arena, struct stance_model_head *head,
                                  struct stance_error *error);

/* The label is the one with the largest factor times p. The factors, 1/8 to 32, are chosen on the same decision values
 * for the best macro-F1, as labels as rare as one in twenty seldom have the largest p; they do not change p. Where larger
 * ones lose at most 0.003 of it (0.36 / sqrt(units) beyond 14,400), those are taken, the labels a step each in turn. With
 * fewer units than this all are 1. */
enum { CALIBRATE_FACTORS_MIN = 200 };
/* Chooses the head's factors. */
enum stance_status calibrate_factors(const struct stance_head *definition, const double *decisions,
                                     const uint32_t *labels, size_t count, struct stance_model_head *head,
                                     struct stance_error *error);

#endif
