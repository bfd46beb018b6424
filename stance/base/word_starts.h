/* SPDX-License-Identifier: MIT
 * What a word may start, by the low bits of its hash: one byte for all that every token of a text is asked. A byte may say yes of a
 * word that starts nothing, never no of one that does. */
#ifndef STANCE_WORD_STARTS_H
#define STANCE_WORD_STARTS_H

#include <stddef.h>
#include <stdint.h>

enum {
  STANCE_START_NAME = 1 << 0,      /* in lower case */
  STANCE_START_REFERENCE = 1 << 1, /* the highest */
  STANCE_START_BITS = 13,
};

/* Zeroed is empty. */
struct stance_word_starts {
  uint8_t of[1 << STANCE_START_BITS];
};

/* The index of a word's byte. */
static inline size_t stance_word_start(uint64_t hash) { return hash & ((1 << STANCE_START_BITS) - 1); }

#endif
