/* SPDX-License-Identifier: MIT
 * Units to sparse rows, in parallel: chunks of units are featurised independently and joined in order; then ids are
 * numbered as columns. */
#include "rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stance/actors/gazetteer.h"
#include "stance/base/error.h"
#include "stance/text/text.h"

enum { CHUNK = 64 }; /* units of a task; units of a sentence are mostly consecutive */

struct chunk { /* the result of a task: entries of its rows, ids ascending within a row */
  uint64_t *ids;
  float *values;
  size_t count, capacity;
  uint32_t length[CHUNK];
};

struct maker { /* one per thread */
  struct stance_text_matcher *matcher;
  struct stance_featurizer *featurizer;
  struct stance_arena arena;
};

struct making {
  const struct stance_record *const *records;
  size_t count;
  const struct rows_settings *settings;
  struct maker *makers;
  struct chunk *chunks;
};

/* ---- features ------------------------------------------------------------------------------------------- */

struct entry {
  uint64_t id;
  float value;
};

static int by_id(const void *a, const void *b) {
  const struct entry *x = a, *y = b;
  return (x->id > y->id) - (x->id < y->id);
}

static enum stance_status chunk_add(struct chunk *chunk, size_t row, struct maker *maker,
                                    const struct stance_features *features, struct stance_error *error) {
  size_t entry_count = features->count + features->dense_count;
  struct entry *entries = stance_arena_alloc(&maker->arena, entry_count + 1, sizeof *entries);
  if (!entries) return stance_fail_memory(error);
  for (size_t i = 0; i < features->count; i++) entries[i] = (struct entry){features->ids[i], features->values[i]};
  for (size_t i = 0; i < features->dense_count; i++)
    entries[features->count + i] =
        (struct entry){fabsf(features->dense[i]) > 0 ? ROWS_DENSE + i : 0, features->dense[i]};
  qsort(entries, entry_count, sizeof *entries, by_id);
  if (chunk->count + entry_count > chunk->capacity) {
    size_t capacity = (chunk->count + entry_count) * 2;
    uint64_t *ids = realloc(chunk->ids, capacity * sizeof *ids);
    if (ids) chunk->ids = ids;
    float *values = realloc(chunk->values, capacity * sizeof *values);
    if (values) chunk->values = values;
    if (!ids || !values) return stance_fail_memory(error);
    chunk->capacity = capacity;
  }
  size_t start = chunk->count;
  for (size_t i = 0; i < entry_count; i++) {
    if (!entries[i].id) continue;
    if (chunk->count > start && chunk->ids[chunk->count - 1] == entries[i].id) {
      chunk->values[chunk->count - 1] += entries[i].value;
    } else {
      chunk->ids[chunk->count] = entries[i].id;
      chunk->values[chunk->count++] = entries[i].value;
    }
  }
  chunk->length[row] = (uint32_t)(chunk->count - start);
  return STANCE_OK;
}

static enum stance_status maker_ready(struct maker *maker, const struct rows_settings *settings,
                                      struct stance_error *error) {
  if (!maker->matcher) STANCE_TRY(stance_text_matcher_new(&maker->matcher, error));
  if (maker->featurizer) return STANCE_OK;
  STANCE_TRY(stance_featurizer_new(settings->lexicon, &maker->featurizer, error));
  stance_featurizer_give_vectors(maker->featurizer, settings->vectors);
  return STANCE_OK;
}

static bool is_same_sentence(const struct stance_record *a, const struct stance_record *b) {
  if (a->mention_count != b->mention_count || strcmp(a->text, b->text) != 0) return false;
  for (size_t i = 0; i < a->mention_count; i++)
    if (a->mentions[i].start != b->mentions[i].start || a->mentions[i].end != b->mentions[i].end ||
        strcmp(a->mentions[i].actor, b->mentions[i].actor) != 0)
      return false;
  return true;
}

static const struct stance_actor *actor_of(const struct stance_document *document, const char *id) {
  for (uint32_t m = 0; m < document->mention_count; m++)
    if (strcmp(document->mentions[m].actor->id, id) == 0) return document->mentions[m].actor;
  return NULL;
}

/* The record's document. Consecutive records that differ only in source and target share one, so that the sentence is
 * read once. */
static enum stance_status document_of(struct maker *maker, const struct stance_record *record,
                                      const struct stance_record *before, struct stance_document *document,
                                      struct stance_error *error) {
  if (before && is_same_sentence(record, before)) {
    const struct stance_actor *source = record->source ? actor_of(document, record->source) : NULL;
    const struct stance_actor *target = record->target ? actor_of(document, record->target) : NULL;
    if ((source != NULL) == (record->source != NULL) && (target != NULL) == (record->target != NULL)) {
      document->units[0].source = source;
      document->units[0].target = target;
      return STANCE_OK;
    }
  }
  stance_arena_reset(&maker->arena);
  memset(document, 0, sizeof *document);
  return stance_record_document(record, maker->matcher, &maker->arena, document, error);
}

