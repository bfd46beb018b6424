/* SPDX-License-Identifier: MIT
 * The slot rule: which actors fill the slots of a sentence's events, without a parser. The nearest actor left of a verb is its
 * subject and the first one right of it its object; the rest of this file is the exceptions. */
#include <string.h>

#include "template.h"

#define G(i) (sequence->marks[i].grammar)
enum { GROUP_MAX = 8, REACH_LEFT = 24, REACH_RIGHT = 22 };

struct group { /* actors that share a slot: "A and B" */
  uint32_t symbols[GROUP_MAX];
  size_t count;
  bool is_weak;
  bool is_mutual; /* "between A and B" */
};

static bool is_actor(const struct stance_sequence *sequence, uint32_t i) {
  return sequence->marks[i].kind == STANCE_SYMBOL_ACTOR;
}

static const struct stance_event *event_at(const struct stance_sequence *sequence, uint32_t i) {
  return sequence->marks[i].event == STANCE_NO_EVENT ? NULL : &sequence->events[sequence->marks[i].event];
}

static bool is_verb_at(const struct stance_sequence *sequence, uint32_t i) {
  const struct stance_event *event = event_at(sequence, i);
  return event && stance_event_is_verb(event);
}

/* A word of a noun phrase: an adjective, a title, a noun that is no actor. */
static bool is_plain(const struct stance_sequence *sequence, uint32_t i) {
  const struct stance_mark *mark = &sequence->marks[i];
  if (mark->kind == STANCE_SYMBOL_NUMBER) return true;
  if (mark->kind != STANCE_SYMBOL_WORD || is_verb_at(sequence, i)) return false;
  return !(mark->grammar & ~(uint32_t)(STANCE_G_LY | STANCE_G_DETERMINER | STANCE_G_POSSESSIVE | STANCE_G_ADVERB | STANCE_G_OWN));
}

static bool begins_predicate(const struct stance_sequence *sequence, uint32_t i) {
  return i < sequence->count && (is_verb_at(sequence, i) || (G(i) & (STANCE_G_BE | STANCE_G_HAVE | STANCE_G_MODAL | STANCE_G_DO)));
}

static void group_add(struct group *group, uint32_t symbol) {
  for (size_t i = 0; i < group->count; i++)
    if (group->symbols[i] == symbol) return;
  if (group->count < GROUP_MAX) group->symbols[group->count++] = symbol;
}

static void fill(struct stance_event *event, enum stance_slot slot, uint32_t symbol, bool is_weak) {
  for (size_t i = 0; i < event->filler_count; i++)
    if (event->fillers[i].symbol == symbol && (event->fillers[i].slot == slot || is_weak || !event->fillers[i].is_weak)) return;
  if (event->filler_count == STANCE_FILLERS_MAX) return;
  uint8_t role = event->lexeme ? event->lexeme->roles[slot] : STANCE_ROLE_NONE;
  event->fillers[event->filler_count++] =
      (struct stance_filler){.symbol = symbol, .slot = (uint8_t)slot, .role = role, .is_weak = is_weak};
}

static void fill_group(struct stance_event *event, enum stance_slot slot, const struct group *group, bool is_weak) {
  for (size_t i = 0; i < group->count; i++) fill(event, slot, group->symbols[i], is_weak || group->is_weak);
  if (group->is_mutual && !(event->flags & STANCE_EVENT_NOUN)) event->flags |= STANCE_EVENT_MUTUAL;
}

static bool has_slot(const struct stance_event *event, enum stance_slot slot) {
  for (size_t i = 0; i < event->filler_count; i++)
    if (event->fillers[i].slot == slot) return true;
  return false;
}

static bool has_role(const struct stance_event *event, enum stance_slot_role role) {
  for (size_t i = 0; i < event->filler_count; i++)
    if (event->fillers[i].role == role || event->fillers[i].role == STANCE_ROLE_BOTH) return true;
  return false;
}

static void slot_group(const struct stance_event *event, enum stance_slot slot, struct group *group) {
  for (size_t i = 0; i < event->filler_count; i++)
    if (event->fillers[i].slot == slot) {
      group_add(group, event->fillers[i].symbol);
      group->is_weak |= event->fillers[i].is_weak;
    }
}

/* The one that stands as subject in the grammar: of a passive, the object. */
static void grammatical_subject(const struct stance_event *event, struct group *group) {
  slot_group(event, event->flags & STANCE_EVENT_PASSIVE ? STANCE_SLOT_OBJECT : STANCE_SLOT_SUBJECT, group);
}

/* ---- noun phrases around an actor ----------------------------------------------------------------------------- */

/* Where the actor's noun phrase starts: "the powerful French". */
static uint32_t phrase_start(const struct stance_sequence *sequence, uint32_t actor) {
  uint32_t at = actor;
  for (uint32_t steps = 0; at > 0 && steps < 4 && is_plain(sequence, at - 1) && !(G(at - 1) & STANCE_G_POSSESSIVE); steps++) at--;
  return at;
}

/* The preposition before the actor's noun phrase, or STANCE_NO_SYMBOL. */
static uint32_t preposition_before(const struct stance_sequence *sequence, uint32_t actor) {
  uint32_t start = phrase_start(sequence, actor);
  return start > 0 && (G(start - 1) & STANCE_G_PREPOSITION) && !is_actor(sequence, start - 1) ? start - 1 : STANCE_NO_SYMBOL;
}

static bool is_joint(uint32_t grammar) { return grammar & (STANCE_G_AND | STANCE_G_COMMA); }

/* The names of one person or body: "Mali's foreign minister Diop", "French ambassador Meyer". Those left and right of `actor`. */
static void add_apposed(const struct stance_sequence *sequence, uint32_t actor, struct group *group) {
  bool is_titled = false;
  for (uint32_t i = actor, steps = 0; i > 0 && steps < 5; i--, steps++) {
    if (is_actor(sequence, i - 1)) {
      if (is_titled || steps == 0) group_add(group, i - 1);
      break;
    }
    if (!is_plain(sequence, i - 1)) {
      if (!(G(i - 1) == STANCE_G_POSSESSIVE)) break;
      continue;
    }
    unsigned title = 1u << STANCE_TITLE | 1u << STANCE_AGENT_NOUN;
    is_titled |= (sequence->marks[i - 1].function & title) != 0;
  }
  is_titled = false;
  for (uint32_t i = actor + 1, steps = 0; i < sequence->count && steps < 5; i++, steps++) {
    if (is_actor(sequence, i)) {
      if (is_titled) group_add(group, i);
      break;
    }
    if (!is_plain(sequence, i) && G(i) != STANCE_G_POSSESSIVE) break;
    is_titled |= sequence->marks[i].function >> STANCE_TITLE & 1;
  }
}

