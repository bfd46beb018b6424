/* SPDX-License-Identifier: MIT
 * The gazetteer in memory: actors by id, their kinds and names; closing it. gazetteer_read.c builds one from JSON,
 * gazetteer_tables.c from a compiled file. */
#include <stdlib.h>
#include <string.h>

#include "gazetteer_entry.h"
#include "gazetteer_tables.h"
#include "reference.h"
#include "stance/base/error.h"

static const char *const kinds[STANCE_ACTOR_KIND_COUNT] = {
    "state", "territory", "organisation", "armed-group", "agency", "company", "party", "media", "person"};

uint8_t stance_actor_kind_find(const char *type) {
  uint8_t kind = 0;
  while (kind < STANCE_ACTOR_KIND_COUNT && strcmp(kinds[kind], type) != 0) kind++;
  return kind;
}

struct stance_actor *stance_gazetteer_id_slot(const struct stance_gazetteer *gazetteer, const char *id, size_t *slot) {
  *slot = stance_hash(id, strlen(id)) & gazetteer->id_mask;
  for (; gazetteer->id_slots[*slot]; *slot = (*slot + 1) & gazetteer->id_mask) {
    struct stance_actor *actor = &gazetteer->actors[gazetteer->id_slots[*slot] - 1];
    if (strcmp(actor->id, id) == 0) return actor;
  }
  return NULL;
}

const struct stance_actor *stance_gazetteer_find(const struct stance_gazetteer *gazetteer, const char *id) {
  size_t slot;
  return gazetteer && id && gazetteer->id_slots ? stance_gazetteer_id_slot(gazetteer, id, &slot) : NULL;
}

/* Descriptions are in the order of their actors. An article is searched for their last words. */
enum stance_status stance_gazetteer_index_descriptions(struct stance_gazetteer *gazetteer, struct stance_error *error) {
  uint32_t *first = stance_arena_zalloc(&gazetteer->arena, gazetteer->actor_count + 1, sizeof *first);
  if (!first || !stance_reference_words_fill(gazetteer)) return stance_fail_memory(error);
  size_t at = 0;
  for (size_t actor = 0; actor < gazetteer->actor_count; actor++) {
    first[actor] = (uint32_t)at;
    for (; at < gazetteer->description_count && gazetteer->descriptions[at].actor == actor; at++) {
      const struct stance_description *description = &gazetteer->descriptions[at];
      if (!stance_name_words_add(&gazetteer->reference_words, &gazetteer->arena,
                                 description->words[description->word_count - 1], STANCE_REFERENCE_DESCRIPTION))
        return stance_fail_memory(error);
    }
  }
  first[gazetteer->actor_count] = (uint32_t)at;
  gazetteer->description_first = first;
  return STANCE_OK;
}

void stance_gazetteer_close(struct stance_gazetteer *gazetteer) {
  if (!gazetteer) return;
  if (gazetteer->compiled) {
    free(gazetteer->compiled);
  } else {
    stance_alias_trie_free(&gazetteer->trie);
    stance_alias_trie_free(&gazetteer->agents);
  }
  stance_name_patterns_free(&gazetteer->patterns);
  stance_arena_free(&gazetteer->arena);
  free(gazetteer);
}

size_t stance_gazetteer_count(const struct stance_gazetteer *gazetteer) { return gazetteer->actor_count; }

const struct stance_actor *stance_gazetteer_actor(const struct stance_gazetteer *gazetteer, size_t index) {
  return index < gazetteer->actor_count ? &gazetteer->actors[index] : NULL;
}

const char *stance_actor_id(const struct stance_actor *actor) { return actor->id; }
const char *stance_actor_name(const struct stance_actor *actor) { return actor->name; }
const char *stance_actor_type(const struct stance_actor *actor) { return kinds[actor->kind]; }

const struct stance_actor *stance_actor_rollup(const struct stance_actor *actor) {
  while (actor && actor->affiliation && (actor->serves || actor->kind == STANCE_ACTOR_TERRITORY))
    actor = actor->affiliation;
  return actor;
}

const struct stance_actor *stance_actor_home(const struct stance_actor *actor) {
  while (actor && actor->affiliation) actor = actor->affiliation;
  return actor;
}

bool stance_actor_acts_for(const struct stance_actor *actor, const struct stance_actor *other) {
  for (; actor && actor->affiliation && actor->serves; actor = actor->affiliation)
    if (actor->affiliation == other) return true;
  return false;
}
