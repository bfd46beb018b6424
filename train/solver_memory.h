/* SPDX-License-Identifier: MIT
 * Memory for libraries that crash without it. */
#ifndef STANCE_TRAIN_SOLVER_MEMORY_H
#define STANCE_TRAIN_SOLVER_MEMORY_H

#include <stddef.h>

#include "stance/stance.h"

/* Whether `bytes` can be had beside what other threads were promised; if so, they count as promised until they are
 * released. STANCE_SYSTEM: out of memory. Thread-safe. */
enum stance_status solver_memory_promise(size_t bytes, struct stance_error *error);
/* Takes the promise of as many bytes back. Thread-safe. */
void solver_memory_release(size_t bytes);

#endif