/* "A and B", "A, B and C": those right of the actor. What is followed by a verb opens a clause of its own. */
static void add_joined_right(const struct stance_sequence *sequence, uint32_t actor, enum stance_slot slot, struct group *group) {
  uint32_t pending[GROUP_MAX], at = actor;
  size_t pending_count = 0;
  for (;;) {
    uint32_t i = at + 1, steps = 0;
    while (i < sequence->count && steps < 4 && (is_plain(sequence, i) || G(i) == STANCE_G_POSSESSIVE) && !is_actor(sequence, i)) i++, steps++;
    if (i >= sequence->count || !is_joint(G(i))) return;
    bool is_and = G(i) & STANCE_G_AND, is_comma = !is_and;
    i++;
    if (i < sequence->count && (G(i) & STANCE_G_AND)) is_and = true, i++;
    if (is_and && is_comma && pending_count == 0) return; /* "A, and B ..." opens a clause; "A, B, and C" is a list */
    for (steps = 0; i < sequence->count && steps < 4 && !is_actor(sequence, i) && is_plain(sequence, i); steps++) i++;
    if (i >= sequence->count || !is_actor(sequence, i)) return;
    uint32_t end = i + 1;
    while (end < sequence->count && end < i + 4 && (is_plain(sequence, end) || G(end) == STANCE_G_POSSESSIVE)) end++;
    if (begins_predicate(sequence, end) && slot != STANCE_SLOT_BETWEEN) return;
    if (pending_count < GROUP_MAX) pending[pending_count++] = i;
    if (is_and) {
      for (size_t j = 0; j < pending_count; j++) group_add(group, pending[j]);
      pending_count = 0;
    }
    at = i;
  }
}

/* The same leftwards; what is the object of a verb before is none of ours. */
static void add_joined_left(const struct stance_sequence *sequence, uint32_t actor, struct group *group) {
  uint32_t at = actor, pending = STANCE_NO_SYMBOL; /* "A, and B": A is B's fellow only if the list goes on before it */
  bool is_and = false;
  for (size_t rounds = 0; rounds < GROUP_MAX; rounds++) {
    uint32_t i = phrase_start(sequence, at);
    if (i > 1 && G(i - 1) == STANCE_G_POSSESSIVE && is_actor(sequence, i - 2)) i = phrase_start(sequence, i - 2); /* "A's B and C's D" */
    if (i == 0 || !is_joint(G(i - 1))) return;
    i--;
    bool is_comma = G(i) & STANCE_G_COMMA;
    is_and |= (G(i) & STANCE_G_AND) != 0;
    bool is_both = i > 0 && (G(i) & STANCE_G_AND) && (G(i - 1) & STANCE_G_COMMA);
    if (is_both) i--;
    uint32_t steps = 0;
    while (i > 0 && steps < 4 && !is_actor(sequence, i - 1) && (is_plain(sequence, i - 1) || G(i - 1) == STANCE_G_POSSESSIVE)) i--, steps++;
    if (i == 0 || !is_actor(sequence, i - 1) || !is_and) return;
    uint32_t start = phrase_start(sequence, i - 1);
    if (start > 0 && is_verb_at(sequence, start - 1)) return;
    uint32_t preposition = preposition_before(sequence, i - 1);
    if (preposition != STANCE_NO_SYMBOL && !(G(preposition) & STANCE_G_COMMA)) {
      uint8_t slot = sequence->marks[preposition].slot;
      if (slot != STANCE_SLOT_OF && slot != STANCE_SLOT_FROM && slot != STANCE_SLOT_BETWEEN && slot != STANCE_SLOT_BY) return;
    }
    if (pending != STANCE_NO_SYMBOL && is_comma) group_add(group, pending);
    pending = STANCE_NO_SYMBOL;
    if (is_both) pending = i - 1;
    else group_add(group, i - 1);
    at = i - 1;
  }
}

/* ---- the subject of a verb ------------------------------------------------------------------------------------- */

static size_t previous_verb(const struct stance_sequence *sequence, size_t index) {
  while (index-- > 0)
    if (stance_event_is_verb(&sequence->events[index])) return index;
  return SIZE_MAX;
}

/* The actor that "who", "which" at `relative` stands for. */
static uint32_t antecedent(const struct stance_sequence *sequence, uint32_t relative) {
  uint32_t fallback = STANCE_NO_SYMBOL;
  for (uint32_t i = relative, steps = 0; i > 0 && steps < 10; i--, steps++) {
    if (is_actor(sequence, i - 1)) {
      uint32_t preposition = preposition_before(sequence, i - 1);
      if (preposition == STANCE_NO_SYMBOL) return i - 1;
      if (fallback == STANCE_NO_SYMBOL) fallback = i - 1;
      if (sequence->marks[preposition].slot == STANCE_SLOT_OF || relative - i <= 1) return fallback;
    }
    if (is_verb_at(sequence, i - 1) || (G(i - 1) & (STANCE_G_STOP | STANCE_G_CLAUSE))) break;
  }
  return fallback;
}

/* Over a clause in commas, "A, officials said, attacked": the comma that opens it, where `at` is the comma that closes it. */
static uint32_t skip_parenthesis(const struct stance_sequence *sequence, uint32_t at) {
  for (uint32_t i = at, words = 0; i > 0 && words <= 14; i--) {
    if (G(i - 1) & STANCE_G_STOP) return STANCE_NO_SYMBOL;
    if (G(i - 1) & STANCE_G_COMMA) return words >= 1 ? i - 1 : STANCE_NO_SYMBOL;
    words += sequence->marks[i - 1].kind != STANCE_SYMBOL_PUNCTUATION;
  }
  return STANCE_NO_SYMBOL;
}

