/* SPDX-License-Identifier: MIT */
#include "engine.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "item.h"
#include "stance/error.h"
#include "stance/hash.h"

enum {
  BATCH_ITEMS = 64,
  BATCH_BYTES = 96 * 1024,     /* of raw bytes; one article may be larger */
  PART_BYTES = 1024 * 1024,    /* rendered bytes that are handed on before an article's end */
  KEPT_BYTES = 2 * 1024 * 1024, /* buffers above are given back */
  TICK_NS = 100 * 1000 * 1000,
};

enum batch_state { BATCH_FREE, BATCH_READ, BATCH_SCORING, BATCH_PART, BATCH_DONE };

struct batch {
  enum batch_state state;
  struct stance_buffer raw, out;
  struct classify_item items[BATCH_ITEMS]; /* data: an offset until the batch is read */
  size_t offsets[BATCH_ITEMS];
  struct classify_result results[BATCH_ITEMS];
  size_t out_offsets[BATCH_ITEMS];
  size_t item_count, result_count, taken;
  struct stance_arena arena; /* paths, kept units, problems */
  struct classify_progress progress;
};

struct run {
  const struct classify_engine *engine;
  struct classify_reader *reader;
  pthread_mutex_t lock;
  pthread_cond_t has_read, has_result, has_room;
  struct batch *batches;
  uint64_t batch_count;
  uint64_t next_read, next_score, next_take; /* numbers of batches; slot = number % batch_count */
  bool is_read;                              /* no further batch will come */
  volatile int stop;                         /* the reader looks at it without the lock */
  enum stance_status status;
  struct stance_error error;
  uint64_t skipped;
};

static struct batch *batch_at(struct run *run, uint64_t number) { return &run->batches[number % run->batch_count]; }

/* With the lock held. */
static void fail_run(struct run *run, enum stance_status status, const struct stance_error *error) {
  if (run->status == STANCE_OK) {
    run->status = status;
    run->error = *error;
  }
  run->stop = 1;
  pthread_cond_broadcast(&run->has_read);
  pthread_cond_broadcast(&run->has_room);
  pthread_cond_broadcast(&run->has_result);
}

static void shrink(struct stance_buffer *buffer) {
  if (buffer->capacity > KEPT_BYTES) stance_buffer_free(buffer);
  stance_buffer_clear(buffer);
}

/* ---- reader ------------------------------------------------------------------------------------------------ */

static enum stance_status add_item(struct batch *batch, const struct classify_item *item, struct stance_error *error) {
  struct classify_item *mine = &batch->items[batch->item_count];
  *mine = *item;
  const struct classify_item *before = batch->item_count ? mine - 1 : NULL;
  const char *path = item->path && *item->path ? item->path : item->form == CLASSIFY_PROBLEM ? item->problem.file : "";
  mine->path = before && strcmp(before->path, path) == 0 ? before->path : stance_arena_copy(&batch->arena, path, strlen(path));
  batch->offsets[batch->item_count] = batch->raw.length;
  size_t length = item->data ? item->length : 0;
  if (item->form == CLASSIFY_PROBLEM && length > 4096) length = 4096;
  mine->length = length;
  stance_buffer_append(&batch->raw, item->data, length);
  stance_buffer_append(&batch->raw, "", 1);
  if (!mine->path || batch->raw.failed) return stance_fail_memory(error);
  batch->item_count++;
  return STANCE_OK;
}

static enum stance_status fill_batch(struct run *run, struct batch *batch, bool *has, struct stance_error *error) {
  struct classify_item item = {0};
  *has = true;
  shrink(&batch->raw);
  shrink(&batch->out);
  stance_arena_reset(&batch->arena);
  batch->item_count = batch->result_count = batch->taken = 0;
  size_t most = run->engine->is_stream ? 1 : BATCH_ITEMS;
  while (batch->item_count < most && batch->raw.length < BATCH_BYTES) {
    item.data = NULL;
    item.length = 0;
    STANCE_TRY(classify_reader_next(run->reader, &item, has, error));
    if (!*has) break;
    STANCE_TRY(add_item(batch, &item, error));
  }
  for (size_t i = 0; i < batch->item_count; i++) batch->items[i].data = batch->raw.data + batch->offsets[i];
  struct classify_reader_progress progress;
  classify_reader_progress(run->reader, &progress);
  batch->progress.file_bytes = progress.bytes;
  batch->progress.files = progress.files;
  run->skipped = progress.skipped;
  return STANCE_OK;
}

