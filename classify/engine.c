/* SPDX-License-Identifier: MIT */
#include "engine.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "input/ids.h"
#include "input/item.h"
#include "stance/base/error.h"
#include "stance/base/hash.h"

enum {
  BATCH_ITEMS = 64,
  BATCH_BYTES = 96 * 1024,      /* raw bytes of a batch; one article may be larger */
  PART_BYTES = 1024 * 1024,     /* rendered bytes after which a large article's output is taken in parts */
  KEPT_BYTES = 2 * 1024 * 1024, /* larger buffers are freed after use */
  TICK_NS = 100 * 1000 * 1000,
};

enum batch_state { BATCH_FREE, BATCH_SCORING, BATCH_DONE };

struct batch {
  enum batch_state state;
  struct stance_buffer raw, out;
  struct input_item items[BATCH_ITEMS]; /* data is an offset in raw until the batch is read */
  size_t offsets[BATCH_ITEMS];
  struct classify_result results[BATCH_ITEMS];
  size_t out_offsets[BATCH_ITEMS];
  size_t item_count, result_count, taken;
  struct stance_arena arena;                   /* paths, kept units, problems */
  struct input_article *articles[BATCH_ITEMS]; /* to be scored; NULL: not */
  uint64_t number;
  struct classify_progress progress;
  struct classify_place place;
  bool is_earlier[BATCH_ITEMS]; /* an earlier run took it */
};

struct run {
  const struct classify_engine *engine;
  struct input_reader *reader;
  pthread_mutex_t reading; /* one thread reads at a time; taken before `lock` */
  pthread_mutex_t calling; /* held while a callback runs; never taken while `lock` is held */
  pthread_mutex_t lock;    /* guards all below */
  pthread_cond_t has_room, has_turn, has_ended;
  struct batch *batches;
  uint64_t batch_count;
  uint64_t next_read, next_take; /* numbers of batches; a batch's slot is number % batch_count */
  uint64_t next_ids;             /* the batch whose articles get their ids next, in the order of the input */
  struct input_ids *ids; /* NULL: a feed, whose messages are independent of each other */
  bool is_read; /* all batches are read */
  bool is_taking;
  int working;     /* threads at work */
  atomic_int stop; /* the reader looks at it without the lock */
  struct classify_progress progress;
  enum stance_status status;
  struct stance_error error;
  struct input_passed passed;
};

static struct batch *batch_at(struct run *run, uint64_t number) { return &run->batches[number % run->batch_count]; }

/* With the lock held. */
static void stop_run(struct run *run) {
  run->stop = 1;
  pthread_cond_broadcast(&run->has_room);
  pthread_cond_broadcast(&run->has_turn);
}

/* With the lock held. */
static void fail_run(struct run *run, enum stance_status status, const struct stance_error *error) {
  if (run->status == STANCE_OK) {
    run->status = status;
    run->error = *error;
  }
  stop_run(run);
}

static void shrink(struct stance_buffer *buffer) {
  if (buffer->capacity > KEPT_BYTES) stance_buffer_free(buffer);
  stance_buffer_clear(buffer);
}

/* ---- reading ----------------------------------------------------------------------------------------------- */

static enum stance_status add_item(struct batch *batch, const struct input_item *item, struct stance_error *error) {
  struct input_item *mine = &batch->items[batch->item_count];
  *mine = *item;
  const struct input_item *before = batch->item_count ? mine - 1 : NULL;
  const char *path = item->path && *item->path ? item->path : item->kind == INPUT_PROBLEM ? item->problem.file : "";
  mine->path =
      before && strcmp(before->path, path) == 0 ? before->path : stance_arena_copy(&batch->arena, path, strlen(path));
  batch->offsets[batch->item_count] = batch->raw.length;
  size_t length = item->data ? item->length : 0;
  if (item->kind == INPUT_PROBLEM && length > 4096) length = 4096;
  mine->length = length;
  stance_buffer_append(&batch->raw, item->data, length);
  stance_buffer_append(&batch->raw, "", 1);
  if (!mine->path || batch->raw.failed) return stance_fail_memory(error);
  if (mine->source) input_source_hold(mine->source);
  batch->item_count++;
  return STANCE_OK;
}

static void drop_sources(struct batch *batch) {
  for (size_t i = 0; i < batch->item_count; i++) input_source_drop(batch->items[i].source);
  batch->item_count = 0;
}

static bool is_other_shard(const struct classify_engine *engine, const char *id) {
  return engine->shard_count && stance_hash(id, strlen(id)) % engine->shard_count != engine->shard;
}

