/* SPDX-License-Identifier: MIT
 * The search for actors: a linear pass over normalised names. */
#include "names.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "stance/base/buffer.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/json.h"

struct annotate_key {
  const char *text; /* folded */
  uint32_t actor;
  bool is_own; /* name or id, not an alias */
};

const char *const annotate_actor_types[] = {"person", "organisation", "state", "territory", "armed-group",
                                            "agency", "company",      "party", "media",     NULL};

/* Normalises: removes case, accents and punctuation, so that "São Tomé" equals "sao tome". In the arena. */
static char *fold(const char *text, struct stance_arena *arena) {
  utf8proc_uint8_t *folded = NULL;
  const utf8proc_option_t how = UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
                                UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK;
  utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)text, 0, &folded, how);
  if (length < 0) return stance_arena_copy(arena, text, strlen(text));
  size_t kept = 0;
  for (utf8proc_ssize_t i = 0; i < length; i++) {
    bool is_gap = folded[i] < 0x80 && !isalnum(folded[i]);
    if (is_gap && (folded[i] == '.' || folded[i] == '\'')) continue; /* U.N. is UN */
    if (is_gap && (!kept || folded[kept - 1] == ' ')) continue;
    folded[kept++] = is_gap ? ' ' : folded[i];
  }
  while (kept && folded[kept - 1] == ' ') kept--;
  char *copy = stance_arena_copy(arena, (char *)folded, kept);
  free(folded);
  return copy;
}

static enum stance_status add_key(struct annotate_names *names, const char *text, bool is_own,
                                  struct stance_error *error) {
  struct annotate_key *keys =
      stance_arena_grow(&names->arena, names->keys, &names->key_capacity, names->key_count + 1, sizeof *keys);
  char *folded = fold(text, &names->arena);
  if (!keys || !folded) return stance_fail_memory(error);
  names->keys = keys;
  if (*folded)
    keys[names->key_count++] =
        (struct annotate_key){.text = folded, .actor = (uint32_t)names->count - 1, .is_own = is_own};
  return STANCE_OK;
}

static const char *copy(struct annotate_names *names, const char *text) {
  return stance_arena_copy(&names->arena, text, strlen(text));
}

static enum stance_status add_actor(struct annotate_names *names, const char *id, const char *name, const char *type,
                                    const char *affiliation, struct stance_error *error) {
  struct annotate_name *actors =
      stance_arena_grow(&names->arena, names->actors, &names->capacity, names->count + 1, sizeof *actors);
  if (!actors) return stance_fail_memory(error);
  names->actors = actors;
  struct annotate_name *actor = &actors[names->count];
  *actor = (struct annotate_name){.id = copy(names, id),
                                  .name = copy(names, name),
                                  .type = copy(names, type),
                                  .affiliation = affiliation ? copy(names, affiliation) : NULL};
  if (!actor->id || !actor->name || !actor->type) return stance_fail_memory(error);
  names->count++;
  STANCE_TRY(add_key(names, id, true, error));
  return add_key(names, name, true, error);
}

static enum stance_status read_actor(struct annotate_names *names, const cJSON *item, struct stance_error *error) {
  const char *id = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, "id"));
  const char *name = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, "name"));
  const char *type = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, "type"));
  const cJSON *alias;
  if (!id || !name) return STANCE_OK; /* stance_gazetteer reports the error */
  STANCE_TRY(add_actor(names, id, name, type ? type : "",
                       cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, "affiliation")), error));
  static const char *const lists[] = {"aliases", "seats", "demonyms"}; /* so that "Ankara" and "Turkish" are found */
  const char *capital = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, "capital"));
  if (capital) STANCE_TRY(add_key(names, capital, false, error));
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
    cJSON_ArrayForEach(alias, cJSON_GetObjectItemCaseSensitive(item, lists[i])) {
      const char *text = cJSON_IsString(alias) ? alias->valuestring
                                               : cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(alias, "text"));
      if (text) STANCE_TRY(add_key(names, text, false, error));
    }
  return STANCE_OK;
}

enum stance_status annotate_names_open(const char *const *paths, size_t count, struct annotate_names *names,
                                       struct stance_error *error) {
  *names = (struct annotate_names){0};
  enum stance_status status = STANCE_OK;
  for (size_t i = 0; i < count && status == STANCE_OK; i++) {
    struct stance_arena arena = {0};
    char *bytes;
    size_t length;
    cJSON *object = NULL;
    const cJSON *item;
    status = stance_file_read(paths[i], 0, &arena, &bytes, &length, error);
    if (status == STANCE_OK) status = stance_json_parse(bytes, length, paths[i], 1, &object, error);
    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(object, "actors")) {
      if (status == STANCE_OK) status = read_actor(names, item, error);
    }
    cJSON_Delete(object);
    stance_arena_free(&arena);
  }
  if (status != STANCE_OK) annotate_names_close(names);
  return status;
}

void annotate_names_close(struct annotate_names *names) {
  stance_arena_free(&names->arena);
  *names = (struct annotate_names){0};
}

enum stance_status annotate_names_add(struct annotate_names *names, const char *id, const char *name, const char *type,
                                      struct stance_error *error) {
  return annotate_names_id(names, id) ? STANCE_OK : add_actor(names, id, name, type, NULL, error);
}

/* ---- searching ------------------------------------------------------------------------------------------- */

