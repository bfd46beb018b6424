/* SPDX-License-Identifier: MIT */
#include "progress.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "command.h"

enum { BAR_LEAST = 10, BAR_MOST = 40 };
static const double BETWEEN = 0.1, QUIET_FIRST = 0.3; /* seconds */

double progress_clock(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void progress_draw(const char *before, double share, const char *behind) {
  int width = terminal_width(STDERR_FILENO), room = width - (int)strlen(before) - (int)strlen(behind) - 9;
  if (room > BAR_MOST) room = BAR_MOST;
  fprintf(stderr, "\r\033[K%s", before);
  if (share >= 0 && room >= BAR_LEAST) {
    int filled = (int)((share > 1 ? 1 : share) * room);
    fputc('[', stderr);
    for (int i = 0; i < room; i++) fputc(i < filled ? '#' : ' ', stderr);
    fprintf(stderr, "] %3d%% ", (int)((share > 1 ? 1 : share) * 100));
  }
  int left = width - (int)strlen(before) - 1; /* a wrapped line could not be erased */
  if (share >= 0 && room < BAR_LEAST && left > 5)
    left -= fprintf(stderr, "%3d%% ", (int)((share > 1 ? 1 : share) * 100));
  if (left > 0) fprintf(stderr, "%.*s", left, behind);
  fflush(stderr);
}

void progress_wipe(void) { fputs("\r\033[K", stderr); }

void progress_start(struct progress *progress, const char *what, bool is_quiet) {
  *progress =
      (struct progress){.what = what, .is_shown = !is_quiet && isatty(STDERR_FILENO), .started = progress_clock()};
  progress->drawn = progress->started;
}

bool progress_step(void *context, size_t done, size_t total) {
  struct progress *progress = context;
  double time = progress_clock();
  if (done < progress->done) progress->started = time; /* what is counted next: dot products behind features */
  progress->done = done;
  double seconds = time - progress->started;
  if (progress->is_shown && total && (time - progress->drawn >= BETWEEN || done == total) && seconds >= QUIET_FIRST) {
    char before[32], behind[32];
    snprintf(before, sizeof before, "%-12s ", progress->what);
    behind[0] = '\0'; /* nothing is known before anything is done */
    if (done) snprintf(behind, sizeof behind, "%5.0f s left", seconds * (double)(total - done) / (double)done);
    progress_draw(before, (double)done / (double)total, behind);
    progress->drawn = time;
  }
  return !interrupted;
}

void progress_end(struct progress *progress) {
  if (progress->is_shown) progress_wipe();
  progress->is_shown = false;
}
