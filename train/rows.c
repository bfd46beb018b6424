/* SPDX-License-Identifier: MIT
 * Units to sparse rows, in parallel: chunks of units are featurised independently and gathered in order. */
#include "rows.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base.h"
#include "rows_gather.h"
#include "stance/actors/gazetteer.h"
#include "stance/base/error.h"
#include "stance/base/grow.h"
#include "stance/text/text.h"

enum { CHUNK = 64 }; /* units of a task; units of a sentence are mostly consecutive */

struct chunk { /* the result of a task: its rows' entries by run, until they are gathered */
  uint64_t *ids;
  struct rows_run *runs;
  float *dense;
  size_t id_count, id_capacity, run_count, run_capacity, dense_used, dense_capacity, dense_count;
  uint32_t row_runs[CHUNK], row_count;
  bool is_made;
};

struct maker { /* one per thread */
  struct stance_text_matcher *matcher;
  struct stance_featurizer *featurizer;
  struct stance_arena arena;
  struct rows_sorted sorted;
};

struct making {
  const struct stance_record *const *records;
  size_t count;
  const struct rows_settings *settings;
  struct maker *makers;
  struct chunk *chunks;
  pthread_mutex_t lock; /* of what follows */
  struct rows_gather gather;
  size_t gathered; /* chunks, in order */
};

/* ---- features ------------------------------------------------------------------------------------------- */

/* The base's decision values behind the row's other entries, each a run of its own; there is room. */
static enum stance_status add_decisions(struct chunk *chunk, const struct base *base,
                                        const struct stance_features *features, struct stance_error *error) {
  double decisions[STANCE_LABELS_MAX];
  if (!stance_model_decide(base->model, base->head, features, decisions)) return stance_fail_memory(error);
  for (size_t k = 0; k < train_base_label_count(base); k++) {
    chunk->ids[chunk->id_count++] = ROWS_BASE + k;
    chunk->runs[chunk->run_count++] = (struct rows_run){(float)decisions[k], 1};
  }
  return STANCE_OK;
}

static enum stance_status chunk_add(struct chunk *chunk, struct maker *maker, const struct stance_features *features,
                                    const struct base *base, struct stance_error *error) {
  struct rows_sorted *sorted = &maker->sorted;
  size_t dense_count = features->dense ? features->dense_count : 0, decisions = base ? train_base_label_count(base) : 0;
  STANCE_TRY(rows_sort(features->ids, features->values, features->count, sorted, error));
  uint64_t *ids =
      stance_grow(chunk->ids, &chunk->id_capacity, chunk->id_count + sorted->count + decisions + 1, sizeof *ids);
  if (ids) chunk->ids = ids;
  struct rows_run *runs = stance_grow(chunk->runs, &chunk->run_capacity,
                                      chunk->run_count + sorted->run_count + decisions + 1, sizeof *runs);
  if (runs) chunk->runs = runs;
  float *dense = stance_grow(chunk->dense, &chunk->dense_capacity, chunk->dense_used + dense_count + 1, sizeof *dense);
  if (dense) chunk->dense = dense;
  if (!ids || !runs || !dense) return stance_fail_memory(error);
  memcpy(ids + chunk->id_count, sorted->ids, sorted->count * sizeof *ids);
  memcpy(runs + chunk->run_count, sorted->runs, sorted->run_count * sizeof *runs);
  if (dense_count) memcpy(dense + chunk->dense_used, features->dense, dense_count * sizeof *dense);
  chunk->id_count += sorted->count;
  chunk->run_count += sorted->run_count;
  chunk->dense_used += dense_count;
  chunk->dense_count = dense_count;
  if (base) STANCE_TRY(add_decisions(chunk, base, features, error));
  chunk->row_runs[chunk->row_count++] = (uint32_t)(sorted->run_count + decisions);
  return STANCE_OK;
}

static void chunk_free(struct chunk *chunk) {
  free(chunk->ids);
  free(chunk->runs);
  free(chunk->dense);
  *chunk = (struct chunk){.is_made = chunk->is_made};
}

