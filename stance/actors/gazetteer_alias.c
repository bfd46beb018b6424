/* SPDX-License-Identifier: MIT
 * The names of an entry: cut to parts, with conditions on case, dates and context, and with plurals and unaccented
 * forms. */
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "gazetteer_reader.h"
#include "name_part.h"
#include "stance/base/ascii.h"
#include "stance/base/error.h"

enum { ALIAS_BYTES_MAX = 512, ACRONYM_LETTERS_MAX = 5 };

static const char *const alias_fields[] = {"text",       "case", "after", "not_after", "before",
                                           "not_before", "from", "until", NULL};
static const char *const side_names[STANCE_SIDES] = {"after", "not_after", "before", "not_before"};

/* ---- adding --------------------------------------------------------------------------------------------- */

static size_t letter_count(const char *text, const struct stance_name_part *part) {
  size_t count = 0;
  for (uint32_t i = part->start; i < part->end; i++)
    if (text[i] != '.' && ((unsigned char)text[i] & 0xC0) != 0x80) count++;
  return count;
}

/* The case conditions of a name: a short acronym (UN, LeT) matches only as it is written; another capitalised word also
 * matches in capitals. */
static uint64_t needs_of(const char *text, const struct stance_name_part *parts, size_t count, bool any_case) {
  uint64_t needs = 0;
  for (size_t i = 0; i < count && !any_case; i++) {
    size_t letters = letter_count(text, &parts[i]);
    enum stance_alias_need need = STANCE_NEED_CAPITAL;
    if (parts[i].shape == STANCE_SHAPE_LOWER) need = STANCE_NEED_ANY;
    else if (parts[i].shape == STANCE_SHAPE_UPPER && letters > 1 && letters <= ACRONYM_LETTERS_MAX)
      need = STANCE_NEED_UPPER;
    else if (parts[i].shape == STANCE_SHAPE_MIXED && letters <= ACRONYM_LETTERS_MAX && count == 1)
      need = STANCE_NEED_MIXED;
    needs |= (uint64_t)need << (2 * i);
  }
  return needs;
}

static enum stance_status add_parts(struct stance_gazetteer *gazetteer, const struct stance_name_part *parts,
                                    size_t count, struct stance_alias alias, size_t *index,
                                    struct stance_error *error) {
  uint64_t hashes[STANCE_ALIAS_PARTS_MAX];
  for (size_t i = 0; i < count; i++) hashes[i] = parts[i].hash;
  struct stance_alias *grown = stance_arena_grow(&gazetteer->arena, gazetteer->aliases, &gazetteer->alias_capacity,
                                                 gazetteer->alias_count + 1, sizeof *grown);
  uint32_t node =
      grown ? stance_alias_trie_add(&gazetteer->trie, hashes, count, (alias.needs & 3) == STANCE_NEED_ANY) : 0;
  if (!node || gazetteer->alias_count >= UINT32_MAX - 1) return stance_fail_memory(error);
  gazetteer->aliases = grown;
  *index = gazetteer->alias_count++;
  alias.part_count = (uint8_t)count;
  uint32_t *link =
      &gazetteer->trie.values[node]; /* appended to the chain, so that aliases are tried in the order of the files */
  while (*link) link = &gazetteer->aliases[*link - 1].next;
  *link = (uint32_t)*index + 1;
  alias.next = 0;
  gazetteer->aliases[*index] = alias;
  return STANCE_OK;
}

enum stance_status stance_gazetteer_add_alias(struct stance_gazetteer *gazetteer, const char *text,
                                              struct stance_alias alias, bool any_case, size_t *index,
                                              struct stance_error *error) {
  struct stance_name_part parts[STANCE_ALIAS_PARTS_MAX];
  size_t length = strlen(text), count = stance_name_parts_cut(text, length, parts, STANCE_ALIAS_PARTS_MAX);
  if (!count) return stance_fail(error, STANCE_INPUT, "empty alias '%.60s'", text);
  if (count > STANCE_ALIAS_PARTS_MAX || length > ALIAS_BYTES_MAX)
    return stance_fail(error, STANCE_INPUT, "alias '%.60s...' has more than %d words", text, STANCE_ALIAS_PARTS_MAX);
  alias.needs = needs_of(text, parts, count, any_case);
  return add_parts(gazetteer, parts, count, alias, index, error);
}

