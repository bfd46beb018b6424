/* SPDX-License-Identifier: MIT
 * The words of references: "the", "its", "junta", "country", and words around them, from
 * corpora/lexicon/reference-words.tsv. */
#include "reference.h"

static const struct stance_listed_word listed[] = {
#include "reference-words.inc"
};

bool stance_reference_words_fill(struct stance_gazetteer *gazetteer) {
  struct stance_name_words *words = &gazetteer->reference_words;
  if (!stance_name_words_add_listed(words, &gazetteer->arena, listed, sizeof listed / sizeof *listed)) return false;
  for (size_t i = 0; gazetteer->words.entries && i <= gazetteer->words.mask; i++) {
    const struct stance_name_word_entry *entry = &gazetteer->words.entries[i];
    if (entry->classes & STANCE_NAME_FUNCTION &&
        !stance_name_words_add(words, &gazetteer->arena, entry->hash, STANCE_REFERENCE_FUNCTION))
      return false;
  }
  for (size_t i = 0; i <= words->mask; i++)
    if (words->entries[i].classes & STANCE_REFERENCE_STARTS)
      gazetteer->starts.of[stance_word_start(words->entries[i].hash)] |= STANCE_START_REFERENCE;
  return true;
}
