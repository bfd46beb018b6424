/* SPDX-License-Identifier: MIT
 * Rounding to whole ten-thousandths, so that printed numbers add up, and what is printed, counted, stored and passed to
 * other languages is the same number. Thread-safe. */
#ifndef STANCE_ROUND_H
#define STANCE_ROUND_H

#include "stance/stance.h"

enum { STANCE_ROUND_ONE = 10000 };

/* Rounds p [count] to ten-thousandths that sum to STANCE_ROUND_ONE, none 0, by the method of largest remainders (of
 * equal ones the label's first). The rest of out [STANCE_LABELS_MAX] becomes 0. */
void stance_round_probabilities(const float *p, size_t count, uint32_t label, uint16_t *out);
/* The sum of p times value in ten-thousandths, rounded half away from zero. */
int32_t stance_round_score(const uint16_t *p, const double *values, size_t count);

/* value * scale, rounded to a whole number and limited to +-1e15. */
int64_t stance_round_whole(double value, double scale);
/* Rounds parts [count] times scale to whole numbers that sum to `total`, where some are not rounded to the nearest. */
void stance_round_settle(const double *parts, size_t count, int64_t total, double scale, int64_t *out);

#endif
