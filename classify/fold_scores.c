/* SPDX-License-Identifier: MIT */
#include "fold_scores.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/hash.h"
#include "stance/base/hash_index.h"
#include "stance/base/json.h"
#include "stance/text/letters.h"

struct fold_unit {
  uint64_t text_hash;
  struct classify_unit unit; /* label, p, score, head, fold alone */
};

struct classify_fold_scores {
  struct stance_arena arena;
  struct stance_hash_index index; /* of head and id */
  const struct classify_heads *heads;
  struct fold_unit *items;
  size_t count, capacity;
  atomic_size_t applied;
};

static uint64_t key_of(size_t head, const char *id) { return stance_hash_combine(head, stance_hash(id, strlen(id))); }

static enum stance_status head_of(const struct classify_heads *heads, const char *name, size_t *out,
                                  struct stance_error *error) {
  for (*out = 0; *out < heads->count; ++*out)
    if (strcmp(heads->items[*out].name, name) == 0) return STANCE_OK;
  return stance_fail(error, STANCE_INPUT, "the model has no head '%.60s'", name);
}

static enum stance_status take_p(const struct classify_head *head, const cJSON *line, struct classify_unit *unit,
                                 struct stance_error *error) {
  const char *label;
  const cJSON *shares = cJSON_GetObjectItemCaseSensitive(line, "p");
  float p[STANCE_LABELS_MAX] = {0};
  double value, sum = 0;
  size_t found = head->label_count;
  STANCE_TRY(stance_json_need_string(line, "label", &label, error));
  if (!cJSON_IsObject(shares)) return stance_fail(error, STANCE_INPUT, "has no object 'p'");
  for (size_t i = 0; i < head->label_count; i++) {
    STANCE_TRY(stance_json_get_number(shares, head->labels[i], -1, &value, error));
    if (!(value >= 0 && value <= 1))
      return stance_fail(error, STANCE_INPUT, "'p' has no share from 0 to 1 for '%.60s'", head->labels[i]);
    p[i] = (float)value;
    sum += value;
    if (strcmp(head->labels[i], label) == 0) found = i;
  }
  if (found == head->label_count)
    return stance_fail(error, STANCE_INPUT, "unknown label '%.60s' for head '%s'", label, head->name);
  if (fabs(sum - 1) > 0.01) return stance_fail(error, STANCE_INPUT, "the shares in 'p' sum to %g, not to 1", sum);
  classify_round(head, p, (uint32_t)found, unit);
  return STANCE_OK;
}

static enum stance_status take_line(void *context, const cJSON *line, size_t number, struct stance_error *error) {
  struct classify_fold_scores *own = context;
  const char *id, *name, *text;
  double fold;
  size_t head;
  struct fold_unit taken = {0};
  (void)number;
  if (cJSON_GetObjectItemCaseSensitive(line, "run")) return STANCE_OK;
  STANCE_TRY(stance_json_need_string(line, "unit", &id, error));
  STANCE_TRY(stance_json_need_string(line, "head", &name, error));
  STANCE_TRY(stance_json_need_string(line, "text", &text, error));
  STANCE_TRY(stance_json_get_number(line, "fold", -1, &fold, error));
  if (!(fold >= 0 && fold < UINT16_MAX))
    return stance_fail(error, STANCE_INPUT, "has no 'fold'; expected what 'stance train --folds-out' writes");
  STANCE_TRY(head_of(own->heads, name, &head, error));
  STANCE_TRY(take_p(&own->heads->items[head], line, &taken.unit, error));
  taken.unit.head = (uint8_t)head;
  taken.unit.fold = (uint16_t)(fold + 1);
  taken.text_hash = stance_letters_hash(text, strlen(text));
  struct fold_unit *items = stance_arena_grow(&own->arena, own->items, &own->capacity, own->count + 1, sizeof *items);
  if (!items || !stance_hash_index_add(&own->index, key_of(head, id), own->count)) return stance_fail_memory(error);
  own->items = items;
  items[own->count++] = taken;
  return STANCE_OK;
}

enum stance_status classify_fold_scores_read(const char *path, const struct classify_heads *heads,
                                             struct classify_fold_scores **out, struct stance_error *error) {
  struct stance_arena arena = {0};
  char *text;
  size_t length;
  *out = calloc(1, sizeof **out);
  if (!*out) return stance_fail_memory(error);
  (*out)->heads = heads;
  enum stance_status status = stance_file_read(path, 0, &arena, &text, &length, error);
  if (status == STANCE_OK) status = stance_json_lines(text, length, path, take_line, *out, error);
  stance_arena_free(&arena);
  if (status == STANCE_OK && !(*out)->count)
    status = stance_fail_at(error, STANCE_INPUT, path, 0, 0, "holds no unit out of fold");
  if (status != STANCE_OK) {
    classify_fold_scores_free(*out);
    *out = NULL;
  }
  return status;
}

void classify_fold_scores_free(struct classify_fold_scores *scores) {
  if (!scores) return;
  stance_hash_index_free(&scores->index);
  stance_arena_free(&scores->arena);
  free(scores);
}

bool classify_fold_scores_apply(struct classify_fold_scores *scores, const char *id, uint64_t text_hash,
                                struct classify_unit *unit) {
  uint32_t found = stance_hash_index_find(&scores->index, key_of(unit->head, id));
  if (found == STANCE_HASH_NONE || scores->items[found].text_hash != text_hash) return false;
  const struct classify_unit *held = &scores->items[found].unit;
  memcpy(unit->p, held->p, sizeof unit->p);
  unit->label = held->label;
  unit->score = held->score;
  unit->fold = held->fold;
  unit->is_seen = false;
  unit->why = NULL; /* an explanation would be of the whole model */
  atomic_fetch_add_explicit(&scores->applied, 1, memory_order_relaxed);
  return true;
}

size_t classify_fold_scores_count(const struct classify_fold_scores *scores, size_t *applied) {
  *applied = atomic_load(&((struct classify_fold_scores *)(uintptr_t)scores)->applied);
  return scores->count;
}
