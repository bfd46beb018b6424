/* SPDX-License-Identifier: MIT */
#include "splits.h"

#include <stdlib.h>
#include <string.h>

#include "group.h"
#include "stance/base/error.h"

struct placed { /* a unit and its outlet or day */
  const char *value;
  size_t length, index;
};

static int by_value(const void *a, const void *b) {
  const struct placed *x = a, *y = b;
  size_t shorter = x->length < y->length ? x->length : y->length;
  int order = memcmp(x->value, y->value, shorter);
  if (order) return order;
  if (x->length != y->length) return x->length < y->length ? -1 : 1;
  return (x->index > y->index) - (x->index < y->index);
}

static bool is_same(const struct placed *a, const struct placed *b) {
  return a->length == b->length && memcmp(a->value, b->value, a->length) == 0;
}

enum { DAY = 10 }; /* bytes of the day in a date, "2021-03-01" */

static size_t place(const struct dataset *data, enum splits_by by, struct placed *placed) {
  size_t count = 0;
  for (size_t i = 0; i < data->count; i++) {
    const char *value = by == SPLITS_BY_OUTLET ? data->records[i]->outlet : data->records[i]->date;
    if (!value || !*value) continue;
    size_t length = strlen(value);
    if (by == SPLITS_BY_DATE && length > DAY) length = DAY;
    placed[count++] = (struct placed){value, length, i};
  }
  qsort(placed, count, sizeof *placed, by_value);
  return count;
}

/* ---- outlets -------------------------------------------------------------------------------------------- */

struct outlet {
  size_t first, count; /* range in the placed units */
};

static int by_size(const void *a, const void *b) {
  const struct outlet *x = a, *y = b;
  if (x->count != y->count) return x->count > y->count ? -1 : 1;
  return (x->first > y->first) - (x->first < y->first);
}

/* Makes a block for each outlet, in the order of names. If there are too many, the smallest block takes the next
 * largest outlet. */
static enum stance_status by_outlets(const struct placed *placed, size_t count, struct stance_arena *arena,
                                     struct splits *out, struct stance_error *error) {
  struct outlet *outlets = stance_arena_zalloc(arena, out->values + 1, sizeof *outlets);
  size_t size[SPLITS_MAX] = {0}, held[SPLITS_MAX] = {0}, at = 0;
  if (!outlets) return stance_fail_memory(error);
  for (size_t i = 0; i < count; i++) {
    if (i && !is_same(&placed[i], &placed[i - 1])) at++;
    if (!outlets[at].count++) outlets[at].first = i;
  }
  out->block_count = out->values < SPLITS_MAX ? (uint32_t)out->values : SPLITS_MAX;
  out->names = stance_arena_zalloc(arena, out->block_count + 1, sizeof *out->names);
  if (!out->names) return stance_fail_memory(error);
  if (out->values > SPLITS_MAX) qsort(outlets, out->values, sizeof *outlets, by_size);
  for (size_t o = 0; o < out->values; o++) {
    uint32_t block = 0;
    const struct placed *first = &placed[outlets[o].first];
    for (uint32_t b = 1; b < out->block_count; b++)
      if (size[b] < size[block]) block = b;
    size[block] += outlets[o].count;
    out->names[block] = held[block]++ ? stance_arena_format(arena, "%zu outlets", held[block])
                                      : stance_arena_copy(arena, first->value, first->length);
    if (!out->names[block]) return stance_fail_memory(error);
    for (size_t i = 0; i < outlets[o].count; i++) out->block[first[i].index] = block;
  }
  return STANCE_OK;
}

/* ---- time ----------------------------------------------------------------------------------------------- */

