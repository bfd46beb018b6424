/* SPDX-License-Identifier: MIT
 * SIMD within a register: text several bytes at a time. A word is eight bytes, the text's first byte lowest on any
 * machine. A mask has the high bit of each selected byte set. Classes are of ASCII: a byte above 0x7f is in none. */
#ifndef STANCE_SWAR_H
#define STANCE_SWAR_H

#include <endian.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define SWAR_ONES UINT64_C(0x0101010101010101)
#define SWAR_HIGHS UINT64_C(0x8080808080808080)

static inline uint64_t swar_load(const char *text) {
  uint64_t word;
  memcpy(&word, text, sizeof word);
  return le64toh(word);
}

/* text[0..length), length 0..8, padded with zeros. Reads no other byte. */
static inline uint64_t swar_load_some(const char *text, size_t length) {
  uint32_t first, last;
  if (length >= 4) {
    memcpy(&first, text, 4);
    memcpy(&last, text + length - 4, 4);
    return le32toh(first) | (uint64_t)le32toh(last) << 8 * (length - 4);
  }
  if (!length) return 0;
  const unsigned char *bytes = (const unsigned char *)text;
  return bytes[0] | (uint64_t)bytes[length / 2] << 8 * (length / 2) | (uint64_t)bytes[length - 1] << 8 * (length - 1);
}

/* The first `count` bytes of a word, 0..8, padded with zeros. */
static inline uint64_t swar_first(uint64_t word, size_t count) {
  return count >= 8 ? word : word & ((UINT64_C(1) << 8 * count) - 1);
}

/* Index of the first selected byte; the mask is not 0. */
static inline size_t swar_index(uint64_t mask) { return (size_t)__builtin_ctzll(mask) / 8; }
/* Number of selected bytes. */
static inline size_t swar_count(uint64_t mask) { return (size_t)((mask >> 7) * SWAR_ONES >> 56); }

/* A mask of the bytes from `low` to `high`, both below 0x80; sums of seven-bit values do not carry into the next
 * byte. */
static inline uint64_t swar_range(uint64_t word, unsigned char low, unsigned char high) {
  uint64_t seven = word & ~SWAR_HIGHS;
  uint64_t not_below = seven + SWAR_ONES * (0x80u - low), above = seven + SWAR_ONES * (0x7fu - high);
  return not_below & ~above & ~word & SWAR_HIGHS;
}
static inline uint64_t swar_upper(uint64_t word) { return swar_range(word, 'A', 'Z'); }
static inline uint64_t swar_letters(uint64_t word) { return swar_range(word | SWAR_ONES * 0x20, 'a', 'z'); }

/* The word with the letters selected by `upper` in lower case. */
static inline uint64_t swar_lower(uint64_t word, uint64_t upper) { return word | upper >> 2; }

/* ---- searching for a few bytes ------------------------------------------------------------------------ */

/* A GNU C vector: the compiler uses SSE2, NEON or plain words. */
typedef uint8_t swar_block __attribute__((vector_size(16)));
typedef int8_t swar_signed __attribute__((vector_size(16)));
enum { SWAR_BLOCK = 16 };

static inline swar_block swar_load_block(const char *text) {
  swar_block block;
  memcpy(&block, text, sizeof block);
  return block;
}

/* Index of the first byte of a comparison's results that is not 0; SWAR_BLOCK: none. */
static inline size_t swar_hit_in_words(swar_block results) {
  uint64_t halves[2];
  memcpy(halves, &results, sizeof halves);
  if (!(halves[0] | halves[1])) return SWAR_BLOCK;
  return halves[0] ? swar_index(le64toh(halves[0])) : 8 + swar_index(le64toh(halves[1]));
}
#ifdef __SSE2__ /* one instruction does it */
static inline size_t swar_hit(swar_block results) {
  unsigned bits = (unsigned)_mm_movemask_epi8((__m128i)results);
  return bits ? (size_t)__builtin_ctz(bits) : SWAR_BLOCK;
}
#else
static inline size_t swar_hit(swar_block results) { return swar_hit_in_words(results); }
#endif

/* A class of bytes: not 0 for each byte of the block that is in it. */
typedef swar_block swar_class(swar_block block);

/* Index of the first byte from text[at] on that is in a class; `end` or more: none before `end`. Reads up to SWAR_BLOCK
 * - 1 bytes beyond `end`. */
static inline __attribute__((always_inline)) size_t swar_find(const char *text, size_t at, size_t end,
                                                              swar_class *is_in) {
  for (size_t plain = SWAR_BLOCK; at < end && plain == SWAR_BLOCK; at += plain)
    plain = swar_hit(is_in(swar_load_block(text + at)));
  return at;
}

#endif
