/* SPDX-License-Identifier: MIT
 * Noun phrases around an actor: where they start, coordinations, appositions, antecedents of relative pronouns. See
 * clause.h. */
#include "clause.h"

/* Reaches, in symbols; each with a sentence that needs about so many. */
enum {
  PHRASE_REACH = 4,      /* "the powerful new western state A" */
  INSET_REACH = 6,       /* "B, the newly appointed and powerful American ambassador," */
  TITLE_REACH = 5,       /* "Mali's interim foreign affairs minister Diop" */
  ANTECEDENT_REACH = 10, /* "A, by far the largest of the western powers here, which" */
};

/* A word of a noun phrase, or the "'s" in it. */
static bool is_in_noun_phrase(const struct stance_sequence *sequence, uint32_t i) {
  return stance_is_plain(sequence, i) || stance_classes_at(sequence, i) == STANCE_CLASS_POSSESSIVE;
}

void stance_coordination_add(struct coordination *actors, uint32_t symbol) {
  for (size_t i = 0; i < actors->count; i++)
    if (actors->symbols[i] == symbol) return;
  if (actors->count < COORDINATION_MAX) actors->symbols[actors->count++] = symbol;
}

uint32_t stance_phrase_start(const struct stance_sequence *sequence, uint32_t actor) {
  uint32_t at = actor;
  for (uint32_t steps = 0; at > 0 && steps < PHRASE_REACH && stance_is_plain(sequence, at - 1) &&
                           !stance_has_class(sequence, at - 1, STANCE_CLASS_POSSESSIVE);
       steps++) {
    bool has_determiner = stance_has_class(sequence, at, STANCE_CLASS_DETERMINER) && !stance_is_actor(sequence, at);
    if (has_determiner && !stance_has_class(sequence, at - 1, STANCE_CLASS_DETERMINER))
      break; /* "by the stairs the A" */
    at--;
  }
  return at;
}

uint32_t stance_phrase_preposition(const struct stance_sequence *sequence, uint32_t actor) {
  uint32_t start = stance_phrase_start(sequence, actor);
  return start > 0 && stance_has_class(sequence, start - 1, STANCE_CLASS_PREPOSITION) &&
                 !stance_is_actor(sequence, start - 1)
             ? start - 1
             : STANCE_NO_SYMBOL;
}

uint32_t stance_phrase_inset(const struct stance_sequence *sequence, uint32_t comma) {
  if (comma >= sequence->count || !stance_has_class(sequence, comma, STANCE_CLASS_COMMA)) return STANCE_NO_SYMBOL;
  uint32_t i = comma + 1;
  for (uint32_t steps = 0; i < sequence->count && steps < INSET_REACH && !stance_is_actor(sequence, i); i++, steps++)
    if (!stance_is_plain(sequence, i)) return STANCE_NO_SYMBOL;
  if (i >= sequence->count || !stance_is_actor(sequence, i)) return STANCE_NO_SYMBOL;
  uint32_t end = i + 1;
  if (end < sequence->count && stance_classes_at(sequence, end) == STANCE_CLASS_POSSESSIVE)
    return STANCE_NO_SYMBOL; /* "B, C's ally" is not C */
  for (uint32_t steps = 0; end < sequence->count && steps < PHRASE_REACH; end++, steps++)
    if (!is_in_noun_phrase(sequence, end)) break;
  if (end >= sequence->count || stance_has_class(sequence, end, STANCE_CLASS_STOP)) return i;
  if (!stance_has_class(sequence, end, STANCE_CLASS_COMMA)) return STANCE_NO_SYMBOL;
  return end + 1 < sequence->count && stance_has_class(sequence, end + 1, STANCE_CLASS_AND) ? STANCE_NO_SYMBOL : i;
}

