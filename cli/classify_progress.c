/* SPDX-License-Identifier: MIT */
#include "classify_progress.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "input/walk.h"
#include "progress.h"

static const double BAR_SECONDS = 0.2, LINE_SECONDS = 10;

void classify_bar_start(struct classify_bar *bar, enum flag_when when, const char *const *paths, size_t count,
                        const atomic_int *stop) {
  *bar = (struct classify_bar){.started = progress_clock(), .is_terminal = isatty(STDERR_FILENO) != 0};
  bar->drawn = bar->started;
  bar->is_shown = when == WHEN_ALWAYS || (when == WHEN_AUTO && bar->is_terminal);
  if (!bar->is_shown) return;
  bool are_files = true;
  for (size_t i = 0; i < count; i++) {
    struct stat about;
    if (stat(paths[i], &about) != 0 || !S_ISREG(about.st_mode)) {
      are_files = are_files && S_ISDIR(about.st_mode) && false;
      continue;
    }
    bar->total_bytes += (uint64_t)about.st_size;
  }
  if (are_files) return; /* progress is measured in bytes, else in files */
  bar->total_bytes = 0;
  for (size_t i = 0; i < count; i++) {
    if (strcmp(paths[i], "-") == 0) {
      bar->total_files = 0; /* the length of a feed is unknown */
      return;
    }
    bar->total_files += input_walk_count(paths[i], stop);
  }
}

double classify_bar_seconds(const struct classify_bar *bar) { return progress_clock() - bar->started; }

static void put_time(char *out, size_t size, double seconds) {
  long whole = (long)(seconds + 0.5);
  if (whole >= 3600) snprintf(out, size, "%ldh%02ldm", whole / 3600, whole / 60 % 60);
  else snprintf(out, size, "%ldm%02lds", whole / 60, whole % 60);
}

void classify_bar_draw(struct classify_bar *bar, const struct classify_progress *progress) {
  double time = progress_clock(), seconds = time - bar->started;
  if (!bar->is_shown || time - bar->drawn < (bar->is_terminal ? BAR_SECONDS : LINE_SECONDS) || seconds < 0.3) return;
  double share = 0;
  if (bar->total_bytes) share = (double)progress->file_bytes / (double)bar->total_bytes;
  else if (bar->total_files) share = (double)progress->files / (double)bar->total_files;
  if (share > 1) share = 1;
  char left[32] = "", figures[128];
  if (share > 0) put_time(left, sizeof left, seconds * (1 - share) / share);
  snprintf(figures, sizeof figures, "%llu articles, %.0f/s, %.1f MB/s%s%s%s", (unsigned long long)progress->items,
           (double)(progress->items - bar->first_items) / seconds, (double)progress->text_bytes / 1e6 / seconds,
           *left ? ", " : "", left, *left ? " left" : "");
  bar->drawn = time;
  if (!bar->is_terminal) {
    fprintf(stderr, "stance classify: %s\n", figures);
    return;
  }
  progress_draw("", share > 0 ? share : -1, figures);
}

void classify_bar_end(struct classify_bar *bar) {
  if (bar->is_shown && bar->is_terminal) progress_wipe();
  bar->is_shown = false;
}