static void whole_subject(const struct stance_sequence *sequence, uint32_t actor, struct group *group) {
  group_add(group, actor);
  add_joined_left(sequence, actor, group);
  uint32_t preposition = group->count > 1 ? preposition_before(sequence, group->symbols[group->count - 1]) : STANCE_NO_SYMBOL;
  if (preposition != STANCE_NO_SYMBOL && sequence->marks[preposition].slot == STANCE_SLOT_BETWEEN) group->is_weak = group->is_mutual = true;
  add_apposed(sequence, actor, group);
}

/* Whose "its" is: the subject of the verb before, or the nearest actor before. */
static void own_actor(const struct stance_sequence *sequence, uint32_t own, struct group *group) {
  uint32_t nearest = STANCE_NO_SYMBOL;
  group->is_weak = true;
  for (uint32_t i = own, steps = 0; i > 0 && steps < REACH_LEFT; i--, steps++) {
    if (is_actor(sequence, i - 1) && nearest == STANCE_NO_SYMBOL) nearest = i - 1;
    if (!is_verb_at(sequence, i - 1)) continue;
    grammatical_subject(event_at(sequence, i - 1), group);
    if (group->count) return;
  }
  if (nearest != STANCE_NO_SYMBOL) group_add(group, nearest);
}

/* Leftwards from `at` for the nearest actor that heads its phrase; one inside a prepositional phrase only where there is no other. */
static void scan_subject(const struct stance_sequence *sequence, uint32_t at, struct group *group) {
  uint32_t fallback = STANCE_NO_SYMBOL;
  uint32_t words = 0, own = STANCE_NO_SYMBOL; /* "its foreign minister" */
  for (uint32_t i = at, steps = 0; i > 0 && steps < REACH_LEFT; i--, steps++) {
    uint32_t k = i - 1, grammar = G(k);
    if (is_actor(sequence, k)) {
      uint32_t preposition = preposition_before(sequence, k);
      const struct stance_event *noun = preposition != STANCE_NO_SYMBOL && preposition > 0 ? event_at(sequence, preposition - 1) : NULL;
      bool heads = preposition == STANCE_NO_SYMBOL ||
                   (sequence->marks[preposition].slot == STANCE_SLOT_OF && !(noun && noun->polarity));
      if (heads) {
        whole_subject(sequence, k, group);
        return;
      }
      if (fallback == STANCE_NO_SYMBOL) fallback = k;
      words++;
      continue;
    }
    if (grammar & STANCE_G_COMMA) {
      uint32_t open = words == 0 ? skip_parenthesis(sequence, k) : STANCE_NO_SYMBOL;
      if (open != STANCE_NO_SYMBOL && open > 0) {
        if (open + 1 < sequence->count && is_actor(sequence, open + 1)) group_add(group, open + 1);
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
    if ((grammar & STANCE_G_RELATIVE) && (grammar & STANCE_G_POSSESSIVE)) { /* "A, whose army attacked" */
      uint32_t actor = antecedent(sequence, k);
      if (actor != STANCE_NO_SYMBOL) group_add(group, actor);
      return;
    }
    if (grammar & (STANCE_G_STOP | STANCE_G_CLAUSE | STANCE_G_RELATIVE)) break;
    if (is_verb_at(sequence, k) && !(event_at(sequence, k)->flags & STANCE_EVENT_PARTICIPLE)) {
      uint32_t clause = event_at(sequence, k)->group; /* "the jet that bombed B was downed": over the relative clause */
      if (clause == 0 || !(G(clause - 1) & STANCE_G_RELATIVE) || is_actor(sequence, clause - 1)) break;
      i = clause;
      words = 1;
      fallback = STANCE_NO_SYMBOL;
      continue;
    }
    if (grammar & STANCE_G_OWN) own = k;
    words += sequence->marks[k].kind != STANCE_SYMBOL_PUNCTUATION;
  }
  if (own != STANCE_NO_SYMBOL && group->count == 0 && fallback == STANCE_NO_SYMBOL) {
    own_actor(sequence, own, group);
    return;
  }
  if (fallback != STANCE_NO_SYMBOL && group->count == 0) {
    group->is_weak = true;
    whole_subject(sequence, fallback, group);
  }
}

/* The first actor of the clause that heads its phrase: of a verb in a row whose first is unknown ("kept B waiting and hit C"). */
static void first_of_clause(const struct stance_sequence *sequence, uint32_t at, struct group *group) {
  uint32_t first = STANCE_NO_SYMBOL;
  for (uint32_t i = at, steps = 0; i > 0 && steps < 2 * REACH_LEFT; i--, steps++) {
    if (G(i - 1) & (STANCE_G_STOP | STANCE_G_CLAUSE | STANCE_G_RELATIVE) && !is_actor(sequence, i - 1)) break;
    if (is_actor(sequence, i - 1) && preposition_before(sequence, i - 1) == STANCE_NO_SYMBOL) first = i - 1;
  }
  if (first == STANCE_NO_SYMBOL) return;
  group_add(group, first);
  add_joined_right(sequence, first, STANCE_SLOT_BETWEEN, group);
  add_apposed(sequence, first, group);
}

/* The subject of an -ing form: the main verb's, or its object behind "for", "of", "from" ("accused B of arming"). */
static void participle_subject(struct stance_sequence *sequence, size_t index, struct group *group) {
  struct stance_event *event = &sequence->events[index];
  uint32_t left = event->group > 0 ? event->group - 1 : STANCE_NO_SYMBOL;
  size_t main = previous_verb(sequence, index);
  if (left != STANCE_NO_SYMBOL && is_actor(sequence, left)) {
    whole_subject(sequence, left, group);
    return;
  }
  if (left != STANCE_NO_SYMBOL && (G(left) & STANCE_G_POSSESSIVE) && left > 0 && is_actor(sequence, left - 1)) {
    group_add(group, left - 1);
    return;
  }
  if (main == SIZE_MAX) { /* "After attacking B, A withdrew" */
    for (uint32_t i = event->end; i < sequence->count; i++)
      if ((G(i) & STANCE_G_COMMA)) {
        for (uint32_t j = i + 1; j < sequence->count && j < i + 8; j++)
          if (is_actor(sequence, j)) {
            group_add(group, j);
            return;
          }
      }
    scan_subject(sequence, event->group, group);
    return;
  }
  const struct stance_event *verb = &sequence->events[main];
  bool of_object = left != STANCE_NO_SYMBOL && (G(left) & STANCE_G_PREPOSITION) &&
                   (sequence->marks[left].slot == STANCE_SLOT_FOR || sequence->marks[left].slot == STANCE_SLOT_OF ||
                    sequence->marks[left].slot == STANCE_SLOT_FROM || sequence->marks[left].slot == STANCE_SLOT_AGAINST || sequence->marks[left].slot == STANCE_SLOT_INTO ||
                    sequence->marks[left].slot == STANCE_SLOT_OVER);
  if (of_object) slot_group(verb, STANCE_SLOT_OBJECT, group);
  if (of_object && group->count == 0)
    for (size_t slot = STANCE_SLOT_OF; slot < STANCE_SLOT_POSSESSIVE && group->count == 0; slot++)
      if (verb->lexeme && verb->lexeme->roles[slot] == STANCE_ROLE_TARGET) slot_group(verb, (enum stance_slot)slot, group);
  if (of_object && group->count) event->governor = (uint16_t)main;
  if (group->count == 0) grammatical_subject(verb, group);
  if (group->count == 0) scan_subject(sequence, event->group, group);
}

static void find_subject(struct stance_sequence *sequence, size_t index, struct group *group) {
  struct stance_event *event = &sequence->events[index];
  size_t main = previous_verb(sequence, index);
  if (event->flags & STANCE_EVENT_PARTICIPLE) {
    participle_subject(sequence, index, group);
    return;
  }
  if (event->group == 0) return;
  uint32_t left = event->group - 1, grammar = G(left);
  if ((grammar & STANCE_G_RELATIVE) && !is_actor(sequence, left)) {
    uint32_t actor = antecedent(sequence, left);
    if (actor != STANCE_NO_SYMBOL) whole_subject(sequence, actor, group);
    return;
  }
  if ((grammar & (STANCE_G_AND | STANCE_G_COMMA)) && main != SIZE_MAX) { /* "attacked B and seized C" */
    if ((grammar & STANCE_G_AND) || skip_parenthesis(sequence, left) == STANCE_NO_SYMBOL) {
      grammatical_subject(&sequence->events[main], group);
      if (group->count) return;
    }
  }
  if ((grammar & STANCE_G_AND) || ((grammar & STANCE_G_COMMA) && skip_parenthesis(sequence, left) == STANCE_NO_SYMBOL)) {
    first_of_clause(sequence, left, group);
    if (group->count) return;
  }
  if ((event->flags & STANCE_EVENT_INFINITIVE) && main != SIZE_MAX) { /* "asked B to withdraw", "vowed to attack" */
    const struct stance_event *verb = &sequence->events[main];
    if (event->group - verb->end < 12) {
      bool promises = verb->flags & STANCE_EVENT_GIVE;
      if (!promises && !(verb->flags & STANCE_EVENT_PASSIVE)) slot_group(verb, STANCE_SLOT_OBJECT, group);
      if (group->count == 0) grammatical_subject(verb, group);
      if (group->count) return;
    }
  }
  if ((grammar & STANCE_G_PRONOUN) && main != SIZE_MAX) { /* "A said it would": the subject before */
    grammatical_subject(&sequence->events[main], group);
    group->is_weak = true;
    return;
  }
  if (grammar & STANCE_G_PRONOUN) return;
  scan_subject(sequence, event->group, group);
}

/* ---- what stands right of an event ------------------------------------------------------------------------------ */

/* The slot of an actor that stands behind preposition `slot`: the lexeme's where it has that; else "of" and "in" go with the
 * slot before ("attacked a base in B"). STANCE_SLOT_COUNT: none. */
static enum stance_slot settle_slot(const struct stance_event *event, enum stance_slot slot, enum stance_slot previous, bool *is_weak) {
  *is_weak = false;
  if (slot == STANCE_SLOT_COUNT) return STANCE_SLOT_COUNT;
  uint8_t role = event->lexeme ? event->lexeme->roles[slot] : STANCE_ROLE_NONE;
  if (slot == STANCE_SLOT_OBJECT || (role != STANCE_ROLE_NONE && role != STANCE_ROLE_ISSUE)) return slot;
  if (slot == STANCE_SLOT_OF || slot == STANCE_SLOT_IN || slot == STANCE_SLOT_FROM || slot == STANCE_SLOT_AT) {
    *is_weak = true;
    return previous;
  }
  return slot;
}

/* True where the noun between the verb and here would take the preposition itself: "condemned the attack on B". */
static bool is_taken(const struct stance_event *noun, const struct stance_event *verb, enum stance_slot slot) {
  if (!noun || !noun->lexeme || slot >= STANCE_SLOT_POSSESSIVE || slot < STANCE_SLOT_OF) return false;
  uint8_t by_noun = noun->lexeme->roles[slot], by_verb = verb->lexeme ? verb->lexeme->roles[slot] : STANCE_ROLE_NONE;
  if (by_noun == STANCE_ROLE_NONE || by_noun == STANCE_ROLE_ISSUE) return false;
  return by_verb == STANCE_ROLE_NONE || by_verb == STANCE_ROLE_ISSUE || slot == STANCE_SLOT_ON || slot == STANCE_SLOT_AGAINST;
}

static void scan_right(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  const struct stance_event *noun = NULL; /* the last event noun on the way */
  bool has_pronoun = false;
  bool is_verb = stance_event_is_verb(event), is_passive = event->flags & STANCE_EVENT_PASSIVE;
  enum stance_slot slot = is_verb && !is_passive ? STANCE_SLOT_OBJECT : STANCE_SLOT_COUNT, previous = slot;
  for (uint32_t i = event->end, steps = 0; i < sequence->count && steps < REACH_RIGHT; i++, steps++) {
    uint32_t grammar = G(i);
    if (is_actor(sequence, i)) {
      bool is_weak;
      enum stance_slot settled = settle_slot(event, slot, previous, &is_weak);
      if (settled == STANCE_SLOT_COUNT || (settled == STANCE_SLOT_OBJECT && has_slot(event, settled) && is_weak) || is_taken(noun, event, slot))
        continue;
      if (settled == STANCE_SLOT_OBJECT && (has_slot(event, STANCE_SLOT_OBJECT) || has_pronoun)) continue;
      if (is_weak && has_slot(event, settled)) continue;
      struct group group = {.count = 0};
      group_add(&group, i);
      add_joined_right(sequence, i, settled, &group);
      add_apposed(sequence, i, &group);
      if (settled == STANCE_SLOT_BY && is_verb && (is_passive || !has_slot(event, STANCE_SLOT_SUBJECT))) settled = STANCE_SLOT_SUBJECT;
      fill_group(event, settled, &group, is_weak || noun != NULL);
      previous = settled == STANCE_SLOT_SUBJECT ? STANCE_SLOT_BY : settled;
      slot = STANCE_SLOT_COUNT; /* one phrase a preposition */
      uint32_t last = i;
      for (size_t j = 0; j < group.count; j++)
        if (group.symbols[j] > last) last = group.symbols[j];
      i = last;
      continue;
    }
    const struct stance_event *other = event_at(sequence, i);
    if (other && other != event) {
      if (stance_event_is_verb(other)) {
        if (!(other->flags & STANCE_EVENT_PARTICIPLE)) return;
        if (is_verb || !(G(other->group > 0 ? other->group - 1 : 0) & STANCE_G_PREPOSITION)) return;
      }
      if ((other->flags & STANCE_EVENT_NOUN) && is_verb) {
        noun = other;
        if (slot == STANCE_SLOT_OBJECT || slot == STANCE_SLOT_OF || slot == STANCE_SLOT_FOR || slot == STANCE_SLOT_COUNT) {
          struct stance_event *governed = &sequence->events[sequence->marks[i].event];
          if (governed->governor == STANCE_NO_EVENT) governed->governor = (uint16_t)index;
        }
      } else if (other->flags & STANCE_EVENT_NOUN) {
        noun = other;
      }
      i = other->end - 1;
      continue;
    }
    if ((grammar & STANCE_G_PREPOSITION)) {
      if (slot != STANCE_SLOT_COUNT && slot != STANCE_SLOT_OF && slot != STANCE_SLOT_IN) previous = slot;
      slot = sequence->marks[i].slot;
      continue;
    }
    if (grammar & STANCE_G_QUOTE) continue;
    has_pronoun |= (grammar & STANCE_G_PRONOUN) && slot == STANCE_SLOT_OBJECT;
    if (grammar & (STANCE_G_STOP | STANCE_G_CLAUSE | STANCE_G_RELATIVE | STANCE_G_BE | STANCE_G_HAVE | STANCE_G_MODAL | STANCE_G_DO)) return;
    if (grammar & STANCE_G_COMMA) {
      bool is_inset = is_verb && steps < 2 && i + 1 < sequence->count && (G(i + 1) & STANCE_G_PREPOSITION);
      if (is_inset && !has_slot(event, STANCE_SLOT_OBJECT)) continue; /* "condemned, in strong words, B" */
      return;
    }
    if ((grammar & STANCE_G_AND) && begins_predicate(sequence, i + 1)) return;
    if (grammar & STANCE_G_SELF) event->flags |= STANCE_EVENT_MUTUAL;
  }
}

/* ---- nouns ---------------------------------------------------------------------------------------------------------- */

/* "Mali's rejection", "French air strikes", "Mali-France accord", "France and Mali's row": left of the noun. */
static void fill_possessors(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  uint32_t at = event->start;
  for (uint32_t steps = 0; at > 0 && steps < 6; at--, steps++) {
    uint32_t k = at - 1;
    const struct stance_event *compound = k > 0 ? event_at(sequence, k - 1) : NULL;
    if (compound && (compound->flags & STANCE_EVENT_COMPOUND) && is_actor(sequence, k)) { /* "anti-A protests" */
      at--, steps++;
      continue;
    }
    if (is_actor(sequence, k)) {
      struct group group = {.count = 0};
      group_add(&group, k);
      uint32_t before = k > 0 ? k - 1 : 0; /* A-B, A and B */
      bool is_dash = k > 1 && sequence->marks[before].kind == STANCE_SYMBOL_PUNCTUATION && !is_joint(G(before)) &&
                     !(G(before) & STANCE_G_QUOTE) && is_actor(sequence, before - 1);
      if (is_dash) group_add(&group, before - 1);
      add_joined_left(sequence, k, &group);
      if (is_dash || group.count > 1) event->flags |= STANCE_EVENT_MUTUAL;
      add_apposed(sequence, k, &group);
      fill_group(event, STANCE_SLOT_POSSESSIVE, &group, false);
      at = phrase_start(sequence, group.symbols[0]);
      break;
    }
    const struct stance_event *other = event_at(sequence, k);
    if (is_verb_at(sequence, k) || (other && other->flags & STANCE_EVENT_PASSIVE)) break;
    if (G(k) & STANCE_G_DETERMINER) {
      at = k;
      break;
    }
    if (!is_plain(sequence, k) && G(k) != STANCE_G_POSSESSIVE && !(G(k) & STANCE_G_QUOTE)) {
      /* "threats and attacks": what the first has, the second has */
      if ((G(k) & STANCE_G_AND) && steps == 0 && k > 0 && event_at(sequence, k - 1) && (event_at(sequence, k - 1)->flags & STANCE_EVENT_NOUN)) {
        struct group group = {.count = 0};
        slot_group(event_at(sequence, k - 1), STANCE_SLOT_POSSESSIVE, &group);
        fill_group(event, STANCE_SLOT_POSSESSIVE, &group, true);
      }
      break;
    }
  }
  event->group = at;
}

/* "A is an ally of B", "A, an ally of B": of whom the noun or adjective is said. */
static void fill_predicated(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  uint32_t at = event->flags & STANCE_EVENT_ADJECTIVE ? event->start : event->group;
  if (event->flags & STANCE_EVENT_ADJECTIVE)
    for (uint32_t steps = 0; at > 0 && steps < 4 && (G(at - 1) & (STANCE_G_ADVERB | STANCE_G_LY | STANCE_G_DETERMINER | STANCE_G_NEGATOR)); steps++) at--;
  if (at == 0) return;
  struct group group = {.count = 0};
  uint32_t left = at;
  while (left > 0 && (G(left - 1) & (STANCE_G_ADVERB | STANCE_G_LY | STANCE_G_NEGATOR))) left--;
  if (left == 0) return;
  if (G(left - 1) & (STANCE_G_BE | STANCE_G_HAVE | STANCE_G_MODAL)) {
    while (left > 0 && (G(left - 1) & (STANCE_G_BE | STANCE_G_HAVE | STANCE_G_MODAL | STANCE_G_ADVERB | STANCE_G_LY | STANCE_G_NEGATOR))) left--;
    if (left > 0 && (G(left - 1) & STANCE_G_RELATIVE) && !is_actor(sequence, left - 1)) {
      uint32_t actor = antecedent(sequence, left - 1);
      if (actor != STANCE_NO_SYMBOL) whole_subject(sequence, actor, &group);
    } else {
      scan_subject(sequence, left, &group);
    }
  } else if ((G(left - 1) & STANCE_G_COMMA) && left > 1) {
    for (uint32_t i = left - 1, steps = 0; i > 0 && steps < 4; i--, steps++) {
      if (is_actor(sequence, i - 1)) {
        group_add(&group, i - 1);
        break;
      }
      if (!is_plain(sequence, i - 1) && G(i - 1) != STANCE_G_POSSESSIVE) break;
    }
  } else if (event->flags & STANCE_EVENT_ADJECTIVE && is_actor(sequence, left - 1)) {
    group_add(&group, left - 1);
  }
  fill_group(event, STANCE_SLOT_SUBJECT, &group, false);
}

/* A noun's source and target where they stand at the verb: "A imposed sanctions on B", "sanctions on B were lifted by A", "A faced
 * sanctions from B". */
static void inherit_from_governor(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  if (event->governor == STANCE_NO_EVENT) return;
  const struct stance_event *verb = &sequence->events[event->governor];
  struct group group = {.count = 0};
  slot_group(verb, STANCE_SLOT_SUBJECT, &group);
  bool hands_on = verb->flags & (STANCE_EVENT_GIVE | STANCE_EVENT_SHIFTER);
  if ((verb->flags & STANCE_EVENT_RECEIVE) && !hands_on) {
    for (size_t i = 0; i < group.count && !has_role(event, STANCE_ROLE_TARGET) && event->filler_count < STANCE_FILLERS_MAX; i++)
      event->fillers[event->filler_count++] = (struct stance_filler){
          .symbol = group.symbols[i], .slot = STANCE_SLOT_SUBJECT, .role = STANCE_ROLE_TARGET, .is_weak = true};
    return;
  }
  if (!hands_on) return;
  /* "offered B aid": B is no possessor */
  for (size_t i = 0; i < event->filler_count; i++) {
    struct stance_filler *filler = &event->fillers[i];
    if (filler->slot == STANCE_SLOT_POSSESSIVE && filler->role == STANCE_ROLE_SOURCE && filler->symbol == verb->end &&
        (verb->flags & STANCE_EVENT_GIVE) && !has_role(event, STANCE_ROLE_TARGET) &&
        !(G(filler->symbol + 1) & STANCE_G_POSSESSIVE)) {
      filler->role = STANCE_ROLE_TARGET;
      filler->is_weak = true;
    }
  }
  bool has_source = has_role(event, STANCE_ROLE_SOURCE);
  bool has_target = has_role(event, STANCE_ROLE_TARGET);
  for (size_t i = 0; i < group.count && !has_source && event->filler_count < STANCE_FILLERS_MAX; i++)
    event->fillers[event->filler_count++] = (struct stance_filler){
        .symbol = group.symbols[i], .slot = STANCE_SLOT_SUBJECT, .role = STANCE_ROLE_SOURCE, .is_weak = group.is_weak};
  for (size_t i = 0; i < verb->filler_count && !has_target && event->filler_count < STANCE_FILLERS_MAX; i++) {
    const struct stance_filler *filler = &verb->fillers[i]; /* "imposed on B sanctions", "offered B aid" */
    bool is_object = filler->slot == STANCE_SLOT_OBJECT && !(verb->flags & STANCE_EVENT_PASSIVE);
    uint8_t role = event->lexeme->roles[filler->slot];
    if (filler->slot == STANCE_SLOT_SUBJECT || (!is_object && role != STANCE_ROLE_TARGET)) continue;
    event->fillers[event->filler_count++] =
        (struct stance_filler){.symbol = filler->symbol, .slot = filler->slot, .role = STANCE_ROLE_TARGET, .is_weak = true};
  }
  bool denies = (verb->flags & STANCE_EVENT_SHIFTER) && !(verb->lexeme && verb->lexeme->polarity) &&
                (sequence->marks[verb->start].function >> STANCE_NEGATOR & 1);
  if ((verb->flags & STANCE_EVENT_SHIFTER) && !denies) {
    event->flags |= STANCE_EVENT_SHIFTED;
    event->polarity = (int8_t)-event->polarity;
  }
  if (denies || (verb->flags & STANCE_EVENT_NEGATED)) {
    event->flags |= STANCE_EVENT_NEGATED;
    event->polarity = event->polarity > 0 ? -1 : 0;
  }
  if (verb->flags & (STANCE_EVENT_HEDGED | STANCE_EVENT_INFINITIVE)) event->flags |= STANCE_EVENT_HEDGED;
}

/* "condemned the attack by C on B", "welcomed B's offer": who did what the verb is about is its object. */
static void object_from_noun(struct stance_sequence *sequence, size_t index) {
  const struct stance_event *noun = &sequence->events[index];
  if (noun->governor == STANCE_NO_EVENT) return;
  struct stance_event *verb = &sequence->events[noun->governor];
  if ((verb->flags & STANCE_EVENT_PASSIVE) || !verb->lexeme || has_slot(verb, STANCE_SLOT_OBJECT)) return;
  if (verb->lexeme->roles[STANCE_SLOT_OBJECT] != STANCE_ROLE_TARGET) return;
  for (size_t i = 0; i < noun->filler_count; i++)
    if (noun->fillers[i].role == STANCE_ROLE_SOURCE && noun->fillers[i].slot != STANCE_SLOT_SUBJECT)
      fill(verb, STANCE_SLOT_OBJECT, noun->fillers[i].symbol, true);
}

/* "regretted its attack on B": whose attack it is. */
static void fill_own(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  uint32_t at = event->start;
  for (uint32_t steps = 0; at > 0 && steps < 5 && is_plain(sequence, at - 1); at--, steps++) {
    if (!(G(at - 1) & STANCE_G_OWN)) continue;
    struct group group = {.count = 0};
    if (!has_role(event, STANCE_ROLE_SOURCE)) own_actor(sequence, at - 1, &group);
    fill_group(event, STANCE_SLOT_POSSESSIVE, &group, true);
    return;
  }
}

/* "barred its ports to B": a slot that the lexeme does not name, where no other tells the target. */
static void guess_target(struct stance_event *event) {
  if (!event->lexeme || !event->polarity || has_role(event, STANCE_ROLE_TARGET) || !stance_event_is_verb(event)) return;
  if (event->lexeme->roles[STANCE_SLOT_OBJECT] != STANCE_ROLE_TARGET) return;
  for (size_t i = 0; i < event->filler_count; i++) {
    struct stance_filler *filler = &event->fillers[i];
    bool fits = filler->slot == STANCE_SLOT_TO || filler->slot == STANCE_SLOT_ON || filler->slot == STANCE_SLOT_AGAINST ||
                filler->slot == STANCE_SLOT_AT || filler->slot == STANCE_SLOT_TOWARD || (filler->slot == STANCE_SLOT_FOR && event->polarity > 0);
    if (!fits || filler->role != STANCE_ROLE_NONE) continue;
    filler->role = STANCE_ROLE_TARGET;
    filler->is_weak = true;
    return;
  }
}

/* "An accord was signed by A with B": the noun is the passive verb's subject. */
static void govern_left(struct stance_sequence *sequence, size_t index) {
  struct stance_event *verb = &sequence->events[index];
  if (!(verb->flags & STANCE_EVENT_PASSIVE)) return;
  for (uint32_t i = verb->group, steps = 0; i > 0 && steps < 12; i--, steps++) {
    if (is_verb_at(sequence, i - 1) || (G(i - 1) & (STANCE_G_STOP | STANCE_G_CLAUSE))) return;
    uint16_t other = sequence->marks[i - 1].event;
    if (other == STANCE_NO_EVENT || !(sequence->events[other].flags & STANCE_EVENT_NOUN)) continue;
    if (sequence->events[other].governor == STANCE_NO_EVENT) sequence->events[other].governor = (uint16_t)index;
    return;
  }
}

/* ---- compounds: "A-backed B", "anti-A B" ------------------------------------------------------------------------------ */

static void fill_compound(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  bool is_prefix = !(event->flags & STANCE_EVENT_PASSIVE);
  uint32_t next = STANCE_NO_SYMBOL;
  for (uint32_t i = event->end + is_prefix, steps = 0; i < sequence->count && steps < 4; i++, steps++) {
    if (is_actor(sequence, i)) {
      next = i;
      break;
    }
    if (!is_plain(sequence, i) && !(event_at(sequence, i) && !is_verb_at(sequence, i))) break;
  }
  if (!is_prefix) {
    fill(event, STANCE_SLOT_SUBJECT, event->start - 1, false);
    if (next != STANCE_NO_SYMBOL) fill(event, STANCE_SLOT_OBJECT, next, false);
    return;
  }
  fill(event, STANCE_SLOT_OBJECT, event->end, false);
  if (next != STANCE_NO_SYMBOL) fill(event, STANCE_SLOT_SUBJECT, next, false);
  for (uint32_t i = event->start, steps = 0; i > 0 && steps < 4; i--, steps++) {
    if (is_actor(sequence, i - 1)) {
      fill(event, STANCE_SLOT_POSSESSIVE, i - 1, false);
      return;
    }
    if (!is_plain(sequence, i - 1) && G(i - 1) != STANCE_G_POSSESSIVE) break;
  }
  if (next == STANCE_NO_SYMBOL) { /* "anti-A protests in B" */
    bool in = false;
    for (uint32_t i = event->end + 1, steps = 0; i < sequence->count && steps < 6; i++, steps++) {
      if (is_actor(sequence, i)) {
        if (in) fill(event, STANCE_SLOT_IN, i, true);
        return;
      }
      in |= sequence->marks[i].slot == STANCE_SLOT_IN || sequence->marks[i].slot == STANCE_SLOT_BY;
      if (is_verb_at(sequence, i)) return;
    }
  }
}

/* ---- verbs -------------------------------------------------------------------------------------------------------------- */

static void fill_verb(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  struct group subject = {.count = 0};
  find_subject(sequence, index, &subject);
  bool is_passive = event->flags & STANCE_EVENT_PASSIVE;
  fill_group(event, is_passive ? STANCE_SLOT_OBJECT : STANCE_SLOT_SUBJECT, &subject, false);
  scan_right(sequence, index);
  govern_left(sequence, index);
  const struct stance_lexeme *lexeme = event->lexeme; /* "provided B with", "B was offered": to whom, not what */
  uint8_t object_role = lexeme ? lexeme->roles[STANCE_SLOT_OBJECT] : STANCE_ROLE_NONE;
  bool is_phrase = lexeme && strchr(lexeme->lemma, ' '); /* "offered B aid" */
  if (lexeme && (object_role == STANCE_ROLE_ISSUE || (object_role == STANCE_ROLE_NONE && is_phrase)) && !has_role(event, STANCE_ROLE_TARGET) &&
      (lexeme->roles[STANCE_SLOT_TO] == STANCE_ROLE_TARGET || lexeme->roles[STANCE_SLOT_FOR] == STANCE_ROLE_TARGET))
    for (size_t i = 0; i < event->filler_count; i++)
      if (event->fillers[i].slot == STANCE_SLOT_OBJECT && !event->fillers[i].is_weak) event->fillers[i].role = STANCE_ROLE_TARGET;
  if (lexeme && lexeme->polarity && !has_role(event, STANCE_ROLE_TARGET)) /* "rejected B's demand" */
    for (size_t i = 0; i < event->filler_count; i++)
      if (event->fillers[i].slot == STANCE_SLOT_OBJECT && event->fillers[i].role == STANCE_ROLE_ISSUE) {
        event->fillers[i].role = STANCE_ROLE_TARGET;
        event->fillers[i].is_weak = true;
      }
  /* "A, which B has accused of": the antecedent is the object */
  if (!is_passive && subject.count && !has_slot(event, STANCE_SLOT_OBJECT)) {
    uint32_t start = phrase_start(sequence, subject.symbols[0]);
    if (start > 0 && (G(start - 1) & STANCE_G_RELATIVE) && !is_actor(sequence, start - 1)) {
      bool is_clause = (G(start - 1) & STANCE_G_CLAUSE); /* "said that B attacked" */
      uint32_t actor = is_clause ? STANCE_NO_SYMBOL : antecedent(sequence, start - 1);
      if (actor != STANCE_NO_SYMBOL) fill(event, STANCE_SLOT_OBJECT, actor, false);
    }
  }
  if (index > 0 && (event->flags & STANCE_EVENT_PARTICIPLE)) { /* "denied attacking" */
    const struct stance_event *before = &sequence->events[index - 1];
    if (stance_event_is_verb(before) && before->end == event->group && (sequence->marks[before->start].function >> STANCE_NEGATOR & 1)) {
      event->flags |= STANCE_EVENT_NEGATED;
      event->polarity = event->polarity > 0 ? -1 : 0;
    }
  }
}

/* Several subjects of a verb that takes "with" and no one to take it with: "A and B clashed". */
static void find_mutual(struct stance_event *event) {
  const struct stance_lexeme *lexeme = event->lexeme;
  bool takes_with = lexeme && (lexeme->roles[STANCE_SLOT_BETWEEN] == STANCE_ROLE_BOTH ||
                               (stance_event_is_verb(event) && lexeme->roles[STANCE_SLOT_WITH] == STANCE_ROLE_TARGET &&
                                lexeme->roles[STANCE_SLOT_OBJECT] != STANCE_ROLE_TARGET));
  if (!takes_with) {
    if (event->flags & STANCE_EVENT_MUTUAL && event->flags & STANCE_EVENT_NOUN) event->flags &= (uint16_t)~STANCE_EVENT_MUTUAL;
    return;
  }
  size_t sources = 0, others = 0;
  for (size_t i = 0; i < event->filler_count; i++)
    if (event->fillers[i].slot == STANCE_SLOT_SUBJECT || event->fillers[i].slot == STANCE_SLOT_POSSESSIVE) sources++;
    else others++;
  if (sources > 1 && others == 0) event->flags |= STANCE_EVENT_MUTUAL;
}

/* ---- who says it ------------------------------------------------------------------------------------------------------------ */

/* The first actor of the noun phrase at `at`: "said the Malian minister Diop". */
static uint32_t phrase_actor(const struct stance_sequence *sequence, uint32_t at) {
  for (uint32_t steps = 0; at < sequence->count && steps < 7; at++, steps++) {
    if (is_actor(sequence, at)) return at;
    if (!is_plain(sequence, at) && G(at) != STANCE_G_POSSESSIVE && !(sequence->marks[at].slot == STANCE_SLOT_OF)) break;
  }
  return STANCE_NO_SYMBOL;
}

static bool is_break(const struct stance_sequence *sequence, uint32_t i) {
  return G(i) & (STANCE_G_COMMA | STANCE_G_QUOTE | STANCE_G_STOP);
}

/* Who says, and what: "A said that ..." reports what stands behind; "..., A said" and "...," said A all the rest. */
static void find_report(struct stance_sequence *sequence, size_t index) {
  struct stance_event *report = &sequence->events[index];
  struct group group = {.count = 0};
  uint32_t start = report->group, count = (uint32_t)sequence->count;
  report->scope = 0;
  report->scope_end = count;
  if (G(report->start) & STANCE_G_PREPOSITION) { /* "according to A" */
    report->speaker = phrase_actor(sequence, report->end);
    return;
  }
  bool is_inverted = start > 0 && is_break(sequence, start - 1) && phrase_actor(sequence, report->end) != STANCE_NO_SYMBOL &&
                     !(report->flags & STANCE_EVENT_PARTICIPLE);
  if (is_inverted) {
    report->speaker = phrase_actor(sequence, report->end);
    return;
  }
  grammatical_subject(report, &group);
  if (group.count) report->speaker = group.symbols[0];
  uint32_t subject = start; /* the first word of "the Malian minister" */
  for (uint32_t steps = 0; subject > 0 && steps < 8; subject--, steps++)
    if (!is_actor(sequence, subject - 1) && !is_plain(sequence, subject - 1) && !(G(subject - 1) & (STANCE_G_PRONOUN | STANCE_G_POSSESSIVE))) break;
  bool is_closing = subject > 0 && is_break(sequence, subject - 1);
  if (!is_closing) report->scope = report->end;
}

static void mark_speakers(struct stance_sequence *sequence, size_t index) {
  const struct stance_event *report = &sequence->events[index];
  if (report->speaker == STANCE_NO_SYMBOL) return;
  for (size_t i = 0; i < sequence->event_count; i++) {
    struct stance_event *event = &sequence->events[i];
    if (i != index && !(event->flags & STANCE_EVENT_REPORT) && event->start >= report->scope && event->start < report->scope_end)
      event->speaker = report->speaker;
  }
}

void stance_slots_fill(struct stance_sequence *sequence) {
  for (size_t i = 0; i < sequence->event_count; i++) {
    struct stance_event *event = &sequence->events[i];
    if (event->flags & STANCE_EVENT_COMPOUND) fill_compound(sequence, i);
    else if (stance_event_is_verb(event)) fill_verb(sequence, i);
    else {
      if (event->flags & STANCE_EVENT_NOUN) fill_possessors(sequence, i);
      fill_predicated(sequence, i);
      bool is_attribute = (event->flags & STANCE_EVENT_ADJECTIVE) && event->end < sequence->count && is_plain(sequence, event->end) &&
                          !(G(event->end) & (STANCE_G_ADVERB | STANCE_G_DETERMINER));
      if (!is_attribute) scan_right(sequence, i);
    }
  }
  for (size_t i = 0; i < sequence->event_count; i++) {
    struct stance_event *event = &sequence->events[i];
    if (event->flags & STANCE_EVENT_NOUN) {
      fill_own(sequence, i);
      object_from_noun(sequence, i);
      inherit_from_governor(sequence, i);
    }
    guess_target(event);
    find_mutual(event);
    if (event->flags & STANCE_EVENT_REPORT) find_report(sequence, i);
  }
  for (size_t i = 0; i < sequence->event_count; i++)
    if (sequence->events[i].flags & STANCE_EVENT_REPORT) mark_speakers(sequence, i);
}
