/* SPDX-License-Identifier: MIT
 * Rows by value, and the numbering of their columns. */
#include "rows_gather.h"

#include <stdlib.h>
#include <string.h>

#include "stance/base/error.h"
#include "stance/base/grow.h"

/* ---- a unit's features by value ------------------------------------------------------------------------- */

struct rows_slot { /* of a table of ids, and an entry in order of appearance */
  uint64_t id;
  float value;
  uint32_t item; /* slot: index of the entry + 1; entry: its run */
};

static bool sorted_room(struct rows_sorted *sorted, size_t count) {
  if (count <= sorted->capacity) return true;
  size_t capacity = 256;
  while (capacity < count) capacity *= 2;
  rows_sorted_free(sorted);
  sorted->ids = malloc(capacity * sizeof *sorted->ids);
  sorted->runs = malloc(capacity * sizeof *sorted->runs);
  sorted->items = malloc(capacity * sizeof *sorted->items);
  sorted->slots = malloc(2 * capacity * sizeof *sorted->slots);
  if (!sorted->ids || !sorted->runs || !sorted->items || !sorted->slots) return false;
  sorted->capacity = capacity;
  return true;
}

/* The slot of a key among the first `size` of the table. */
static struct rows_slot *slot_of(const struct rows_sorted *sorted, size_t size, uint64_t key) {
  size_t at = (size_t)(key ^ key >> 32) & (size - 1);
  while (sorted->slots[at].item && sorted->slots[at].id != key) at = (at + 1) & (size - 1);
  return &sorted->slots[at];
}

static size_t add_up(struct rows_sorted *sorted, size_t size, const uint64_t *ids, const float *values, size_t count) {
  size_t used = 0;
  memset(sorted->slots, 0, size * sizeof *sorted->slots);
  for (size_t i = 0; i < count; i++) {
    if (!ids[i]) continue; /* 0 marks a free slot of a model */
    struct rows_slot *slot = slot_of(sorted, size, ids[i]);
    if (slot->item) {
      sorted->items[slot->item - 1].value += values[i];
      continue;
    }
    sorted->items[used] = (struct rows_slot){ids[i], values[i], 0};
    *slot = (struct rows_slot){ids[i], 0, (uint32_t)++used};
  }
  return used;
}

