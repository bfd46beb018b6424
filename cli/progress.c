/* SPDX-License-Identifier: MIT */
#include "progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "command.h"

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (long long)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

void progress_start(struct progress *progress, const char *what, bool is_quiet) {
  *progress = (struct progress){.what = what, .is_shown = !is_quiet && isatty(STDERR_FILENO), .started = now()};
  progress->drawn = progress->started;
}

bool progress_step(void *context, size_t done, size_t total) {
  struct progress *progress = context;
  long long time = now();
  if (progress->is_shown && total && (time - progress->drawn >= 100 || done == total) && time - progress->started >= 300) {
    int width = terminal_width(STDERR_FILENO) - 40, filled;
    if (width < 10) width = 10;
    if (width > 50) width = 50;
    filled = (int)(done * (size_t)width / total);
    double left = done ? (double)(time - progress->started) / 1000 * (double)(total - done) / (double)done : 0;
    fprintf(stderr, "\r\033[K%-12s [%.*s%*s] %3d%% %5.0f s left", progress->what, filled,
            "##################################################", width - filled, "", (int)(done * 100 / total), left);
    fflush(stderr);
    progress->drawn = time;
  }
  return !interrupted;
}

void progress_end(struct progress *progress) {
  if (progress->is_shown) fputs("\r\033[K", stderr);
  progress->is_shown = false;
}
