/* SPDX-License-Identifier: MIT
 * The slot rule: who does what to whom, without a parser. */
#include "template.h"

void stance_events_find(struct stance_sequence *sequence) { sequence->event_count = 0; }