static enum stance_status skip_items(struct run *run, struct stance_error *error) {
  struct classify_item item = {0};
  bool has = true;
  for (uint64_t i = 0; i < run->engine->skip_items && has; i++)
    STANCE_TRY(classify_reader_next(run->reader, &item, &has, error));
  return STANCE_OK;
}

static void *read_all(void *context) {
  struct run *run = context;
  struct stance_error error = {0};
  bool has = true;
  enum stance_status status = skip_items(run, &error);
  while (status == STANCE_OK && has) {
    pthread_mutex_lock(&run->lock);
    struct batch *batch = batch_at(run, run->next_read);
    while (batch->state != BATCH_FREE && !run->stop) pthread_cond_wait(&run->has_room, &run->lock);
    bool is_stopped = run->stop != 0;
    pthread_mutex_unlock(&run->lock);
    if (is_stopped) break;
    status = fill_batch(run, batch, &has, &error);
    if (status != STANCE_OK || !batch->item_count) continue;
    pthread_mutex_lock(&run->lock);
    batch->state = BATCH_READ;
    run->next_read++;
    pthread_cond_signal(&run->has_read);
    pthread_mutex_unlock(&run->lock);
  }
  pthread_mutex_lock(&run->lock);
  if (status != STANCE_OK) fail_run(run, status, &error);
  run->is_read = true;
  pthread_cond_broadcast(&run->has_read);
  pthread_cond_broadcast(&run->has_result);
  pthread_mutex_unlock(&run->lock);
  return NULL;
}

/* ---- scoring ------------------------------------------------------------------------------------------------ */

struct worker {
  struct run *run;
  pthread_t thread;
  void *scorer;
  struct stance_arena arena; /* of one article */
};

/* Hands on what the batch has so far, once it is its turn; false: the run has failed. */
static bool hand_on_part(struct run *run, struct batch *batch) {
  pthread_mutex_lock(&run->lock);
  batch->state = BATCH_PART;
  pthread_cond_signal(&run->has_result);
  while (batch->state == BATCH_PART && run->status == STANCE_OK) pthread_cond_wait(&run->has_room, &run->lock);
  bool is_good = run->status == STANCE_OK;
  pthread_mutex_unlock(&run->lock);
  return is_good;
}

static enum stance_status render_all(struct worker *worker, struct batch *batch, struct classify_result *result,
                                     const struct classify_scored *scored, struct stance_error *error) {
  const struct classify_engine *engine = worker->run->engine;
  if (!engine->render) return STANCE_OK;
  uint32_t next = 0;
  for (;;) {
    engine->render(engine->render_context, scored, &next, PART_BYTES, &batch->out);
    if (batch->out.failed) return stance_fail_memory(error);
    if (next >= scored->sentence_count) return STANCE_OK;
    result->out_length = batch->out.length - batch->out_offsets[batch->result_count - 1];
    if (!hand_on_part(worker->run, batch)) return STANCE_OK;
    result->is_first = false;
    stance_buffer_clear(&batch->out);
    batch->out_offsets[batch->result_count - 1] = 0;
  }
}

static enum stance_status score_item(struct worker *worker, struct batch *batch, const struct classify_item *item,
                                     struct classify_result *result, struct stance_error *error) {
  const struct classify_engine *engine = worker->run->engine;
  struct classify_scored scored = {0};
  stance_arena_reset(&worker->arena);
  if (item->form == CLASSIFY_RECORD) {
    STANCE_TRY(engine->scorer->run_record(worker->scorer, item->record, &worker->arena, &scored, error));
    result->text_bytes = strlen(item->record->text);
  } else {
    struct stance_article article;
    STANCE_TRY(classify_item_article(item, engine->repair, &worker->arena, &article, &result->repaired, error));
    result->id = stance_arena_copy(&batch->arena, article.id, strlen(article.id));
    if (!result->id) return stance_fail_memory(error);
    result->text_bytes = article.text_length;
    if (engine->shard_count && stance_hash(article.id, strlen(article.id)) % engine->shard_count != engine->shard) {
      result->outcome = CLASSIFY_OTHER_SHARD;
      return STANCE_OK;
    }
    if (engine->wants_sketch) {
      struct classify_sketch *sketch = stance_arena_alloc(&batch->arena, 1, sizeof *sketch);
      if (!sketch) return stance_fail_memory(error);
      classify_sketch_make(article.title, article.text, article.text_length, sketch);
      result->sketch = sketch;
    }
    STANCE_TRY(engine->scorer->run(worker->scorer, &article, &worker->arena, &scored, error));
  }
  if (engine->min_p) classify_scored_abstain(&scored, engine->min_p);
  result->unit_count = scored.unit_count;
  if (engine->keep_units) {
    result->scored = classify_scored_copy(&scored, engine->keep_sentences, &batch->arena);
    if (!result->scored) return stance_fail_memory(error);
  }
  return render_all(worker, batch, result, &scored, error);
}