/* "Mali's foreign minister Diop", "French ambassador Meyer", "Afwerki of Eritrea". */
void stance_phrase_apposed(const struct stance_sequence *sequence, uint32_t actor, struct coordination *actors) {
  const unsigned title = 1u << STANCE_TITLE | 1u << STANCE_AGENT_NOUN;
  bool is_titled = true; /* a title stands between the two names, or nothing but "'s": "Colombia's Petro" */
  for (uint32_t i = actor, steps = 0; i > 0 && steps < TITLE_REACH; i--, steps++) {
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
  for (uint32_t i = actor + 1, steps = 0; i < sequence->count && steps < TITLE_REACH; i++, steps++) {
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
  while (of && of < sequence->count && of < actor + TITLE_REACH && !stance_is_actor(sequence, of) &&
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

/* An actor that a verb follows opens a clause of its own and is not joined: "attacked A and B fled". */
void stance_phrase_joined_right(const struct stance_sequence *sequence, uint32_t actor, enum stance_slot slot,
                                struct coordination *actors) {
  uint32_t pending[COORDINATION_MAX], at = actor;
  size_t pending_count = 0;
  for (;;) {
    uint32_t i = at + 1, steps = 0;
    while (i < sequence->count && steps < PHRASE_REACH && is_in_noun_phrase(sequence, i) &&
           !stance_is_actor(sequence, i))
      i++, steps++;
    if (i >= sequence->count || !stance_is_joint(stance_classes_at(sequence, i))) return;
    bool is_and = stance_has_class(sequence, i, STANCE_CLASS_AND), is_comma = !is_and;
    i++;
    if (i < sequence->count && stance_has_class(sequence, i, STANCE_CLASS_AND)) is_and = true, i++;
    if (is_and && is_comma && pending_count == 0) return; /* "A, and B ..." opens a clause; "A, B, and C" is a list */
    for (steps = 0;
         i < sequence->count && steps < PHRASE_REACH && !stance_is_actor(sequence, i) && stance_is_plain(sequence, i);
         steps++)
      i++;
    if (i >= sequence->count || !stance_is_actor(sequence, i)) return;
    uint32_t end = i + 1;
    while (end < sequence->count && end < i + PHRASE_REACH && is_in_noun_phrase(sequence, end)) end++;
    if (stance_begins_predicate(sequence, end) && slot != STANCE_SLOT_BETWEEN) return;
    if (pending_count < COORDINATION_MAX) pending[pending_count++] = i;
    if (is_and) {
      for (size_t j = 0; j < pending_count; j++) stance_coordination_add(actors, pending[j]);
      pending_count = 0;
    }
    at = i;
  }
}

/* The start of the actor's phrase together with that of its possessor: "A's B and C's D", "A and Goita of Mali". */
static uint32_t outer_start(const struct stance_sequence *sequence, uint32_t actor) {
  uint32_t i = stance_phrase_start(sequence, actor);
  if (i > 1 && stance_classes_at(sequence, i - 1) == STANCE_CLASS_POSSESSIVE && stance_is_actor(sequence, i - 2))
    i = stance_phrase_start(sequence, i - 2);
  if (i > 1 && sequence->info[i - 1].slot == STANCE_SLOT_OF && stance_is_actor(sequence, i - 2))
    i = stance_phrase_start(sequence, i - 2);
  return i;
}

/* Whether what stands before the actor lets it be part of a list: no verb whose object it is, and no preposition but
 * of, from, between, by. */
static bool may_join(const struct stance_sequence *sequence, uint32_t actor) {
  uint32_t start = stance_phrase_start(sequence, actor), preposition = stance_phrase_preposition(sequence, actor);
  if (start > 0 && stance_is_verb_at(sequence, start - 1)) return false;
  if (preposition == STANCE_NO_SYMBOL || stance_has_class(sequence, preposition, STANCE_CLASS_COMMA)) return true;
  uint8_t slot = sequence->info[preposition].slot;
  return slot == STANCE_SLOT_OF || slot == STANCE_SLOT_FROM || slot == STANCE_SLOT_BETWEEN || slot == STANCE_SLOT_BY;
}

/* What joins an actor to the one before it. */
struct joint {
  bool is_comma, is_and, is_both; /* ", and" */
  uint32_t actor;                 /* the one before */
};

/* Looks for the actor that a comma or "and" joins to this one on the left. False: none. */
static bool find_joint(const struct stance_sequence *sequence, uint32_t actor, struct joint *out) {
  uint32_t i = outer_start(sequence, actor), steps = 0;
  if (i == 0 || !stance_is_joint(stance_classes_at(sequence, i - 1))) return false;
  i--;
  out->is_comma = stance_has_class(sequence, i, STANCE_CLASS_COMMA);
  out->is_and = stance_has_class(sequence, i, STANCE_CLASS_AND);
  out->is_both = i > 0 && out->is_and && stance_has_class(sequence, i - 1, STANCE_CLASS_COMMA);
  if (out->is_both) i--;
  for (; i > 0 && steps < PHRASE_REACH && !stance_is_actor(sequence, i - 1) && is_in_noun_phrase(sequence, i - 1);
       steps++)
    i--;
  out->actor = i - 1;
  return i > 0 && stance_is_actor(sequence, i - 1);
}

/* A list without "and" that begins a headline: "Rome, Paris trade barbs". */
static void add_headline(const struct stance_sequence *sequence, uint32_t actor, struct coordination *actors) {
  const struct stance_event *verb = actor + 1 < sequence->count ? stance_event_at(sequence, actor + 1) : NULL;
  if (!verb || !stance_event_is_verb(verb) || (verb->flags & STANCE_EVENT_SPEECH)) return;
  uint32_t first = actor;
  while (first > 1 && stance_has_class(sequence, first - 1, STANCE_CLASS_COMMA) && stance_is_actor(sequence, first - 2))
    first -= 2;
  for (uint32_t at = first; first == 0 && at < actor; at += 2) stance_coordination_add(actors, at);
}

void stance_phrase_joined_left(const struct stance_sequence *sequence, uint32_t actor, struct coordination *actors) {
  if (actor > 1 && stance_has_class(sequence, actor - 1, STANCE_CLASS_COMMA)) add_headline(sequence, actor, actors);
  uint32_t pending = STANCE_NO_SYMBOL; /* "A, and B": A is joined to B only if the list goes on before A */
  bool has_and = false;
  struct joint joint;
  for (size_t rounds = 0; rounds < COORDINATION_MAX && find_joint(sequence, actor, &joint); rounds++) {
    has_and |= joint.is_and;
    if (!has_and || !may_join(sequence, joint.actor)) return;
    if (pending != STANCE_NO_SYMBOL && joint.is_comma) stance_coordination_add(actors, pending);
    pending = joint.is_both ? joint.actor : STANCE_NO_SYMBOL;
    if (!joint.is_both) stance_coordination_add(actors, joint.actor);
    actor = joint.actor;
  }
}

/* Whether a thing is what the relative clause is about: "told B of a law that", but not "with the army that". */
static bool is_thing(const struct stance_sequence *sequence, uint32_t relative) {
  uint32_t at = relative;
  for (uint32_t steps = 0; at > 0 && steps < PHRASE_REACH; at--, steps++) {
    if (stance_is_actor(sequence, at - 1) || !stance_is_plain(sequence, at - 1) ||
        sequence->info[at - 1].function >> STANCE_AGENT_NOUN & 1)
      return false;
    if (stance_has_class(sequence, at - 1, STANCE_CLASS_DETERMINER)) break;
  }
  return at < relative && at > 1 && stance_has_class(sequence, at - 1, STANCE_CLASS_DETERMINER) &&
         stance_has_class(sequence, at - 2, STANCE_CLASS_PREPOSITION) && !stance_is_actor(sequence, at - 2);
}

/* The nearest actor that is in no prepositional phrase, before a verb or the end of the clause; else the nearest of
 * all. */
uint32_t stance_phrase_antecedent(const struct stance_sequence *sequence, uint32_t relative) {
  uint32_t fallback = STANCE_NO_SYMBOL;
  if (is_thing(sequence, relative)) return STANCE_NO_SYMBOL;
  for (uint32_t i = relative, steps = 0; i > 0 && steps < ANTECEDENT_REACH; i--, steps++) {
    if (stance_is_actor(sequence, i - 1)) {
      uint32_t preposition = stance_phrase_preposition(sequence, i - 1);
      if (preposition == STANCE_NO_SYMBOL) return i - 1;
      if (fallback == STANCE_NO_SYMBOL) fallback = i - 1;
      if (sequence->info[preposition].slot == STANCE_SLOT_OF || relative - i <= 1) return fallback;
    }
    if (stance_is_verb_at(sequence, i - 1) ||
        stance_has_class(sequence, i - 1, STANCE_CLASS_STOP | STANCE_CLASS_CLAUSE))
      break;
  }
  return fallback;
}
