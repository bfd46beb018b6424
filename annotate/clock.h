/* SPDX-License-Identifier: MIT
 * Clocks. If the environment variable STANCE_NOW holds an RFC 3339 time, they stand still at it, for tests.
 * Thread-safe. */
#ifndef STANCE_ANNOTATE_CLOCK_H
#define STANCE_ANNOTATE_CLOCK_H

#include <stdint.h>

/* Each is a callback of a session that ignores context: milliseconds since 1970 (UTC), and milliseconds of a monotonic
 * clock. */
int64_t annotate_clock_wall(void *context);
int64_t annotate_clock_elapsed(void *context);
/* The wall clock in UTC, in seconds: "2026-11-28T10:00:00Z". */
void annotate_clock_text(char now[40]);

#endif