/* Whether an item that can not be read, and so has no id, belongs to another shard: by its place, so that only one
 * shard rejects it. */
static bool is_other_place(const struct classify_engine *engine, const struct input_item *item) {
  uint64_t hash = stance_hash_combine(stance_hash(item->path, strlen(item->path)), item->line);
  return engine->shard_count && hash % engine->shard_count != engine->shard;
}

/* Asks the ledger whether an earlier run took the item, which then is only read for its id. */
static enum stance_status look_up(struct run *run, struct batch *batch, const struct input_item *item,
                                  struct stance_error *error) {
  struct input_reader_progress progress;
  bool *is_earlier = &batch->is_earlier[batch->item_count];
  *is_earlier = false;
  if (!run->engine->ledger) return STANCE_OK;
  input_reader_progress(run->reader, &progress);
  return classify_ledger_take(run->engine->ledger, item, progress.files, progress.in_file, is_earlier, error);
}

static enum stance_status note_place(struct run *run, struct batch *batch, bool is_end, struct stance_error *error) {
  struct classify_ledger *ledger = run->engine->ledger;
  stance_buffer_clear(&batch->place.closed);
  stance_buffer_clear(&batch->place.open);
  if (!ledger) return STANCE_OK;
  if (is_end && !run->stop) STANCE_TRY(classify_ledger_end(ledger, error));
  classify_ledger_lines(ledger, &batch->place.closed, &batch->place.open);
  return batch->place.closed.failed || batch->place.open.failed ? stance_fail_memory(error) : STANCE_OK;
}

static enum stance_status fill_batch(struct run *run, struct batch *batch, bool *has, struct stance_error *error) {
  struct input_item item = {0};
  *has = true;
  shrink(&batch->raw);
  shrink(&batch->out);
  stance_arena_reset(&batch->arena);
  drop_sources(batch);
  batch->result_count = batch->taken = 0;
  size_t most = run->engine->is_stream ? 1 : BATCH_ITEMS;
  while (*has && batch->item_count < most && batch->raw.length < BATCH_BYTES) {
    STANCE_TRY(input_reader_next(run->reader, &item, has, error));
    if (!*has) break;
    STANCE_TRY(look_up(run, batch, &item, error));
    STANCE_TRY(add_item(batch, &item, error));
  }
  STANCE_TRY(note_place(run, batch, !*has, error));
  for (size_t i = 0; i < batch->item_count; i++) batch->items[i].data = batch->raw.data + batch->offsets[i];
  struct input_reader_progress progress;
  input_reader_progress(run->reader, &progress);
  batch->progress.file_bytes = progress.bytes;
  batch->progress.files = progress.files;
  run->passed = progress.passed;
  return STANCE_OK;
}

/* Waits for the next batch's slot and reads the batch into it; *batch NULL: the end. */
static enum stance_status read_batch(struct run *run, struct batch **batch, struct stance_error *error) {
  enum stance_status status = STANCE_OK;
  bool has = true;
  pthread_mutex_lock(&run->reading);
  pthread_mutex_lock(&run->lock);
  *batch = batch_at(run, run->next_read);
  while ((*batch)->state != BATCH_FREE && !run->stop) pthread_cond_wait(&run->has_room, &run->lock);
  bool is_over = run->is_read || run->stop;
  pthread_mutex_unlock(&run->lock);
  if (!is_over) status = fill_batch(run, *batch, &has, error);
  if (is_over || status != STANCE_OK || !(*batch)->item_count) *batch = NULL;
  pthread_mutex_lock(&run->lock);
  if (!has || status != STANCE_OK) run->is_read = true;
  if (*batch) {
    (*batch)->state = BATCH_SCORING;
    (*batch)->number = run->next_read++;
  }
  pthread_mutex_unlock(&run->lock);
  pthread_mutex_unlock(&run->reading);
  return status;
}

/* ---- taking ------------------------------------------------------------------------------------------------- */

static enum stance_status take_results(struct run *run, struct batch *batch, struct stance_error *error) {
  for (; batch->taken < batch->result_count; batch->taken++) {
    struct classify_result *result = &batch->results[batch->taken];
    result->out = batch->out.data ? batch->out.data + batch->out_offsets[batch->taken] : "";
    STANCE_TRY(run->engine->take(run->engine->context, result, error));
    if (!result->is_last) break; /* more parts follow */
    batch->progress.items++;
    batch->progress.text_bytes += result->text_bytes;
  }
  return STANCE_OK;
}

