/* SPDX-License-Identifier: MIT
 * The progress of a batch: a bar on a terminal, plain lines elsewhere. */
#ifndef STANCE_CLI_CLASSIFY_PROGRESS_H
#define STANCE_CLI_CLASSIFY_PROGRESS_H

#include <stdatomic.h>

#include "classify/engine.h"
#include "terminal.h"

struct classify_bar {
  bool is_shown, is_terminal;
  uint64_t total_bytes, total_files; /* 0: unknown */
  double started, drawn;
  uint64_t first_items; /* items done in an earlier run */
};

/* WHEN_AUTO: a bar on a terminal, else nothing; WHEN_ALWAYS: plain lines without a terminal. */
void classify_bar_start(struct classify_bar *bar, enum flag_when when, const char *const *paths, size_t count,
                        const atomic_int *stop);
/* Draws the bar if it is due. */
void classify_bar_draw(struct classify_bar *bar, const struct classify_progress *progress);
/* Erases the bar. */
void classify_bar_end(struct classify_bar *bar);
/* Seconds since the start. */
double classify_bar_seconds(const struct classify_bar *bar);

#endif
