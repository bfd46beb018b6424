/* SPDX-License-Identifier: MIT
 * The slots of nouns, adjectives and compounds ("Mali's rejection of", "hostile to", "A-backed B"), and what a noun
 * takes from the verb that governs it. */
#include <string.h>

#include "slot.h"

/* Reaches, in symbols; each with a sentence that needs about so many. */
enum {
  POSSESSOR_REACH = 6,  /* "A's long planned joint military air strikes" */
  DEGREE_REACH = 4,     /* "is still not the most hostile" */
  APPOSITION_REACH = 4, /* "A's new military leader, an ally of B" */
  OWN_REACH = 5,        /* "its long and very bloody attack" */
  GOVERN_REACH = 12,    /* "An accord on trade and on the return of all prisoners was signed by A" */
  COMPOUND_REACH = 4,   /* "A-backed armed rebel groups of B" */
  PROTEST_REACH = 6,    /* "anti-A protests on Sunday in B" */
  CHANGE_BEFORE = 5,    /* "the suspension of all military cooperation" */
  CHANGE_BEHIND = 16,   /* "relations between A and B over the past two years since the coup have improved" */
};

static bool is_word(const struct stance_sequence *sequence, uint32_t i, const char *word) {
  const struct stance_token *token = &sequence->tokens[i];
  return token->end - token->start == strlen(word) && memcmp(sequence->text + token->start, word, strlen(word)) == 0;
}

