/* SPDX-License-Identifier: MIT
 * The subject of a verb: the nearest actor on the left that heads its phrase, and the exceptions. */
#include "slot.h"

static size_t previous_verb(const struct stance_sequence *sequence, size_t index) {
  while (index-- > 0)
    if (stance_event_is_verb(&sequence->events[index])) return index;
  return SIZE_MAX;
}

/* Over a clause in commas, "A, officials said, attacked": the comma that opens it, where `at` is the comma that closes
 * it. */
static uint32_t skip_parenthesis(const struct stance_sequence *sequence, uint32_t at) {
  for (uint32_t i = at, words = 0; i > 0 && words <= 14; i--) {
    if (stance_has_class(sequence, i - 1, STANCE_CLASS_STOP)) return STANCE_NO_SYMBOL;
    if (stance_has_class(sequence, i - 1, STANCE_CLASS_COMMA)) return words >= 1 ? i - 1 : STANCE_NO_SYMBOL;
    words += sequence->info[i - 1].kind != STANCE_SYMBOL_PUNCTUATION;
  }
  return STANCE_NO_SYMBOL;
}

void stance_subject_whole(const struct stance_sequence *sequence, uint32_t actor, struct coordination *actors) {
  stance_coordination_add(actors, actor);
  stance_phrase_joined_left(sequence, actor, actors);
  uint32_t preposition =
      actors->count > 1 ? stance_phrase_preposition(sequence, actors->symbols[actors->count - 1]) : STANCE_NO_SYMBOL;
  if (preposition != STANCE_NO_SYMBOL && sequence->info[preposition].slot == STANCE_SLOT_BETWEEN)
    actors->is_weak = actors->is_mutual = true;
  stance_phrase_apposed(sequence, actor, actors);
}

/* Whose "its" is: the subject of the verb before, or the nearest actor before. */
void stance_subject_own(const struct stance_sequence *sequence, uint32_t own, struct coordination *actors) {
  uint32_t nearest = STANCE_NO_SYMBOL;
  actors->is_weak = true;
  for (uint32_t i = own, steps = 0; i > 0 && steps < REACH_LEFT; i--, steps++) {
    if (stance_is_actor(sequence, i - 1) && nearest == STANCE_NO_SYMBOL) nearest = i - 1;
    if (!stance_is_verb_at(sequence, i - 1)) continue;
    stance_slot_subject(stance_event_at(sequence, i - 1), actors);
    if (actors->count) return;
  }
  if (nearest != STANCE_NO_SYMBOL) stance_coordination_add(actors, nearest);
}

/* Where symbol k is a verb of a relative clause, or that verb's object: the clause's "that", "which". */
static uint32_t relative_before(const struct stance_sequence *sequence, uint32_t k) {
  uint32_t verb = k;
  if (stance_is_actor(sequence, k)) {
    uint32_t start = stance_phrase_start(sequence, k);
    if (start == 0) return STANCE_NO_SYMBOL;
    verb = start - 1;
  }
  if (!stance_is_verb_at(sequence, verb)) return STANCE_NO_SYMBOL;
  uint32_t start = stance_event_at(sequence, verb)->phrase_start;
  bool is_relative = start > 0 && stance_has_class(sequence, start - 1, STANCE_CLASS_RELATIVE) && !stance_is_actor(sequence, start - 1);
  return is_relative ? start - 1 : STANCE_NO_SYMBOL;
}

/* Leftwards from `at` for the nearest actor that heads its phrase; one inside a prepositional phrase only where there
 * is no other. */
