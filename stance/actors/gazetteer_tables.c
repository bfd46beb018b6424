/* SPDX-License-Identifier: MIT
 * Writing and loading compiled gazetteers. The file is not trusted: every size, offset, index and chain is checked
 * before use. */
#include "gazetteer_tables.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stance/base/buffer.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/hash.h"
#include "stance/text/text.h"

#define TABLES_MAGIC "STANCEGZ"
enum { TABLES_VERSION = 2, TABLES_ALIGNMENT = 64, SOURCE_CHUNK = 64 * 1024 };

enum tables_part {
  PART_STRINGS,
  PART_ACTORS,
  PART_IDS,
  PART_ALIASES,
  PART_CONTEXTS,
  PART_PHRASES,
  PART_DESCRIPTIONS,
  PART_PATTERNS,
  PART_ROLES,
  PART_NAME_EDGES,
  PART_NAME_EDGE_FILTER,
  PART_NAME_FIRSTS,
  PART_NAME_LOWER_FIRSTS,
  PART_AGENT_EDGES,
  PART_AGENT_EDGE_FILTER,
  PART_AGENT_FIRSTS,
  PART_AGENT_LOWER_FIRSTS,
  PART_COUNT,
};

struct tables_pattern {
  uint32_t source, actor; /* source: offset + 1 in the strings */
};

static const uint32_t item_sizes[PART_COUNT] = {1,
                                                sizeof(struct stance_actor),
                                                sizeof(uint32_t),
                                                sizeof(struct stance_alias),
                                                sizeof(struct stance_alias_context),
                                                sizeof(struct stance_alias_phrase),
                                                sizeof(struct stance_description),
                                                sizeof(struct tables_pattern),
                                                sizeof(const char *),
                                                sizeof(struct stance_alias_edge),
                                                sizeof(uint64_t),
                                                sizeof(uint64_t),
                                                sizeof(uint64_t),
                                                sizeof(struct stance_alias_edge),
                                                sizeof(uint64_t),
                                                sizeof(uint64_t),
                                                sizeof(uint64_t)};

struct tables_prefix {
  char magic[8];
  uint32_t version, part_count;
  uint64_t size, hash; /* size of the file; hash of all bytes after this struct */
  uint64_t source_size, source_hash;
};

struct tables_place {
  uint64_t offset;
  uint32_t item_size, count;
};

enum { TABLES_HEAD = sizeof(struct tables_prefix) + PART_COUNT * sizeof(struct tables_place) };

/* ---- the sources ---------------------------------------------------------------------------------------- */

static enum stance_status hash_file(int file, const char *path, XXH3_state_t *state, struct stance_error *error) {
  char *bytes = malloc(SOURCE_CHUNK);
  uint64_t size = 0;
  ssize_t got = 0;
  if (!bytes) return stance_fail_memory(error);
  while ((got = read(file, bytes, SOURCE_CHUNK)) > 0 || (got < 0 && errno == EINTR)) {
    if (got < 0) continue;
    XXH3_64bits_update(state, bytes, (size_t)got);
    size += (uint64_t)got;
  }
  XXH3_64bits_update(state, &size, sizeof size); /* the hash depends on where one file ends and the next begins */
  enum stance_status status = got < 0 ? stance_fail_errno(error, path, "cannot read") : STANCE_OK;
  free(bytes);
  return status;
}

/* The sum of the files' sizes. Fails if one is missing or no regular file. error may be NULL, here and in
 * hash_sources. */
static enum stance_status size_sources(const char *const *paths, size_t path_count, uint64_t *size,
                                       struct stance_error *error) {
  struct stat about;
  *size = 0;
  for (size_t i = 0; i < path_count; i++) {
    if (stat(paths[i], &about) != 0) return stance_fail_errno(error, paths[i], "cannot read");
    if (!S_ISREG(about.st_mode))
      return stance_fail_at(error, STANCE_INPUT, paths[i], 0, 0, "is no file that can be read twice");
    *size += (uint64_t)about.st_size;
  }
  return STANCE_OK;
}