/* Takes the results of the batch whose turn it is. Called with the lock held; releases it meanwhile. */
static void take_turn(struct run *run, struct batch *batch) {
  const struct classify_engine *engine = run->engine;
  struct stance_error error = {0};
  bool is_whole = batch->state == BATCH_DONE;
  run->is_taking = true;
  pthread_mutex_unlock(&run->lock);
  pthread_mutex_lock(&run->calling);
  uint64_t before = batch->progress.items, text_before = batch->progress.text_bytes;
  enum stance_status status = take_results(run, batch, &error);
  if (is_whole && status == STANCE_OK && engine->pause) status = engine->pause(engine->context, &batch->place, &error);
  pthread_mutex_unlock(&run->calling);
  pthread_mutex_lock(&run->lock);
  run->is_taking = false;
  run->progress.items += batch->progress.items - before;
  run->progress.text_bytes += batch->progress.text_bytes - text_before;
  run->progress.file_bytes = batch->progress.file_bytes;
  run->progress.files = batch->progress.files;
  if (engine->interrupted && *engine->interrupted) stop_run(run);
  if (status != STANCE_OK) fail_run(run, status, &error);
}

/* Marks a batch as done, then takes all done batches in order, unless another thread is taking. */
static void take_done(struct run *run, struct batch *batch) {
  pthread_mutex_lock(&run->lock);
  batch->state = BATCH_DONE;
  while (run->status == STANCE_OK && !run->is_taking && (batch = batch_at(run, run->next_take))->state == BATCH_DONE) {
    take_turn(run, batch);
    batch->state = BATCH_FREE;
    run->next_take++;
    pthread_cond_signal(&run->has_room); /* only the reading thread waits for it */
    pthread_cond_broadcast(&run->has_turn);
  }
  pthread_mutex_unlock(&run->lock);
}

/* Waits for the batch's turn and takes its results so far. False: the run has failed. */
static bool take_part(struct run *run, struct batch *batch) {
  pthread_mutex_lock(&run->lock);
  while (run->status == STANCE_OK && (run->is_taking || batch_at(run, run->next_take) != batch))
    pthread_cond_wait(&run->has_turn, &run->lock);
  if (run->status == STANCE_OK) take_turn(run, batch);
  bool is_good = run->status == STANCE_OK;
  pthread_mutex_unlock(&run->lock);
  return is_good;
}

/* ---- scoring ------------------------------------------------------------------------------------------------ */

struct worker {
  struct run *run;
  pthread_t thread;
  void *scorer;
  struct stance_arena arena; /* of one article */
};

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
    if (!take_part(worker->run, batch)) return STANCE_OK;
    result->is_first = false;
    stance_buffer_clear(&batch->out);
    batch->out_offsets[batch->result_count - 1] = 0;
  }
}

/* Reads an item before scoring; *article NULL: it will not be scored. */
static enum stance_status read_item(const struct classify_engine *engine, struct batch *batch,
                                    const struct input_item *item, struct classify_result *result,
                                    struct input_article **article, struct stance_error *error) {
  *article = NULL;
  if (item->kind == INPUT_RECORD) return STANCE_OK;
  struct input_article *read = stance_arena_alloc(&batch->arena, 1, sizeof *read);
  if (!read) return stance_fail_memory(error);
  STANCE_TRY(input_item_article(item, &batch->arena, read, error));
  result->id = read->article.id;
  result->text_bytes = read->article.text_length;
  result->notes = &read->notes;
  result->repaired = read->notes.counts[INPUT_NOTE_REPAIRED];
  if (read->is_left_out) result->outcome = CLASSIFY_LEFT_OUT;
  else if (is_other_shard(engine, read->article.id)) result->outcome = CLASSIFY_OTHER_SHARD;
  else *article = read;
  return STANCE_OK;
}

static enum stance_status score_item(struct worker *worker, struct batch *batch, const struct input_item *item,
                                     const struct input_article *read, struct classify_result *result,
                                     struct stance_error *error) {
  const struct classify_engine *engine = worker->run->engine;
  struct classify_scored scored = {0};
  stance_arena_reset(&worker->arena);
  if (item->kind == INPUT_RECORD) {
    STANCE_TRY(engine->scorer->run_record(worker->scorer, item->record, &worker->arena, &scored, error));
    result->text_bytes = strlen(item->record->text);
  } else {
    const struct stance_article *article = &read->article;
    if (engine->wants_sketch) {
      struct classify_sketch *sketch = stance_arena_alloc(&batch->arena, 1, sizeof *sketch);
      if (!sketch) return stance_fail_memory(error);
      classify_sketch_make(article->title, article->text, article->text_length, sketch);
      result->sketch = sketch;
    }
    STANCE_TRY(engine->scorer->run(worker->scorer, article, &worker->arena, &scored, error));
    scored.kept_names = engine->reading.options.keep;
    scored.kept = read->kept;
    scored.kept_count = engine->reading.options.keep_count;
  }
  if (engine->min_p) classify_scored_abstain(&scored, engine->min_p);
  result->unit_count = scored.unit_count;
  if (engine->keep_units) {
    result->scored = classify_scored_copy(&scored, engine->keep_sentences, &batch->arena);
    if (!result->scored) return stance_fail_memory(error);
  }
  return render_all(worker, batch, result, &scored, error);
}

