/* SPDX-License-Identifier: MIT
 * A unit's id names article, sentence and actors: "ARTICLE#SENTENCE:SRC>TGT". An id of another form is treated as an
 * article's id as a whole. */
#include "tell_apart.h"

#include <stdlib.h>
#include <string.h>

#include "stance/base/error.h"
#include "stance/base/hash.h"
#include "stance/base/hash_index.h"
#include "stance/text/letters.h"
#include "units.h"

struct texts {
  struct stance_hash_index index; /* article and sentence */
  struct stance_arena arena;
  uint64_t *items; /* hashes of the texts */
  size_t count, capacity;
};

/* A record whose id may change. */
struct member {
  struct stance_record *record;
  size_t stem; /* bytes of the id that name the article */
  uint64_t text;
};

static size_t stem_of(const struct stance_record *record) {
  size_t length = strlen(record->article);
  bool is_made = strncmp(record->unit, record->article, length) == 0 && record->unit[length] == '#';
  return is_made ? length : strlen(record->unit);
}

static uint64_t text_of(const struct stance_record *record) {
  return stance_letters_hash(record->text, strlen(record->text));
}

static uint64_t key_of(const char *stem, size_t length, uint32_t sentence) {
  return stance_hash_combine(stance_hash(stem, length), sentence);
}

static enum stance_status add_text(struct texts *texts, uint64_t key, uint64_t text, struct stance_error *error) {
  if (stance_hash_index_find(&texts->index, key) != STANCE_HASH_NONE) return STANCE_OK;
  uint64_t *items = stance_arena_grow(&texts->arena, texts->items, &texts->capacity, texts->count + 1, sizeof *items);
  if (!items || !stance_hash_index_add(&texts->index, key, texts->count)) return stance_fail_memory(error);
  texts->items = items;
  items[texts->count++] = text;
  return STANCE_OK;
}

static enum stance_status read_project(const struct annotate_project *project, struct texts *texts,
                                       struct stance_error *error) {
  struct annotate_units units;
  struct stance_arena arena = {0};
  STANCE_TRY(annotate_units_open(project, &units, error));
  enum stance_status status = STANCE_OK;
  for (uint32_t i = 0; status == STANCE_OK && i < units.count; i++) {
    struct annotate_page page;
    status = annotate_units_page(&units, i, &arena, &page, error);
    if (status == STANCE_OK)
      status = add_text(texts, key_of(page.record.unit, stem_of(&page.record), page.record.sentence),
                        text_of(&page.record), error);
    stance_arena_reset(&arena);
  }
  stance_arena_free(&arena);
  annotate_units_close(&units);
  return status;
}

static int by_stem(const void *left, const void *right) {
  const struct member *a = left, *b = right;
  size_t shorter = a->stem < b->stem ? a->stem : b->stem;
  int order = memcmp(a->record->unit, b->record->unit, shorter);
  if (!order) order = (a->stem > b->stem) - (a->stem < b->stem);
  return order ? order : (a->record > b->record) - (a->record < b->record); /* pointers into one array */
}

static bool is_same_stem(const struct member *a, const struct member *b) {
  return a->stem == b->stem && memcmp(a->record->unit, b->record->unit, a->stem) == 0;
}

/* Whether the name is unused for these sentences or has exactly these texts. */
static bool does_fit(const struct texts *texts, const char *name, const struct member *members, size_t count) {
  for (size_t i = 0; i < count; i++) {
    uint32_t found = stance_hash_index_find(&texts->index, key_of(name, strlen(name), members[i].record->sentence));
    if (found != STANCE_HASH_NONE && texts->items[found] != members[i].text) return false;
  }
  return true;
}

/* Moves the members with each sentence's first text to the front, and the others after them, both in their order. */
static enum stance_status split(struct member *members, size_t count, size_t *first, struct stance_arena *arena,
                                struct stance_error *error) {
  struct texts own = {0};
  struct member *others = stance_arena_alloc(arena, count, sizeof *others);
  size_t other_count = 0, kept = 0;
  enum stance_status status = others ? STANCE_OK : stance_fail_memory(error);
  for (size_t i = 0; status == STANCE_OK && i < count; i++) {
    uint64_t key = key_of("", 0, members[i].record->sentence);
    status = add_text(&own, key, members[i].text, error);
    if (status != STANCE_OK) break;
    if (own.items[stance_hash_index_find(&own.index, key)] == members[i].text) members[kept++] = members[i];
    else others[other_count++] = members[i];
  }
  if (other_count) memcpy(members + kept, others, other_count * sizeof *others);
  *first = kept;
  stance_hash_index_free(&own.index);
  stance_arena_free(&own.arena);
  return status;
}

static enum stance_status name_members(struct texts *texts, struct member *members, size_t count,
                                       struct stance_arena *arena, struct annotate_losses *losses,
                                       struct stance_error *error) {
  const char *unit = members->record->unit;
  int stem = (int)members->stem;
  char *name = stance_arena_copy(arena, unit, members->stem);
  size_t number = 1;
  while (name && !does_fit(texts, name, members, count))
    name = stance_arena_format(arena, "%.*s~%zu", stem, unit, ++number);
  if (!name) return stance_fail_memory(error);
  for (size_t i = 0; i < count; i++) {
    struct stance_record *record = members[i].record;
    STANCE_TRY(add_text(texts, key_of(name, strlen(name), record->sentence), members[i].text, error));
    if (number == 1) continue;
    annotate_tell(losses, "labels of a text whose id another text has (it is now ID~2, ID~3 ...)");
    const char *rest = record->unit + members[i].stem;
    if (*rest) record->article = name;
    record->unit = stance_arena_format(arena, "%s%s", name, rest);
    if (!record->unit) return stance_fail_memory(error);
  }
  return STANCE_OK;
}

enum stance_status annotate_tell_apart(const struct annotate_project *project, struct annotate_records *records,
                                       struct annotate_losses *losses, struct stance_error *error) {
  struct texts texts = {0};
  size_t member_count = 0;
  struct member *members = stance_arena_alloc(&texts.arena, records->count + 1, sizeof *members);
  enum stance_status status = members ? STANCE_OK : stance_fail_memory(error);
  if (status == STANCE_OK && project) status = read_project(project, &texts, error);
  for (size_t i = 0; status == STANCE_OK && i < records->count; i++) {
    struct stance_record *record = &records->items[i];
    if (*record->text) members[member_count++] = (struct member){record, stem_of(record), text_of(record)};
  }
  if (member_count) qsort(members, member_count, sizeof *members, by_stem);
  for (size_t i = 0, next; status == STANCE_OK && i < member_count; i = next) {
    size_t count;
    for (next = i + 1; next < member_count && is_same_stem(&members[i], &members[next]);) next++;
    for (size_t at = i; status == STANCE_OK && at < next; at += count) {
      status = split(members + at, next - at, &count, &texts.arena, error);
      if (status == STANCE_OK) status = name_members(&texts, members + at, count, records->arena, losses, error);
    }
  }
  stance_hash_index_free(&texts.index);
  stance_arena_free(&texts.arena);
  return status;
}