static enum stance_status make_chunk(void *context, size_t task, size_t thread, struct stance_error *error) {
  struct making *making = context;
  struct maker *maker = &making->makers[thread];
  struct chunk *chunk = &making->chunks[task];
  struct stance_document document = {0};
  const struct stance_record *before = NULL;
  size_t start = task * CHUNK, end = start + CHUNK < making->count ? start + CHUNK : making->count;
  STANCE_TRY(maker_ready(maker, making->settings, error));
  for (size_t i = start; i < end; i++) {
    const struct stance_features *features;
    STANCE_TRY(document_of(maker, making->records[i], before, &document, error));
    STANCE_TRY(stance_featurize(maker->featurizer, &document, &document.units[0], making->settings->templates, false,
                                &features, error));
    STANCE_TRY(chunk_add(chunk, i - start, maker, features, error));
    before = making->records[i];
  }
  return STANCE_OK;
}

/* ---- columns -------------------------------------------------------------------------------------------- */

struct known { /* an entry of an open-addressing table of features */
  uint64_t id;
  uint32_t rows, first_row;
};

struct table {
  struct known *slots;
  size_t size, used;
};

static struct known *table_find(const struct table *table, uint64_t id) {
  size_t at = id & (table->size - 1);
  while (table->slots[at].rows && table->slots[at].id != id) at = (at + 1) & (table->size - 1);
  return &table->slots[at];
}

static bool table_grow(struct table *table) {
  struct table wider = {.size = table->size ? table->size * 2 : 1024, .used = table->used};
  wider.slots = calloc(wider.size, sizeof *wider.slots);
  if (!wider.slots) return false;
  for (size_t i = 0; i < table->size; i++)
    if (table->slots[i].rows) *table_find(&wider, table->slots[i].id) = table->slots[i];
  free(table->slots);
  *table = wider;
  return true;
}

static int by_known_id(const void *a, const void *b) {
  const struct known *x = a, *y = b;
  return (x->id > y->id) - (x->id < y->id);
}

/* Numbers the features to be kept by ascending id. */
static enum stance_status number_columns(struct table *table, size_t min_count, struct rows *out,
                                         struct stance_error *error) {
  struct known *kept = malloc((table->used + 1) * sizeof *kept);
  if (!kept) return stance_fail_memory(error);
  for (size_t i = 0; i < table->size; i++) {
    if (!table->slots[i].rows) continue;
    if (table->slots[i].rows >= min_count) kept[out->column_count++] = table->slots[i];
    else out->dropped++;
    table->slots[i].first_row = UINT32_MAX;
  }
  qsort(kept, out->column_count, sizeof *kept, by_known_id);
  out->ids = malloc((out->column_count + 1) * sizeof *out->ids);
  out->seen_in = malloc((out->column_count + 1) * sizeof *out->seen_in);
  if (!out->ids || !out->seen_in) {
    free(kept);
    return stance_fail_memory(error);
  }
  for (size_t c = 0; c < out->column_count; c++) {
    out->ids[c] = kept[c].id;
    out->seen_in[c] = kept[c].first_row;
    table_find(table, kept[c].id)->first_row = (uint32_t)c; /* first_row is its column from here on */
  }
  free(kept);
  return STANCE_OK;
}

/* The entries of row_count consecutive rows. */
struct piece {
  const uint64_t *ids;
  const float *values;
  const uint32_t *length;
  size_t row_count;
};

static enum stance_status count_features(struct table *table, const struct piece *pieces, size_t piece_count,
                                         struct stance_error *error) {
  uint32_t row = 0;
  for (size_t p = 0; p < piece_count; p++) {
    size_t at = 0;
    for (size_t r = 0; r < pieces[p].row_count; r++, row++)
      for (uint32_t i = 0; i < pieces[p].length[r]; i++, at++) {
        if (table->used * 5 >= table->size * 3 && !table_grow(table)) return stance_fail_memory(error);
        struct known *known = table_find(table, pieces[p].ids[at]);
        if (!known->rows) {
          *known = (struct known){.id = pieces[p].ids[at], .first_row = row};
          table->used++;
        }
        known->rows++;
      }
  }
  return STANCE_OK;
}

static enum stance_status join(const struct piece *pieces, size_t piece_count, size_t row_count, size_t min_count,
                               struct rows *out, struct stance_error *error) {
  struct table table = {0};
  size_t entries = 0, row = 0;
  out->count = row_count;
  enum stance_status status = count_features(&table, pieces, piece_count, error);
  if (status == STANCE_OK) status = number_columns(&table, min_count ? min_count : 1, out, error);
  for (size_t p = 0; p < piece_count; p++)
    for (size_t r = 0; r < pieces[p].row_count; r++) entries += pieces[p].length[r];
  out->first = calloc(row_count + 1, sizeof *out->first);
  out->columns = malloc((entries + 1) * sizeof *out->columns);
  out->values = malloc((entries + 1) * sizeof *out->values);
  if (status == STANCE_OK && (!out->first || !out->columns || !out->values)) status = stance_fail_memory(error);
  entries = 0;
  for (size_t p = 0; status == STANCE_OK && p < piece_count; p++) {
    size_t at = 0;
    for (size_t r = 0; r < pieces[p].row_count; r++) {
      for (uint32_t i = 0; i < pieces[p].length[r]; i++, at++) {
        uint32_t column = table_find(&table, pieces[p].ids[at])->first_row;
        if (column == UINT32_MAX) continue;
        out->columns[entries] = column;
        out->values[entries++] = pieces[p].values[at];
      }
      out->first[++row] = entries;
    }
  }
  free(table.slots);
  return status;
}

