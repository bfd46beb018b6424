/* SPDX-License-Identifier: MIT
 * libsvm and liblinear do not check their allocations: without memory they write through NULL. So what one call of theirs may take is asked for
 * before, together with what the calls that run on other threads may still take, and given back at once. */
#include "solver_memory.h"

#include <pthread.h>
#include <stdbool.h>
#include <sys/mman.h>

#include "stance/base/error.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static size_t promised; /* to calls that run */

/* Whether that much address space is free. By mmap, not malloc: AddressSanitizer marks each byte of a block, and a call is made for
 * each small problem. */
static bool is_free(size_t bytes) {
  void *block = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (block == MAP_FAILED) return false;
  munmap(block, bytes);
  return true;
}

enum stance_status solver_memory_promise(size_t bytes, struct stance_error *error) {
  pthread_mutex_lock(&mutex);
  size_t all = promised + bytes;
  bool is_granted = all > promised && is_free(all);
  if (is_granted) promised = all;
  pthread_mutex_unlock(&mutex);
  return is_granted ? STANCE_OK : stance_fail_memory(error);
}

void solver_memory_release(size_t bytes) {
  pthread_mutex_lock(&mutex);
  promised -= bytes;
  pthread_mutex_unlock(&mutex);
}