/* The cost of a match, smaller is better; SIZE_MAX: no match. A surname matches as a later word. */
static size_t misfit(const struct annotate_key *key, const char *text, size_t length,
                     const struct annotate_name *actor) {
  size_t cost = SIZE_MAX;
  if (strncmp(key->text, text, length) == 0) {
    cost = key->text[length] ? (key->text[length] == ' ' ? 20000 : 40000) : 0;
  } else {
    for (const char *word = strchr(key->text, ' '); word && cost == SIZE_MAX; word = strchr(word + 1, ' '))
      if (strncmp(word + 1, text, length) == 0) cost = word[1 + length] ? 80000 : 60000;
  }
  if (cost == SIZE_MAX) return cost;
  size_t extra = strlen(key->text) + (actor->affiliation ? 200 : 0) + (key->is_own ? 0 : 100);
  return cost + (extra < 19999 ? extra : 19999);
}

size_t annotate_names_search(const struct annotate_names *names, const char *text, const struct annotate_name **found,
                             const char **aliases, size_t most) {
  struct stance_arena arena = {0};
  size_t costs[64], count = 0;
  char *folded = names ? fold(text, &arena) : NULL;
  size_t length = folded ? strlen(folded) : 0;
  if (most > 64) most = 64;
  for (size_t i = 0; length && i < names->key_count; i++) {
    const struct annotate_name *actor = &names->actors[names->keys[i].actor];
    size_t cost = misfit(&names->keys[i], folded, length, actor), at;
    if (cost == SIZE_MAX) continue;
    for (at = 0; at < count && found[at] != actor; at++) {
    }
    if (at < count && costs[at] <= cost) continue; /* found already by a better name */
    if (at == count) {
      if (count == most && costs[count - 1] <= cost) continue;
      if (count < most) count++;
      at = count - 1;
    }
    for (; at && costs[at - 1] > cost; at--) {
      costs[at] = costs[at - 1];
      found[at] = found[at - 1];
      if (aliases) aliases[at] = aliases[at - 1];
    }
    costs[at] = cost;
    found[at] = actor;
    if (aliases) aliases[at] = names->keys[i].text;
  }
  stance_arena_free(&arena);
  return count;
}

const struct annotate_name *annotate_names_id(const struct annotate_names *names, const char *id) {
  for (size_t i = 0; names && i < names->count; i++)
    if (strcmp(names->actors[i].id, id) == 0) return &names->actors[i];
  return NULL;
}

bool annotate_names_related(const struct annotate_names *names, const char *one, const char *other) {
  for (int turn = 0; turn < 2; turn++) {
    const struct annotate_name *actor = annotate_names_id(names, turn ? other : one);
    const char *top = turn ? one : other;
    for (int steps = 0; actor && actor->affiliation && steps < 8; steps++) {
      if (strcmp(actor->affiliation, top) == 0) return true;
      actor = annotate_names_id(names, actor->affiliation);
    }
  }
  return strcmp(one, other) == 0;
}

/* ---- new actors ------------------------------------------------------------------------------------------ */

char *annotate_names_propose(const struct annotate_names *names, const char *name, struct stance_arena *arena) {
  char *folded = fold(name, arena);
  if (!folded) return NULL;
  if (strlen(folded) > 40) folded[40] = '\0';
  for (char *at = folded; *at; at++)
    *at = (unsigned char)*at >= 0x80 || *at == ' ' ? '_' : (char)toupper((unsigned char)*at);
  char *id = stance_arena_format(arena, "X.%s", *folded ? folded : "NEW");
  for (unsigned number = 2; id && annotate_names_id(names, id); number++)
    id = stance_arena_format(arena, "X.%s_%u", *folded ? folded : "NEW", number);
  return id;
}

enum stance_status annotate_gazetteer_add(const char *path, const char *id, const char *name, const char *type,
                                          struct stance_error *error) {
  struct stance_arena arena = {0};
  char *bytes;
  size_t length;
  bool exists;
  cJSON *object = NULL;
  if (!*name || !*id || strpbrk(id, " >#:\t\"") || strlen(id) > 64 || strlen(name) > 200)
    return stance_fail(error, STANCE_INPUT, "an actor needs a name and an id without blanks, '>', '#' and ':'");
  enum stance_status status = stance_file_exists(path, &exists, error);
  if (status == STANCE_OK && exists) {
    status = stance_file_read(path, 0, &arena, &bytes, &length, error);
    if (status == STANCE_OK) status = stance_json_parse(bytes, length, path, 1, &object, error);
  } else if (status == STANCE_OK) {
    object = cJSON_CreateObject();
    if (object) cJSON_AddArrayToObject(object, "actors");
  }
  cJSON *actors = cJSON_GetObjectItemCaseSensitive(object, "actors"), *actor = cJSON_CreateObject(),
        *aliases = cJSON_AddArrayToObject(actor, "aliases");
  bool is_made = actors && actor && aliases && cJSON_AddStringToObject(actor, "id", id) &&
                 cJSON_AddStringToObject(actor, "name", name) && cJSON_AddStringToObject(actor, "type", type) &&
                 cJSON_AddItemToArray(actors, actor);
  if (!is_made) cJSON_Delete(actor);
  if (status == STANCE_OK && !is_made)
    status = stance_fail_at(error, STANCE_INPUT, path, 0, 0, "is no gazetteer that an actor can be added to");
  if (status == STANCE_OK) status = stance_json_write(path, object, error);
  cJSON_Delete(object);
  stance_arena_free(&arena);
  return status;
}
