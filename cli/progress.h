/* SPDX-License-Identifier: MIT
 * A progress bar on stderr: drawn only on a terminal, a few times a second, and erased at the end. */
#ifndef STANCE_CLI_PROGRESS_H
#define STANCE_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

struct progress {
  const char *what; /* "features" */
  bool is_shown;
  double started, drawn; /* seconds, by progress_clock; started: of what is being counted */
  size_t done;           /* at the last step */
};

/* Starts a bar on stderr, if that is a terminal and is_quiet is false. what: constant text. */
void progress_start(struct progress *progress, const char *what, bool is_quiet);
/* context: a struct progress. False after an interruption, so that loops end. */
bool progress_step(void *context, size_t done, size_t total);
/* Ends and erases the bar. */
void progress_end(struct progress *progress);

/* ---- parts of other bars ------------------------------------------------------------------------- */

double progress_clock(void); /* seconds, monotonic */
/* Draws the line "BEFORE[####    ]  42% BEHIND" again; without the bar if share < 0 or the terminal is narrow. */
void progress_draw(const char *before, double share, const char *behind);
/* Erases the bar's line. */
void progress_wipe(void);

#endif
