/* SPDX-License-Identifier: MIT
 * Reading gazetteers: JSON to actors and their names. All ids are read first, so that entries may refer to each
 * other. */
#include <stdlib.h>
#include <string.h>

#include "gazetteer_reader.h"
#include "gazetteer_tables.h"
#include "name_part.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/plain.h"
#include "stance/base/utf8.h"

static const char *const fields[] = {
    "id",     "name",         "type",        "aliases", "patterns", "demonyms", "capital", "seats", "colonial_ruler",
    "region", "descriptions", "affiliation", "title",   "from",     "until",    "serves",  NULL};
static const char *const description_fields[] = {"text", "from", "until", NULL};
static const char *const agent_fields[] = {"text", "role", NULL};

/* ---- one entry ------------------------------------------------------------------------------------------ */

static void read_description(struct stance_gazetteer_reader *reader, const cJSON *item, uint32_t actor) {
  struct stance_gazetteer *gazetteer = reader->gazetteer;
  struct stance_description description = {.actor = actor};
  struct stance_name_part parts[STANCE_DESCRIPTION_WORDS_MAX];
  struct stance_error error;
  const char *text = cJSON_IsString(item) ? item->valuestring : NULL;
  if (cJSON_IsObject(item)) {
    stance_reader_check_fields(reader, item, description_fields);
    if (!stance_reader_is_good(reader, stance_json_need_string(item, "text", &text, &error), &error) ||
        !stance_reader_days(reader, item, &description.from, &description.until))
      return;
  }
  size_t count = text ? stance_name_parts_cut(text, strlen(text), parts, STANCE_DESCRIPTION_WORDS_MAX) : 0;
  if (!count || count > STANCE_DESCRIPTION_WORDS_MAX) {
    COMPLAIN(reader, "bad description '%.60s'; expected 1 to %d words", text ? text : "", STANCE_DESCRIPTION_WORDS_MAX);
    return;
  }
  struct stance_description *grown =
      stance_arena_grow(&gazetteer->arena, gazetteer->descriptions, &gazetteer->description_capacity,
                        gazetteer->description_count + 1, sizeof *grown);
  if (!grown) {
    stance_fail_memory(&error);
    stance_reader_complain(reader, &error);
    return;
  }
  for (size_t i = 0; i < count; i++) description.words[i] = parts[i].hash;
  description.word_count = (uint8_t)count;
  gazetteer->descriptions = grown;
  gazetteer->descriptions[gazetteer->description_count++] = description;
}

static const struct stance_actor *read_reference(struct stance_gazetteer_reader *reader, const cJSON *entry,
                                                 const char *key) {
  struct stance_error error;
  const char *id;
  if (!stance_reader_is_good(reader, stance_json_get_string(entry, key, NULL, &id, &error), &error) || !id) return NULL;
  const struct stance_actor *actor = stance_gazetteer_find(reader->gazetteer, id);
  if (!actor) COMPLAIN(reader, "unknown %s '%.60s'; expected the id of an actor", key, id);
  return actor;
}

