/* SPDX-License-Identifier: MIT
 * A table of hashes: of each id, with the hash of its text and how many texts came under it; and of each id with each further text. */
#include "ids.h"

#include <stdlib.h>
#include <string.h>

#include "stance/base/error.h"
#include "stance/base/hash.h"

struct entry {
  uint64_t key;   /* 0: free */
  uint32_t text;  /* hash of the first text */
  uint32_t count; /* texts under this id */
};

struct input_ids {
  struct entry *entries;
  size_t capacity, count; /* capacity: a power of two */
};

enum { CAPACITY_FIRST = 1024 };

struct input_ids *input_ids_new(void) {
  struct input_ids *ids = calloc(1, sizeof *ids);
  if (ids) ids->entries = calloc(CAPACITY_FIRST, sizeof *ids->entries);
  if (ids && ids->entries) {
    ids->capacity = CAPACITY_FIRST;
    return ids;
  }
  input_ids_destroy(ids);
  return NULL;
}

void input_ids_destroy(struct input_ids *ids) {
  if (!ids) return;
  free(ids->entries);
  free(ids);
}

static struct entry *slot_of(struct entry *entries, size_t capacity, uint64_t key) {
  size_t at = (size_t)key & (capacity - 1);
  while (entries[at].key && entries[at].key != key) at = (at + 1) & (capacity - 1);
  return &entries[at];
}

/* The key's entry; a new one has count 0. NULL: out of memory. */
static struct entry *entry_of(struct input_ids *ids, uint64_t key) {
  key += !key;
  if (ids->count * 2 >= ids->capacity) {
    size_t capacity = ids->capacity * 2;
    struct entry *entries = calloc(capacity, sizeof *entries);
    if (!entries) return NULL;
    for (size_t i = 0; i < ids->capacity; i++)
      if (ids->entries[i].key) *slot_of(entries, capacity, ids->entries[i].key) = ids->entries[i];
    free(ids->entries);
    ids->entries = entries;
    ids->capacity = capacity;
  }
  struct entry *entry = slot_of(ids->entries, ids->capacity, key);
  if (!entry->key) {
    entry->key = key;
    ids->count++;
  }
  return entry;
}

static uint64_t hash_of(const char *text) { return stance_hash(text, strlen(text)); }

/* The next "id~n" that nobody has. */
static enum stance_status rename_article(struct input_ids *ids, uint32_t number, uint32_t text,
                                         struct input_article *read, struct stance_arena *arena,
                                         struct stance_error *error) {
  for (;; number++) {
    char *id = stance_arena_format(arena, "%s~%u", read->article.id, number);
    struct entry *entry = id ? entry_of(ids, hash_of(id)) : NULL;
    if (!entry) return stance_fail_memory(error);
    if (entry->count) continue;
    entry->count = 1;
    entry->text = text;
    input_note(&read->notes, INPUT_NOTE_RENAMED, 1, read->article.id, arena);
    read->own_id = read->article.id;
    read->article.id = id;
    return STANCE_OK;
  }
}

enum stance_status input_ids_take(struct input_ids *ids, struct input_article *read, struct stance_arena *arena,
                                  struct stance_error *error) {
  const struct stance_article *article = &read->article;
  uint64_t id = hash_of(article->id), whole = stance_hash(article->text, article->text_length);
  if (article->title) whole = stance_hash_combine(whole, hash_of(article->title));
  uint32_t text = (uint32_t)(whole >> 32);
  struct entry *first = entry_of(ids, id);
  if (!first) return stance_fail_memory(error);
  if (!first->count) {
    first->count = 1;
    first->text = text;
    return STANCE_OK;
  }
  bool is_known = first->text == text;
  uint32_t number = is_known ? 0 : first->count + 1;
  if (!is_known) { /* `first` may move */
    struct entry *further = entry_of(ids, stance_hash_combine(id, whole));
    if (!further) return stance_fail_memory(error);
    is_known = further->count != 0;
    further->count = 1;
  }
  if (is_known) {
    read->is_left_out = true;
    input_note(&read->notes, INPUT_NOTE_REPEATED, 1, article->id, arena);
    return STANCE_OK;
  }
  entry_of(ids, id)->count++;
  return rename_article(ids, number, text, read, arena, error);
}
