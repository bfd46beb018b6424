/* SPDX-License-Identifier: MIT
 * Sums of rows of word vectors, and what is made of them. Each dimension is summed on its own and in the order of the words, with
 * eight dimensions side by side where the processor can: the same bytes on any. */
#ifndef STANCE_ROW_SUM_H
#define STANCE_ROW_SUM_H

#include <stddef.h>
#include <stdint.h>

enum { STANCE_ROW_STEP = 8 }; /* dimensions come in multiples of it, up to STANCE_VECTOR_DIMENSIONS */

/* sum[d] += weights[i] rows[i][d] for i = 0, 1 ... count - 1; a row that is NULL counts for nothing.
 * Of all STANCE_VECTOR_DIMENSIONS. */
void stance_rows_add(float *sum, const int8_t *const *rows, const float *weights, size_t count);
/* out = length x / |x| with x[d] = (high[d] - low[d]) scales[d], zeros where |x| is almost 0; returns length / |x|. */
float stance_rows_mean(float *out, const float *low, const float *high, const float *scales, float length,
                       size_t dimensions);
/* sum_i a[i] b[i] in eight sums side by side. */
float stance_rows_dot(const float *a, const float *b, size_t count);

#endif