static enum stance_status score_batch(struct worker *worker, struct batch *batch, struct stance_error *error) {
  for (size_t i = 0; i < batch->item_count; i++) {
    const struct classify_item *item = &batch->items[i];
    struct classify_result *result = &batch->results[i];
    *result = (struct classify_result){.outcome = CLASSIFY_SCORED, .path = item->path, .line = item->line,
                                       .raw = item->data, .raw_length = item->length, .is_first = true};
    batch->out_offsets[i] = batch->out.length;
    batch->result_count = i + 1;
    struct stance_error problem = {0};
    enum stance_status status = score_item(worker, batch, item, result, &problem);
    if (status == STANCE_SYSTEM) {
      *error = problem;
      return status;
    }
    if (status != STANCE_OK) {
      if (!problem.file[0]) { /* the scorer does not know where the article came from */
        struct stance_error what = problem;
        stance_fail_at(&problem, status, item->path, item->line, 0, "%s", what.message);
      }
      struct stance_error *copy = stance_arena_alloc(&batch->arena, 1, sizeof *copy);
      if (!copy) return stance_fail_memory(error);
      *copy = problem;
      result->outcome = CLASSIFY_REJECTED;
      result->problem = copy;
    }
    result->out_length = batch->out.length - batch->out_offsets[i];
    result->is_last = true;
  }
  return STANCE_OK;
}

static void *score_all(void *context) {
  struct worker *worker = context;
  struct run *run = worker->run;
  struct stance_error error = {0};
  pthread_mutex_lock(&run->lock);
  for (;;) {
    while (run->next_score == run->next_read && !run->is_read && run->status == STANCE_OK)
      pthread_cond_wait(&run->has_read, &run->lock);
    if (run->status != STANCE_OK || run->next_score == run->next_read) break;
    struct batch *batch = batch_at(run, run->next_score++);
    batch->state = BATCH_SCORING;
    pthread_mutex_unlock(&run->lock);
    enum stance_status status = score_batch(worker, batch, &error);
    pthread_mutex_lock(&run->lock);
    if (status != STANCE_OK) fail_run(run, status, &error);
    batch->state = BATCH_DONE;
    pthread_cond_signal(&run->has_result);
  }
  pthread_mutex_unlock(&run->lock);
  return NULL;
}

/* ---- taking ------------------------------------------------------------------------------------------------- */

static enum stance_status take_results(struct run *run, struct batch *batch, struct stance_error *error) {
  for (; batch->taken < batch->result_count; batch->taken++) {
    struct classify_result *result = &batch->results[batch->taken];
    result->out = batch->out.data ? batch->out.data + batch->out_offsets[batch->taken] : "";
    STANCE_TRY(run->engine->take(run->engine->context, result, error));
    if (!result->is_last) break; /* its worker goes on with it */
    batch->progress.items++;
    batch->progress.text_bytes += result->text_bytes;
  }
  return STANCE_OK;
}

/* With the lock held: waits for the next batch to have something, ticking. NULL: all is taken, or the run has failed. */
static struct batch *wait_for_results(struct run *run, const struct classify_progress *progress) {
  const struct classify_engine *engine = run->engine;
  for (;;) {
    struct batch *batch = batch_at(run, run->next_take);
    if (run->status != STANCE_OK) return NULL;
    if (run->next_take < run->next_read && (batch->state == BATCH_DONE || batch->state == BATCH_PART)) return batch;
    if (run->next_take == run->next_read && run->is_read) return NULL;
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += TICK_NS;
    if (until.tv_nsec >= 1000000000) until.tv_nsec -= 1000000000, until.tv_sec++;
    pthread_cond_timedwait(&run->has_result, &run->lock, &until);
    if (engine->interrupted && *engine->interrupted) run->stop = 1, pthread_cond_broadcast(&run->has_room);
    if (engine->tick) {
      pthread_mutex_unlock(&run->lock);
      engine->tick(engine->context, progress);
      pthread_mutex_lock(&run->lock);
    }
  }
}

