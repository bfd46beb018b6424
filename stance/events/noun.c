/* SPDX-License-Identifier: MIT
 * The slots of nouns, adjectives and compounds ("Mali's rejection of", "hostile to", "A-backed B"), and what a noun has
 * from its verb. */
#include "slot.h"

/* "Mali's rejection", "French air strikes", "Mali-France accord", "France and Mali's row": left of the noun. */
void stance_noun_possessors(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  uint32_t at = event->start;
  for (uint32_t steps = 0; at > 0 && steps < 6; at--, steps++) {
    uint32_t k = at - 1;
    const struct stance_event *compound = k > 0 ? stance_event_at(sequence, k - 1) : NULL;
    if (compound && (compound->flags & STANCE_EVENT_COMPOUND) && stance_is_actor(sequence, k)) { /* "anti-A protests" */
      at--, steps++;
      continue;
    }
    if (stance_is_actor(sequence, k)) {
      struct coordination actors = {.count = 0};
      stance_coordination_add(&actors, k);
      uint32_t before = k > 0 ? k - 1 : 0; /* A-B, A and B */
      bool is_dash = k > 1 && sequence->info[before].kind == STANCE_SYMBOL_PUNCTUATION &&
                     !stance_is_joint(stance_classes_at(sequence, before)) && !stance_has_class(sequence, before, STANCE_CLASS_QUOTE) &&
                     stance_is_actor(sequence, before - 1);
      if (is_dash) stance_coordination_add(&actors, before - 1);
      stance_phrase_joined_left(sequence, k, &actors);
      if (is_dash || actors.count > 1) event->flags |= STANCE_EVENT_MUTUAL;
      stance_phrase_apposed(sequence, k, &actors);
      stance_slot_fill_all(event, STANCE_SLOT_POSSESSIVE, &actors, false);
      at = stance_phrase_start(sequence, actors.symbols[0]);
      break;
    }
    const struct stance_event *other = stance_event_at(sequence, k);
    if (stance_is_verb_at(sequence, k) || (other && other->flags & STANCE_EVENT_PASSIVE)) break;
    if (stance_has_class(sequence, k, STANCE_CLASS_DETERMINER)) {
      at = k;
      break;
    }
    if (!stance_is_plain(sequence, k) && stance_classes_at(sequence, k) != STANCE_CLASS_POSSESSIVE &&
        !stance_has_class(sequence, k, STANCE_CLASS_QUOTE)) {
      /* "threats and attacks": what the first has, the second has */
      if (stance_has_class(sequence, k, STANCE_CLASS_AND) && steps == 0 && k > 0 && stance_event_at(sequence, k - 1) &&
          (stance_event_at(sequence, k - 1)->flags & STANCE_EVENT_NOUN)) {
        struct coordination actors = {.count = 0};
        stance_slot_fillers(stance_event_at(sequence, k - 1), STANCE_SLOT_POSSESSIVE, &actors);
        stance_slot_fill_all(event, STANCE_SLOT_POSSESSIVE, &actors, true);
      }
      break;
    }
  }
  event->phrase_start = at;
}

