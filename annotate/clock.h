/* SPDX-License-Identifier: MIT
 * What time it is. Where the variable STANCE_NOW holds an RFC 3339 time, clocks stand still at that one: for tests. Thread-safe. */
#ifndef STANCE_ANNOTATE_CLOCK_H
#define STANCE_ANNOTATE_CLOCK_H

#include <stdint.h>

/* Each: milliseconds since 1970, UTC; and milliseconds of a clock that nobody sets. context is not used: both are callbacks of a session. */
int64_t annotate_clock_wall(void *context);
int64_t annotate_clock_elapsed(void *context);
/* The wall clock in UTC to the second: "2026-11-28T10:00:00Z". */
void annotate_clock_text(char now[40]);

#endif