static enum stance_status hash_sources(const char *const *paths, size_t path_count, uint64_t *hash,
                                       struct stance_error *error) {
  static const char probe[] = "Timbuktu";
  XXH3_state_t state;
  enum stance_status status = STANCE_OK;
  XXH3_64bits_reset(&state);
  XXH3_64bits_update(&state, STANCE_VERSION,
                     sizeof STANCE_VERSION); /* another version may cut or hash names differently */
  uint8_t shape;
  uint64_t hash_of_word = stance_token_hash(probe, sizeof probe - 1, &shape);
  XXH3_64bits_update(&state, &hash_of_word, sizeof hash_of_word);
  for (size_t i = 0; status == STANCE_OK && i < path_count; i++) {
    int file = open(paths[i], O_RDONLY | O_CLOEXEC);
    if (file < 0) return stance_fail_errno(error, paths[i], "cannot open");
    status = hash_file(file, paths[i], &state, error);
    close(file);
  }
  *hash = XXH3_64bits_digest(&state);
  return status;
}

enum stance_status stance_gazetteer_sources(const char *const *paths, size_t path_count, uint64_t *size, uint64_t *hash,
                                            struct stance_error *error) {
  STANCE_TRY(size_sources(paths, path_count, size, error));
  return hash_sources(paths, path_count, hash, error);
}

bool stance_gazetteer_is_compiled(uint64_t source_size, uint64_t source_hash) {
  struct tables_prefix prefix = {.version = 0};
  char path[PATH_MAX];
  int file =
      stance_data_path("actors.compiled", path, sizeof path) ? open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) : -1;
  bool is_read = file >= 0 && read(file, &prefix, sizeof prefix) == (ssize_t)sizeof prefix;
  if (file >= 0) close(file);
  return is_read && prefix.source_size == source_size && prefix.source_hash == source_hash;
}

/* ---- writing -------------------------------------------------------------------------------------------- */

struct writer {
  struct stance_buffer out, strings, phrases, contexts;
  struct tables_place places[PART_COUNT];
  size_t phrase_count, context_count;
};

static uintptr_t put_string(struct writer *writer, const char *text) {
  if (!text) return 0;
  uintptr_t place = writer->strings.length + 1;
  stance_buffer_append(&writer->strings, text, strlen(text) + 1);
  return place;
}

static void pad(struct writer *writer) {
  static const char zeros[TABLES_ALIGNMENT];
  stance_buffer_append(&writer->out, zeros,
                       (TABLES_ALIGNMENT - writer->out.length % TABLES_ALIGNMENT) % TABLES_ALIGNMENT);
}

static void part_start(struct writer *writer, enum tables_part part, size_t count) {
  pad(writer);
  writer->places[part] = (struct tables_place){writer->out.length, item_sizes[part], (uint32_t)count};
}

static void put_part(struct writer *writer, enum tables_part part, const void *items, size_t count) {
  part_start(writer, part, count);
  stance_buffer_append(&writer->out, items, count * item_sizes[part]);
}

static void put_item(struct writer *writer, const void *item, size_t size) {
  stance_buffer_append(&writer->out, item, size);
}

static const void *number(uintptr_t value) { return (const void *)value; }
static uintptr_t actor_number(const struct stance_actor *actor) { return actor ? (uintptr_t)actor->index + 1 : 0; }

static void put_actors(struct writer *writer, const struct stance_gazetteer *gazetteer) {
  part_start(writer, PART_ACTORS, gazetteer->actor_count);
  for (size_t i = 0; i < gazetteer->actor_count; i++) {
    struct stance_actor actor = gazetteer->actors[i];
    actor.id = number(put_string(writer, actor.id));
    actor.name = number(put_string(writer, actor.name));
    actor.region = number(put_string(writer, actor.region));
    actor.affiliation = number(actor_number(actor.affiliation));
    actor.colonial_ruler = number(actor_number(actor.colonial_ruler));
    put_item(writer, &actor, sizeof actor);
  }
}

static uintptr_t put_context(struct writer *writer, const struct stance_alias_context *given) {
  if (!given) return 0;
  struct stance_alias_context context = *given;
  for (size_t side = 0; side < STANCE_SIDES; side++) {
    context.phrases[side] = number(given->counts[side] ? writer->phrase_count + 1 : 0);
    stance_buffer_append(&writer->phrases, (const char *)given->phrases[side],
                         given->counts[side] * sizeof *given->phrases[side]);
    writer->phrase_count += given->counts[side];
  }
  stance_buffer_append(&writer->contexts, (const char *)&context, sizeof context);
  return ++writer->context_count;
}