/* "Malian" -> "Malians", "Tory" -> "Tories". Empty for words without such a plural: "French", "Japanese", "Swiss". */
static void make_plural(const char *text, char *out, size_t capacity) {
  size_t length = strlen(text);
  *out = '\0';
  if (length < 3 || length + 4 > capacity || (unsigned char)text[length - 1] >= 0x80) return;
  char last = text[length - 1], before = text[length - 2];
  if (!ascii_is_letter((unsigned char)last) || last == 's' || last == 'x' || last == 'z') return;
  if (last == 'h' && (before == 's' || before == 'c')) return;
  if (length > 3 && (strcmp(text + length - 3, "ese") == 0 || strcmp(text + length - 3, "men") == 0)) return;
  memcpy(out, text, length + 1);
  if (ascii_is_upper((unsigned char)last)) return (void)(*out = '\0');
  if (last == 'y' && !strchr("aeiou", before)) strcpy(out + length - 1, "ies");
  else strcpy(out + length, "s");
}

static bool has_marks(const char *text) {
  for (; *text; text++)
    if ((unsigned char)*text >= 0x80) return true;
  return false;
}

/* "Goïta" -> "Goita". NULL: no diacritics, or out of memory. Free it. */
static char *without_marks(const char *text) {
  utf8proc_uint8_t *bare = NULL;
  if (!has_marks(text)) return NULL;
  if (utf8proc_map((const utf8proc_uint8_t *)text, 0, &bare,
                   UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK) < 0)
    return NULL;
  if (strcmp((char *)bare, text) == 0) {
    free(bare);
    return NULL;
  }
  return (char *)bare;
}

static bool may_overlap(const struct stance_alias *a, const struct stance_alias *b) {
  return (!a->until || !b->from || b->from < a->until) && (!b->until || !a->from || a->from < b->until);
}

/* Reports an alias that another actor has too, unless context or, for persons, dates tell them apart. */
static void check_duplicate(struct stance_gazetteer_reader *reader, size_t index, const char *text) {
  const struct stance_gazetteer *gazetteer = reader->gazetteer;
  const struct stance_alias *added = &gazetteer->aliases[index], *other;
  struct stance_name_part parts[STANCE_ALIAS_PARTS_MAX];
  size_t count = stance_name_parts_cut(text, strlen(text), parts, STANCE_ALIAS_PARTS_MAX);
  uint32_t node = 0;
  for (size_t i = 0; i < count; i++) node = stance_alias_trie_child(&gazetteer->trie, node, parts[i].hash);
  for (uint32_t at = gazetteer->trie.values[node]; at && at - 1 != index; at = other->next) {
    other = &gazetteer->aliases[at - 1];
    if (other->actor == added->actor || other->is_derived || other->needs != added->needs || !may_overlap(added, other))
      continue;
    if (other->context || added->context) continue;
    const struct stance_actor *a = &gazetteer->actors[added->actor], *b = &gazetteer->actors[other->actor];
    bool are_dated = (added->from || added->until) && (other->from || other->until);
    if (a->kind == STANCE_ACTOR_PERSON && b->kind == STANCE_ACTOR_PERSON && are_dated) continue;
    const struct stance_reader_source *source = stance_reader_source_of(reader, other->actor);
    COMPLAIN(reader, "duplicate alias '%.80s': it is one of '%.60s' already (%.100s:%zu)", text, b->id, source->path,
             stance_reader_line(source, "actors", other->actor - source->first));
    return;
  }
}

/* Whether a plural is made of the name: of demonyms, armed groups and parties; of a state's names "Pole", but not
 * "Korea" or "America" ("the Americas" are something else). */
static bool plural_is_usual(const struct stance_actor *actor, const char *text, uint8_t kind) {
  if (kind == STANCE_ALIAS_DEMONYM) return true;
  if (kind != STANCE_ALIAS_NAME) return false;
  if (actor->kind == STANCE_ACTOR_ARMED_GROUP || actor->kind == STANCE_ACTOR_PARTY) return true;
  size_t length = strlen(text);
  bool is_land = actor->kind == STANCE_ACTOR_STATE || actor->kind == STANCE_ACTOR_TERRITORY;
  return is_land && length && !strchr(text, ' ') && !strchr("aiouy", text[length - 1]) &&
         strcmp(text, actor->name) != 0;
}