static uint32_t bits_of(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

/* Gives each entry its run, by a table of the values' bits. */
static void find_runs(struct rows_sorted *sorted, size_t size, size_t count) {
  memset(sorted->slots, 0, size * sizeof *sorted->slots);
  sorted->run_count = 0;
  for (size_t i = 0; i < count; i++) {
    struct rows_slot *item = &sorted->items[i];
    if (i && bits_of(item->value) == bits_of(item[-1].value)) {
      item->item = item[-1].item;
    } else {
      uint64_t key = bits_of(item->value) * UINT64_C(0x9e3779b97f4a7c15);
      struct rows_slot *slot = slot_of(sorted, size, key);
      if (!slot->item) {
        *slot = (struct rows_slot){key, 0, (uint32_t)sorted->run_count + 1};
        sorted->runs[sorted->run_count++] = (struct rows_run){item->value, 0};
      }
      item->item = slot->item - 1;
    }
    sorted->runs[item->item].count++;
  }
}

enum stance_status rows_sort(const uint64_t *ids, const float *values, size_t count, struct rows_sorted *out,
                             struct stance_error *error) {
  size_t size = 64, used, start = 0;
  if (count >= UINT32_MAX / 4) return stance_fail(error, STANCE_INPUT, "a unit with more than 2^30 features");
  if (!sorted_room(out, count)) return stance_fail_memory(error);
  while (size < 2 * count) size *= 2;
  used = add_up(out, size, ids, values, count);
  find_runs(out, size, used);
  uint32_t *next = (uint32_t *)(void *)out->slots; /* the table has served */
  for (size_t r = 0; r < out->run_count; r++) {
    next[r] = (uint32_t)start;
    start += out->runs[r].count;
  }
  for (size_t i = 0; i < used; i++) out->ids[next[out->items[i].item]++] = out->items[i].id;
  out->count = used;
  return STANCE_OK;
}

void rows_sorted_free(struct rows_sorted *sorted) {
  free(sorted->ids);
  free(sorted->runs);
  free(sorted->items);
  free(sorted->slots);
  *sorted = (struct rows_sorted){0};
}

/* ---- gathering ------------------------------------------------------------------------------------------ */

static bool slots_grow(struct rows_gather *gather) {
  size_t count = gather->slot_count ? gather->slot_count * 2 : 4096;
  uint32_t *slots = calloc(count, sizeof *slots);
  if (!slots) return false;
  free(gather->slots);
  gather->slots = slots;
  gather->slot_count = count;
  for (size_t f = 0; f < gather->feature_count; f++) {
    size_t at = gather->features[f].id & (count - 1);
    while (slots[at]) at = (at + 1) & (count - 1);
    slots[at] = (uint32_t)f + 1;
  }
  return true;
}

/* The number of the feature, new ones included. UINT32_MAX: out of memory. */
static uint32_t number_of(struct rows_gather *gather, uint64_t id, uint32_t row) {
  if (gather->feature_count * 3 >= gather->slot_count * 2 && !slots_grow(gather)) return UINT32_MAX;
  size_t at = id & (gather->slot_count - 1);
  for (; gather->slots[at]; at = (at + 1) & (gather->slot_count - 1))
    if (gather->features[gather->slots[at] - 1].id == id) return gather->slots[at] - 1;
  struct rows_feature *features =
      stance_grow(gather->features, &gather->feature_capacity, gather->feature_count + 1, sizeof *features);
  if (!features || gather->feature_count >= ROWS_COLUMN) return UINT32_MAX;
  gather->features = features;
  features[gather->feature_count] = (struct rows_feature){id, 0, row};
  gather->slots[at] = (uint32_t)++gather->feature_count;
  return (uint32_t)gather->feature_count - 1;
}

static bool gather_room(struct rows_gather *gather, size_t entries, size_t values, size_t dense_count) {
  struct rows *rows = &gather->rows;
  size_t used = rows->first ? rows->first[rows->count] : 0, values_used = used ? rows->first_value[rows->count] : 0;
  size_t capacity = gather->row_capacity;
  uint32_t *columns = stance_grow(rows->columns, &gather->entry_capacity, used + entries + 1, sizeof *columns);
  if (columns) rows->columns = columns;
  float *items = stance_grow(rows->values, &gather->value_capacity, values_used + values + 1, sizeof *items);
  if (items) rows->values = items;
  float *dense = stance_grow(rows->dense, &gather->dense_capacity, (rows->count + 1) * dense_count + 1, sizeof *dense);
  if (dense) rows->dense = dense;
  size_t *first = stance_grow(rows->first, &capacity, rows->count + 2, sizeof *first);
  if (first) rows->first = first;
  size_t *first_value = stance_grow(rows->first_value, &gather->row_capacity, rows->count + 2, sizeof *first_value);
  if (first_value) rows->first_value = first_value;
  if (!columns || !items || !dense || !first || !first_value) return false;
  if (!rows->count) first[0] = first_value[0] = 0;
  return true;
}

enum stance_status rows_gather_add(struct rows_gather *gather, const uint64_t *ids, const struct rows_run *runs,
                                   size_t run_count, const float *dense, size_t dense_count,
                                   struct stance_error *error) {
  struct rows *rows = &gather->rows;
  size_t entries = 0;
  for (size_t r = 0; r < run_count; r++) entries += runs[r].count;
  if (!gather_room(gather, entries, run_count, dense_count)) return stance_fail_memory(error);
  uint32_t *columns = rows->columns + rows->first[rows->count];
  for (size_t i = 0; gather->slot_count && i < entries; i++)
    __builtin_prefetch(&gather->slots[ids[i] & (gather->slot_count - 1)]);
  for (size_t i = 0; i < entries; i++) {
    columns[i] = number_of(gather, ids[i], (uint32_t)rows->count);
    if (columns[i] == UINT32_MAX) return stance_fail_memory(error);
    gather->features[columns[i]].rows++;
  }
  for (size_t r = 0, at = 0; r < run_count; at += runs[r++].count) {
    columns[at] |= ROWS_NEXT;
    rows->values[rows->first_value[rows->count] + r] = runs[r].value;
  }
  if (dense_count) memcpy(rows->dense + rows->count * dense_count, dense, dense_count * sizeof *dense);
  rows->dense_count = dense_count;
  rows->first[rows->count + 1] = rows->first[rows->count] + entries;
  rows->first_value[rows->count + 1] = rows->first_value[rows->count] + run_count;
  rows->count++;
  return STANCE_OK;
}

/* ---- columns -------------------------------------------------------------------------------------------- */

/* Numbers the features by counting sort: columns[feature] is its column, UINT32_MAX: dropped. */
static enum stance_status number_columns(struct rows_gather *gather, size_t min_count, uint32_t *columns,
                                         struct stance_error *error) {
  struct rows *rows = &gather->rows;
  uint32_t *next = calloc(rows->count + 2, sizeof *next), start = 0;
  if (!next) return stance_fail_memory(error);
  for (size_t f = 0; f < gather->feature_count; f++) next[gather->features[f].rows]++;
  for (size_t n = rows->count + 1; n-- > 0;) {
    uint32_t here = next[n];
    next[n] = start;
    if (n >= min_count) start += here;
    else rows->dropped += here;
  }
  rows->column_count = start + rows->dense_count;
  rows->ids = malloc((rows->column_count + 1) * sizeof *rows->ids);
  rows->row_counts = malloc((rows->column_count + 1) * sizeof *rows->row_counts);
  rows->seen_in = calloc(rows->column_count + 1, sizeof *rows->seen_in);
  bool is_ok = rows->ids && rows->row_counts && rows->seen_in;
  for (size_t f = 0; is_ok && f < gather->feature_count; f++) {
    const struct rows_feature *feature = &gather->features[f];
    uint32_t column = columns[f] = feature->rows >= min_count ? next[feature->rows]++ : UINT32_MAX;
    if (column == UINT32_MAX) continue;
    rows->ids[column] = feature->id;
    rows->row_counts[column] = feature->rows;
    rows->seen_in[column] = feature->first_row;
  }
  for (size_t i = 0; is_ok && i < rows->dense_count; i++) {
    rows->ids[start + i] = ROWS_DENSE + i;
    rows->row_counts[start + i] = (uint32_t)rows->count;
  }
  free(next);
  return is_ok ? STANCE_OK : stance_fail_memory(error);
}

static int by_column(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

static void sort_columns(uint32_t *columns, size_t count) {
  enum { SHORT = 24 };
  if (count > SHORT) {
    qsort(columns, count, sizeof *columns, by_column);
    return;
  }
  for (size_t i = 1; i < count; i++) {
    uint32_t column = columns[i];
    size_t at = i;
    for (; at > 0 && columns[at - 1] > column; at--) columns[at] = columns[at - 1];
    columns[at] = column;
  }
}

/* Renumbers all entries in place. */
static void renumber(struct rows *rows, const uint32_t *columns) {
  size_t at = 0, value_at = 0, from = 0, value_from = 0;
  for (size_t r = 0; r < rows->count; r++) {
    for (size_t end = rows->first[r + 1]; from < end;) {
      size_t start = at;
      do {
        uint32_t column = columns[rows->columns[from++] & ROWS_COLUMN];
        if (column != UINT32_MAX) rows->columns[at++] = column;
      } while (from < end && !(rows->columns[from] & ROWS_NEXT));
      float value = rows->values[value_from++];
      if (at == start) continue;
      sort_columns(rows->columns + start, at - start);
      rows->columns[start] |= ROWS_NEXT;
      rows->values[value_at++] = value;
    }
    rows->first[r + 1] = at;
    rows->first_value[r + 1] = value_at;
  }
}

static void *fit(void *items, size_t size) {
  void *fitting = realloc(items, size ? size : 1);
  if (!fitting) return items;
  return fitting;
}

enum stance_status rows_gather_finish(struct rows_gather *gather, size_t min_count, struct rows *out,
                                      struct stance_error *error) {
  struct rows *rows = &gather->rows;
  if (!gather_room(gather, 0, 0, 0)) return stance_fail_memory(error); /* without rows there are arrays too */
  free(gather->slots);
  gather->slots = NULL;
  uint32_t *columns = malloc((gather->feature_count + 1) * sizeof *columns);
  if (!columns) return stance_fail_memory(error);
  enum stance_status status = number_columns(gather, min_count ? min_count : 1, columns, error);
  if (status == STANCE_OK) {
    renumber(rows, columns);
    rows->columns = fit(rows->columns, rows->first[rows->count] * sizeof *rows->columns);
    rows->values = fit(rows->values, rows->first_value[rows->count] * sizeof *rows->values);
    rows->dense = fit(rows->dense, rows->count * rows->dense_count * sizeof *rows->dense);
    *out = *rows;
    *rows = (struct rows){0};
  }
  free(columns);
  return status;
}

void rows_gather_free(struct rows_gather *gather) {
  rows_free(&gather->rows);
  free(gather->features);
  free(gather->slots);
  *gather = (struct rows_gather){0};
}
