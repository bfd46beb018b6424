/* SPDX-License-Identifier: MIT
 * The two hash tables of a lexicon. The table of words holds what all lists say of a word, and which lists have longer
 * entries that start with it: one probe answers for all lists. An entry of several words is a path in the table of
 * nodes; the key of a node is the combined hash of the words so far. The tables are hand-written for their layout: a
 * word's entry lies within one cache line, and the entries of a whole sentence are prefetched together. */
#include <string.h>

#include "lexicon_internal.h"
#include "stance/base/error.h"
#include "stance/text/text.h"

static const uint64_t list_seeds[] = {0x6c6578656d65, 0x66756e6374, 0x706f6c6172, 0x76616c656e};

static uint64_t step(uint64_t key, uint64_t hash) { return lexicon_filled(stance_hash_combine(key, hash)); }

const struct lexicon_word *stance_lexicon_word_find(const struct stance_lexicon *lexicon, uint64_t hash) {
  size_t mask = lexicon->word_capacity - 1;
  uint64_t key = lexicon_filled(hash);
  if (!lexicon->word_capacity) return NULL;
  for (size_t i = key & mask; lexicon->words[i].hash; i = (i + 1) & mask)
    if (lexicon->words[i].hash == key) return &lexicon->words[i];
  return NULL;
}

static const struct lexicon_node *node_find(const struct stance_lexicon *lexicon, uint64_t key) {
  size_t mask = lexicon->node_capacity - 1;
  if (!lexicon->node_capacity) return NULL;
  for (size_t i = key & mask; lexicon->nodes[i].key; i = (i + 1) & mask)
    if (lexicon->nodes[i].key == key) return &lexicon->nodes[i];
  return NULL;
}

bool stance_lexicon_words_grow(struct stance_lexicon *lexicon, size_t capacity) {
  struct lexicon_word *words = stance_arena_zalloc(&lexicon->arena, capacity, sizeof *words);
  if (!words) return false;
  for (size_t i = 0; i < lexicon->word_capacity; i++) {
    if (!lexicon->words[i].hash) continue;
    size_t at = lexicon->words[i].hash & (capacity - 1);
    while (words[at].hash) at = (at + 1) & (capacity - 1);
    words[at] = lexicon->words[i];
  }
  lexicon->words = words;
  lexicon->word_capacity = capacity;
  return true;
}

bool stance_lexicon_nodes_grow(struct stance_lexicon *lexicon, size_t capacity) {
  struct lexicon_node *nodes = stance_arena_zalloc(&lexicon->arena, capacity, sizeof *nodes);
  if (!nodes) return false;
  for (size_t i = 0; i < lexicon->node_capacity; i++) {
    if (!lexicon->nodes[i].key) continue;
    size_t at = lexicon->nodes[i].key & (capacity - 1);
    while (nodes[at].key) at = (at + 1) & (capacity - 1);
    nodes[at] = lexicon->nodes[i];
  }
  lexicon->nodes = nodes;
  lexicon->node_capacity = capacity;
  return true;
}

/* Finds or makes the word's entry; NULL: out of memory. Valid until the next call. */
static struct lexicon_word *word_make(struct stance_lexicon *lexicon, uint64_t hash) {
  size_t capacity = lexicon->word_capacity;
  if (lexicon->word_count * 2 >= capacity && !stance_lexicon_words_grow(lexicon, capacity * 2)) return NULL;
  uint64_t key = lexicon_filled(hash);
  size_t mask = lexicon->word_capacity - 1, i = key & mask;
  while (lexicon->words[i].hash && lexicon->words[i].hash != key) i = (i + 1) & mask;
  if (!lexicon->words[i].hash) {
    lexicon->words[i].hash = key;
    lexicon->word_count++;
  }
  return &lexicon->words[i];
}

