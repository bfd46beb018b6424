/* SPDX-License-Identifier: MIT
 * The words that references are made of: "the", "its", "junta", "country", and what stands around them. */
#include "reference.h"

static const struct stance_word_list reference_lists[] = {
    {STANCE_REFERENCE_THE, "the"},
    {STANCE_REFERENCE_ITS, "its"},
    {STANCE_REFERENCE_HE, "he she"},
    {STANCE_REFERENCE_HIS, "his her him"},
    {STANCE_REFERENCE_THEY, "they"},
    {STANCE_REFERENCE_THEM, "them"},
    {STANCE_REFERENCE_IT, "it"},
    {STANCE_REFERENCE_JUNTA, "junta regime"},
    {STANCE_REFERENCE_COUNTRY, "country nation kingdom republic state"},
    {STANCE_REFERENCE_GOVERNMENT, "government authorities army military"},
    {STANCE_REFERENCE_ORGANISATION, "bloc alliance organisation organization grouping"},
    {STANCE_REFERENCE_ARMED_GROUP, "group militia rebels insurgents militants jihadists islamists extremists mercenaries guerrillas"},
    {STANCE_REFERENCE_COMPANY, "company firm giant carmaker lender airline manufacturer conglomerate retailer"},
    {STANCE_REFERENCE_PARTY, "party"},
    {STANCE_REFERENCE_AGENCY, "agency watchdog"},
    {STANCE_REFERENCE_MEDIA, "newspaper broadcaster"},
    {STANCE_REFERENCE_OTHER,
     "other another rival neighbouring neighboring opposition local regional host first second third last only next former previous old "
     "ousted exiled many most several two three four five foreign same different own target member partner western allied sister "
     "home parent state-owned small largest biggest new newly top whole-of-government worst poorest richest best"},
    {STANCE_REFERENCE_EXPLETIVE,
     "is was remains would will seems seemed appears appeared comes came took takes may might could can should must isn't wasn't has-been "
     "rains rained raining snowed turns turned emerged follows followed means meant"},
    {STANCE_REFERENCE_CLAUSE,
     "that said says say which and but as because after when if while although though before since until saying claims claimed believes "
     "believed insisted insists added warned announced declared"},
    {STANCE_REFERENCE_COLONIAL_RULER, "ruler power master rulers masters"},
    {STANCE_REFERENCE_COLONY, "colony"},
    {STANCE_REFERENCE_BREAK, "of between for against among"},
};

bool stance_reference_words_fill(struct stance_gazetteer *gazetteer) {
  struct stance_name_words *words = &gazetteer->reference_words;
  if (!stance_name_words_add_lists(words, &gazetteer->arena, reference_lists, sizeof reference_lists / sizeof *reference_lists)) return false;
  for (size_t i = 0; gazetteer->words.entries && i <= gazetteer->words.mask; i++) {
    const struct stance_name_word_entry *entry = &gazetteer->words.entries[i];
    if (entry->classes & STANCE_WORD_FUNCTION && !stance_name_words_add(words, &gazetteer->arena, entry->hash, STANCE_REFERENCE_FUNCTION))
      return false;
  }
  for (size_t i = 0; i <= words->mask; i++)
    if (words->entries[i].classes & STANCE_REFERENCE_STARTS)
      gazetteer->starts.of[stance_word_start(words->entries[i].hash)] |= STANCE_START_REFERENCE;
  return true;
}
