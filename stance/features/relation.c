/* SPDX-License-Identifier: MIT
 * The relation of a unit's source and target in an event, and the polarity implied by the verb that governs the
 * event. */
#include "relation.h"

struct stance_part stance_event_part(const struct stance_view *view, const struct stance_event *event) {
  struct stance_part part = {STANCE_RELATION_NONE, STANCE_SLOT_COUNT, STANCE_SLOT_COUNT, false};
  unsigned source = 0, target = 0;
  bool weak_source = true, weak_target = true;
  for (size_t i = 0; i < event->filler_count; i++) {
    const struct stance_filler *filler = &event->fillers[i];
    uint8_t who = view->roles[filler->symbol];
    if (who == STANCE_IS_SOURCE) {
      source |= 1u << filler->role;
      if (part.source_slot == STANCE_SLOT_COUNT) part.source_slot = filler->slot;
      weak_source &= filler->is_weak;
    } else if (who == STANCE_IS_TARGET) {
      target |= 1u << filler->role;
      if (part.target_slot == STANCE_SLOT_COUNT) part.target_slot = filler->slot;
      weak_target &= filler->is_weak;
    }
  }
  part.is_weak = (source && weak_source) || (target && weak_target);
  bool acts = source & (STANCE_AS_SOURCE | STANCE_AS_BOTH), suffers = source & (STANCE_AS_TARGET | STANCE_AS_BOTH);
  bool target_acts = target & (STANCE_AS_SOURCE | STANCE_AS_BOTH),
       target_suffers = target & (STANCE_AS_TARGET | STANCE_AS_BOTH);
  bool is_mutual = (source & STANCE_AS_BOTH && target & STANCE_AS_BOTH) ||
                   (event->flags & STANCE_EVENT_MUTUAL && (acts || suffers) && (target_acts || target_suffers));
  if (is_mutual) part.relation = STANCE_RELATION_MUTUAL;
  else if (acts && target_suffers) part.relation = STANCE_RELATION_FORWARD;
  else if (suffers && target_acts) part.relation = STANCE_RELATION_REVERSE;
  else if (acts && target_acts) part.relation = STANCE_RELATION_JOINT;
  else if (suffers && target_suffers) part.relation = STANCE_RELATION_JOINT_TARGET;
  else if (acts) part.relation = STANCE_RELATION_HALF_SOURCE;
  else if (suffers) part.relation = STANCE_RELATION_HALF_TARGET;
  else if (target_acts) part.relation = STANCE_RELATION_THIRD_SOURCE;
  else if (target_suffers) part.relation = STANCE_RELATION_THIRD_TARGET;
  return part;
}

static bool has_part(const struct stance_view *view, const struct stance_event *event, enum stance_role who,
                     unsigned roles) {
  for (size_t i = 0; i < event->filler_count; i++)
    if (view->roles[event->fillers[i].symbol] == who && (roles >> event->fillers[i].role & 1)) return true;
  return false;
}

/* "A sided with C against B", "A and C allied against B": hostile to B. (Where the lexicon has B gain, it is the target:
 * "dropped the case against B".) */
static bool is_aimed_at(const struct stance_view *view, const struct stance_event *event) {
  if (event->polarity <= 0 || event->flags & STANCE_EVENT_SHIFTED ||
      !has_part(view, event, STANCE_IS_SOURCE, STANCE_AS_SOURCE | STANCE_AS_BOTH))
    return false;
  for (size_t i = 0; i < event->filler_count; i++)
    if (event->fillers[i].slot == STANCE_SLOT_AGAINST && event->fillers[i].role != STANCE_ROLE_TARGET &&
        view->roles[event->fillers[i].symbol] == STANCE_IS_TARGET)
      return true;
  return false;
}

int stance_event_implied_polarity(const struct stance_view *view, const struct stance_event *event) {
  if (is_aimed_at(view, event)) return -1;
  if (event->governor == STANCE_NO_EVENT) return 0;
  const struct stance_event *verb = &view->sequence->events[event->governor];
  if (!verb->polarity || !has_part(view, verb, STANCE_IS_SOURCE, STANCE_AS_SOURCE | STANCE_AS_BOTH)) return 0;
  if (has_part(view, event, STANCE_IS_SOURCE, STANCE_AS_SOURCE | STANCE_AS_BOTH)) return 0; /* its own act */
  if (has_part(view, event, STANCE_IS_TARGET, STANCE_AS_TARGET)) {
    /* a shifted event already includes its governor's polarity */
    return event->flags & STANCE_EVENT_SHIFTED ? event->polarity : verb->polarity * event->polarity;
  }
  if (has_part(view, event, STANCE_IS_TARGET, STANCE_AS_SOURCE)) return verb->polarity;
  /* "welcomed a truce between B and C"; but who condemns a war between two blames neither */
  if (has_part(view, event, STANCE_IS_TARGET, STANCE_AS_BOTH))
    return event->polarity >= 0 || event->flags & STANCE_EVENT_SHIFTED ? verb->polarity : 0;
  return 0;
}
