/* SPDX-License-Identifier: MIT
 * The closed word classes of English that the slot rules need, and light verbs: a hash table of
 * corpora/lexicon/word-classes.tsv. */
#include <stdlib.h>
#include <string.h>

#include "sequence.h"
#include "stance/base/listed_word.h"
#include "stance/text/text.h"

struct entry {
  uint64_t hash; /* 0: empty */
  uint32_t bits;
  uint8_t slot;
};
enum { TABLE_SIZE = 2048 }; /* power of two, at least twice the words of corpora/lexicon/word-classes.tsv */
struct stance_word_classes {
  struct entry entries[TABLE_SIZE];
};

#define NO_SLOT STANCE_SLOT_COUNT
static const struct stance_listed_word listed[] = {
#include "word-classes.inc"
};
_Static_assert(sizeof listed / sizeof *listed * 2 <= TABLE_SIZE, "room for the words");

static void add(struct stance_word_classes *table, const char *word, size_t length, uint32_t bits, uint8_t slot) {
  struct stance_token token;
  stance_token_describe(word, length, &token);
  size_t at = token.hash % TABLE_SIZE;
  while (table->entries[at].hash && table->entries[at].hash != token.hash) at = (at + 1) % TABLE_SIZE;
  struct entry *entry = &table->entries[at];
  if (!entry->hash) entry->slot = NO_SLOT;
  entry->hash = token.hash;
  entry->bits |= bits;
  if (slot != NO_SLOT) entry->slot = slot;
}

struct stance_word_classes *stance_word_classes_new(void) {
  struct stance_word_classes *table = calloc(1, sizeof *table);
  if (!table) return NULL;
  for (size_t i = 0; i < sizeof listed / sizeof *listed; i++)
    add(table, listed[i].text, strlen(listed[i].text), listed[i].classes, listed[i].slot);
  return table;
}

void stance_word_classes_free(struct stance_word_classes *table) { free(table); }

uint32_t stance_word_classes_find(const struct stance_word_classes *table, uint64_t hash, uint8_t *slot) {
  for (size_t at = hash % TABLE_SIZE; table->entries[at].hash; at = (at + 1) % TABLE_SIZE)
    if (table->entries[at].hash == hash) {
      *slot = table->entries[at].slot;
      return table->entries[at].bits;
    }
  *slot = NO_SLOT;
  return 0;
}

void stance_word_classes_each(const struct stance_word_classes *table, void (*each)(void *context, uint64_t hash),
                              void *context) {
  for (size_t i = 0; i < TABLE_SIZE; i++)
    if (table->entries[i].hash) each(context, table->entries[i].hash);
}