static struct lexicon_node *node_make(struct stance_lexicon *lexicon, uint64_t key) {
  size_t capacity = lexicon->node_capacity;
  if (lexicon->node_count * 2 >= capacity && !stance_lexicon_nodes_grow(lexicon, capacity * 2)) return NULL;
  size_t mask = lexicon->node_capacity - 1, i = key & mask;
  while (lexicon->nodes[i].key && lexicon->nodes[i].key != key) i = (i + 1) & mask;
  if (!lexicon->nodes[i].key) {
    lexicon->nodes[i].key = key;
    lexicon->node_count++;
  }
  return &lexicon->nodes[i];
}

static void starts_set(struct stance_lexicon_starts *starts, uint64_t row, unsigned lists) {
  starts->pairs[row / 64 % (STANCE_STARTS_PAIRS / 64)] |= UINT64_C(1) << row % 64;
  starts->lists[row / 16 % (STANCE_STARTS_COUNT / 16)] |= (uint64_t)lists << row % 16 * 4;
}

static uint32_t word_value(const struct lexicon_word *word, enum lexicon_list list) {
  switch (list) {
    case LIST_LEXEME: return word->reading;
    case LIST_FUNCTION: return word->function;
    case LIST_POLARITY: return word->polarity;
    default: return word->valence;
  }
}

uint32_t stance_lexicon_place_value(struct lexicon_place place, enum lexicon_list list) {
  return place.node ? place.node->value : word_value(place.word, list);
}

void stance_lexicon_place_set(struct lexicon_place place, enum lexicon_list list, uint32_t value) {
  if (place.node) place.node->value = value;
  else if (list == LIST_LEXEME) place.word->reading = value;
  else if (list == LIST_FUNCTION) place.word->function = (uint8_t)value;
  else if (list == LIST_POLARITY) place.word->polarity = (uint8_t)value;
  else place.word->valence = (uint8_t)value;
}

enum stance_status stance_lexicon_place_make(struct stance_lexicon *lexicon, enum lexicon_list list, const char *phrase,
                                             size_t length, struct lexicon_place *out, struct stance_error *error) {
  uint64_t key = list_seeds[list], row = 0;
  size_t words = 0;
  *out = (struct lexicon_place){NULL, NULL};
  for (size_t start = 0; start <= length;) {
    const char *space = memchr(phrase + start, ' ', length - start);
    size_t end = space ? (size_t)(space - phrase) : length;
    if (end == start) return stance_fail(error, STANCE_INPUT, "'%.*s' has an empty word", (int)length, phrase);
    if (++words > WORDS_MAX)
      return stance_fail(error, STANCE_INPUT, "'%.*s' has more than %d words", (int)length, phrase, WORDS_MAX);
    struct stance_token token;
    stance_token_describe(phrase + start, end - start, &token);
    key = step(key, token.hash);
    if (words == 1) {
      out->word = word_make(lexicon, token.hash);
      if (!out->word) return stance_fail_memory(error);
      row = token.hash;
      if (space) out->word->goes_on |= (uint8_t)(1u << list);
    } else {
      row = stance_hash_combine(row, token.hash);
      if (words == 2) starts_set(lexicon->starts, row, space ? STANCE_LONGER_MORE : 1u << list);
      if (words == 3) starts_set(lexicon->starts, row, 1u << list);
      out->node = node_make(lexicon, key);
      if (!out->node) return stance_fail_memory(error);
      if (space) out->node->goes_on = true;
    }
    start = end + 1;
  }
  return STANCE_OK;
}

uint64_t stance_lexicon_row_key(enum lexicon_list list, const struct stance_token *tokens) {
  return step(step(list_seeds[list], tokens[0].hash), tokens[1].hash);
}

uint32_t stance_lexicon_row_find(const struct stance_lexicon *lexicon, enum lexicon_list list,
                                 const struct stance_token *tokens, size_t count, uint8_t *words) {
  uint32_t value = 0;
  if (count < 2) return 0;
  uint64_t key = stance_lexicon_row_key(list, tokens);
  for (size_t i = 1; i < count && i < WORDS_MAX; i++) {
    if (i > 1) key = step(key, tokens[i].hash);
    const struct lexicon_node *node = node_find(lexicon, key);
    if (!node) break;
    if (node->value) {
      value = node->value;
      *words = (uint8_t)(i + 1);
    }
    if (!node->goes_on) break;
  }
  return value;
}