static void put_aliases(struct writer *writer, const struct stance_gazetteer *gazetteer) {
  part_start(writer, PART_ALIASES, gazetteer->alias_count);
  for (size_t i = 0; i < gazetteer->alias_count; i++) {
    struct stance_alias alias = gazetteer->aliases[i];
    alias.context = number(put_context(writer, alias.context));
    put_item(writer, &alias, sizeof alias);
  }
}

static void put_patterns(struct writer *writer, const struct stance_name_patterns *patterns) {
  part_start(writer, PART_PATTERNS, patterns->count);
  for (size_t i = 0; i < patterns->count; i++) {
    struct tables_pattern pattern;
    const char *source = stance_name_patterns_source(patterns, i, &pattern.actor);
    pattern.source = (uint32_t)put_string(writer, source);
    put_item(writer, &pattern, sizeof pattern);
  }
}

static void put_roles(struct writer *writer, const struct stance_gazetteer *gazetteer) {
  part_start(writer, PART_ROLES, gazetteer->role_count);
  for (size_t i = 0; i < gazetteer->role_count; i++) {
    const char *role = number(put_string(writer, gazetteer->roles[i]));
    put_item(writer, &role, sizeof role);
  }
}

/* Writes the four parts of a trie, which are consecutive. */
static void put_trie(struct writer *writer, enum tables_part edges, const struct stance_alias_trie *trie) {
  size_t slots = trie->edges ? trie->edge_mask + 1 : 0;
  put_part(writer, edges, trie->edges, slots);
  put_part(writer, edges + 1, trie->edge_filter, slots / 8);
  put_part(writer, edges + 2, trie->any.bits, (trie->any.mask + 1) / 64);
  put_part(writer, edges + 3, trie->lower.bits, (trie->lower.mask + 1) / 64);
}

static void lay_out(struct writer *writer, const struct stance_gazetteer *gazetteer, uint64_t source_size,
                    uint64_t source_hash) {
  static const char head[TABLES_HEAD];
  struct tables_prefix prefix = {.magic = TABLES_MAGIC,
                                 .version = TABLES_VERSION,
                                 .part_count = PART_COUNT,
                                 .source_size = source_size,
                                 .source_hash = source_hash};
  stance_buffer_append(&writer->out, head, sizeof head);
  put_actors(writer, gazetteer);
  put_part(writer, PART_IDS, gazetteer->id_slots, gazetteer->id_mask + 1);
  put_aliases(writer, gazetteer);
  put_part(writer, PART_CONTEXTS, writer->contexts.data, writer->context_count);
  put_part(writer, PART_PHRASES, writer->phrases.data, writer->phrase_count);
  put_part(writer, PART_DESCRIPTIONS, gazetteer->descriptions, gazetteer->description_count);
  put_patterns(writer, &gazetteer->patterns);
  put_roles(writer, gazetteer);
  put_trie(writer, PART_NAME_EDGES, &gazetteer->trie);
  put_trie(writer, PART_AGENT_EDGES, &gazetteer->agents);
  put_part(writer, PART_STRINGS, writer->strings.data, writer->strings.length);
  if (writer->out.failed) return;
  memcpy(writer->out.data + sizeof prefix, writer->places, sizeof writer->places);
  prefix.size = writer->out.length;
  prefix.hash = stance_hash(writer->out.data + sizeof prefix, writer->out.length - sizeof prefix);
  memcpy(writer->out.data, &prefix, sizeof prefix);
}

