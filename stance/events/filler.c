/* SPDX-License-Identifier: MIT
 * Adding fillers to an event's slots, and asking for them. */
#include "slot.h"

void stance_slot_fill(struct stance_event *event, enum stance_slot slot, uint32_t symbol, bool is_weak) {
  for (size_t i = 0; i < event->filler_count; i++)
    if (event->fillers[i].symbol == symbol && (event->fillers[i].slot == slot || is_weak || !event->fillers[i].is_weak))
      return;
  if (event->filler_count == STANCE_FILLERS_MAX) return;
  uint8_t role = event->lexeme ? event->lexeme->roles[slot] : STANCE_ROLE_NONE;
  bool is_shared = event->lexeme && event->lexeme->roles[STANCE_SLOT_BETWEEN] == STANCE_ROLE_BOTH;
  if (role == STANCE_ROLE_NONE && slot == STANCE_SLOT_POSSESSIVE && is_shared)
    role = STANCE_ROLE_SOURCE; /* "A's ties": a relation shared by its members */
  event->fillers[event->filler_count++] =
      (struct stance_filler){.symbol = symbol, .slot = (uint8_t)slot, .role = role, .is_weak = is_weak};
}

void stance_slot_fill_all(struct stance_event *event, enum stance_slot slot, const struct coordination *actors,
                          bool is_weak) {
  for (size_t i = 0; i < actors->count; i++)
    stance_slot_fill(event, slot, actors->symbols[i], is_weak || actors->is_weak);
  if (actors->is_mutual && !(event->flags & STANCE_EVENT_NOUN)) event->flags |= STANCE_EVENT_MUTUAL;
}

bool stance_slot_has(const struct stance_event *event, enum stance_slot slot) {
  for (size_t i = 0; i < event->filler_count; i++)
    if (event->fillers[i].slot == slot) return true;
  return false;
}

bool stance_slot_has_role(const struct stance_event *event, enum stance_slot_role role) {
  for (size_t i = 0; i < event->filler_count; i++)
    if (event->fillers[i].role == role || event->fillers[i].role == STANCE_ROLE_BOTH) return true;
  return false;
}

void stance_slot_fillers(const struct stance_event *event, enum stance_slot slot, struct coordination *actors) {
  for (size_t i = 0; i < event->filler_count; i++)
    if (event->fillers[i].slot == slot) {
      stance_coordination_add(actors, event->fillers[i].symbol);
      actors->is_weak |= event->fillers[i].is_weak;
    }
}

void stance_slot_subject(const struct stance_event *event, struct coordination *actors) {
  stance_slot_fillers(event, event->flags & STANCE_EVENT_PASSIVE ? STANCE_SLOT_OBJECT : STANCE_SLOT_SUBJECT, actors);
}
