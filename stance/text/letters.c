/* SPDX-License-Identifier: MIT */
#include "letters.h"

#include <stdbool.h>
#include <string.h>
#include <utf8proc.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "stance/base/hash.h"

static bool is_word(utf8proc_int32_t c) {
  switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return true;
    default: return false;
  }
}

int32_t stance_letter_next(const char *text, size_t length, size_t *at) {
  utf8proc_int32_t c = (unsigned char)text[*at];
  if (c < 0x80) {
    ++*at;
    if (c >= 'A' && c <= 'Z') return c + 32;
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : 0;
  }
  utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)text + *at, (utf8proc_ssize_t)(length - *at), &c);
  *at += step > 0 ? (size_t)step : 1;
  return step > 0 && is_word(c) ? utf8proc_tolower(c) : 0;
}

/* ---- the signature -------------------------------------------------------------------------------------------- */

/* Sums over the characters, in any order. */
struct sums {
  uint64_t count, plain, mixed;
};

static void add(struct sums *sums, int32_t c) {
  sums->count++;
  sums->plain += (uint32_t)c;
  sums->mixed += ((uint32_t)c * 3 & 0xff) ^ 0x6d;
}

#ifdef __SSE2__
enum { BLOCK = 16 };

/* Adds sixteen bytes of ASCII: zeros and other signs add nothing. Bytes are compared as signed ones: what is added
 * makes those beyond the last letter or digit negative. */
static inline void add_block(__m128i *count, __m128i *plain, __m128i *mixed, __m128i bytes) {
  const __m128i zero = _mm_setzero_si128(), one = _mm_set1_epi8(1);
  __m128i lower = _mm_or_si128(bytes, _mm_set1_epi8(32)); /* of a digit: itself */
  __m128i is_letter = _mm_cmpgt_epi8(_mm_add_epi8(lower, _mm_set1_epi8(127 - 'z')), _mm_set1_epi8(127 - 26));
  __m128i is_digit = _mm_cmpgt_epi8(_mm_add_epi8(bytes, _mm_set1_epi8(127 - '9')), _mm_set1_epi8(127 - 10));
  __m128i is_word = _mm_or_si128(is_letter, is_digit), c = _mm_and_si128(is_word, lower);
  __m128i mix = _mm_and_si128(is_word, _mm_xor_si128(_mm_add_epi8(_mm_add_epi8(c, c), c), _mm_set1_epi8(0x6d)));
  *count = _mm_add_epi64(*count, _mm_sad_epu8(_mm_and_si128(is_word, one), zero));
  *plain = _mm_add_epi64(*plain, _mm_sad_epu8(c, zero));
  *mixed = _mm_add_epi64(*mixed, _mm_sad_epu8(mix, zero));
}

static uint64_t sum_of(__m128i halves) {
  uint64_t parts[2];
  memcpy(parts, &halves, sizeof parts);
  return parts[0] + parts[1];
}

static struct sums sums_of(const char *text, size_t length) {
  struct sums sums = {0, 0, 0};
  __m128i count = _mm_setzero_si128(), plain = count, mixed = count;
  for (size_t at = 0; at < length;) {
    size_t end = length - at < BLOCK ? length : at + BLOCK;
    __m128i bytes;
    if (end - at == BLOCK) {
      bytes = _mm_loadu_si128((const __m128i *)(const void *)(text + at));
    } else {
      char rest[BLOCK] = {0};
      memcpy(rest, text + at, end - at);
      bytes = _mm_loadu_si128((const __m128i *)(const void *)rest);
    }
    if (!_mm_movemask_epi8(bytes)) {
      add_block(&count, &plain, &mixed, bytes);
      at = end;
      continue;
    }
    while (at < end) {
      int32_t c = stance_letter_next(text, length, &at);
      if (c) add(&sums, c);
    }
  }
  return (struct sums){sums.count + sum_of(count), sums.plain + sum_of(plain), sums.mixed + sum_of(mixed)};
}
#else
static struct sums sums_of(const char *text, size_t length) {
  struct sums sums = {0, 0, 0};
  for (size_t at = 0; at < length;) {
    int32_t c = stance_letter_next(text, length, &at);
    if (c) add(&sums, c);
  }
  return sums;
}
#endif

uint32_t stance_letters_signature(const char *text, size_t length) {
  struct sums sums = sums_of(text, length);
  return (uint32_t)(stance_hash_combine(stance_hash_combine(sums.count, sums.plain), sums.mixed) >> 32);
}

uint64_t stance_letters_hash(const char *text, size_t length) {
  uint64_t hash = 0;
  for (size_t at = 0; at < length;) {
    int32_t c = stance_letter_next(text, length, &at);
    if (c) hash = stance_hash_combine(hash, (uint64_t)c);
  }
  return (uint64_t)stance_letters_signature(text, length) << 32 | (uint32_t)hash;
}
