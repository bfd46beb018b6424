/* SPDX-License-Identifier: MIT
 * Tasks over threads. Each task writes to memory of its own, so that results do not depend on the order in which threads run. */
#ifndef STANCE_TRAIN_POOL_H
#define STANCE_TRAIN_POOL_H

#include "stance/stance.h"

/* thread: 0 .. threads - 1, for work space. */
typedef enum stance_status pool_task(void *context, size_t task, size_t thread, struct stance_error *error);

/* Called with done of total after each task, by one thread at a time; false stops the run. */
struct pool_progress {
  bool (*step)(void *context, size_t done, size_t total);
  void *context;
};

/* Runs tasks 0 .. count - 1, started in order. The error is that of the first task (by number) that failed. A run that
 * progress stopped is STANCE_OK with *stopped set (may be NULL). threads 0: one a core. */
enum stance_status pool_run(size_t count, size_t threads, pool_task *task, void *context,
                            const struct pool_progress *progress, bool *stopped, struct stance_error *error);
size_t pool_threads(size_t wanted); /* 0: one a core */

#endif