enum stance_status stance_gazetteer_compile(const char *const *paths, size_t path_count, const char *path,
                                            struct stance_error *error) {
  struct stance_gazetteer *gazetteer;
  struct writer writer = {0};
  uint64_t source_size, source_hash;
  enum stance_status status = stance_gazetteer_open_files(paths, path_count, &gazetteer, error);
  if (status != STANCE_OK) return status;
  status = size_sources(paths, path_count, &source_size, error);
  if (status == STANCE_OK) status = hash_sources(paths, path_count, &source_hash, error);
  if (status != STANCE_OK) {
    stance_gazetteer_close(gazetteer);
    return status;
  }
  lay_out(&writer, gazetteer, source_size, source_hash);
  if (writer.out.failed || writer.strings.failed || writer.phrases.failed || writer.contexts.failed)
    status = stance_fail_memory(error);
  if (status == STANCE_OK) status = stance_file_write_buffer(path, &writer.out, error);
  stance_buffer_free(&writer.out);
  stance_buffer_free(&writer.strings);
  stance_buffer_free(&writer.phrases);
  stance_buffer_free(&writer.contexts);
  stance_gazetteer_close(gazetteer);
  return status;
}

/* ---- the file's header and part table ---------------------------------------------------------------------- */

/* A compiled file loaded into memory of its own, where pointers replace the file's numbers. */
struct tables {
  unsigned char *bytes;
  size_t size;
  void *parts[PART_COUNT];
  uint32_t counts[PART_COUNT];
};

static bool is_made_of(const struct tables_prefix *prefix, const char *const *paths, size_t path_count) {
  uint64_t size, hash;
  return size_sources(paths, path_count, &size, NULL) == STANCE_OK && size == prefix->source_size &&
         hash_sources(paths, path_count, &hash, NULL) == STANCE_OK && hash == prefix->source_hash;
}

static bool check_frame(struct tables *tables, const char *const *paths, size_t path_count) {
  struct tables_prefix prefix;
  struct tables_place places[PART_COUNT];
  memcpy(&prefix, tables->bytes, sizeof prefix);
  memcpy(places, tables->bytes + sizeof prefix, sizeof places);
  if (memcmp(prefix.magic, TABLES_MAGIC, sizeof prefix.magic) != 0 || prefix.version != TABLES_VERSION ||
      prefix.part_count != PART_COUNT || prefix.size != tables->size || !is_made_of(&prefix, paths, path_count) ||
      prefix.hash != stance_hash((const char *)tables->bytes + sizeof prefix, tables->size - sizeof prefix))
    return false;
  for (size_t i = 0; i < PART_COUNT; i++) {
    const struct tables_place *place = &places[i];
    if (place->item_size != item_sizes[i] || place->offset % TABLES_ALIGNMENT || place->offset < TABLES_HEAD ||
        place->offset > tables->size || place->count > (tables->size - place->offset) / item_sizes[i])
      return false;
    tables->parts[i] = place->count ? tables->bytes + place->offset : NULL;
    tables->counts[i] = place->count;
  }
  const char *strings = tables->parts[PART_STRINGS];
  return strings && strings[tables->counts[PART_STRINGS] - 1] == '\0';
}

/* ---- numbers to pointers ---------------------------------------------------------------------------------- */

static bool is_flag(const bool *flag) {
  unsigned char byte;
  memcpy(&byte, flag, 1);
  return byte <= 1;
}

/* Replaces a number by the string's pointer. False: there is no such string. */
static bool find_string(const struct tables *tables, const char **text) {
  uintptr_t place = (uintptr_t)*text;
  if (place > tables->counts[PART_STRINGS]) return false;
  *text = place ? (const char *)tables->parts[PART_STRINGS] + place - 1 : NULL;
  return true;
}

static bool find_actor(const struct tables *tables, const struct stance_actor **actor) {
  uintptr_t place = (uintptr_t)*actor;
  if (place > tables->counts[PART_ACTORS]) return false;
  *actor = place ? (const struct stance_actor *)tables->parts[PART_ACTORS] + place - 1 : NULL;
  return true;
}

/* Whether affiliations have no cycle: a walk from each actor, which stops at actors of earlier walks, never meets its
 * own number. */
static bool affiliations_end(const struct stance_gazetteer *gazetteer) {
  uint32_t *walks = calloc(gazetteer->actor_count + 1, sizeof *walks);
  bool is_good = walks;
  for (uint32_t i = 0; is_good && i < gazetteer->actor_count; i++) {
    const struct stance_actor *at = &gazetteer->actors[i];
    for (; at && !walks[at->index]; at = at->affiliation) walks[at->index] = i + 1;
    is_good = !at || walks[at->index] != i + 1;
  }
  free(walks);
  return is_good;
}