static void add_name(struct stance_gazetteer_reader *reader, const char *text, struct stance_alias alias,
                     bool any_case) {
  struct stance_gazetteer *gazetteer = reader->gazetteer;
  struct stance_error error;
  char plural[ALIAS_BYTES_MAX + 8];
  size_t index, derived;
  bool has_capital = false;
  if (stance_name_is_stem(text)) {
    COMPLAIN(reader,
             "alias '%.60s' has a '*', which stands for nothing but itself; expected whole words, or 'patterns'", text);
    return;
  }
  for (const char *at = text; *at; at++)
    has_capital |= ascii_is_upper((unsigned char)*at) || (unsigned char)*at >= 0x80;
  if (!has_capital) any_case = true;
  if (!stance_reader_is_good(reader, stance_gazetteer_add_alias(gazetteer, text, alias, any_case, &index, &error),
                             &error))
    return;
  if (reader->is_thorough) check_duplicate(reader, index, text);
  alias.is_derived = true;
  make_plural(plural_is_usual(&gazetteer->actors[alias.actor], text, alias.kind) ? text : "", plural, sizeof plural);
  if (*plural)
    stance_reader_is_good(reader, stance_gazetteer_add_alias(gazetteer, plural, alias, any_case, &derived, &error),
                          &error);
  char *bare = without_marks(text);
  if (bare && !reader->is_stopped)
    stance_reader_is_good(reader, stance_gazetteer_add_alias(gazetteer, bare, alias, any_case, &derived, &error),
                          &error);
  free(bare);
}

/* ---- reading --------------------------------------------------------------------------------------------- */

/* Reads a phrase of context such as "Gulf of". False: it does not have one to three words. */
static bool read_phrase(const char *text, struct stance_alias_phrase *phrase) {
  size_t count = 0;
  *phrase = (struct stance_alias_phrase){{0}};
  for (const char *at = text; *at;) {
    size_t length = strcspn(at, " ");
    if (length && count == STANCE_PHRASE_WORDS_MAX) return false;
    if (length) phrase->words[count++] = stance_name_part_word(at, length);
    at += length + (at[length] == ' ');
  }
  return count > 0;
}

static bool read_side(struct stance_gazetteer_reader *reader, const cJSON *object, enum stance_alias_side side,
                      struct stance_alias_context *context) {
  struct stance_error error;
  const cJSON *list, *item;
  if (!stance_reader_is_good(reader, stance_json_get_array(object, side_names[side], &list, &error), &error))
    return false;
  size_t count = list ? (size_t)cJSON_GetArraySize(list) : 0, used = 0;
  if (!count) return true;
  struct stance_alias_phrase *phrases = stance_arena_alloc(&reader->gazetteer->arena, count, sizeof *phrases);
  if (!phrases) return stance_reader_is_good(reader, stance_fail_memory(&error), &error);
  cJSON_ArrayForEach(item, list) {
    if (!cJSON_IsString(item) || !read_phrase(item->valuestring, &phrases[used++])) {
      COMPLAIN(reader, "'%s' holds what is not one to %d words", side_names[side], STANCE_PHRASE_WORDS_MAX);
      return false;
    }
  }
  context->phrases[side] = phrases;
  context->counts[side] = (uint32_t)count;
  return true;
}

static bool has_string(const cJSON *list, const char *text) {
  const cJSON *item;
  if (cJSON_IsString(list)) return strcmp(list->valuestring, text) == 0;
  cJSON_ArrayForEach(item, list) if (cJSON_IsString(item) && strcmp(item->valuestring, text) == 0) return true;
  return false;
}

/* The kind of an alias object: if its text is also listed as demonym, capital or seat, that kind, else `kind`. */
static uint8_t plain_kind(const cJSON *entry, const char *text, uint8_t kind) {
  if (has_string(cJSON_GetObjectItemCaseSensitive(entry, "demonyms"), text)) return STANCE_ALIAS_DEMONYM;
  if (has_string(cJSON_GetObjectItemCaseSensitive(entry, "capital"), text)) return STANCE_ALIAS_CAPITAL;
  if (has_string(cJSON_GetObjectItemCaseSensitive(entry, "seats"), text)) return STANCE_ALIAS_SEAT;
  return kind;
}

