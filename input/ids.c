/* SPDX-License-Identifier: MIT
 * A hash table with an entry for each id (the hash of its first text, the number of texts under it), and for each pair
 * of id and further text. */
#include "ids.h"

#include <stdlib.h>
#include <string.h>

#include "stance/base/error.h"
#include "stance/base/hash.h"
#include "stance/base/hash_map.h"

/* value: hash of the first text under the id; count: number of texts under it. */
struct input_ids {
  struct stance_hash_map map;
};

struct input_ids *input_ids_new(void) {
  return calloc(1, sizeof(struct input_ids));
}

void input_ids_destroy(struct input_ids *ids) {
  if (!ids) return;
  stance_hash_map_free(&ids->map);
  free(ids);
}

static uint64_t hash_of(const char *text) { return stance_hash(text, strlen(text)); }

/* Gives the article the next free "id~n". */
static enum stance_status rename_article(struct input_ids *ids, uint32_t number, uint32_t text,
                                         struct input_article *read, struct stance_arena *arena,
                                         struct stance_error *error) {
  for (;; number++) {
    char *id = stance_arena_format(arena, "%s~%u", read->article.id, number);
    struct stance_hash_cell *entry = id ? stance_hash_map_put(&ids->map, hash_of(id)) : NULL;
    if (!entry) return stance_fail_memory(error);
    if (entry->count) continue;
    entry->count = 1;
    entry->value = text;
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
  struct stance_hash_cell *first = stance_hash_map_put(&ids->map, id);
  if (!first) return stance_fail_memory(error);
  if (!first->count) {
    first->count = 1;
    first->value = text;
    return STANCE_OK;
  }
  bool is_known = first->value == text;
  uint32_t number = is_known ? 0 : first->count + 1;
  if (!is_known) { /* `first` may move */
    struct stance_hash_cell *further = stance_hash_map_put(&ids->map, stance_hash_combine(id, whole));
    if (!further) return stance_fail_memory(error);
    is_known = further->count != 0;
    further->count = 1;
  }
  if (is_known) {
    read->is_left_out = true;
    input_note(&read->notes, INPUT_NOTE_REPEATED, 1, article->id, arena);
    return STANCE_OK;
  }
  stance_hash_map_put(&ids->map, id)->count++;
  return rename_article(ids, number, text, read, arena, error);
}