/* "A is an ally of B", "A, an ally of B": of whom the noun or adjective is said. */
void stance_noun_predicated(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  uint32_t at = event->flags & STANCE_EVENT_ADJECTIVE ? event->start : event->phrase_start;
  if (event->flags & STANCE_EVENT_ADJECTIVE)
    for (uint32_t steps = 0;
         at > 0 && steps < 4 &&
         stance_has_class(sequence, at - 1, STANCE_CLASS_ADVERB | STANCE_CLASS_LY | STANCE_CLASS_DETERMINER | STANCE_CLASS_NEGATOR);
         steps++)
      at--;
  if (at == 0) return;
  struct coordination actors = {.count = 0};
  uint32_t left = at;
  while (left > 0 && stance_has_class(sequence, left - 1, STANCE_CLASS_ADVERB | STANCE_CLASS_LY | STANCE_CLASS_NEGATOR)) left--;
  if (left == 0) return;
  if (stance_has_class(sequence, left - 1, STANCE_CLASS_BE | STANCE_CLASS_HAVE | STANCE_CLASS_MODAL)) {
    while (left > 0 && stance_has_class(sequence, left - 1,
                                        STANCE_CLASS_BE | STANCE_CLASS_HAVE | STANCE_CLASS_MODAL | STANCE_CLASS_ADVERB | STANCE_CLASS_LY |
                                            STANCE_CLASS_NEGATOR))
      left--;
    if (left > 0 && stance_has_class(sequence, left - 1, STANCE_CLASS_RELATIVE) && !stance_is_actor(sequence, left - 1)) {
      uint32_t actor = stance_phrase_antecedent(sequence, left - 1);
      if (actor != STANCE_NO_SYMBOL) stance_subject_whole(sequence, actor, &actors);
    } else {
      stance_subject_scan(sequence, left, &actors);
    }
  } else if (stance_has_class(sequence, left - 1, STANCE_CLASS_COMMA) && left > 1) {
    for (uint32_t i = left - 1, steps = 0; i > 0 && steps < 4; i--, steps++) {
      if (stance_is_actor(sequence, i - 1)) {
        stance_coordination_add(&actors, i - 1);
        break;
      }
      if (!stance_is_plain(sequence, i - 1) && stance_classes_at(sequence, i - 1) != STANCE_CLASS_POSSESSIVE) break;
    }
  } else if (event->flags & STANCE_EVENT_ADJECTIVE && stance_is_actor(sequence, left - 1)) {
    stance_coordination_add(&actors, left - 1);
  }
  stance_slot_fill_all(event, STANCE_SLOT_SUBJECT, &actors, false);
}

/* A noun's source and target where they stand at the verb: "A imposed sanctions on B", "sanctions on B were lifted by
 * A", "A faced sanctions from B". */
void stance_noun_inherit(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  if (event->governor == STANCE_NO_EVENT) return;
  const struct stance_event *verb = &sequence->events[event->governor];
  struct coordination actors = {.count = 0};
  stance_slot_fillers(verb, STANCE_SLOT_SUBJECT, &actors);
  bool hands_on = verb->flags & (STANCE_EVENT_GIVE | STANCE_EVENT_SHIFTER);
  if ((verb->flags & STANCE_EVENT_RECEIVE) && !hands_on) {
    for (size_t i = 0; i < actors.count && !stance_slot_has_role(event, STANCE_ROLE_TARGET) &&
                       event->filler_count < STANCE_FILLERS_MAX;
         i++)
      event->fillers[event->filler_count++] = (struct stance_filler){
          .symbol = actors.symbols[i], .slot = STANCE_SLOT_SUBJECT, .role = STANCE_ROLE_TARGET, .is_weak = true};
    return;
  }
  if (!hands_on) return;
  /* "offered B aid": B is no possessor */
  for (size_t i = 0; i < event->filler_count; i++) {
    struct stance_filler *filler = &event->fillers[i];
    if (filler->slot == STANCE_SLOT_POSSESSIVE && filler->role == STANCE_ROLE_SOURCE && filler->symbol == verb->end &&
        (verb->flags & STANCE_EVENT_GIVE) && !stance_slot_has_role(event, STANCE_ROLE_TARGET) &&
        !stance_has_class(sequence, filler->symbol + 1, STANCE_CLASS_POSSESSIVE)) {
      filler->role = STANCE_ROLE_TARGET;
      filler->is_weak = true;
    }
  }
  bool has_source = stance_slot_has_role(event, STANCE_ROLE_SOURCE);
  bool has_target = stance_slot_has_role(event, STANCE_ROLE_TARGET);
  for (size_t i = 0; i < actors.count && !has_source && event->filler_count < STANCE_FILLERS_MAX; i++)
    event->fillers[event->filler_count++] = (struct stance_filler){
        .symbol = actors.symbols[i], .slot = STANCE_SLOT_SUBJECT, .role = STANCE_ROLE_SOURCE, .is_weak = actors.is_weak};
  for (size_t i = 0; i < verb->filler_count && !has_target && event->filler_count < STANCE_FILLERS_MAX; i++) {
    const struct stance_filler *filler = &verb->fillers[i]; /* "imposed on B sanctions", "offered B aid" */
    bool is_object = filler->slot == STANCE_SLOT_OBJECT && !(verb->flags & STANCE_EVENT_PASSIVE);
    uint8_t role = event->lexeme->roles[filler->slot];
    if (filler->slot == STANCE_SLOT_SUBJECT || (!is_object && role != STANCE_ROLE_TARGET)) continue;
    event->fillers[event->filler_count++] = (struct stance_filler){
        .symbol = filler->symbol, .slot = filler->slot, .role = STANCE_ROLE_TARGET, .is_weak = true};
  }
  bool denies = (verb->flags & STANCE_EVENT_SHIFTER) && !(verb->lexeme && verb->lexeme->polarity) &&
                (sequence->info[verb->start].function >> STANCE_NEGATOR & 1);
  if ((verb->flags & STANCE_EVENT_SHIFTER) && !denies) {
    event->flags |= STANCE_EVENT_SHIFTED;
    bool is_tie =
        event->lexeme->quad == STANCE_VERBAL_COOPERATION || event->lexeme->quad == STANCE_MATERIAL_COOPERATION;
    event->polarity = event->polarity ? (int8_t)-event->polarity : is_tie ? -1 : 0; /* "cut off relations" */
  }
  if (denies || (verb->flags & STANCE_EVENT_NEGATED)) {
    event->flags |= STANCE_EVENT_NEGATED;
    event->polarity = event->polarity > 0 ? -1 : 0;
  }
  if (verb->flags & (STANCE_EVENT_HEDGED | STANCE_EVENT_INFINITIVE)) event->flags |= STANCE_EVENT_HEDGED;
}