/* Reads id, name, type and dates of an entry. False: the entry is not usable. */
static bool read_head(struct stance_gazetteer_reader *reader, const cJSON *entry) {
  struct stance_gazetteer *gazetteer = reader->gazetteer;
  struct stance_actor *actor = &gazetteer->actors[reader->source->first + reader->element];
  struct stance_error error;
  const char *id, *name, *type, *region;
  size_t slot;
  reader->id = NULL;
  if (!cJSON_IsObject(entry)) {
    COMPLAIN(reader, "an actor is not an object");
    return false;
  }
  if (!stance_reader_is_good(reader, stance_json_need_string(entry, "id", &id, &error), &error)) return false;
  reader->id = id;
  stance_reader_check_fields(reader, entry, fields);
  if (!stance_reader_is_good(reader, stance_json_get_string(entry, "name", id, &name, &error), &error) ||
      !stance_reader_is_good(reader, stance_json_need_string(entry, "type", &type, &error), &error) ||
      !stance_reader_is_good(reader, stance_json_get_string(entry, "region", NULL, &region, &error), &error))
    return false;
  if (!stance_reader_days(reader, entry, &actor->from, &actor->until)) {
    if (reader->is_stopped) return false;
    actor->from = actor->until =
        0; /* keep the entry, to find its other problems and those of entries that refer to it */
  }
  uint8_t kind = stance_actor_kind_find(type);
  if (!*id) COMPLAIN(reader, "'id' is empty");
  else if (strpbrk(id, " \t\n>#:")) COMPLAIN(reader, "bad id '%.60s'; expected no blanks, '>', '#' or ':'", id);
  else if (stance_name_has_control(id)) COMPLAIN(reader, "'id' holds a control character");
  else if (reader->is_thorough && stance_name_has_control(name)) COMPLAIN(reader, "'name' holds a control character");
  else if (reader->is_thorough && strchr("=+-@", *id))
    COMPLAIN(reader, "id '%.60s' begins as a formula does, which spreadsheets run; expected a letter or digit", id);
  else if (!*name) COMPLAIN(reader, "'name' is empty");
  else if (kind == STANCE_ACTOR_KIND_COUNT)
    COMPLAIN(reader,
             "unknown type '%.40s'; expected state, territory, organisation, armed-group, agency, company, party, "
             "media or person",
             type);
  else if (stance_gazetteer_id_slot(gazetteer, id, &slot)) {
    size_t first = gazetteer->id_slots[slot] - 1;
    const struct stance_reader_source *source = stance_reader_source_of(reader, first);
    COMPLAIN(reader, "id '%.60s' is given twice, first in %.100s:%zu", id, source->path,
             stance_reader_line(source, "actors", first - source->first));
  } else {
    actor->kind = kind;
    actor->index = (uint32_t)(actor - gazetteer->actors);
    char *kept_id = stance_arena_copy(&gazetteer->arena, id, strlen(id));
    char *kept_name = stance_arena_copy(&gazetteer->arena, name, strlen(name));
    actor->region = region ? stance_arena_copy(&gazetteer->arena, region, strlen(region)) : NULL;
    if (!kept_id || !kept_name || (region && !actor->region)) {
      stance_fail_memory(&error);
      stance_reader_complain(reader, &error);
      return false;
    }
    actor->id = kept_id;
    actor->name = kept_name;
    gazetteer->id_slots[slot] = actor->index + 1;
    return true;
  }
  return false;
}

/* Agencies and persons act for whom they belong to, others for anybody but a state or a region: a brigade for its
 * movement. */
static bool acts_by_kind(const struct stance_actor *actor) {
  return actor->kind == STANCE_ACTOR_AGENCY || actor->kind == STANCE_ACTOR_PERSON ||
         (actor->affiliation && actor->affiliation->kind != STANCE_ACTOR_STATE &&
          actor->affiliation->kind != STANCE_ACTOR_TERRITORY);
}

static void read_body(struct stance_gazetteer_reader *reader, const cJSON *entry) {
  struct stance_gazetteer *gazetteer = reader->gazetteer;
  struct stance_actor *actor = &gazetteer->actors[reader->source->first + reader->element];
  struct stance_error error;
  const cJSON *list, *item;
  reader->id = actor->id;
  actor->affiliation = read_reference(reader, entry, "affiliation");
  if (reader->is_stopped) return;
  actor->colonial_ruler = read_reference(reader, entry, "colonial_ruler");
  if (reader->is_stopped) return;
  const cJSON *serves = cJSON_GetObjectItemCaseSensitive(entry, "serves");
  if (serves && !cJSON_IsBool(serves)) COMPLAIN(reader, "'serves' is neither true nor false");
  if (reader->is_stopped) return;
  actor->serves = serves ? (uint8_t)cJSON_IsTrue(serves) : (uint8_t)acts_by_kind(actor);
  bool is_person = actor->kind == STANCE_ACTOR_PERSON;
  struct stance_alias alias = {.actor = actor->index,
                               .from = actor->from,
                               .until = actor->until,
                               .is_dated = !is_person && (actor->from || actor->until)};
  stance_reader_names(reader, entry, actor->name, alias);
  if (reader->is_stopped ||
      !stance_reader_is_good(reader, stance_json_get_array(entry, "descriptions", &list, &error), &error))
    return;
  cJSON_ArrayForEach(item, list) if (!reader->is_stopped) read_description(reader, item, actor->index);
  if (reader->is_stopped ||
      !stance_reader_is_good(reader, stance_json_get_array(entry, "patterns", &list, &error), &error))
    return;
  cJSON_ArrayForEach(item, list) {
    if (reader->is_stopped) return;
    if (!cJSON_IsString(item)) COMPLAIN(reader, "'patterns' holds what is not a string");
    else
      stance_reader_is_good(
          reader, stance_name_patterns_add(&gazetteer->patterns, item->valuestring, actor->index, &error), &error);
  }
}