static void take_all(struct run *run) {
  const struct classify_engine *engine = run->engine;
  struct classify_progress progress = {.items = engine->skip_items};
  struct stance_error error = {0};
  struct batch *batch;
  pthread_mutex_lock(&run->lock);
  while ((batch = wait_for_results(run, &progress)) != NULL) {
    bool is_whole = batch->state == BATCH_DONE;
    pthread_mutex_unlock(&run->lock);
    uint64_t before = batch->progress.items, text_before = batch->progress.text_bytes;
    enum stance_status status = take_results(run, batch, &error);
    progress.items += batch->progress.items - before;
    progress.text_bytes += batch->progress.text_bytes - text_before;
    progress.file_bytes = batch->progress.file_bytes;
    progress.files = batch->progress.files;
    if (is_whole && status == STANCE_OK && engine->pause) status = engine->pause(engine->context, &error);
    if (engine->tick) engine->tick(engine->context, &progress);
    pthread_mutex_lock(&run->lock);
    if (engine->interrupted && *engine->interrupted) run->stop = 1;
    if (status != STANCE_OK) fail_run(run, status, &error);
    batch->state = is_whole ? BATCH_FREE : BATCH_SCORING;
    if (is_whole) run->next_take++;
    pthread_cond_broadcast(&run->has_room);
  }
  pthread_mutex_unlock(&run->lock);
}

/* ---- the run ------------------------------------------------------------------------------------------------ */

static enum stance_status start_threads(struct run *run, pthread_t *reader, bool *has_reader, struct worker *workers,
                                        int *started, struct stance_error *error) {
  int code = pthread_create(reader, NULL, read_all, run);
  *has_reader = code == 0;
  for (*started = 0; code == 0 && *started < run->engine->threads; ++*started)
    code = pthread_create(&workers[*started].thread, NULL, score_all, &workers[*started]);
  if (code == 0) return STANCE_OK;
  return stance_fail(error, STANCE_SYSTEM, "cannot start a thread: %s", strerror(code));
}

enum stance_status classify_engine_run(const struct classify_engine *engine, uint64_t *skipped_files,
                                       struct stance_error *error) {
  struct run run = {.engine = engine, .lock = PTHREAD_MUTEX_INITIALIZER, .has_read = PTHREAD_COND_INITIALIZER,
                    .has_result = PTHREAD_COND_INITIALIZER, .has_room = PTHREAD_COND_INITIALIZER};
  struct classify_reading reading = engine->reading;
  struct worker *workers = calloc((size_t)engine->threads, sizeof *workers);
  pthread_t reader;
  bool has_reader = false;
  int opened = 0, started = 0;
  sigset_t all, before;
  enum stance_status status = STANCE_OK;
  reading.stop = &run.stop;
  run.batch_count = (uint64_t)engine->threads * 2 + 2;
  run.batches = calloc(run.batch_count, sizeof *run.batches);
  if (!workers || !run.batches) status = stance_fail_memory(error);
  if (status == STANCE_OK) status = classify_reader_open(&reading, &run.reader, error);
  for (; status == STANCE_OK && opened < engine->threads; opened++) {
    workers[opened].run = &run;
    status = engine->scorer->open(engine->scorer_context, &workers[opened].scorer, error);
  }
  if (status != STANCE_OK) goto cleanup;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before); /* signals are this thread's business */
  status = start_threads(&run, &reader, &has_reader, workers, &started, error);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (status != STANCE_OK) {
    pthread_mutex_lock(&run.lock);
    fail_run(&run, status, error);
    pthread_mutex_unlock(&run.lock);
  }
  take_all(&run);
  if (has_reader) pthread_join(reader, NULL);
  for (int i = 0; i < started; i++) pthread_join(workers[i].thread, NULL);
  status = run.status;
  if (status != STANCE_OK && error) *error = run.error;
  *skipped_files = run.skipped;
cleanup:
  for (int i = 0; i < opened; i++) {
    if (workers[i].scorer) engine->scorer->close(workers[i].scorer);
    stance_arena_free(&workers[i].arena);
  }
  for (uint64_t i = 0; run.batches && i < run.batch_count; i++) {
    stance_buffer_free(&run.batches[i].raw);
    stance_buffer_free(&run.batches[i].out);
    stance_arena_free(&run.batches[i].arena);
  }
  classify_reader_close(run.reader);
  free(run.batches);
  free(workers);
  return status;
}
