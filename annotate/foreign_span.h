/* SPDX-License-Identifier: MIT
 * Where a span of another program's file stands, and whom it names. */
#ifndef STANCE_ANNOTATE_FOREIGN_SPAN_H
#define STANCE_ANNOTATE_FOREIGN_SPAN_H

#include "foreign.h"

/* Offsets to code points: the span's own words decide; else the count (code points, UTF-16) whose spans cut fewer words. */
void foreign_span_place(struct foreign *foreign);
/* Actors: ours and --actor-from label: the label; else the gazetteer's mention on half of the span or more, else the words. */
enum stance_status foreign_span_name(struct foreign *foreign, struct stance_error *error);

#endif