/* "condemned the attack by C on B", "welcomed B's offer": who did what the verb is about is its object. */
void stance_noun_object(struct stance_sequence *sequence, size_t index) {
  const struct stance_event *noun = &sequence->events[index];
  if (noun->governor == STANCE_NO_EVENT) return;
  struct stance_event *verb = &sequence->events[noun->governor];
  if ((verb->flags & STANCE_EVENT_PASSIVE) || !verb->lexeme || stance_slot_has(verb, STANCE_SLOT_OBJECT)) return;
  if (verb->lexeme->roles[STANCE_SLOT_OBJECT] != STANCE_ROLE_TARGET) return;
  for (size_t i = 0; i < noun->filler_count; i++)
    if (noun->fillers[i].role == STANCE_ROLE_SOURCE && noun->fillers[i].slot != STANCE_SLOT_SUBJECT)
      stance_slot_fill(verb, STANCE_SLOT_OBJECT, noun->fillers[i].symbol, true);
}

/* "regretted its attack on B": whose attack it is. */
void stance_noun_own(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  uint32_t at = event->start;
  for (uint32_t steps = 0; at > 0 && steps < 5 && stance_is_plain(sequence, at - 1); at--, steps++) {
    if (!stance_has_class(sequence, at - 1, STANCE_CLASS_OWN)) continue;
    struct coordination actors = {.count = 0};
    if (!stance_slot_has_role(event, STANCE_ROLE_SOURCE)) stance_subject_own(sequence, at - 1, &actors);
    stance_slot_fill_all(event, STANCE_SLOT_POSSESSIVE, &actors, true);
    return;
  }
}

/* "An accord was signed by A with B": the noun is the passive verb's subject. */
void stance_noun_govern(struct stance_sequence *sequence, size_t index) {
  struct stance_event *verb = &sequence->events[index];
  if (!(verb->flags & STANCE_EVENT_PASSIVE)) return;
  for (uint32_t i = verb->phrase_start, steps = 0; i > 0 && steps < 12; i--, steps++) {
    if (stance_has_class(sequence, i - 1, STANCE_CLASS_RELATIVE)) continue; /* "accords that have been ended" */
    if (stance_is_verb_at(sequence, i - 1) || stance_has_class(sequence, i - 1, STANCE_CLASS_STOP | STANCE_CLASS_CLAUSE)) return;
    uint16_t other = sequence->info[i - 1].event;
    if (other == STANCE_NO_EVENT || !(sequence->events[other].flags & STANCE_EVENT_NOUN)) continue;
    if (sequence->events[other].governor == STANCE_NO_EVENT) sequence->events[other].governor = (uint16_t)index;
    return;
  }
}

