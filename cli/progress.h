/* SPDX-License-Identifier: MIT
 * A progress bar on stderr: drawn only on a terminal, a few times a second, gone when done. */
#ifndef STANCE_CLI_PROGRESS_H
#define STANCE_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

struct progress {
  const char *what; /* "features" */
  bool is_shown;
  double started, drawn; /* seconds, by progress_clock */
};

/* A bar on stderr; none where that is no terminal, or is_quiet. what: constant text. */
void progress_start(struct progress *progress, const char *what, bool is_quiet);
/* context: a struct progress. False once the program was interrupted, so that loops end. */
bool progress_step(void *context, size_t done, size_t total);
/* Ends the bar and wipes it. */
void progress_end(struct progress *progress);

/* ---- what other bars are made of ------------------------------------------------------------------------- */

double progress_clock(void); /* seconds, monotonic */
/* The line anew: "BEFORE[####    ]  42% BEHIND". share below 0, or a narrow terminal: without the bar. */
void progress_draw(const char *before, double share, const char *behind);
/* Wipes the line of the bar. */
void progress_wipe(void);

#endif