static void read_alias_object(struct stance_gazetteer_reader *reader, const cJSON *entry, const cJSON *object,
                              struct stance_alias alias) {
  struct stance_error error;
  struct stance_alias_context context = {0};
  const char *text, *letter_case;
  uint32_t from, until;
  stance_reader_check_fields(reader, object, alias_fields);
  if (!stance_reader_is_good(reader, stance_json_need_string(object, "text", &text, &error), &error) ||
      !stance_reader_is_good(reader, stance_json_get_string(object, "case", "exact", &letter_case, &error), &error) ||
      !stance_reader_days(reader, object, &from, &until))
    return;
  alias.kind = plain_kind(entry, text, alias.kind);
  if (strcmp(letter_case, "exact") != 0 && strcmp(letter_case, "any") != 0) {
    COMPLAIN(reader, "unknown case '%.40s' of alias '%.60s'; expected exact or any", letter_case, text);
    return;
  }
  for (enum stance_alias_side side = 0; side < STANCE_SIDES; side++) {
    if (!read_side(reader, object, side, &context)) return;
    if (context.counts[side]) alias.context = &context;
  }
  if (alias.context) {
    struct stance_alias_context *kept = stance_arena_alloc(&reader->gazetteer->arena, 1, sizeof *kept);
    if (kept) *kept = context;
    alias.context = kept;
    if (!kept) {
      stance_fail_memory(&error);
      stance_reader_complain(reader, &error);
      return;
    }
  }
  if (from || until) {
    alias.from = from;
    alias.until = until;
    alias.is_dated = true;
  }
  add_name(reader, text, alias, strcmp(letter_case, "any") == 0);
}

static bool has_context(const cJSON *object) {
  for (enum stance_alias_side side = 0; side < STANCE_SIDES; side++)
    if (cJSON_GetObjectItemCaseSensitive(object, side_names[side])) return true;
  return false;
}

/* Collects the texts of alias objects: their conditions also hold where the entry gives the same text as a plain string
 * ({"text":"Chad","not_after":["Lake"]}) or as its name ({"text":"Burma","until":...}). */
static void find_restricted(struct stance_gazetteer_reader *reader, const cJSON *entry, const char *name) {
  static const char *const keys[] = {"aliases", "demonyms", "seats", "capital"};
  reader->restricted_count = 0;
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(entry, keys[i]), *item;
    if (!cJSON_IsArray(list)) continue;
    cJSON_ArrayForEach(item, list) {
      const cJSON *text = cJSON_IsObject(item) ? cJSON_GetObjectItemCaseSensitive(item, "text") : NULL;
      if (!cJSON_IsString(text) || !(has_context(item) || strcmp(text->valuestring, name) == 0)) continue;
      uint64_t *grown = stance_arena_grow(&reader->arena, reader->restricted, &reader->restricted_capacity,
                                          reader->restricted_count + 1, sizeof *grown);
      if (!grown) {
        reader->memory_is_out = true;
        return;
      }
      reader->restricted = grown;
      grown[reader->restricted_count++] = stance_hash(text->valuestring, strlen(text->valuestring));
    }
  }
}

static bool is_restricted(const struct stance_gazetteer_reader *reader, const char *text) {
  if (!reader->restricted_count) return false;
  uint64_t hash = stance_hash(text, strlen(text));
  for (size_t i = 0; i < reader->restricted_count; i++)
    if (reader->restricted[i] == hash) return true;
  return false;
}

static void read_alias(struct stance_gazetteer_reader *reader, const cJSON *entry, const cJSON *item, const char *key,
                       struct stance_alias alias) {
  if (cJSON_IsString(item) && is_restricted(reader, item->valuestring)) return;
  if (cJSON_IsString(item)) add_name(reader, item->valuestring, alias, false);
  else if (cJSON_IsObject(item)) read_alias_object(reader, entry, item, alias);
  else COMPLAIN(reader, "'%s' holds what is not a string or an object", key);
}

/* Reads a field that is an alias (a string or an object) or an array of aliases. */
static void read_aliases(struct stance_gazetteer_reader *reader, const cJSON *object, const char *key,
                         enum stance_alias_kind kind, struct stance_alias alias) {
  const cJSON *list = cJSON_GetObjectItemCaseSensitive(object, key), *item;
  alias.kind = (uint8_t)kind;
  if (!list || cJSON_IsNull(list)) return;
  if (!cJSON_IsArray(list)) {
    read_alias(reader, object, list, key, alias);
    return;
  }
  cJSON_ArrayForEach(item, list) {
    if (reader->is_stopped) return;
    read_alias(reader, object, item, key, alias);
  }
}

void stance_reader_names(struct stance_gazetteer_reader *reader, const cJSON *entry, const char *name,
                         struct stance_alias alias) {
  find_restricted(reader, entry, name);
  if (!is_restricted(reader, name)) add_name(reader, name, alias, false);
  read_aliases(reader, entry, "aliases", STANCE_ALIAS_NAME, alias);
  read_aliases(reader, entry, "demonyms", STANCE_ALIAS_DEMONYM, alias);
  read_aliases(reader, entry, "capital", STANCE_ALIAS_CAPITAL, alias);
  read_aliases(reader, entry, "seats", STANCE_ALIAS_SEAT, alias);
}
