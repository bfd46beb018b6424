/* SPDX-License-Identifier: MIT
 * The words that decide where a sentence ends: abbreviations, and words that start sentences after them. */
#include <string.h>

#include "stance/base/listed_word.h"
#include "stance/base/swar.h"
#include "text_rules.h"

static const struct stance_listed_word listed[] = {
#include "sentence-words.inc"
};

/* An open-addressing table; a key is the word's bytes in lower case, padded with zeros. */
enum { SLOT_BITS = 10, SLOTS = 1 << SLOT_BITS, WORD_MAX = 14 /* as the Makefile tells words.awk */ };

static struct {
  uint64_t low, high;
  unsigned flags; /* 0: free */
} table[SLOTS];

_Static_assert(sizeof listed / sizeof *listed * 2 <= SLOTS, "room for the words");

static size_t slot_of(uint64_t low, uint64_t high) {
  size_t slot = (size_t)((low ^ high >> 3 ^ high << 29) * UINT64_C(0x9e3779b97f4a7c15) >> (64 - SLOT_BITS));
  while (table[slot].flags && (table[slot].low != low || table[slot].high != high)) slot = (slot + 1) % SLOTS;
  return slot;
}

void stance_words_prepare(void) {
  for (size_t i = 0; i < sizeof listed / sizeof *listed; i++) {
    const char *word = listed[i].text;
    size_t length = strlen(word), first = length < 8 ? length : 8;
    uint64_t low = swar_load_some(word, first), high = swar_load_some(word + first, length - first);
    size_t slot = slot_of(low, high);
    table[slot].low = low;
    table[slot].high = high;
    table[slot].flags |= listed[i].classes;
  }
}

unsigned stance_word_flags(const char *word, size_t length) {
  if (!length || length > WORD_MAX) return 0;
  size_t first = length < 8 ? length : 8;
  uint64_t low = swar_load_some(word, first), high = swar_load_some(word + first, length - first);
  if ((low | high) & SWAR_HIGHS) return 0;
  return table[slot_of(swar_lower(low, swar_upper(low)), swar_lower(high, swar_upper(high)))].flags;
}