/* ---- whole files ---------------------------------------------------------------------------------------- */

static bool has_ending(const char *path, const char *ending, const char *other) {
  const char *dot = strrchr(path, '.');
  return dot && (strcmp(dot, ending) == 0 || strcmp(dot, other) == 0);
}

static enum stance_status read_source(struct stance_gazetteer_reader *reader, struct stance_reader_source *source,
                                      struct stance_error *error) {
  enum stance_status status = stance_file_read(source->path, 0, &reader->arena, &source->text, &source->length, error);
  if (status != STANCE_OK) return status;
  status = stance_json_parse(source->text, source->length, source->path, 1, &source->json, error);
  if (status != STANCE_OK && has_ending(source->path, ".yml", ".yaml"))
    return stance_fail_at(error, STANCE_INPUT, source->path, 1, 0,
                          "is YAML, as newsmap's dictionaries are; expected JSON: {\"actors\":[...]}");
  if (status != STANCE_OK) return status;
  const cJSON *actors = cJSON_GetObjectItemCaseSensitive(source->json, "actors");
  if (cJSON_IsArray(actors)) source->actors = actors;
  else
    return stance_fail_at(error, STANCE_INPUT, source->path, 1, 0,
                          "has no array 'actors'; expected {\"actors\":[...]}");
  return STANCE_OK;
}

/* An agent noun: "army", or {"text":"army","role":"MIL"}: after a name of FRA, it makes the mention one of FRAMIL, if
 * there is such an actor. */
static void read_agent(struct stance_gazetteer_reader *reader, const cJSON *item) {
  struct stance_gazetteer *gazetteer = reader->gazetteer;
  struct stance_name_part parts[STANCE_ALIAS_PARTS_MAX];
  uint64_t hashes[STANCE_ALIAS_PARTS_MAX];
  struct stance_error error;
  const char *text = cJSON_IsString(item) ? item->valuestring : NULL, *role = NULL;
  if (cJSON_IsObject(item)) {
    stance_reader_check_fields(reader, item, agent_fields);
    if (!stance_reader_is_good(reader, stance_json_need_string(item, "text", &text, &error), &error) ||
        !stance_reader_is_good(reader, stance_json_get_string(item, "role", NULL, &role, &error), &error))
      return;
  }
  size_t count = text ? stance_name_parts_cut(text, strlen(text), parts, STANCE_ALIAS_PARTS_MAX) : 0;
  if (!count || count > STANCE_ALIAS_PARTS_MAX) {
    COMPLAIN(reader, "'agents' holds what is not a name of 1 to %d words", STANCE_ALIAS_PARTS_MAX);
    return;
  }
  for (size_t i = 0; i < count; i++) hashes[i] = parts[i].hash;
  const char **grown = stance_arena_grow(&gazetteer->arena, gazetteer->roles, &gazetteer->role_capacity,
                                         gazetteer->role_count + 1, sizeof *grown);
  char *kept = grown && role ? stance_arena_copy(&gazetteer->arena, role, strlen(role)) : NULL;
  uint32_t node = grown && (kept || !role) ? stance_alias_trie_add(&gazetteer->agents, hashes, count, true) : 0;
  if (!node) {
    stance_reader_is_good(reader, stance_fail_memory(&error), &error);
    return;
  }
  gazetteer->roles = grown;
  gazetteer->roles[gazetteer->role_count++] = kept;
  if (!gazetteer->agents.values[node]) gazetteer->agents.values[node] = (uint32_t)gazetteer->role_count;
}

