/* SPDX-License-Identifier: MIT
 * Running tasks on threads. Each task must write only to memory of its own, so that results do not depend on the order
 * of execution. */
#ifndef STANCE_TRAIN_POOL_H
#define STANCE_TRAIN_POOL_H

#include "stance/stance.h"

/* A task. thread: 0 .. threads - 1, to select work space. */
typedef enum stance_status pool_task(void *context, size_t task, size_t thread, struct stance_error *error);

/* step is called after each task, by one thread at a time; may be NULL. It returns false to stop the run. */
struct pool_progress {
  bool (*step)(void *context, size_t done, size_t total);
  void *context;
};

/* Runs tasks 0 .. count - 1, started in order, on `threads` threads (0: one per core). Returns the error of the lowest
 * task that failed. If progress stops the run, it is STANCE_OK, whatever tasks say, and *stopped (may be NULL) is set. */
enum stance_status pool_run(size_t count, size_t threads, pool_task *task, void *context,
                            const struct pool_progress *progress, bool *stopped, struct stance_error *error);
size_t pool_threads(size_t wanted); /* the number of threads for `wanted`; 0: one per core */

#endif
