/* SPDX-License-Identifier: MIT
 * Loops in GNU C vectors, compiled for the baseline and again for AVX2. Neither fuses multiplication and addition, so
 * both round alike. */
#include "row_sum.h"

#include <math.h>
#include <string.h>
#ifdef __SSE2__
#include <immintrin.h>
#endif

#include "stance/base/cpu.h"
#include "vectors.h"

typedef float wide __attribute__((vector_size(32)));
typedef float half __attribute__((vector_size(16)));
enum { STEP = STANCE_ROW_STEP, STEPS = STANCE_VECTOR_DIMENSIONS / STEP };
_Static_assert(STANCE_VECTOR_DIMENSIONS % STEP == 0, "a row ends with a whole step");

#define INLINE static inline __attribute__((always_inline))

INLINE void load(wide *out, const float *from) { memcpy(out, from, sizeof *out); }
INLINE void store(float *to, const wide *from) { memcpy(to, from, sizeof *from); }

/* ---- the loops ------------------------------------------------------------ */

/* Converts sixteen bytes to floats; compilers do not vectorise this by themselves. */
#ifdef __SSE2__
INLINE void widen(const int8_t *row, half out[4]) {
  __m128i all = _mm_loadu_si128((const __m128i *)(const void *)row);
  __m128i low = _mm_srai_epi16(_mm_unpacklo_epi8(all, all), 8), high = _mm_srai_epi16(_mm_unpackhi_epi8(all, all), 8);
  out[0] = (half)_mm_cvtepi32_ps(_mm_srai_epi32(_mm_unpacklo_epi16(low, low), 16));
  out[1] = (half)_mm_cvtepi32_ps(_mm_srai_epi32(_mm_unpackhi_epi16(low, low), 16));
  out[2] = (half)_mm_cvtepi32_ps(_mm_srai_epi32(_mm_unpacklo_epi16(high, high), 16));
  out[3] = (half)_mm_cvtepi32_ps(_mm_srai_epi32(_mm_unpackhi_epi16(high, high), 16));
}
#else
INLINE void widen(const int8_t *row, half out[4]) {
  for (size_t d = 0; d < 16; d++) out[d / 4][d % 4] = (float)row[d];
}
#endif

/* Half a row at a time, as the registers hold that many sums. A row always has 64 bytes. */
static void add_plain(float *sum, const int8_t *const *rows, const float *weights, size_t count) {
  for (size_t first = 0; first < STANCE_VECTOR_DIMENSIONS; first += STANCE_VECTOR_DIMENSIONS / 2) {
    half sums[8];
    memcpy(sums, sum + first, sizeof sums);
    for (size_t i = 0; i < count; i++) {
      if (!rows[i]) continue;
      half row[8];
      widen(rows[i] + first, row);
      widen(rows[i] + first + 16, row + 4);
      for (size_t k = 0; k < 8; k++) sums[k] += weights[i] * row[k];
    }
    memcpy(sum + first, sums, sizeof sums);
  }
}

INLINE float mean(float *out, const float *low, const float *high, const float *scales, float length,
                  size_t dimensions) {
  half squares = {0};
  for (size_t d = 0; d < dimensions; d += STEP) {
    wide a, b, c;
    load(&a, high + d);
    load(&b, low + d);
    load(&c, scales + d);
    a = (a - b) * c;
    store(out + d, &a);
    for (size_t part = 0; part < 2; part++) {
      half x;
      memcpy(&x, (const char *)&a + part * sizeof x, sizeof x);
      squares += x * x;
    }
  }
  float norm = sqrtf((squares[0] + squares[1]) + (squares[2] + squares[3])), factor = norm > 1e-3f ? length / norm : 0;
  for (size_t d = 0; d < dimensions; d += STEP) {
    wide a;
    load(&a, out + d);
    a *= factor;
    store(out + d, &a);
  }
  return factor;
}

INLINE float dot(const float *a, const float *b, size_t count) {
  wide sums = {0};
  for (size_t i = 0; i < count; i += STEP) {
    wide x, y;
    load(&x, a + i);
    load(&y, b + i);
    sums += x * y;
  }
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

/* Three dot products in one pass over b, each in the order of dot. */
INLINE void dot_three(const float *rows, const float *b, size_t count, float *out) {
  wide first = {0}, second = {0}, third = {0};
  for (size_t i = 0; i < count; i += STEP) {
    wide x, y;
    load(&y, b + i);
    load(&x, rows + i);
    first += x * y;
    load(&x, rows + count + i);
    second += x * y;
    load(&x, rows + 2 * count + i);
    third += x * y;
  }
  out[0] = ((first[0] + first[1]) + (first[2] + first[3])) + ((first[4] + first[5]) + (first[6] + first[7]));
  out[1] = ((second[0] + second[1]) + (second[2] + second[3])) + ((second[4] + second[5]) + (second[6] + second[7]));
  out[2] = ((third[0] + third[1]) + (third[2] + third[3])) + ((third[4] + third[5]) + (third[6] + third[7]));
}

/* ---- compiled twice ---------------------------------------------------------------------------------------------- */

#ifdef __x86_64__
STANCE_CPU_WIDE static void add_wide(float *sum, const int8_t *const *rows, const float *weights, size_t count) {
  __m256 sums[STEPS];
#pragma GCC unroll 8
  for (size_t k = 0; k < STEPS; k++) sums[k] = _mm256_loadu_ps(sum + k * STEP);
  for (size_t i = 0; i < count; i++) {
    if (!rows[i]) continue;
    __m256 weight = _mm256_set1_ps(weights[i]);
#pragma GCC unroll 8
    for (size_t k = 0; k < STEPS; k++) {
      __m128i row = _mm_loadl_epi64((const __m128i *)(const void *)(rows[i] + k * STEP));
      sums[k] = _mm256_add_ps(sums[k], _mm256_mul_ps(weight, _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(row))));
    }
  }
#pragma GCC unroll 8
  for (size_t k = 0; k < STEPS; k++) _mm256_storeu_ps(sum + k * STEP, sums[k]);
}
#else
#define add_wide add_plain
#endif

STANCE_CPU_WIDE static float mean_wide(float *out, const float *low, const float *high, const float *scales,
                                       float length, size_t dimensions) {
  return mean(out, low, high, scales, length, dimensions);
}
STANCE_CPU_WIDE static float dot_wide(const float *a, const float *b, size_t count) { return dot(a, b, count); }

void stance_rows_add(float *sum, const int8_t *const *rows, const float *weights, size_t count) {
  if (stance_cpu_is_wide()) add_wide(sum, rows, weights, count);
  else add_plain(sum, rows, weights, count);
}

float stance_rows_mean(float *out, const float *low, const float *high, const float *scales, float length,
                       size_t dimensions) {
  return stance_cpu_is_wide() ? mean_wide(out, low, high, scales, length, dimensions)
                              : mean(out, low, high, scales, length, dimensions);
}

float stance_rows_dot(const float *a, const float *b, size_t count) {
  return stance_cpu_is_wide() ? dot_wide(a, b, count) : dot(a, b, count);
}

STANCE_CPU_WIDE static void dot_three_wide(const float *rows, const float *b, size_t count, float *out) {
  dot_three(rows, b, count, out);
}

void stance_rows_dots(const float *rows, size_t rows_count, const float *b, size_t count, float *out) {
  if (rows_count == 3 && stance_cpu_is_wide()) dot_three_wide(rows, b, count, out);
  else
    for (size_t i = 0; i < rows_count; i++) out[i] = stance_rows_dot(rows + i * count, b, count);
}
