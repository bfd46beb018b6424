/* SPDX-License-Identifier: MIT
 * Finds the position and the actor of spans from another program's file. */
#ifndef STANCE_ANNOTATE_FOREIGN_SPAN_H
#define STANCE_ANNOTATE_FOREIGN_SPAN_H

#include "foreign.h"

/* Converts offsets to code points. The span's own words decide whether the file counts code points or UTF-16 units;
 * without words, the unit whose spans cut fewer words through. */
void foreign_span_place(struct foreign *foreign);
/* Sets the actors: the label in exports of this toolkit and with --actor-from label; else the gazetteer's mention that
 * covers at least half of the span, else the span's words. */
enum stance_status foreign_span_name(struct foreign *foreign, struct stance_error *error);

#endif
