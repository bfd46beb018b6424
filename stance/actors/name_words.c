/* SPDX-License-Identifier: MIT
 * The hash table of name words, filled from corpora/lexicon/name-words.tsv at build time. */
#include "name_words.h"

#include <string.h>

#include "stance/base/listed_word.h"
#include "stance/text/text.h"

static const struct stance_listed_word listed[] = {
#include "name-words.inc"
};

enum { FIRST_ENTRIES = 512 };

static bool grow(struct stance_name_words *words, struct stance_arena *arena) {
  size_t size = words->entries ? (words->mask + 1) * 2 : FIRST_ENTRIES;
  struct stance_name_word_entry *entries = stance_arena_zalloc(arena, size, sizeof *entries);
  if (!entries) return false;
  for (size_t i = 0; words->entries && i <= words->mask; i++) {
    if (!words->entries[i].classes) continue;
    size_t slot = words->entries[i].hash & (size - 1);
    while (entries[slot].classes) slot = (slot + 1) & (size - 1);
    entries[slot] = words->entries[i];
  }
  words->entries = entries;
  words->mask = size - 1;
  return true;
}

bool stance_name_words_add(struct stance_name_words *words, struct stance_arena *arena, uint64_t hash,
                           uint32_t classes) {
  if ((!words->entries || words->count * 2 > words->mask) && !grow(words, arena)) return false;
  size_t slot = hash & words->mask;
  while (words->entries[slot].classes && words->entries[slot].hash != hash) slot = (slot + 1) & words->mask;
  if (!words->entries[slot].classes) words->count++;
  words->entries[slot].hash = hash;
  words->entries[slot].classes |= classes;
  stance_word_filter_add(&words->filter, hash);
  return true;
}

bool stance_name_words_fill(struct stance_name_words *words, struct stance_arena *arena) {
  return stance_name_words_add_listed(words, arena, listed, sizeof listed / sizeof *listed);
}

bool stance_name_words_add_listed(struct stance_name_words *words, struct stance_arena *arena,
                                  const struct stance_listed_word *items, size_t count) {
  for (size_t i = 0; i < count; i++) {
    struct stance_token about;
    stance_token_describe(items[i].text, strlen(items[i].text), &about);
    if (!stance_name_words_add(words, arena, about.hash, items[i].classes)) return false;
  }
  return true;
}