static enum stance_status by_days(const struct placed *placed, size_t count, uint32_t k, struct stance_arena *arena,
                                  struct splits *out, struct stance_error *error) {
  size_t wide = count / ((size_t)k + 1), next = count - k * wide, first = 0; /* `next` begins the next block */
  uint32_t block = 0;
  out->from = 1;
  out->names = stance_arena_zalloc(arena, (size_t)k + 2, sizeof *out->names);
  if (!out->names) return stance_fail_memory(error);
  if (!wide) wide = next = 1;
  for (size_t i = 0; i < count; i++) {
    if (i >= next && !is_same(&placed[i], &placed[i - 1])) {
      block++;
      first = i;
      while (next <= i) next += wide;
    }
    out->block[placed[i].index] = block;
    if (i + 1 < count && (i + 1 < next || is_same(&placed[i + 1], &placed[i]))) continue;
    out->names[block] =
        stance_arena_format(arena, is_same(&placed[first], &placed[i]) ? "%.*s" : "%.*s .. %.*s",
                            (int)placed[first].length, placed[first].value, (int)placed[i].length, placed[i].value);
    if (!out->names[block]) return stance_fail_memory(error);
  }
  out->block_count = block + 1;
  return STANCE_OK;
}

/* ---- public functions ----------------------------------------------------------------------------------- */

/* Groups by text only: a split never divides an article, but the same agency report may be in two outlets. */
static enum stance_status group_texts(const struct dataset *data, struct splits *out, struct stance_error *error) {
  const char **texts = calloc(data->count + 1, sizeof *texts), **articles = calloc(data->count + 1, sizeof *articles);
  enum stance_status status = texts && articles ? STANCE_OK : stance_fail_memory(error);
  for (size_t i = 0; status == STANCE_OK && i < data->count; i++) texts[i] = data->records[i]->text;
  if (status == STANCE_OK)
    status = group_make(texts, articles, data->count, out->groups, &out->group_count, NULL, error);
  free(texts);
  free(articles);
  return status;
}

enum stance_status train_splits_make(const struct dataset *data, enum splits_by by, uint32_t k,
                                     struct stance_arena *arena, struct splits *out, struct stance_error *error) {
  const char *field = by == SPLITS_BY_OUTLET ? "outlet" : "date";
  *out = (struct splits){.by = by,
                         .block = stance_arena_alloc(arena, data->count + 1, sizeof *out->block),
                         .groups = stance_arena_zalloc(arena, data->count + 1, sizeof *out->groups)};
  struct placed *placed = stance_arena_alloc(arena, data->count + 1, sizeof *placed);
  if (!out->block || !out->groups || !placed) return stance_fail_memory(error);
  size_t count = place(data, by, placed);
  for (size_t i = 0; i < data->count; i++) out->block[i] = SPLITS_NONE;
  for (size_t i = 0; i < count; i++) out->values += !i || !is_same(&placed[i], &placed[i - 1]);
  out->missing = data->count - count;
  if (!count)
    return stance_fail(error, STANCE_INPUT, "head '%s': none of the %zu units has the field '%s'; --cv-by %s needs it",
                       data->head->name, data->count, field, field);
  if (out->values == 1)
    return stance_fail(error, STANCE_INPUT, "head '%s': all %zu units have the %s '%.*s'; --cv-by %s needs two",
                       data->head->name, count, field, (int)placed[0].length, placed[0].value, field);
  STANCE_TRY(group_texts(data, out, error));
  if (by == SPLITS_BY_OUTLET) return by_outlets(placed, count, arena, out, error);
  return by_days(placed, count, k, arena, out, error);
}

enum stance_status train_splits_train(const struct splits *splits, size_t count, uint32_t block, bool *trains,
                                      size_t *near, struct stance_error *error) {
  bool *is_tested = calloc((size_t)splits->group_count + 1, sizeof *is_tested);
  if (!is_tested) return stance_fail_memory(error);
  *near = 0;
  for (size_t i = 0; i < count; i++)
    if (splits->block[i] == block) is_tested[splits->groups[i]] = true;
  for (size_t i = 0; i < count; i++) {
    trains[i] = splits->by == SPLITS_BY_DATE ? splits->block[i] < block
                                             : splits->block[i] != block && splits->block[i] != SPLITS_NONE;
    if (!trains[i] || !is_tested[splits->groups[i]]) continue;
    trains[i] = false;
    ++*near;
  }
  free(is_tested);
  return STANCE_OK;
}
