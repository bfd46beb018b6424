/* SPDX-License-Identifier: MIT
 * Which units are decided, and the order of a session's units, which changes when the annotator adds dyads or undoes
 * that. */
#include <stdlib.h>
#include <string.h>

#include "session.h"
#include "stance/base/error.h"

bool annotate_session_is_decided(const struct annotate_session *session, uint32_t unit) {
  const struct annotate_entry *state = annotate_history_state(&session->history, unit);
  if (!state || !annotate_entry_decides(state)) return false;
  /* merged gold counts only while nobody disagrees */
  return !session->votes || !(state->flags & ANNOTATE_MERGED) ||
         annotate_votes_agreement(session->votes, unit) != ANNOTATE_DISPUTED;
}

/* Computes place and decided. */
enum stance_status annotate_session_set_places(struct annotate_session *session, struct stance_error *error) {
  uint32_t *place = realloc(session->place, (session->units->count + 1) * sizeof *place);
  if (!place) return stance_fail_memory(error);
  session->place = place;
  session->place_count = session->units->count;
  session->decided = 0;
  for (size_t i = 0; i < session->units->count; i++) place[i] = ANNOTATE_NONE;
  for (size_t i = 0; i < session->order_count; i++) {
    place[session->order[i]] = (uint32_t)i;
    session->decided += annotate_session_is_decided(session, session->order[i]);
  }
  return annotate_history_fit(&session->history, error);
}

size_t annotate_session_sentence(const struct annotate_session *session, size_t place, size_t *last) {
  const struct annotate_unit *items = session->units->items, *unit = &items[session->order[place]];
  size_t first = place;
  *last = place + 1;
  while (first && annotate_unit_is_beside(&items[session->order[first - 1]], unit)) first--;
  while (*last < session->order_count && annotate_unit_is_beside(&items[session->order[*last]], unit)) ++*last;
  return first;
}

static bool is_held(const struct annotate_session *session, uint32_t unit) {
  const struct annotate_entry *state = annotate_history_state(&session->history, unit);
  return state && (state->flags & ANNOTATE_ADDED);
}

enum stance_status annotate_session_reorder(struct annotate_session *session, struct stance_error *error) {
  const struct annotate_unit *items = session->units->items;
  uint32_t *order = malloc((session->units->count + 1) * sizeof *order),
           *held = malloc((session->units->count + 1) * sizeof *held);
  size_t count = 0, held_count = 0;
  if (!order || !held) {
    free(order);
    free(held);
    return stance_fail_memory(error);
  }
  for (uint32_t unit = 0; !session->votes && unit < session->units->count; unit++)
    if (items[unit].is_added && is_held(session, unit)) held[held_count++] = unit;
  for (size_t i = 0; i < session->order_count; i++) {
    uint32_t unit = session->order[i];
    if (session->votes || !items[unit].is_added) order[count++] = unit;
    bool is_last =
        i + 1 == session->order_count || !annotate_unit_is_beside(&items[unit], &items[session->order[i + 1]]);
    for (size_t h = 0; is_last && h < held_count; h++) {
      if (held[h] == ANNOTATE_NONE || !annotate_unit_is_beside(&items[held[h]], &items[unit])) continue;
      order[count++] = held[h];
      held[h] = ANNOTATE_NONE;
    }
  }
  for (size_t h = 0; h < held_count; h++) /* dyads of sentences that had no unit */
    if (held[h] != ANNOTATE_NONE) order[count++] = held[h];
  free(session->order);
  free(held);
  session->order = order;
  session->order_count = count;
  return annotate_session_set_places(session, error);
}
