/* SPDX-License-Identifier: MIT
 * How fast somebody decides: the median of the seconds, which a pause at the door does not move. The same on the screen and in the status. */
#ifndef STANCE_ANNOTATE_PACE_H
#define STANCE_ANNOTATE_PACE_H

#include "history.h"

/* The middle of the times, which are sorted by it; 0: none. */
double annotate_median(float *times, size_t count);
/* Of the decisions that hold and were made on the day of `wall` (milliseconds since 1970, UTC) and have a time: how many, and the median
 * of their seconds. */
size_t annotate_pace(const struct annotate_history *history, int64_t wall, double *median);

#endif