static void read_agents(struct stance_gazetteer_reader *reader) {
  const cJSON *list = cJSON_GetObjectItemCaseSensitive(reader->source->json, "agents"), *item;
  reader->id = NULL;
  reader->array = "agents";
  reader->element = 0;
  if (list && !cJSON_IsArray(list)) COMPLAIN(reader, "'agents' is not an array");
  cJSON_ArrayForEach(item, list) {
    if (reader->is_stopped) return;
    read_agent(reader, item);
    reader->element++;
  }
}

static bool make_room(struct stance_gazetteer *gazetteer, size_t count) {
  size_t slots = 64;
  while (slots < count * 2) slots *= 2;
  gazetteer->id_mask = slots - 1;
  gazetteer->id_slots = stance_arena_zalloc(&gazetteer->arena, slots, sizeof *gazetteer->id_slots);
  gazetteer->actors = stance_arena_zalloc(&gazetteer->arena, count ? count : 1, sizeof *gazetteer->actors);
  gazetteer->actor_count = count;
  return gazetteer->id_slots && gazetteer->actors && count < UINT32_MAX;
}

/* Reports cycles of affiliations and breaks them. Each walk stamps its number on the actors that it passes; meeting the
 * same number again means a cycle. */
static void check_circles(struct stance_gazetteer_reader *reader) {
  struct stance_gazetteer *gazetteer = reader->gazetteer;
  uint32_t *stamps =
      stance_arena_zalloc(&reader->arena, gazetteer->actor_count ? gazetteer->actor_count : 1, sizeof *stamps);
  if (!stamps) reader->memory_is_out = true;
  for (uint32_t i = 0; stamps && i < gazetteer->actor_count && !reader->is_stopped; i++) {
    const struct stance_actor *at = &gazetteer->actors[i];
    while (at && at->id && !stamps[at->index]) {
      stamps[at->index] = i + 1;
      at = at->affiliation;
    }
    if (!at || !at->id || stamps[at->index] != i + 1) continue;
    reader->source = stance_reader_source_of(reader, at->index);
    reader->array = "actors";
    reader->element = at->index - reader->source->first;
    reader->id = at->id;
    if (at->affiliation == at) COMPLAIN(reader, "the affiliation goes in a circle: it acts for itself");
    else if (at->affiliation)
      COMPLAIN(reader, "the affiliation goes in a circle by way of '%.60s'", at->affiliation->id);
    gazetteer->actors[at->index].affiliation = NULL;
    stamps[at->index] = UINT32_MAX;
  }
}

/* Adds combining forms ("Franco" of "Franco-German") for the states that the gazetteer has. */
static enum stance_status add_combining_forms(struct stance_gazetteer *gazetteer, struct stance_error *error) {
  static const char *const forms[][2] = {{"Franco", "FRA"}, {"Sino", "CHN"},  {"Russo", "RUS"}, {"Anglo", "GBR"},
                                         {"Indo", "IND"},   {"Turco", "TUR"}, {"Turko", "TUR"}, {"Greco", "GRC"},
                                         {"Graeco", "GRC"}, {"Italo", "ITA"}, {"Luso", "PRT"},  {"Austro", "AUT"}};
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
    const struct stance_actor *actor = stance_gazetteer_find(gazetteer, forms[i][1]);
    size_t index;
    if (!actor) continue;
    struct stance_alias alias = {.actor = actor->index, .kind = STANCE_ALIAS_COMBINING, .is_derived = true};
    enum stance_status status = stance_gazetteer_add_alias(gazetteer, forms[i][0], alias, false, &index, error);
    if (status != STANCE_OK) return status;
  }
  return STANCE_OK;
}