/* ---- public functions ----------------------------------------------------------------------------------- */

enum stance_status rows_make(const struct stance_record *const *records, size_t count,
                             const struct rows_settings *settings, const struct pool_progress *progress,
                             struct rows *out, struct stance_error *error) {
  size_t threads = pool_threads(settings->threads), tasks = (count + CHUNK - 1) / CHUNK;
  struct making making = {.records = records, .count = count, .settings = settings};
  bool is_stopped = false;
  *out = (struct rows){0};
  making.makers = calloc(threads, sizeof *making.makers);
  making.chunks = calloc(tasks + 1, sizeof *making.chunks);
  struct piece *pieces = calloc(tasks + 1, sizeof *pieces);
  enum stance_status status = making.makers && making.chunks && pieces ? STANCE_OK : stance_fail_memory(error);
  if (status == STANCE_OK && count >= UINT32_MAX) status = stance_fail(error, STANCE_INPUT, "more than 2^32 units");
  if (status == STANCE_OK) status = pool_run(tasks, threads, make_chunk, &making, progress, &is_stopped, error);
  if (status == STANCE_OK && is_stopped) status = stance_fail(error, STANCE_USAGE, "interrupted");
  for (size_t t = 0; status == STANCE_OK && t < tasks; t++)
    pieces[t] = (struct piece){making.chunks[t].ids, making.chunks[t].values, making.chunks[t].length,
                               t + 1 < tasks ? CHUNK : count - t * CHUNK};
  if (status == STANCE_OK) status = join(pieces, tasks, count, settings->min_count, out, error);
  for (size_t i = 0; making.makers && i < threads; i++) {
    stance_text_matcher_destroy(making.makers[i].matcher);
    stance_featurizer_destroy(making.makers[i].featurizer);
    stance_arena_free(&making.makers[i].arena);
  }
  for (size_t t = 0; making.chunks && t < tasks; t++) {
    free(making.chunks[t].ids);
    free(making.chunks[t].values);
  }
  free(making.makers);
  free(making.chunks);
  free(pieces);
  if (status != STANCE_OK) rows_free(out);
  return status;
}

enum stance_status rows_build(size_t count, const size_t *first, const uint64_t *ids, const float *values,
                              size_t min_count, struct rows *out, struct stance_error *error) {
  struct chunk *chunks = calloc(count + 1, sizeof *chunks);
  struct piece *pieces = calloc(count + 1, sizeof *pieces);
  struct maker maker = {0};
  *out = (struct rows){0};
  enum stance_status status = chunks && pieces ? STANCE_OK : stance_fail_memory(error);
  for (size_t i = 0; status == STANCE_OK && i < count; i++) {
    struct stance_features features = {.count = first[i + 1] - first[i]};
    features.ids = (uint64_t *)(uintptr_t)(ids + first[i]);
    features.values = (float *)(uintptr_t)(values + first[i]);
    status = chunk_add(&chunks[i], 0, &maker, &features, error);
    pieces[i] = (struct piece){chunks[i].ids, chunks[i].values, chunks[i].length, 1};
  }
  if (status == STANCE_OK) status = join(pieces, count, count, min_count, out, error);
  for (size_t i = 0; chunks && i < count; i++) {
    free(chunks[i].ids);
    free(chunks[i].values);
  }
  free(chunks);
  free(pieces);
  stance_arena_free(&maker.arena);
  if (status != STANCE_OK) rows_free(out);
  return status;
}

void rows_free(struct rows *rows) {
  free(rows->first);
  free(rows->columns);
  free(rows->values);
  free(rows->ids);
  free(rows->seen_in);
  *rows = (struct rows){0};
}

enum stance_status rows_select(struct rows *rows, const bool *keep, struct stance_error *error) {
  uint32_t *column = malloc((rows->column_count + 1) * sizeof *column);
  size_t kept = 0, at = 0;
  if (!column) return stance_fail_memory(error);
  for (size_t c = 0; c < rows->column_count; c++) {
    column[c] = keep[c] ? (uint32_t)kept : UINT32_MAX;
    if (!keep[c]) continue;
    rows->ids[kept] = rows->ids[c];
    rows->seen_in[kept++] = rows->seen_in[c];
  }
  rows->column_count = kept;
  for (size_t r = 0, start = 0; r < rows->count; r++) {
    size_t end = rows->first[r + 1];
    for (size_t i = start; i < end; i++) {
      if (column[rows->columns[i]] == UINT32_MAX) continue;
      rows->columns[at] = column[rows->columns[i]];
      rows->values[at++] = rows->values[i];
    }
    start = end;
    rows->first[r + 1] = at;
  }
  free(column);
  return STANCE_OK;
}