/* Records why an article is rejected. Returns a STANCE_SYSTEM failure, which ends the run. */
static enum stance_status take_problem(struct batch *batch, const struct input_item *item,
                                       struct classify_result *result, enum stance_status status,
                                       const struct stance_error *problem, struct stance_error *error) {
  if (status == STANCE_SYSTEM) {
    *error = *problem;
    return status;
  }
  struct stance_error *copy = stance_arena_alloc(&batch->arena, 1, sizeof *copy);
  if (!copy) return stance_fail_memory(error);
  *copy = *problem;
  if (!copy->file[0])
    stance_fail_at(copy, status, item->path, item->line, 0, "%s",
                   problem->message); /* the scorer does not know the place */
  result->outcome = CLASSIFY_REJECTED;
  result->problem = copy;
  return STANCE_OK;
}

static enum stance_status read_articles(struct worker *worker, struct batch *batch, struct stance_error *error) {
  for (size_t i = 0; i < batch->item_count; i++) {
    const struct input_item *item = &batch->items[i];
    struct classify_result *result = &batch->results[i];
    struct stance_error problem = {0};
    *result = (struct classify_result){.outcome = CLASSIFY_SCORED,
                                       .path = item->path,
                                       .line = item->line,
                                       .raw = item->data,
                                       .raw_length = item->length,
                                       .is_first = true};
    enum stance_status status = read_item(worker->run->engine, batch, item, result, &batch->articles[i], &problem);
    if (status != STANCE_OK) STANCE_TRY(take_problem(batch, item, result, status, &problem, error));
    if (status != STANCE_OK && is_other_place(worker->run->engine, item)) result->outcome = CLASSIFY_OTHER_SHARD;
  }
  return STANCE_OK;
}

/* Waits for the batch's turn, then makes its articles' ids unique. */
static enum stance_status take_ids(struct run *run, struct batch *batch, struct stance_error *error) {
  pthread_mutex_lock(&run->lock);
  while (run->status == STANCE_OK && run->next_ids != batch->number) pthread_cond_wait(&run->has_turn, &run->lock);
  bool is_good = run->status == STANCE_OK;
  pthread_mutex_unlock(&run->lock);
  enum stance_status status = STANCE_OK;
  for (size_t i = 0; is_good && status == STANCE_OK && i < batch->item_count; i++) {
    struct input_article *read = batch->articles[i];
    if (!read) continue;
    if (run->ids) status = input_ids_take(run->ids, read, &batch->arena, error);
    batch->results[i].id = read->article.id;
    if (!read->is_left_out) continue;
    batch->results[i].outcome = CLASSIFY_LEFT_OUT;
    batch->articles[i] = NULL;
  }
  pthread_mutex_lock(&run->lock);
  run->next_ids++;
  pthread_cond_broadcast(&run->has_turn);
  pthread_mutex_unlock(&run->lock);
  return status;
}

static enum stance_status score_batch(struct worker *worker, struct batch *batch, struct stance_error *error) {
  STANCE_TRY(read_articles(worker, batch, error));
  STANCE_TRY(take_ids(worker->run, batch, error));
  for (size_t i = 0; i < batch->item_count; i++) {
    const struct input_item *item = &batch->items[i];
    struct classify_result *result = &batch->results[i];
    struct stance_error problem = {0};
    batch->out_offsets[i] = batch->out.length;
    batch->result_count = i + 1;
    enum stance_status status = STANCE_OK;
    if (batch->is_earlier[i]) result->outcome = CLASSIFY_EARLIER;
    else if (batch->articles[i] || item->kind == INPUT_RECORD)
      status = score_item(worker, batch, item, batch->articles[i], result, &problem);
    if (status != STANCE_OK) STANCE_TRY(take_problem(batch, item, result, status, &problem, error));
    result->out_length = batch->out.length - batch->out_offsets[i];
    result->is_last = true;
  }
  return STANCE_OK;
}