/* "Mali's rejection", "French air strikes", "Mali-France accord", "France and Mali's row". */
void stance_noun_possessors(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  uint32_t at = event->start;
  for (uint32_t steps = 0; at > 0 && steps < POSSESSOR_REACH; at--, steps++) {
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
                     !stance_is_joint(stance_classes_at(sequence, before)) &&
                     !stance_has_class(sequence, before, STANCE_CLASS_QUOTE) && stance_is_actor(sequence, before - 1);
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
      /* "A's threats and attacks": the second noun takes the possessors of the first */
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

/* Whether the noun stands between its target and the actor it is said of: "B's ally A". */
static bool names_next(const struct stance_sequence *sequence, const struct stance_event *event) {
  return event->flags & STANCE_EVENT_NOUN && event->end < sequence->count && stance_is_actor(sequence, event->end) &&
         event->lexeme->roles[STANCE_SLOT_SUBJECT] == STANCE_ROLE_SOURCE &&
         event->lexeme->roles[STANCE_SLOT_POSSESSIVE] == STANCE_ROLE_TARGET &&
         stance_slot_has(event, STANCE_SLOT_POSSESSIVE);
}

/* Skips to the left what may stand between a copula and the noun: "is one of the critics", "is among the friends", "is
 * seen as a friend". Returns the symbol behind the copula. */
static uint32_t pass_membership(const struct stance_sequence *sequence, uint32_t left) {
  if (left > 1 && is_word(sequence, left - 1, "of") && is_word(sequence, left - 2, "one")) return left - 2;
  if (left > 0 && is_word(sequence, left - 1, "among")) return left - 1;
  bool is_as = left > 2 && is_word(sequence, left - 1, "as") && sequence->info[left - 2].kind == STANCE_SYMBOL_WORD &&
               stance_has_class(sequence, left - 3, STANCE_CLASS_BE | STANCE_CLASS_ADVERB | STANCE_CLASS_LY);
  return is_as ? left - 2 : left;
}

void stance_noun_several(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  const uint8_t *roles = event->lexeme ? event->lexeme->roles : NULL;
  bool is_relation = roles && event->polarity && roles[STANCE_SLOT_SUBJECT] == STANCE_ROLE_SOURCE &&
                     roles[STANCE_SLOT_POSSESSIVE] == STANCE_ROLE_TARGET;
  if (!is_relation || event->end >= sequence->count || !stance_is_actor(sequence, event->end)) return;
  if (stance_slot_has_role(event, STANCE_ROLE_TARGET)) return;
  struct coordination actors = {.count = 0};
  stance_coordination_add(&actors, event->end);
  for (uint32_t i = event->end; i + 2 < sequence->count && stance_is_joint(stance_classes_at(sequence, i + 1)) &&
                                stance_is_actor(sequence, i + 2);
       i += 2)
    stance_coordination_add(&actors, i + 2);
  if (actors.count < 2) return;
  stance_slot_fill_all(event, STANCE_SLOT_SUBJECT, &actors, false);
  event->flags |= STANCE_EVENT_MUTUAL;
}

/* "A is an ally of B", "A, an ally of B". */
void stance_noun_predicated(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  uint32_t at = event->flags & STANCE_EVENT_ADJECTIVE ? event->start : event->phrase_start;
  if (names_next(sequence, event)) {
    stance_slot_fill(event, STANCE_SLOT_SUBJECT, event->end, false);
    return;
  }
  if (event->flags & STANCE_EVENT_ADJECTIVE)
    for (uint32_t steps = 0;
         at > 0 && steps < DEGREE_REACH &&
         stance_has_class(sequence, at - 1,
                          STANCE_CLASS_ADVERB | STANCE_CLASS_LY | STANCE_CLASS_DETERMINER | STANCE_CLASS_NEGATOR);
         steps++)
      at--;
  if (at == 0) return;
  struct coordination actors = {.count = 0};
  uint32_t left = at;
  while (left > 0 && stance_has_class(sequence, left - 1, STANCE_CLASS_ADVERB | STANCE_CLASS_LY | STANCE_CLASS_NEGATOR))
    left--;
  left = pass_membership(sequence, left);
  if (left == 0) return;
  const uint32_t says = STANCE_CLASS_BE | STANCE_CLASS_HAVE | STANCE_CLASS_MODAL | STANCE_CLASS_COPULA;
  if (stance_has_class(sequence, left - 1, says)) {
    while (left > 0 &&
           stance_has_class(sequence, left - 1, says | STANCE_CLASS_ADVERB | STANCE_CLASS_LY | STANCE_CLASS_NEGATOR))
      left--;
    if (left > 0 && stance_has_class(sequence, left - 1, STANCE_CLASS_RELATIVE) &&
        !stance_is_actor(sequence, left - 1)) {
      uint32_t actor = stance_phrase_antecedent(sequence, left - 1);
      if (actor != STANCE_NO_SYMBOL) stance_subject_whole(sequence, actor, &actors);
    } else {
      stance_subject_scan(sequence, left, &actors);
    }
  } else if (stance_has_class(sequence, left - 1, STANCE_CLASS_COMMA) && left > 1) {
    for (uint32_t i = left - 1, steps = 0; i > 0 && steps < APPOSITION_REACH; i--, steps++) {
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

static void add_filler(struct stance_event *event, uint32_t symbol, enum stance_slot slot, enum stance_slot_role role,
                       bool is_weak) {
  if (event->filler_count < STANCE_FILLERS_MAX)
    event->fillers[event->filler_count++] =
        (struct stance_filler){.symbol = symbol, .slot = (uint8_t)slot, .role = (uint8_t)role, .is_weak = is_weak};
}

/* After a verb of receiving, the verb's subject is the noun's target: "A faced sanctions from B". */
static void inherit_received(struct stance_event *noun, const struct coordination *subjects) {
  for (size_t i = 0; i < subjects->count && !stance_slot_has_role(noun, STANCE_ROLE_TARGET); i++)
    add_filler(noun, subjects->symbols[i], STANCE_SLOT_SUBJECT, STANCE_ROLE_TARGET, true);
}

/* After a verb of giving, an actor right before the noun is its target instead of its possessor: "offered B aid". */
static void turn_possessor(const struct stance_sequence *sequence, struct stance_event *noun,
                           const struct stance_event *verb) {
  if (!(verb->flags & STANCE_EVENT_GIVE)) return;
  for (size_t i = 0; i < noun->filler_count; i++) {
    struct stance_filler *filler = &noun->fillers[i];
    bool is_next =
        filler->slot == STANCE_SLOT_POSSESSIVE && filler->role == STANCE_ROLE_SOURCE && filler->symbol == verb->end;
    if (!is_next || stance_slot_has_role(noun, STANCE_ROLE_TARGET) ||
        stance_has_class(sequence, filler->symbol + 1, STANCE_CLASS_POSSESSIVE))
      continue;
    filler->role = STANCE_ROLE_TARGET;
    filler->is_weak = true;
  }
}

/* A noun without source or target takes them from the verb: "A imposed sanctions", "imposed on B sanctions", "offered B
 * aid". */
static void inherit_roles(struct stance_event *noun, const struct stance_event *verb,
                          const struct coordination *subjects) {
  bool has_source = stance_slot_has_role(noun, STANCE_ROLE_SOURCE),
       has_target = stance_slot_has_role(noun, STANCE_ROLE_TARGET);
  for (size_t i = 0; i < subjects->count && !has_source; i++)
    add_filler(noun, subjects->symbols[i], STANCE_SLOT_SUBJECT, STANCE_ROLE_SOURCE, subjects->is_weak);
  for (size_t i = 0; i < verb->filler_count && !has_target; i++) {
    const struct stance_filler *filler = &verb->fillers[i];
    bool is_object = filler->slot == STANCE_SLOT_OBJECT && !(verb->flags & STANCE_EVENT_PASSIVE);
    if (filler->slot == STANCE_SLOT_SUBJECT || (!is_object && noun->lexeme->roles[filler->slot] != STANCE_ROLE_TARGET))
      continue;
    add_filler(noun, filler->symbol, filler->slot, STANCE_ROLE_TARGET, true);
  }
}

static bool is_tie(const struct stance_lexeme *lexeme) {
  return lexeme && (lexeme->quad == STANCE_VERBAL_COOPERATION || lexeme->quad == STANCE_MATERIAL_COOPERATION);
}

/* Shifters, negations and hedges of the verb apply to the noun: "lifted sanctions", "cut off relations", "denied an
 * attack", "may impose sanctions". */
static void inherit_polarity(const struct stance_sequence *sequence, struct stance_event *noun,
                             struct stance_event *verb) {
  bool is_shifter = verb->flags & STANCE_EVENT_SHIFTER,
       has_negator = sequence->info[verb->start].function >> STANCE_NEGATOR & 1;
  bool denies = is_shifter && has_negator && !(verb->lexeme && verb->lexeme->polarity);
  if (verb->flags &
      STANCE_EVENT_ASKED) { /* "urged A to lift the siege": it lasts; "to sign the treaty": it is not signed */
    noun->flags |= STANCE_EVENT_HEDGED | STANCE_EVENT_ASKED;
    if (!is_shifter) noun->polarity = 0;
    return;
  }
  if (is_shifter && !denies) {
    noun->flags |= STANCE_EVENT_SHIFTED;
    if (noun->polarity < 0 && verb->polarity < 0) verb->polarity = 0; /* "dropped its charges against B" */
    noun->polarity = noun->polarity ? (int8_t)-noun->polarity : is_tie(noun->lexeme) ? -1 : 0;
  }
  bool gives_ill = (verb->flags & STANCE_EVENT_GIVE) && verb->polarity > 0 && noun->polarity < 0 && !is_shifter;
  if (gives_ill) verb->polarity = 0; /* "gave B an ultimatum" */
  if (denies || (verb->flags & STANCE_EVENT_NEGATED)) {
    noun->flags |= STANCE_EVENT_NEGATED;
    noun->polarity = noun->polarity > 0 ? -1 : 0;
  }
  if (verb->flags & (STANCE_EVENT_HEDGED | STANCE_EVENT_INFINITIVE)) noun->flags |= STANCE_EVENT_HEDGED;
}

/* "came to B's rescue": the verb's subject is the noun's source, its possessor the target. */
static bool come_to(const struct stance_sequence *sequence, const struct stance_event *verb) {
  return verb->end < sequence->count && stance_has_class(sequence, verb->end, STANCE_CLASS_TO) &&
         is_word(sequence, verb->start, "came");
}
static void come_for(struct stance_event *noun, const struct coordination *subjects) {
  for (size_t i = 0; i < noun->filler_count; i++)
    if (noun->fillers[i].slot == STANCE_SLOT_POSSESSIVE) noun->fillers[i].role = STANCE_ROLE_TARGET;
  for (size_t i = 0; i < subjects->count; i++)
    add_filler(noun, subjects->symbols[i], STANCE_SLOT_SUBJECT, STANCE_ROLE_SOURCE, true);
}

/* Whether who does the verb stands behind a hostile deed that it names: "backed the coup against B", "called for sanctions on B". */
static bool wants_deed(const struct stance_event *verb) {
  if (verb->polarity > 0 && verb->lexeme && verb->lexeme->roles[STANCE_SLOT_SUBJECT] == STANCE_ROLE_SOURCE) return true;
  static const char *const wants[] = {"call for", "urge", "push for", "press for", "lobby for", "advocate", "demand"};
  for (size_t i = 0; verb->lexeme && i < sizeof wants / sizeof *wants; i++)
    if (strcmp(verb->lexeme->lemma, wants[i]) == 0) return true;
  return false;
}

/* "A imposed sanctions on B", "sanctions on B were lifted by A", "A faced sanctions from B". */
void stance_noun_inherit(struct stance_sequence *sequence, size_t index) {
  struct stance_event *noun = &sequence->events[index];
  if (noun->governor == STANCE_NO_EVENT) return;
  struct stance_event *verb = &sequence->events[noun->governor];
  struct coordination subjects = {.count = 0};
  stance_slot_fillers(verb, STANCE_SLOT_SUBJECT, &subjects);
  if ((verb->flags & STANCE_EVENT_RECEIVE) && (verb->flags & STANCE_EVENT_SHIFTER)) { /* "lost the support of B" */
    if (noun->polarity <= 0) return;
    inherit_received(noun, &subjects);
    inherit_polarity(sequence, noun, verb);
  } else if (verb->flags & (STANCE_EVENT_GIVE | STANCE_EVENT_SHIFTER)) {
    turn_possessor(sequence, noun, verb);
    inherit_roles(noun, verb, &subjects);
    inherit_polarity(sequence, noun, verb);
  } else if ((verb->flags & STANCE_EVENT_RECEIVE) && come_to(sequence, verb)) {
    come_for(noun, &subjects);
  } else if (verb->flags & STANCE_EVENT_RECEIVE) {
    inherit_received(noun, &subjects);
  } else if (noun->polarity < 0 && !(verb->flags & (STANCE_EVENT_PASSIVE | STANCE_EVENT_NEGATED)) && wants_deed(verb) &&
             noun->lexeme->roles[STANCE_SLOT_SUBJECT] == STANCE_ROLE_NONE && /* no "critic of B" */
             !stance_slot_has_role(noun, STANCE_ROLE_SOURCE)) {
    for (size_t i = 0; i < subjects.count; i++)
      add_filler(noun, subjects.symbols[i], STANCE_SLOT_SUBJECT, STANCE_ROLE_SOURCE, true);
  }
}

/* Whether the actor is a subject of the verb: "lifted its embargo". */
static bool is_subject(const struct stance_sequence *sequence, const struct stance_event *verb, uint32_t symbol) {
  for (size_t i = 0; i < verb->filler_count; i++)
    if (verb->fillers[i].slot == STANCE_SLOT_SUBJECT &&
        sequence->info[verb->fillers[i].symbol].actor == sequence->info[symbol].actor)
      return true;
  return false;
}

/* A verb with polarity takes the partner in a tie, or who is across a border, as its target where it has none: "violated the
 * ceasefire with B", "massed troops on its border with B", "ratified the pact with B". */
static void take_partner(const struct stance_sequence *sequence, struct stance_event *verb,
                         const struct stance_event *noun) {
  if (!verb->polarity || stance_slot_has_role(verb, STANCE_ROLE_TARGET) || noun->polarity < 0 || !noun->lexeme) return;
  bool is_shared = noun->lexeme->roles[STANCE_SLOT_BETWEEN] == STANCE_ROLE_BOTH;
  if (!is_shared && (noun->polarity == 0 || verb->polarity < 0)) return;
  if (verb->polarity < 0 && noun->polarity > 0 && verb->flags & STANCE_EVENT_SHIFTER) return; /* the noun is turned */
  for (size_t i = 0; i < noun->filler_count; i++) {
    const struct stance_filler *filler = &noun->fillers[i];
    if (filler->role == STANCE_ROLE_SOURCE && filler->slot == STANCE_SLOT_POSSESSIVE &&
        !is_subject(sequence, verb, filler->symbol))
      return; /* "criticised B's pact with C" */
  }
  for (size_t i = 0; i < noun->filler_count; i++) {
    const struct stance_filler filler = noun->fillers[i];
    if (filler.role == STANCE_ROLE_TARGET && filler.slot == STANCE_SLOT_WITH &&
        !is_subject(sequence, verb, filler.symbol))
      add_filler(verb, filler.symbol, STANCE_SLOT_WITH, STANCE_ROLE_TARGET, true);
  }
}

/* "condemned the attack by C on B", "welcomed B's offer". */
void stance_noun_object(struct stance_sequence *sequence, size_t index) {
  const struct stance_event *noun = &sequence->events[index];
  if (noun->governor == STANCE_NO_EVENT) return;
  struct stance_event *verb = &sequence->events[noun->governor];
  if ((verb->flags & STANCE_EVENT_PASSIVE) || !verb->lexeme || stance_slot_has(verb, STANCE_SLOT_OBJECT)) return;
  uint8_t role = verb->lexeme->roles[STANCE_SLOT_OBJECT];
  bool is_issue = role == STANCE_ROLE_ISSUE && verb->polarity && !stance_slot_has_role(verb, STANCE_ROLE_TARGET);
  take_partner(sequence, verb, noun);
  if (role != STANCE_ROLE_TARGET && !is_issue) return;
  for (size_t i = 0; i < noun->filler_count; i++)
    if (noun->fillers[i].role == STANCE_ROLE_SOURCE && noun->fillers[i].slot != STANCE_SLOT_SUBJECT &&
        !is_subject(sequence, verb, noun->fillers[i].symbol)) {
      if (is_issue) add_filler(verb, noun->fillers[i].symbol, STANCE_SLOT_OBJECT, STANCE_ROLE_TARGET, true);
      else stance_slot_fill(verb, STANCE_SLOT_OBJECT, noun->fillers[i].symbol, true);
    }
}

/* Where "its" would refer to the noun's own subject, it refers to the object of the next verb: "A, its fiercest foe,
 * attacked B". */
static void other_owner(const struct stance_sequence *sequence, size_t index, struct coordination *actors) {
  const struct stance_event *event = &sequence->events[index];
  bool is_subject = false;
  for (size_t i = 0; i < event->filler_count && actors->count; i++)
    is_subject |= sequence->info[event->fillers[i].symbol].actor == sequence->info[actors->symbols[0]].actor;
  if (!is_subject) return;
  actors->count = 0;
  for (size_t next = index + 1; next < sequence->event_count; next++) {
    if (!stance_event_is_verb(&sequence->events[next])) continue;
    stance_slot_fillers(&sequence->events[next], STANCE_SLOT_OBJECT, actors);
    return;
  }
}

/* "regretted its attack on B", "its fiercest foe". */
void stance_noun_own(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  uint32_t at = event->start;
  for (uint32_t steps = 0; at > 0 && steps < OWN_REACH && stance_is_plain(sequence, at - 1); at--, steps++) {
    if (!stance_has_class(sequence, at - 1, STANCE_CLASS_OWN)) continue;
    struct coordination actors = {.count = 0};
    bool is_foe = event->lexeme->roles[STANCE_SLOT_POSSESSIVE] == STANCE_ROLE_TARGET;
    if (!stance_slot_has_role(event, is_foe ? STANCE_ROLE_TARGET : STANCE_ROLE_SOURCE))
      stance_subject_own(sequence, at - 1, &actors);
    if (is_foe) other_owner(sequence, index, &actors);
    stance_slot_fill_all(event, STANCE_SLOT_POSSESSIVE, &actors, true);
    return;
  }
}

/* "An accord was signed by A with B". */
void stance_noun_govern(struct stance_sequence *sequence, size_t index) {
  struct stance_event *verb = &sequence->events[index];
  if (!(verb->flags & STANCE_EVENT_PASSIVE)) return;
  for (uint32_t i = verb->phrase_start, steps = 0; i > 0 && steps < GOVERN_REACH; i--, steps++) {
    if (stance_has_class(sequence, i - 1, STANCE_CLASS_RELATIVE)) continue; /* "accords that have been ended" */
    if (stance_is_verb_at(sequence, i - 1) ||
        stance_has_class(sequence, i - 1, STANCE_CLASS_STOP | STANCE_CLASS_CLAUSE))
      return;
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
  for (uint32_t i = event->end + is_prefix, steps = 0; i < sequence->count && steps < COMPOUND_REACH; i++, steps++) {
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
  for (uint32_t i = event->start, steps = 0; i > 0 && steps < COMPOUND_REACH; i--, steps++) {
    if (stance_is_actor(sequence, i - 1)) {
      stance_slot_fill(event, STANCE_SLOT_POSSESSIVE, i - 1, false);
      return;
    }
    if (!stance_is_plain(sequence, i - 1) && stance_classes_at(sequence, i - 1) != STANCE_CLASS_POSSESSIVE) break;
  }
  if (next == STANCE_NO_SYMBOL) { /* "anti-A protests in B" */
    bool in = false;
    for (uint32_t i = event->end + 1, steps = 0; i < sequence->count && steps < PROTEST_REACH; i++, steps++) {
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
  return stance_has_class(sequence, i, STANCE_CLASS_WORSE)    ? -1
         : stance_has_class(sequence, i, STANCE_CLASS_BETTER) ? 1
                                                              : 0;
}

/* "souring ties", "a deterioration in relations", "the suspension of cooperation", "relations between A and B have
 * improved". */
void stance_noun_change(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  if (!is_tie(event->lexeme) || (event->flags & STANCE_EVENT_SHIFTED)) return;
  if (!event->lexeme->polarity && event->lexeme->strength > 1)
    return; /* "talks" that collapse say nothing of the stance */
  int change = 0;
  for (uint32_t i = event->start, steps = 0; i > 0 && steps < CHANGE_BEFORE && !change; i--, steps++) {
    change = change_at(sequence, i - 1);
    uint8_t slot = sequence->info[i - 1].slot;
    bool is_link =
        slot == STANCE_SLOT_OF || slot == STANCE_SLOT_IN || slot == STANCE_SLOT_TO || slot == STANCE_SLOT_FROM;
    if (!change && !is_link && !stance_is_plain(sequence, i - 1) && !stance_event_at(sequence, i - 1)) break;
  }
  for (uint32_t i = event->end, steps = 0; i < sequence->count && steps < CHANGE_BEHIND && !change; i++, steps++) {
    if (stance_has_class(sequence, i, STANCE_CLASS_STOP | STANCE_CLASS_CLAUSE | STANCE_CLASS_COMMA)) break;
    if (stance_is_actor(sequence, i)) continue;
    change = change_at(sequence, i);
    if (!change && stance_is_verb_at(sequence, i) && stance_event_at(sequence, i)->lexeme) break;
  }
  if (!change) return;
  event->polarity = (int8_t)change;
  if (event->flags & STANCE_EVENT_NEGATED) event->polarity = 0;
}