static void read_entries(struct stance_gazetteer_reader *reader) {
  for (int pass = 0; pass < 2; pass++)
    for (size_t i = 0; i < reader->source_count; i++) {
      const cJSON *entry;
      reader->source = &reader->sources[i];
      reader->array = "actors";
      reader->element = 0;
      cJSON_ArrayForEach(entry, reader->source->actors) {
        if (reader->is_stopped) return;
        if (pass == 0) read_head(reader, entry);
        else if (reader->gazetteer->actors[reader->source->first + reader->element].id) read_body(reader, entry);
        reader->element++;
      }
      if (pass == 1 && !reader->is_stopped) read_agents(reader);
    }
}

enum stance_status stance_gazetteer_read(struct stance_gazetteer *gazetteer, const char *const *paths,
                                         size_t path_count, bool is_thorough, stance_gazetteer_problem *problem,
                                         void *context, struct stance_error *error) {
  struct stance_gazetteer_reader reader = {.gazetteer = gazetteer,
                                           .source_count = path_count,
                                           .is_thorough = is_thorough,
                                           .problem = problem,
                                           .context = context};
  struct stance_error own;
  enum stance_status status = STANCE_OK;
  size_t count = 0;
  if (!error) error = &own;
  if (!path_count) return stance_fail(error, STANCE_USAGE, "no gazetteer was given");
  reader.sources = calloc(path_count, sizeof *reader.sources);
  if (!reader.sources || !stance_name_words_fill(&gazetteer->words, &gazetteer->arena))
    status = stance_fail_memory(error);
  for (size_t i = 0; status == STANCE_OK && i < path_count; i++) {
    reader.sources[i].path = paths[i];
    status = read_source(&reader, &reader.sources[i], error);
    reader.sources[i].first = count;
    if (status == STANCE_INPUT && is_thorough && error->line) { /* when checking, bad JSON is a finding */
      problem(context, error);
      status = STANCE_OK;
    }
    if (reader.sources[i].actors) count += (size_t)cJSON_GetArraySize(reader.sources[i].actors);
  }
  if (status == STANCE_OK && !make_room(gazetteer, count)) status = stance_fail_memory(error);
  if (status != STANCE_OK) goto cleanup;
  read_entries(&reader);
  if (!reader.is_stopped) check_circles(&reader);
  if (reader.memory_is_out) status = stance_fail_memory(error);
  if (status == STANCE_OK && !reader.is_stopped) status = add_combining_forms(gazetteer, error);
  if (status == STANCE_OK && !reader.is_stopped) status = stance_name_patterns_finish(&gazetteer->patterns, error);
  if (status == STANCE_OK) status = stance_gazetteer_index_descriptions(gazetteer, error);
  if (status == STANCE_OK &&
      (!stance_alias_trie_finish(&gazetteer->trie) || !stance_alias_trie_finish(&gazetteer->agents)))
    status = stance_fail_memory(error);
  if (status == STANCE_OK) stance_alias_trie_mark_starts(&gazetteer->trie, &gazetteer->starts);
cleanup:
  for (size_t i = 0; reader.sources && i < path_count; i++) cJSON_Delete(reader.sources[i].json);
  free(reader.sources);
  stance_arena_free(&reader.arena);
  return status;
}

/* ---- opening: stops at the first problem ------------------------------------------------------------------ */

struct first_problem {
  struct stance_error *error;
  enum stance_status status;
};

static bool keep_first(void *context, const struct stance_error *problem) {
  struct first_problem *first = context;
  first->status = problem->status;
  if (first->error) *first->error = *problem;
  return false;
}

enum stance_status stance_gazetteer_open_files(const char *const *paths, size_t path_count,
                                               struct stance_gazetteer **out, struct stance_error *error) {
  struct first_problem first = {.error = error};
  *out = NULL;
  struct stance_gazetteer *gazetteer = calloc(1, sizeof *gazetteer);
  if (!gazetteer) return stance_fail_memory(error);
  enum stance_status status = stance_gazetteer_read(gazetteer, paths, path_count, false, keep_first, &first, error);
  if (status == STANCE_OK) status = first.status;
  if (status == STANCE_OK) *out = gazetteer;
  else stance_gazetteer_close(gazetteer);
  return status;
}
