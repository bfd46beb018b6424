/* SPDX-License-Identifier: MIT
 * Clocks. Tests stop them with STANCE_NOW. */
#include "clock.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static bool is_stopped(int64_t *at) {
  const char *text = getenv("STANCE_NOW");
  struct tm utc = {0};
  const char *rest = text ? strptime(text, "%Y-%m-%dT%H:%M:%S", &utc) : NULL;
  if (!rest) return false;
  *at = (int64_t)timegm(&utc) * 1000;
  return true;
}

static int64_t read_clock(clockid_t id) {
  struct timespec now;
  clock_gettime(id, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t annotate_clock_wall(void *context) {
  int64_t at;
  (void)context;
  return is_stopped(&at) ? at : read_clock(CLOCK_REALTIME);
}

int64_t annotate_clock_elapsed(void *context) {
  int64_t at;
  (void)context;
  return is_stopped(&at) ? 0 : read_clock(CLOCK_MONOTONIC);
}

void annotate_clock_text(char now[40]) {
  time_t seconds = (time_t)(annotate_clock_wall(NULL) / 1000);
  struct tm utc;
  strftime(now, 40, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&seconds, &utc));
}
