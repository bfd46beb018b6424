/* SPDX-License-Identifier: MIT
 * How a unit's source and target take part in an event, from the slots that they fill. Thread-safe. */
#ifndef STANCE_RELATION_H
#define STANCE_RELATION_H

#include "view.h"

/* Roles of fillers, as bits. */
enum {
  STANCE_AS_SOURCE = 1 << STANCE_ROLE_SOURCE,
  STANCE_AS_TARGET = 1 << STANCE_ROLE_TARGET,
  STANCE_AS_BOTH = 1 << STANCE_ROLE_BOTH
};

/* The unit's part in an event of its sentence. */
struct stance_part stance_event_part(const struct stance_view *view, const struct stance_event *event);
/* The polarity of source towards target that an event and its governor imply: "A condemned the attack on B" is friendly
 * to B; 0: none. */
int stance_event_implied_polarity(const struct stance_view *view, const struct stance_event *event);

#endif
