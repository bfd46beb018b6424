/* SPDX-License-Identifier: MIT
 * Probabilities as whole ten-thousandths, and sums that add up in the digits that are shown: rounded once and for all, so that what
 * is printed, counted, stored and handed to other languages is one number. Pure. */
#ifndef STANCE_ROUND_H
#define STANCE_ROUND_H

#include "stance/stance.h"

enum { STANCE_ROUND_ONE = 10000 };

/* p [count] to ten-thousandths that sum to one, none 0: floors first, then what is missing to the largest remainders (the label's
 * first where equal). Further places of out [STANCE_LABELS_MAX] become 0. */
void stance_round_probabilities(const float *p, size_t count, uint32_t label, uint16_t *out);
/* sum of p x value, rounded to a ten-thousandth; halves go away from zero */
int32_t stance_round_score(const uint16_t *p, const double *values, size_t count);

/* To the nearest multiple of 1 / scale, as a whole number of these. */
int64_t stance_round_whole(double value, double scale);
/* Rounds parts [count] to whole multiples of 1 / scale, some the other way than to the nearest, so that they sum to `total`. */
void stance_round_settle(const double *parts, size_t count, int64_t total, double scale, int64_t *out);

#endif
