/* SPDX-License-Identifier: MIT
 * Sums of rows of word vectors. Each dimension is summed in the order of the words, eight dimensions in parallel if the
 * processor can: every processor gives the same bytes. Thread-safe. */
#ifndef STANCE_ROW_SUM_H
#define STANCE_ROW_SUM_H

#include <stddef.h>
#include <stdint.h>

enum { STANCE_ROW_STEP = 8 }; /* dimensions are a multiple of it, at most STANCE_VECTOR_DIMENSIONS */

/* sum[d] += weights[i] rows[i][d] for i = 0, 1 ... count - 1 and all STANCE_VECTOR_DIMENSIONS; skips rows that are
 * NULL. */
void stance_rows_add(float *sum, const int8_t *const *rows, const float *weights, size_t count);
/* out = length x / |x| with x[d] = (high[d] - low[d]) scales[d], zeros where |x| is almost 0; returns length / |x|. */
float stance_rows_mean(float *out, const float *low, const float *high, const float *scales, float length,
                       size_t dimensions);
/* sum_i a[i] b[i], in eight partial sums; count is a multiple of STANCE_ROW_STEP. */
float stance_rows_dot(const float *a, const float *b, size_t count);
/* out[i] = stance_rows_dot(rows + i * count, b, count), to the last bit. */
void stance_rows_dots(const float *rows, size_t rows_count, const float *b, size_t count, float *out);

#endif
