/* SPDX-License-Identifier: MIT
 * libsvm and liblinear do not check their allocations: without memory they write through NULL. So what one call of theirs may take is asked for
 * before, together with what the calls that run on other threads may still take, and given back at once. */
#include "solver_memory.h"

#include <pthread.h>
#include <stdlib.h>

#include "stance/base/error.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static size_t promised; /* to calls that run */

enum stance_status solver_memory_promise(size_t bytes, struct stance_error *error) {
  pthread_mutex_lock(&mutex);
  size_t all = promised + bytes;
  void *block = all < bytes ? NULL : malloc(all);
  if (block) promised = all;
  free(block);
  pthread_mutex_unlock(&mutex);
  return block ? STANCE_OK : stance_fail_memory(error);
}

void solver_memory_release(size_t bytes) {
  pthread_mutex_lock(&mutex);
  promised -= bytes;
  pthread_mutex_unlock(&mutex);
}
