/* SPDX-License-Identifier: MIT
 * An annotator's pace: the median time of a decision, which single long pauses hardly change. */
#ifndef STANCE_ANNOTATE_PACE_H
#define STANCE_ANNOTATE_PACE_H

#include "history.h"

/* The median of the times, which are sorted in place; 0 if there are none. */
double annotate_median(float *times, size_t count);
/* Number and median seconds of the current decisions that were timed on the day of `wall` (milliseconds since 1970,
 * UTC). */
size_t annotate_pace(const struct annotate_history *history, int64_t wall, double *median);

#endif
