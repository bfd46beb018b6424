/* SPDX-License-Identifier: MIT
 * The annotator's pace on a day. */
#include "pace.h"

#include <stdlib.h>
#include <string.h>

#include "act.h"

static int by_time(const void *left, const void *right) {
  float a = *(const float *)left, b = *(const float *)right;
  return (a > b) - (a < b);
}

double annotate_median(float *times, size_t count) {
  if (!count) return 0;
  qsort(times, count, sizeof *times, by_time);
  size_t middle = count / 2;
  return count % 2 ? (double)times[middle] : ((double)times[middle - 1] + (double)times[middle]) / 2;
}

size_t annotate_pace(const struct annotate_history *history, int64_t wall, double *median) {
  char now[40];
  size_t count = 0;
  float *times = malloc((history->count + 1) * sizeof *times);
  *median = 0;
  if (!times) return 0;
  annotate_time_format(wall, now);
  for (size_t i = 0; i < history->count; i++) {
    const struct annotate_entry *entry = &history->entries[i];
    if (entry->seconds > 0 && strncmp(entry->at, now, 10) == 0 && annotate_entry_decides(entry) &&
        annotate_history_state(history, entry->unit) == entry)
      times[count++] = entry->seconds;
  }
  *median = annotate_median(times, count);
  free(times);
  return count;
}