static void *work(void *context) {
  struct worker *worker = context;
  struct run *run = worker->run;
  struct stance_error error = {0};
  struct batch *batch;
  enum stance_status status;
  while ((status = read_batch(run, &batch, &error)) == STANCE_OK && batch) {
    status = score_batch(worker, batch, &error);
    if (status != STANCE_OK) break;
    take_done(run, batch);
  }
  pthread_mutex_lock(&run->lock);
  if (status != STANCE_OK) fail_run(run, status, &error);
  run->working--;
  pthread_cond_signal(&run->has_ended);
  pthread_mutex_unlock(&run->lock);
  return NULL;
}

/* ---- the run ------------------------------------------------------------------------------------------------ */

static void start_threads(struct run *run, struct worker *workers, int *started) {
  struct stance_error error;
  int code = 0;
  pthread_mutex_lock(&run->lock);
  for (*started = 0; code == 0 && *started < run->engine->threads; *started += code == 0)
    code = pthread_create(&workers[*started].thread, NULL, work, &workers[*started]);
  run->working = *started;
  if (code != 0) fail_run(run, stance_fail(&error, STANCE_SYSTEM, "cannot start a thread: %s", strerror(code)), &error);
  pthread_mutex_unlock(&run->lock);
}

/* Calls tick while the threads work. */
static void wait_for_end(struct run *run) {
  const struct classify_engine *engine = run->engine;
  pthread_mutex_lock(&run->lock);
  while (run->working) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += TICK_NS;
    if (until.tv_nsec >= 1000000000) until.tv_nsec -= 1000000000, until.tv_sec++;
    pthread_cond_timedwait(&run->has_ended, &run->lock, &until);
    if (engine->interrupted && *engine->interrupted) stop_run(run);
    if (!engine->tick) continue;
    struct classify_progress progress = run->progress;
    pthread_mutex_unlock(&run->lock);
    pthread_mutex_lock(&run->calling);
    engine->tick(engine->tick_context, &progress);
    pthread_mutex_unlock(&run->calling);
    pthread_mutex_lock(&run->lock);
  }
  pthread_mutex_unlock(&run->lock);
}

enum stance_status classify_engine_run(const struct classify_engine *engine, struct input_passed *passed,
                                       struct stance_error *error) {
  struct run run = {.engine = engine,
                    .reading = PTHREAD_MUTEX_INITIALIZER,
                    .calling = PTHREAD_MUTEX_INITIALIZER,
                    .lock = PTHREAD_MUTEX_INITIALIZER,
                    .has_room = PTHREAD_COND_INITIALIZER,
                    .has_turn = PTHREAD_COND_INITIALIZER,
                    .has_ended = PTHREAD_COND_INITIALIZER};
  struct input_reading reading = engine->reading;
  struct worker *workers = calloc((size_t)engine->threads, sizeof *workers);
  int opened = 0, started = 0;
  sigset_t all, before;
  enum stance_status status = STANCE_OK;
  reading.stop = &run.stop;
  run.batch_count = (uint64_t)engine->threads * 2 - 1; /* one for each thread, and others that wait for a slower one */
  run.batches = calloc(run.batch_count, sizeof *run.batches);
  if (!engine->is_stream) run.ids = input_ids_new();
  if (!workers || !run.batches || (!run.ids && !engine->is_stream)) status = stance_fail_memory(error);
  if (status == STANCE_OK) status = input_reader_open(&reading, &run.reader, error);
  for (; status == STANCE_OK && opened < engine->threads; opened++) {
    workers[opened].run = &run;
    status = engine->scorer->open(engine->scorer_context, &workers[opened].scorer, error);
  }
  if (status != STANCE_OK) goto cleanup;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before); /* signals go to this thread only */
  start_threads(&run, workers, &started);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  wait_for_end(&run);
  for (int i = 0; i < started; i++) pthread_join(workers[i].thread, NULL);
  status = run.status;
  if (status != STANCE_OK && error) *error = run.error;
  *passed = run.passed;
cleanup:
  for (int i = 0; i < opened; i++) {
    if (workers[i].scorer) engine->scorer->close(workers[i].scorer);
    stance_arena_free(&workers[i].arena);
  }
  for (uint64_t i = 0; run.batches && i < run.batch_count; i++) {
    drop_sources(&run.batches[i]);
    stance_buffer_free(&run.batches[i].raw);
    stance_buffer_free(&run.batches[i].out);
    stance_buffer_free(&run.batches[i].place.closed);
    stance_buffer_free(&run.batches[i].place.open);
    stance_arena_free(&run.batches[i].arena);
  }
  input_reader_close(run.reader);
  input_ids_destroy(run.ids);
  free(run.batches);
  free(workers);
  return status;
}
