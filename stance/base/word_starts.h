/* SPDX-License-Identifier: MIT
 * A Bloom filter of what a word may start, by the low bits of its hash: one byte answers all questions asked of every
 * token. It may be true of a word that starts nothing, but is never false of one that does. */
#ifndef STANCE_WORD_STARTS_H
#define STANCE_WORD_STARTS_H

#include <stddef.h>
#include <stdint.h>

enum {
  STANCE_START_NAME = 1 << 0,      /* a name in lower case */
  STANCE_START_REFERENCE = 1 << 1, /* must be the highest bit: mention.c divides by it */
  STANCE_START_BITS = 13,
};

/* Zeroed is empty. */
struct stance_word_starts {
  uint8_t of[1 << STANCE_START_BITS];
};

/* The index of a word's byte. */
static inline size_t stance_word_start(uint64_t hash) { return hash & ((1 << STANCE_START_BITS) - 1); }

#endif