/* ---- compounds: "A-backed B", "anti-A B" ---- */

void stance_noun_compound(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  bool is_prefix = !(event->flags & STANCE_EVENT_PASSIVE);
  uint32_t next = STANCE_NO_SYMBOL;
  for (uint32_t i = event->end + is_prefix, steps = 0; i < sequence->count && steps < 4; i++, steps++) {
    if (stance_is_actor(sequence, i)) {
      next = i;
      break;
    }
    if (!stance_is_plain(sequence, i) && !(stance_event_at(sequence, i) && !stance_is_verb_at(sequence, i))) break;
  }
  if (!is_prefix) {
    stance_slot_fill(event, STANCE_SLOT_SUBJECT, event->start - 1, false);
    if (next != STANCE_NO_SYMBOL) stance_slot_fill(event, STANCE_SLOT_OBJECT, next, false);
    return;
  }
  stance_slot_fill(event, STANCE_SLOT_OBJECT, event->end, false);
  if (next != STANCE_NO_SYMBOL) stance_slot_fill(event, STANCE_SLOT_SUBJECT, next, false);
  for (uint32_t i = event->start, steps = 0; i > 0 && steps < 4; i--, steps++) {
    if (stance_is_actor(sequence, i - 1)) {
      stance_slot_fill(event, STANCE_SLOT_POSSESSIVE, i - 1, false);
      return;
    }
    if (!stance_is_plain(sequence, i - 1) && stance_classes_at(sequence, i - 1) != STANCE_CLASS_POSSESSIVE) break;
  }
  if (next == STANCE_NO_SYMBOL) { /* "anti-A protests in B" */
    bool in = false;
    for (uint32_t i = event->end + 1, steps = 0; i < sequence->count && steps < 6; i++, steps++) {
      if (stance_is_actor(sequence, i)) {
        if (in) stance_slot_fill(event, STANCE_SLOT_IN, i, true);
        return;
      }
      in |= sequence->info[i].slot == STANCE_SLOT_IN || sequence->info[i].slot == STANCE_SLOT_BY;
      if (stance_is_verb_at(sequence, i)) return;
    }
  }
}

static int change_at(const struct stance_sequence *sequence, uint32_t i) {
  return stance_has_class(sequence, i, STANCE_CLASS_WORSE) ? -1 : stance_has_class(sequence, i, STANCE_CLASS_BETTER) ? 1 : 0;
}

/* "souring ties", "a deterioration in relations", "the suspension of cooperation", "relations between A and B have improved": ties are as
 * they go. */
void stance_noun_change(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  bool is_tie = event->lexeme && (event->lexeme->quad == STANCE_VERBAL_COOPERATION ||
                                  event->lexeme->quad == STANCE_MATERIAL_COOPERATION);
  if (!is_tie || (event->flags & STANCE_EVENT_SHIFTED)) return;
  if (!event->lexeme->polarity && event->lexeme->strength > 1) return; /* talks that collapse are only talks */
  int change = 0;
  for (uint32_t i = event->start, steps = 0; i > 0 && steps < 5 && !change; i--, steps++) {
    change = change_at(sequence, i - 1);
    uint8_t slot = sequence->info[i - 1].slot;
    bool is_link = slot == STANCE_SLOT_OF || slot == STANCE_SLOT_IN || slot == STANCE_SLOT_TO || slot == STANCE_SLOT_FROM;
    if (!change && !is_link && !stance_is_plain(sequence, i - 1) && !stance_event_at(sequence, i - 1)) break;
  }
  for (uint32_t i = event->end, steps = 0; i < sequence->count && steps < 16 && !change; i++, steps++) {
    if (stance_has_class(sequence, i, STANCE_CLASS_STOP | STANCE_CLASS_CLAUSE | STANCE_CLASS_COMMA)) break;
    if (stance_is_actor(sequence, i)) continue;
    change = change_at(sequence, i);
    if (!change && stance_is_verb_at(sequence, i) && stance_event_at(sequence, i)->lexeme) break;
  }
  if (!change) return;
  event->polarity = (int8_t)change;
  if (event->flags & STANCE_EVENT_NEGATED) event->polarity = 0;
}
