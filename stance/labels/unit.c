/* SPDX-License-Identifier: MIT
 * Mentions to units. */
#include "unit.h"

#include "stance/actors/gazetteer.h"
#include "stance/base/error.h"

/* The sentence's distinct actors in the order of their first mentions, at most STANCE_UNIT_ACTORS_MAX. */
static uint32_t distinct_actors(const struct stance_document *document, const struct stance_sentence *sentence,
                                const struct stance_actor **actors) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < sentence->mention_count && count < STANCE_UNIT_ACTORS_MAX; i++) {
    const struct stance_actor *actor = document->mentions[sentence->mention_first + i].actor;
    uint32_t known = 0;
    while (known < count && actors[known] != actor) known++;
    if (known == count) actors[count++] = actor;
  }
  return count;
}

enum stance_status stance_units_make(struct stance_arena *arena, struct stance_document *document,
                                     struct stance_error *error) {
  const struct stance_actor *actors[STANCE_UNIT_ACTORS_MAX];
  size_t capacity = 0;
  document->units = NULL;
  document->unit_count = 0;
  for (uint32_t s = 0; s < document->sentence_count; s++) {
    struct stance_sentence *sentence = &document->sentences[s];
    uint32_t count = distinct_actors(document, sentence, actors);
    sentence->unit_first = document->unit_count;
    sentence->unit_count = 0;
    if (count < 2) continue;
    struct stance_unit *units = stance_arena_grow(arena, document->units, &capacity,
                                                  (size_t)document->unit_count + count * (count - 1), sizeof *units);
    if (!units) return stance_fail_memory(error);
    document->units = units;
    for (uint32_t i = 0; i < count; i++)
      for (uint32_t j = 0; j < count; j++) {
        if (i == j || stance_actor_acts_for(actors[i], actors[j]) || stance_actor_acts_for(actors[j], actors[i]))
          continue;
        units[document->unit_count++] = (struct stance_unit){s, actors[i], actors[j]};
        sentence->unit_count++;
      }
  }
  return STANCE_OK;
}