static bool take_actors(struct stance_gazetteer *gazetteer, const struct tables *tables) {
  struct stance_actor *actors = tables->parts[PART_ACTORS];
  size_t count = tables->counts[PART_ACTORS];
  for (size_t i = 0; i < count; i++) {
    struct stance_actor *actor = &actors[i];
    if (!find_string(tables, &actor->id) || !find_string(tables, &actor->name) ||
        !find_string(tables, &actor->region) || !find_actor(tables, &actor->affiliation) ||
        !find_actor(tables, &actor->colonial_ruler) || !actor->id || !actor->name || actor->index != i ||
        actor->kind > STANCE_ACTOR_PERSON || actor->serves > 1)
      return false;
  }
  gazetteer->actors = actors;
  gazetteer->actor_count = count;
  const uint32_t *ids = tables->parts[PART_IDS];
  size_t slots = tables->counts[PART_IDS], used = 0;
  if (!slots || slots & (slots - 1)) return false;
  for (size_t i = 0; i < slots; i++) {
    if (ids[i] > count) return false;
    used += ids[i] != 0;
  }
  gazetteer->id_slots = tables->parts[PART_IDS];
  gazetteer->id_mask = slots - 1;
  return used < slots && affiliations_end(gazetteer);
}

static bool take_contexts(const struct tables *tables) {
  struct stance_alias_context *contexts = tables->parts[PART_CONTEXTS];
  const struct stance_alias_phrase *phrases = tables->parts[PART_PHRASES];
  for (size_t i = 0; i < tables->counts[PART_CONTEXTS]; i++)
    for (size_t side = 0; side < STANCE_SIDES; side++) {
      uintptr_t place = (uintptr_t)contexts[i].phrases[side];
      if (!place != !contexts[i].counts[side]) return false;
      if (place && (place > tables->counts[PART_PHRASES] ||
                    contexts[i].counts[side] > tables->counts[PART_PHRASES] - (place - 1)))
        return false;
      contexts[i].phrases[side] = place ? phrases + place - 1 : NULL;
    }
  return true;
}

static bool take_aliases(struct stance_gazetteer *gazetteer, const struct tables *tables) {
  struct stance_alias *aliases = tables->parts[PART_ALIASES];
  const struct stance_alias_context *contexts = tables->parts[PART_CONTEXTS];
  size_t count = tables->counts[PART_ALIASES];
  for (size_t i = 0; i < count; i++) {
    struct stance_alias *alias = &aliases[i];
    uintptr_t context = (uintptr_t)alias->context;
    if (context > tables->counts[PART_CONTEXTS] || alias->actor >= gazetteer->actor_count ||
        alias->kind > STANCE_ALIAS_COMBINING || !alias->part_count || alias->part_count > STANCE_ALIAS_PARTS_MAX ||
        !is_flag(&alias->is_dated) || !is_flag(&alias->is_derived))
      return false;
    if (alias->next && (alias->next > count || alias->next <= i + 1))
      return false; /* a chain goes to higher indices only, so it ends */
    if (context) alias->context = contexts + context - 1;
  }
  gazetteer->aliases = aliases;
  gazetteer->alias_count = gazetteer->alias_capacity = count;
  return true;
}

static bool take_descriptions(struct stance_gazetteer *gazetteer, const struct tables *tables) {
  const struct stance_description *descriptions = tables->parts[PART_DESCRIPTIONS];
  size_t count = tables->counts[PART_DESCRIPTIONS];
  for (size_t i = 0; i < count; i++)
    if (descriptions[i].actor >= gazetteer->actor_count || !descriptions[i].word_count ||
        descriptions[i].word_count > STANCE_DESCRIPTION_WORDS_MAX)
      return false;
  gazetteer->descriptions = tables->parts[PART_DESCRIPTIONS];
  gazetteer->description_count = gazetteer->description_capacity = count;
  return true;
}

