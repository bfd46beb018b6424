/* SPDX-License-Identifier: MIT
 * Noun phrases around an actor: where they start, who is named together, whom "who" stands for; and coordinations.
 */
#include "slot.h"

void stance_coordination_add(struct coordination *actors, uint32_t symbol) {
  for (size_t i = 0; i < actors->count; i++)
    if (actors->symbols[i] == symbol) return;
  if (actors->count < COORDINATION_MAX) actors->symbols[actors->count++] = symbol;
}

void stance_slot_fill(struct stance_event *event, enum stance_slot slot, uint32_t symbol, bool is_weak) {
  for (size_t i = 0; i < event->filler_count; i++)
    if (event->fillers[i].symbol == symbol && (event->fillers[i].slot == slot || is_weak || !event->fillers[i].is_weak))
      return;
  if (event->filler_count == STANCE_FILLERS_MAX) return;
  uint8_t role = event->lexeme ? event->lexeme->roles[slot] : STANCE_ROLE_NONE;
  bool is_shared = event->lexeme && event->lexeme->roles[STANCE_SLOT_BETWEEN] == STANCE_ROLE_BOTH;
  if (role == STANCE_ROLE_NONE && slot == STANCE_SLOT_POSSESSIVE && is_shared)
    role = STANCE_ROLE_SOURCE; /* "A's ties" */
  event->fillers[event->filler_count++] =
      (struct stance_filler){.symbol = symbol, .slot = (uint8_t)slot, .role = role, .is_weak = is_weak};
}