void stance_subject_scan(const struct stance_sequence *sequence, uint32_t at, struct coordination *actors) {
  uint32_t fallback = STANCE_NO_SYMBOL;
  uint32_t words = 0, own = STANCE_NO_SYMBOL; /* "its foreign minister" */
  for (uint32_t i = at, steps = 0; i > 0 && steps < REACH_LEFT; i--, steps++) {
    uint32_t k = i - 1, classes = stance_classes_at(sequence, k);
    uint32_t clause = relative_before(sequence, k);
    if (clause != STANCE_NO_SYMBOL) { /* "the jet that bombed B was downed": over the relative clause */
      i = clause + 1;
      words = 1;
      fallback = STANCE_NO_SYMBOL;
      continue;
    }
    if (stance_is_actor(sequence, k)) {
      uint32_t preposition = stance_phrase_preposition(sequence, k);
      const struct stance_event *noun =
          preposition != STANCE_NO_SYMBOL && preposition > 0 ? stance_event_at(sequence, preposition - 1) : NULL;
      bool heads = preposition == STANCE_NO_SYMBOL ||
                   (sequence->info[preposition].slot == STANCE_SLOT_OF && !(noun && noun->polarity));
      if (heads) {
        stance_subject_whole(sequence, k, actors);
        return;
      }
      if (fallback == STANCE_NO_SYMBOL) fallback = k;
      words++;
      continue;
    }
    if (classes & STANCE_CLASS_COMMA) {
      uint32_t open = words == 0 ? skip_parenthesis(sequence, k) : STANCE_NO_SYMBOL;
      if (open != STANCE_NO_SYMBOL && open > 0) {
        uint32_t inset = stance_phrase_inset(sequence, open);
        if (inset != STANCE_NO_SYMBOL) stance_coordination_add(actors, inset);
        uint32_t inner = STANCE_NO_SYMBOL; /* "six, A and B among them, stood by" */
        bool has_verb = false;
        for (uint32_t j = k; j > open + 1; j--) {
          if (stance_is_actor(sequence, j - 1) && inner == STANCE_NO_SYMBOL) inner = j - 1;
          has_verb |= stance_is_verb_at(sequence, j - 1) || stance_has_class(sequence, j - 1, STANCE_CLASS_RELATIVE);
        }
        if (!has_verb && fallback == STANCE_NO_SYMBOL) fallback = inner;
        i = open + 1;
        continue;
      }
      if (own != STANCE_NO_SYMBOL) break;
      if (words > 0 && fallback == STANCE_NO_SYMBOL) {
        /* "the junta" is the subject, and no actor; only a list or an apposition goes on */
        if (words > 2) break;
      }
      if (fallback != STANCE_NO_SYMBOL) break;
      words++;
      continue;
    }
    if ((classes & STANCE_CLASS_RELATIVE) && (classes & STANCE_CLASS_POSSESSIVE)) { /* "A, whose army attacked" */
      uint32_t actor = stance_phrase_antecedent(sequence, k);
      if (actor != STANCE_NO_SYMBOL) stance_coordination_add(actors, actor);
      return;
    }
    if (classes & (STANCE_CLASS_STOP | STANCE_CLASS_CLAUSE | STANCE_CLASS_RELATIVE)) break;
    if (stance_is_verb_at(sequence, k) && !(stance_event_at(sequence, k)->flags & STANCE_EVENT_PARTICIPLE)) break;
    if (classes & STANCE_CLASS_OWN) own = k;
    words += sequence->info[k].kind != STANCE_SYMBOL_PUNCTUATION;
  }
  if (own != STANCE_NO_SYMBOL && actors->count == 0 && fallback == STANCE_NO_SYMBOL) {
    stance_subject_own(sequence, own, actors);
    return;
  }
  if (fallback != STANCE_NO_SYMBOL && actors->count == 0) {
    actors->is_weak = true;
    stance_subject_whole(sequence, fallback, actors);
  }
}

/* The first actor of the clause that heads its phrase: of a verb in a row whose first is unknown ("kept B waiting and
 * hit C"). */
static void first_of_clause(const struct stance_sequence *sequence, uint32_t at, struct coordination *actors) {
  uint32_t first = STANCE_NO_SYMBOL;
  for (uint32_t i = at, steps = 0; i > 0 && steps < 2 * REACH_LEFT; i--, steps++) {
    if (stance_classes_at(sequence, i - 1) & (STANCE_CLASS_STOP | STANCE_CLASS_CLAUSE | STANCE_CLASS_RELATIVE) &&
        !stance_is_actor(sequence, i - 1))
      break;
    if (stance_is_actor(sequence, i - 1) && stance_phrase_preposition(sequence, i - 1) == STANCE_NO_SYMBOL)
      first = i - 1;
  }
  if (first == STANCE_NO_SYMBOL) return;
  stance_coordination_add(actors, first);
  stance_phrase_joined_right(sequence, first, STANCE_SLOT_BETWEEN, actors);
  stance_phrase_apposed(sequence, first, actors);
}