static bool take_patterns(struct stance_gazetteer *gazetteer, const struct tables *tables) {
  const struct tables_pattern *patterns = tables->parts[PART_PATTERNS];
  for (size_t i = 0; i < tables->counts[PART_PATTERNS]; i++) {
    const char *source = number(patterns[i].source);
    if (!find_string(tables, &source) || !source || patterns[i].actor >= gazetteer->actor_count ||
        stance_name_patterns_add(&gazetteer->patterns, source, patterns[i].actor, NULL) != STANCE_OK)
      return false;
  }
  return stance_name_patterns_finish(&gazetteer->patterns, NULL) == STANCE_OK;
}

static bool take_roles(struct stance_gazetteer *gazetteer, const struct tables *tables) {
  const char **roles = tables->parts[PART_ROLES];
  for (size_t i = 0; i < tables->counts[PART_ROLES]; i++)
    if (!find_string(tables, &roles[i])) return false;
  gazetteer->roles = roles;
  gazetteer->role_count = gazetteer->role_capacity = tables->counts[PART_ROLES];
  return true;
}

static bool take_filter(struct stance_alias_filter *filter, const struct tables *tables, enum tables_part part) {
  size_t words = tables->counts[part];
  if (!words || words & (words - 1)) return false;
  *filter = (struct stance_alias_filter){tables->parts[part], (uint64_t)words * 64 - 1};
  return true;
}

/* Takes over a trie whose values must be at most `most`; edges: the first of its four parts. */
static bool take_trie(struct stance_alias_trie *trie, const struct tables *tables, enum tables_part edges,
                      size_t most) {
  struct stance_alias_edge *edge = tables->parts[edges];
  size_t slots = tables->counts[edges], used = 0;
  for (size_t i = 0; i < slots; i++) {
    if (edge[i].value > most) return false;
    used += edge[i].child != 0;
  }
  if (slots & (slots - 1) || (slots && used == slots) || tables->counts[edges + 1] != slots / 8 || (slots && slots < 8))
    return false;
  *trie = (struct stance_alias_trie){
      .edges = edge, .edge_filter = tables->parts[edges + 1], .edge_mask = slots ? slots - 1 : 0};
  return take_filter(&trie->any, tables, edges + 2) && take_filter(&trie->lower, tables, edges + 3);
}

static bool take(struct stance_gazetteer *gazetteer, const struct tables *tables) {
  bool is_good = take_actors(gazetteer, tables) && take_contexts(tables) && take_aliases(gazetteer, tables) &&
                 take_descriptions(gazetteer, tables) && take_patterns(gazetteer, tables) &&
                 take_roles(gazetteer, tables) &&
                 take_trie(&gazetteer->trie, tables, PART_NAME_EDGES, gazetteer->alias_count) &&
                 take_trie(&gazetteer->agents, tables, PART_AGENT_EDGES, gazetteer->role_count) &&
                 stance_name_words_fill(&gazetteer->words, &gazetteer->arena) &&
                 stance_gazetteer_index_descriptions(gazetteer, NULL) == STANCE_OK;
  if (is_good) stance_alias_trie_mark_starts(&gazetteer->trie, &gazetteer->starts);
  return is_good;
}

/* NULL: the file is missing, damaged, or made from other files. */
static struct stance_gazetteer *open_tables(const char *path, const char *const *paths, size_t path_count) {
  struct tables tables = {0};
  if (!path || stance_file_load(path, TABLES_HEAD, "compiled actors", &tables.bytes, &tables.size, NULL) != STANCE_OK)
    return NULL;
  struct stance_gazetteer *gazetteer = calloc(1, sizeof *gazetteer);
  if (!gazetteer) {
    free(tables.bytes);
    return NULL;
  }
  gazetteer->compiled = tables.bytes;
  if (check_frame(&tables, paths, path_count) && take(gazetteer, &tables)) return gazetteer;
  stance_gazetteer_close(gazetteer);
  return NULL;
}

enum stance_status stance_gazetteer_open_compiled(const char *compiled, const char *const *paths, size_t path_count,
                                                  struct stance_gazetteer **out, struct stance_error *error) {
  *out = open_tables(compiled, paths, path_count);
  return *out ? STANCE_OK : stance_gazetteer_open_files(paths, path_count, out, error);
}