static enum stance_status gather_chunk(struct rows_gather *gather, struct chunk *chunk, struct stance_error *error) {
  size_t id = 0, run = 0;
  enum stance_status status = STANCE_OK;
  for (size_t r = 0; status == STANCE_OK && r < chunk->row_count; r++) {
    status = rows_gather_add(gather, chunk->ids + id, chunk->runs + run, chunk->row_runs[r],
                             chunk->dense + r * chunk->dense_count, chunk->dense_count, error);
    for (uint32_t i = 0; i < chunk->row_runs[r]; i++) id += chunk->runs[run++].count;
  }
  chunk_free(chunk);
  return status;
}

/* Gathers the chunk, and those behind it that are made, once all before it are. */
static enum stance_status gather_made(struct making *making, size_t task, size_t tasks, struct stance_error *error) {
  enum stance_status status = STANCE_OK;
  pthread_mutex_lock(&making->lock);
  making->chunks[task].is_made = true;
  while (status == STANCE_OK && making->gathered < tasks && making->chunks[making->gathered].is_made)
    status = gather_chunk(&making->gather, &making->chunks[making->gathered++], error);
  pthread_mutex_unlock(&making->lock);
  return status;
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
  struct stance_document document = {0};
  const struct stance_record *before = NULL;
  size_t start = task * CHUNK, end = start + CHUNK < making->count ? start + CHUNK : making->count;
  STANCE_TRY(maker_ready(maker, making->settings, error));
  for (size_t i = start; i < end; i++) {
    const struct stance_features *features;
    STANCE_TRY(document_of(maker, making->records[i], before, &document, error));
    STANCE_TRY(stance_featurize(maker->featurizer, &document, &document.units[0], making->settings->templates, false,
                                &features, error));
    STANCE_TRY(chunk_add(&making->chunks[task], maker, features, making->settings->base, error));
    before = making->records[i];
  }
  return gather_made(making, task, (making->count + CHUNK - 1) / CHUNK, error);
}

/* ---- public functions ----------------------------------------------------------------------------------- */

enum stance_status rows_make(const struct stance_record *const *records, size_t count,
                             const struct rows_settings *settings, const struct pool_progress *progress,
                             struct rows *out, struct stance_error *error) {
  size_t threads = pool_threads(settings->threads), tasks = (count + CHUNK - 1) / CHUNK;
  struct making making = {.records = records, .count = count, .settings = settings, .lock = PTHREAD_MUTEX_INITIALIZER};
  bool is_stopped = false;
  *out = (struct rows){0};
  making.makers = calloc(threads, sizeof *making.makers);
  making.chunks = calloc(tasks + 1, sizeof *making.chunks);
  enum stance_status status = making.makers && making.chunks ? STANCE_OK : stance_fail_memory(error);
  if (status == STANCE_OK && count >= UINT32_MAX) status = stance_fail(error, STANCE_INPUT, "more than 2^32 units");
  if (status == STANCE_OK) status = pool_run(tasks, threads, make_chunk, &making, progress, &is_stopped, error);
  if (status == STANCE_OK && is_stopped) status = stance_fail(error, STANCE_USAGE, "interrupted");
  for (size_t i = 0; making.makers && i < threads; i++) {
    stance_text_matcher_destroy(making.makers[i].matcher);
    stance_featurizer_destroy(making.makers[i].featurizer);
    stance_arena_free(&making.makers[i].arena);
    rows_sorted_free(&making.makers[i].sorted);
  }
  for (size_t t = 0; making.chunks && t < tasks; t++) chunk_free(&making.chunks[t]);
  free(making.makers);
  free(making.chunks);
  if (status == STANCE_OK) status = rows_gather_finish(&making.gather, settings->min_count, out, error);
  rows_gather_free(&making.gather);
  return status;
}

enum stance_status rows_build(size_t count, const size_t *first, const uint64_t *ids, const float *values,
                              size_t min_count, struct rows *out, struct stance_error *error) {
  struct rows_gather gather = {0};
  struct rows_sorted sorted = {0};
  enum stance_status status = STANCE_OK;
  *out = (struct rows){0};
  for (size_t i = 0; status == STANCE_OK && i < count; i++) {
    status = rows_sort(ids + first[i], values + first[i], first[i + 1] - first[i], &sorted, error);
    if (status == STANCE_OK)
      status = rows_gather_add(&gather, sorted.ids, sorted.runs, sorted.run_count, NULL, 0, error);
  }
  if (status == STANCE_OK) status = rows_gather_finish(&gather, min_count, out, error);
  rows_gather_free(&gather);
  rows_sorted_free(&sorted);
  return status;
}