/* The subject of an -ing form: the main verb's, or its object behind "for", "of", "from" ("accused B of arming"). */
static void participle_subject(struct stance_sequence *sequence, size_t index, struct coordination *actors) {
  struct stance_event *event = &sequence->events[index];
  uint32_t left = event->phrase_start > 0 ? event->phrase_start - 1 : STANCE_NO_SYMBOL;
  size_t main = previous_verb(sequence, index);
  if (left != STANCE_NO_SYMBOL && stance_is_actor(sequence, left)) {
    stance_subject_whole(sequence, left, actors);
    return;
  }
  if (left != STANCE_NO_SYMBOL && stance_has_class(sequence, left, STANCE_CLASS_POSSESSIVE) && left > 0 &&
      stance_is_actor(sequence, left - 1)) {
    stance_coordination_add(actors, left - 1);
    return;
  }
  if (main == SIZE_MAX) { /* "After attacking B, A withdrew" */
    for (uint32_t i = event->end; i < sequence->count; i++)
      if (stance_has_class(sequence, i, STANCE_CLASS_COMMA)) {
        for (uint32_t j = i + 1; j < sequence->count && j < i + 8; j++)
          if (stance_is_actor(sequence, j)) {
            stance_coordination_add(actors, j);
            return;
          }
      }
    stance_subject_scan(sequence, event->phrase_start, actors);
    return;
  }
  const struct stance_event *verb = &sequence->events[main];
  bool of_object =
      left != STANCE_NO_SYMBOL && stance_has_class(sequence, left, STANCE_CLASS_PREPOSITION) &&
      (sequence->info[left].slot == STANCE_SLOT_FOR || sequence->info[left].slot == STANCE_SLOT_OF ||
       sequence->info[left].slot == STANCE_SLOT_FROM || sequence->info[left].slot == STANCE_SLOT_AGAINST ||
       sequence->info[left].slot == STANCE_SLOT_INTO || sequence->info[left].slot == STANCE_SLOT_OVER);
  if (of_object) stance_slot_fillers(verb, STANCE_SLOT_OBJECT, actors);
  if (of_object && actors->count == 0)
    for (size_t slot = STANCE_SLOT_OF; slot < STANCE_SLOT_POSSESSIVE && actors->count == 0; slot++)
      if (verb->lexeme && verb->lexeme->roles[slot] == STANCE_ROLE_TARGET)
        stance_slot_fillers(verb, (enum stance_slot)slot, actors);
  if (of_object && actors->count) event->governor = (uint16_t)main;
  if (actors->count == 0) stance_slot_subject(verb, actors);
  if (actors->count == 0) stance_subject_scan(sequence, event->phrase_start, actors);
}

void stance_subject_find(struct stance_sequence *sequence, size_t index, struct coordination *actors) {
  struct stance_event *event = &sequence->events[index];
  size_t main = previous_verb(sequence, index);
  if (event->flags & STANCE_EVENT_PARTICIPLE) {
    participle_subject(sequence, index, actors);
    return;
  }
  if (event->phrase_start == 0) return;
  uint32_t left = event->phrase_start - 1, classes = stance_classes_at(sequence, left);
  if ((classes & STANCE_CLASS_RELATIVE) && !stance_is_actor(sequence, left)) {
    uint32_t actor = stance_phrase_antecedent(sequence, left);
    if (actor != STANCE_NO_SYMBOL) stance_subject_whole(sequence, actor, actors);
    return;
  }
  if ((classes & (STANCE_CLASS_AND | STANCE_CLASS_COMMA)) && main != SIZE_MAX) { /* "attacked B and seized C" */
    if ((classes & STANCE_CLASS_AND) || skip_parenthesis(sequence, left) == STANCE_NO_SYMBOL) {
      stance_slot_subject(&sequence->events[main], actors);
      if (actors->count) return;
    }
  }
  if ((classes & STANCE_CLASS_AND) ||
      ((classes & STANCE_CLASS_COMMA) && skip_parenthesis(sequence, left) == STANCE_NO_SYMBOL)) {
    first_of_clause(sequence, left, actors);
    if (actors->count) return;
  }
  if (event->flags & STANCE_EVENT_INFINITIVE) { /* "A's intention to stop" */
    uint32_t i = event->phrase_start;
    for (uint32_t steps = 0;
         i > 0 && steps < 3 && (stance_is_plain(sequence, i - 1) && !stance_has_class(sequence, i - 1, STANCE_CLASS_POSSESSIVE)); steps++)
      i--;
    if (i < event->phrase_start && i > 1 && stance_classes_at(sequence, i - 1) == STANCE_CLASS_POSSESSIVE &&
        stance_is_actor(sequence, i - 2)) {
      stance_subject_whole(sequence, i - 2, actors);
      return;
    }
  }
  if ((event->flags & STANCE_EVENT_INFINITIVE) && main != SIZE_MAX) { /* "asked B to withdraw", "vowed to attack" */
    const struct stance_event *verb = &sequence->events[main];
    if (event->phrase_start - verb->end < 12) {
      bool promises = verb->flags & STANCE_EVENT_GIVE;
      if (!promises && !(verb->flags & STANCE_EVENT_PASSIVE)) stance_slot_fillers(verb, STANCE_SLOT_OBJECT, actors);
      if (actors->count == 0) stance_slot_subject(verb, actors);
      if (actors->count) return;
    }
  }
  if ((classes & STANCE_CLASS_PRONOUN) && main != SIZE_MAX) { /* "A said it would": the subject before */
    stance_slot_subject(&sequence->events[main], actors);
    actors->is_weak = true;
    return;
  }
  if (classes & STANCE_CLASS_PRONOUN) return;
  stance_subject_scan(sequence, event->phrase_start, actors);
}
