/* SPDX-License-Identifier: MIT
 * Running tasks on threads, which take them from a shared counter. */
#include "pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "stance/base/error.h"

struct pool {
  size_t count, next, done, failed; /* failed: the lowest task that failed; count: none */
  pool_task *task;
  void *context;
  const struct pool_progress *progress;
  bool is_stopped;
  struct stance_error error;
  pthread_mutex_t lock;
};

struct worker {
  struct pool *pool;
  size_t thread;
};

static void *work(void *argument) {
  struct worker *worker = argument;
  struct pool *pool = worker->pool;
  for (;;) {
    pthread_mutex_lock(&pool->lock);
    size_t task = pool->is_stopped || pool->failed < pool->count ? pool->count : pool->next++;
    pthread_mutex_unlock(&pool->lock);
    if (task >= pool->count) return NULL;
    struct stance_error error;
    enum stance_status status = pool->task(pool->context, task, worker->thread, &error);
    pthread_mutex_lock(&pool->lock);
    pool->done++;
    if (status != STANCE_OK && task < pool->failed) {
      pool->failed = task;
      pool->error = error;
    }
    if (pool->progress && pool->progress->step && !pool->is_stopped &&
        !pool->progress->step(pool->progress->context, pool->done, pool->count))
      pool->is_stopped = true;
    pthread_mutex_unlock(&pool->lock);
  }
}

size_t pool_threads(size_t wanted) {
  if (wanted) return wanted;
  long cores = sysconf(_SC_NPROCESSORS_ONLN);
  return cores > 0 ? (size_t)cores : 1;
}

enum stance_status pool_run(size_t count, size_t threads, pool_task *task, void *context,
                            const struct pool_progress *progress, bool *stopped, struct stance_error *error) {
  struct pool pool = {.count = count, .failed = count, .task = task, .context = context, .progress = progress};
  threads = pool_threads(threads);
  if (threads > count) threads = count ? count : 1;
  pthread_t *ids = calloc(threads, sizeof *ids);
  struct worker *workers = calloc(threads, sizeof *workers);
  size_t started = 0;
  if (stopped) *stopped = false;
  if (!ids || !workers || pthread_mutex_init(&pool.lock, NULL) != 0) {
    free(ids);
    free(workers);
    return stance_fail_memory(error);
  }
  for (size_t i = 0; i < threads; i++) workers[i] = (struct worker){&pool, i};
  while (started + 1 < threads && pthread_create(&ids[started], NULL, work, &workers[started + 1]) == 0) started++;
  work(&workers[0]); /* this thread works too, and does all if no other could be started */
  for (size_t i = 0; i < started; i++) pthread_join(ids[i], NULL);
  pthread_mutex_destroy(&pool.lock);
  free(ids);
  free(workers);
  if (stopped) *stopped = pool.is_stopped;
  if (pool.is_stopped || pool.failed == pool.count) return STANCE_OK;
  if (error) *error = pool.error;
  return pool.error.status;
}