void stance_slot_fill_all(struct stance_event *event, enum stance_slot slot, const struct coordination *actors,
                            bool is_weak) {
  for (size_t i = 0; i < actors->count; i++) stance_slot_fill(event, slot, actors->symbols[i], is_weak || actors->is_weak);
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

/* The one that stands as grammatical subject: of a passive, the object. */
void stance_slot_subject(const struct stance_event *event, struct coordination *actors) {
  stance_slot_fillers(event, event->flags & STANCE_EVENT_PASSIVE ? STANCE_SLOT_OBJECT : STANCE_SLOT_SUBJECT, actors);
}

/* ---- noun phrases around an actor ---- */

/* Where the actor's noun phrase starts: "the powerful French". */
uint32_t stance_phrase_start(const struct stance_sequence *sequence, uint32_t actor) {
  uint32_t at = actor;
  for (uint32_t steps = 0;
       at > 0 && steps < 4 && stance_is_plain(sequence, at - 1) && !stance_has_class(sequence, at - 1, STANCE_CLASS_POSSESSIVE); steps++)
    at--;
  return at;
}

/* The preposition before the actor's noun phrase, or STANCE_NO_SYMBOL. */
uint32_t stance_phrase_preposition(const struct stance_sequence *sequence, uint32_t actor) {
  uint32_t start = stance_phrase_start(sequence, actor);
  return start > 0 && stance_has_class(sequence, start - 1, STANCE_CLASS_PREPOSITION) && !stance_is_actor(sequence, start - 1) ? start - 1
                                                                                                     : STANCE_NO_SYMBOL;
}

/* The actor of ", the American ambassador," where `comma` opens it: another name of the one before. A list ("A, B and
 * C") has none. */
uint32_t stance_phrase_inset(const struct stance_sequence *sequence, uint32_t comma) {
  if (comma >= sequence->count || !stance_has_class(sequence, comma, STANCE_CLASS_COMMA)) return STANCE_NO_SYMBOL;
  uint32_t i = comma + 1;
  for (uint32_t steps = 0; i < sequence->count && steps < 6 && !stance_is_actor(sequence, i); i++, steps++)
    if (!stance_is_plain(sequence, i)) return STANCE_NO_SYMBOL;
  if (i >= sequence->count || !stance_is_actor(sequence, i)) return STANCE_NO_SYMBOL;
  uint32_t end = i + 1;
  for (uint32_t steps = 0; end < sequence->count && steps < 4; end++, steps++)
    if (!stance_is_plain(sequence, end) && stance_classes_at(sequence, end) != STANCE_CLASS_POSSESSIVE) break;
  if (end >= sequence->count || stance_has_class(sequence, end, STANCE_CLASS_STOP)) return i;
  if (!stance_has_class(sequence, end, STANCE_CLASS_COMMA)) return STANCE_NO_SYMBOL;
  return end + 1 < sequence->count && stance_has_class(sequence, end + 1, STANCE_CLASS_AND) ? STANCE_NO_SYMBOL : i;
}

/* The names of one person or body: "Mali's foreign minister Diop", "French ambassador Meyer". Those left and right of
 * `actor`. */
void stance_phrase_apposed(const struct stance_sequence *sequence, uint32_t actor, struct coordination *actors) {
  const unsigned title = 1u << STANCE_TITLE | 1u << STANCE_AGENT_NOUN;
  bool is_titled = true; /* at once, or with nothing but "'s" between: "Colombia's Petro" */
  for (uint32_t i = actor, steps = 0; i > 0 && steps < 5; i--, steps++) {
    if (stance_is_actor(sequence, i - 1)) {
      if (is_titled) stance_coordination_add(actors, i - 1);
      break;
    }
    if (stance_classes_at(sequence, i - 1) == STANCE_CLASS_POSSESSIVE) continue;
    if (!stance_is_plain(sequence, i - 1)) break;
    if (steps == 0) is_titled = false;
    is_titled |= (sequence->info[i - 1].function & title) != 0;
  }
  is_titled = true;
  for (uint32_t i = actor + 1, steps = 0; i < sequence->count && steps < 5; i++, steps++) {
    if (stance_is_actor(sequence, i)) {
      if (is_titled) stance_coordination_add(actors, i);
      break;
    }
    if (stance_classes_at(sequence, i) == STANCE_CLASS_POSSESSIVE) continue;
    if (!stance_is_plain(sequence, i)) break;
    if (steps <= 1) is_titled = false;
    is_titled |= sequence->info[i].function >> STANCE_TITLE & 1;
  }
  uint32_t of = actor + 1 < sequence->count && sequence->info[actor + 1].slot == STANCE_SLOT_OF ? actor + 2 : 0;
  while (of && of < sequence->count && of < actor + 5 && !stance_is_actor(sequence, of) &&
         stance_is_plain(sequence, of))
    of++;
  if (of && of < sequence->count && stance_is_actor(sequence, of))
    stance_coordination_add(actors, of); /* "Afwerki of Eritrea" */
  uint32_t start = stance_phrase_start(sequence, actor);
  if (start > 1 && sequence->info[start - 1].slot == STANCE_SLOT_OF && stance_is_actor(sequence, start - 2))
    stance_coordination_add(actors, start - 2);
  uint32_t inset = stance_phrase_inset(sequence, actor + 1);
  if (inset != STANCE_NO_SYMBOL) stance_coordination_add(actors, inset);
}

/* "A and B", "A, B and C": those right of the actor. What is followed by a verb opens a clause of its own. */
void stance_phrase_joined_right(const struct stance_sequence *sequence, uint32_t actor, enum stance_slot slot,
                                struct coordination *actors) {
  uint32_t pending[COORDINATION_MAX], at = actor;
  size_t pending_count = 0;
  for (;;) {
    uint32_t i = at + 1, steps = 0;
    while (i < sequence->count && steps < 4 &&
           (stance_is_plain(sequence, i) || stance_classes_at(sequence, i) == STANCE_CLASS_POSSESSIVE) && !stance_is_actor(sequence, i))
      i++, steps++;
    if (i >= sequence->count || !stance_is_joint(stance_classes_at(sequence, i))) return;
    bool is_and = stance_has_class(sequence, i, STANCE_CLASS_AND), is_comma = !is_and;
    i++;
    if (i < sequence->count && stance_has_class(sequence, i, STANCE_CLASS_AND)) is_and = true, i++;
    if (is_and && is_comma && pending_count == 0) return; /* "A, and B ..." opens a clause; "A, B, and C" is a list */
    for (steps = 0; i < sequence->count && steps < 4 && !stance_is_actor(sequence, i) && stance_is_plain(sequence, i);
         steps++)
      i++;
    if (i >= sequence->count || !stance_is_actor(sequence, i)) return;
    uint32_t end = i + 1;
    while (end < sequence->count && end < i + 4 &&
           (stance_is_plain(sequence, end) || stance_classes_at(sequence, end) == STANCE_CLASS_POSSESSIVE))
      end++;
    if (stance_begins_predicate(sequence, end) && slot != STANCE_SLOT_BETWEEN) return;
    if (pending_count < COORDINATION_MAX) pending[pending_count++] = i;
    if (is_and) {
      for (size_t j = 0; j < pending_count; j++) stance_coordination_add(actors, pending[j]);
      pending_count = 0;
    }
    at = i;
  }
}

/* The same leftwards; what is the object of a verb before is none of ours. */
void stance_phrase_joined_left(const struct stance_sequence *sequence, uint32_t actor, struct coordination *actors) {
  uint32_t at = actor, pending = STANCE_NO_SYMBOL; /* "A, and B": A is B's fellow only if the list goes on before it */
  bool is_and = false;
  for (size_t rounds = 0; rounds < COORDINATION_MAX; rounds++) {
    uint32_t i = stance_phrase_start(sequence, at);
    if (i > 1 && stance_classes_at(sequence, i - 1) == STANCE_CLASS_POSSESSIVE && stance_is_actor(sequence, i - 2))
      i = stance_phrase_start(sequence, i - 2); /* "A's B and C's D" */
    if (i > 1 && sequence->info[i - 1].slot == STANCE_SLOT_OF && stance_is_actor(sequence, i - 2))
      i = stance_phrase_start(sequence, i - 2); /* "A and Goita of Mali" */
    if (i == 0 || !stance_is_joint(stance_classes_at(sequence, i - 1))) return;
    i--;
    bool is_comma = stance_has_class(sequence, i, STANCE_CLASS_COMMA);
    is_and |= stance_has_class(sequence, i, STANCE_CLASS_AND) != 0;
    bool is_both = i > 0 && stance_has_class(sequence, i, STANCE_CLASS_AND) && stance_has_class(sequence, i - 1, STANCE_CLASS_COMMA);
    if (is_both) i--;
    uint32_t steps = 0;
    while (i > 0 && steps < 4 && !stance_is_actor(sequence, i - 1) &&
           (stance_is_plain(sequence, i - 1) || stance_classes_at(sequence, i - 1) == STANCE_CLASS_POSSESSIVE))
      i--, steps++;
    if (i == 0 || !stance_is_actor(sequence, i - 1) || !is_and) return;
    uint32_t start = stance_phrase_start(sequence, i - 1);
    if (start > 0 && stance_is_verb_at(sequence, start - 1)) return;
    uint32_t preposition = stance_phrase_preposition(sequence, i - 1);
    if (preposition != STANCE_NO_SYMBOL && !stance_has_class(sequence, preposition, STANCE_CLASS_COMMA)) {
      uint8_t slot = sequence->info[preposition].slot;
      if (slot != STANCE_SLOT_OF && slot != STANCE_SLOT_FROM && slot != STANCE_SLOT_BETWEEN && slot != STANCE_SLOT_BY)
        return;
    }
    if (pending != STANCE_NO_SYMBOL && is_comma) stance_coordination_add(actors, pending);
    pending = STANCE_NO_SYMBOL;
    if (is_both) pending = i - 1;
    else stance_coordination_add(actors, i - 1);
    at = i - 1;
  }
}

/* The actor that "who", "which" at `relative` stands for. */
uint32_t stance_phrase_antecedent(const struct stance_sequence *sequence, uint32_t relative) {
  uint32_t fallback = STANCE_NO_SYMBOL;
  for (uint32_t i = relative, steps = 0; i > 0 && steps < 10; i--, steps++) {
    if (stance_is_actor(sequence, i - 1)) {
      uint32_t preposition = stance_phrase_preposition(sequence, i - 1);
      if (preposition == STANCE_NO_SYMBOL) return i - 1;
      if (fallback == STANCE_NO_SYMBOL) fallback = i - 1;
      if (sequence->info[preposition].slot == STANCE_SLOT_OF || relative - i <= 1) return fallback;
    }
    if (stance_is_verb_at(sequence, i - 1) || stance_has_class(sequence, i - 1, STANCE_CLASS_STOP | STANCE_CLASS_CLAUSE)) break;
  }
  return fallback;
}
