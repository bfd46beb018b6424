/* SPDX-License-Identifier: MIT
 * The slot rule: which actors fill the slots of a sentence's events, without a parser. The nearest actor left of a verb
 * is its subject (subject.c), the first one right of it its object; nouns have rules of their own
 * (noun.c). */
#include "slot.h"
#include "word_cache.h"

enum { REACH_RIGHT = 22 };

/* The slot of an actor that stands behind preposition `slot`: the lexeme's where it has that; else "of" and "in" go
 * with the slot before ("attacked a base in B"). STANCE_SLOT_COUNT: none. */
static enum stance_slot settle_slot(const struct stance_event *event, enum stance_slot slot, enum stance_slot previous,
                                    bool *is_weak) {
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
  return by_verb == STANCE_ROLE_NONE || by_verb == STANCE_ROLE_ISSUE || slot == STANCE_SLOT_ON ||
         slot == STANCE_SLOT_AGAINST;
}

void stance_slot_scan_right(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  const struct stance_event *noun = NULL; /* the last event noun on the way */
  bool has_pronoun = false;
  bool is_verb = stance_event_is_verb(event), is_passive = event->flags & STANCE_EVENT_PASSIVE;
  enum stance_slot slot = is_verb && !is_passive ? STANCE_SLOT_OBJECT : STANCE_SLOT_COUNT, previous = slot;
  for (uint32_t i = event->end, steps = 0; i < sequence->count && steps < REACH_RIGHT; i++, steps++) {
    uint32_t classes = stance_classes_at(sequence, i);
    if (stance_is_actor(sequence, i)) {
      bool is_weak;
      enum stance_slot settled = settle_slot(event, slot, previous, &is_weak);
      if (settled == STANCE_SLOT_COUNT ||
          (settled == STANCE_SLOT_OBJECT && stance_slot_has(event, settled) && is_weak) || is_taken(noun, event, slot))
        continue;
      if (settled == STANCE_SLOT_OBJECT && (stance_slot_has(event, STANCE_SLOT_OBJECT) || has_pronoun)) continue;
      if (is_weak && stance_slot_has(event, settled)) continue;
      struct coordination actors = {.count = 0};
      stance_coordination_add(&actors, i);
      stance_phrase_joined_right(sequence, i, settled, &actors);
      stance_phrase_apposed(sequence, i, &actors);
      if (settled == STANCE_SLOT_BY && is_verb && (is_passive || !stance_slot_has(event, STANCE_SLOT_SUBJECT)))
        settled = STANCE_SLOT_SUBJECT;
      stance_slot_fill_all(event, settled, &actors, is_weak || noun != NULL);
      previous = settled == STANCE_SLOT_SUBJECT ? STANCE_SLOT_BY : settled;
      slot = STANCE_SLOT_COUNT; /* one phrase a preposition */
      uint32_t last = i;
      for (size_t j = 0; j < actors.count; j++)
        if (actors.symbols[j] > last) last = actors.symbols[j];
      i = last;
      continue;
    }
    const struct stance_event *other = stance_event_at(sequence, i);
    if (other && other != event) {
      if (stance_event_is_verb(other)) {
        if (!(other->flags & STANCE_EVENT_PARTICIPLE)) return;
        if (is_verb || !stance_has_class(sequence, other->phrase_start > 0 ? other->phrase_start - 1 : 0, STANCE_CLASS_PREPOSITION)) return;
      }
      if ((other->flags & STANCE_EVENT_NOUN) && is_verb) {
        noun = other;
        if (slot == STANCE_SLOT_OBJECT || slot == STANCE_SLOT_OF || slot == STANCE_SLOT_FOR ||
            (slot == STANCE_SLOT_FROM && (event->flags & STANCE_EVENT_SHIFTER)) || slot == STANCE_SLOT_COUNT) {
          struct stance_event *governed = &sequence->events[sequence->info[i].event];
          if (governed->governor == STANCE_NO_EVENT) governed->governor = (uint16_t)index;
        }
      } else if (other->flags & STANCE_EVENT_NOUN) {
        noun = other;
      }
      i = other->end - 1;
      continue;
    }
    if ((classes & STANCE_CLASS_PREPOSITION)) {
      if (slot != STANCE_SLOT_COUNT && slot != STANCE_SLOT_OF && slot != STANCE_SLOT_IN) previous = slot;
      slot = sequence->info[i].slot;
      continue;
    }
    if (classes & STANCE_CLASS_QUOTE) continue;
    has_pronoun |= (classes & STANCE_CLASS_PRONOUN) && slot == STANCE_SLOT_OBJECT;
    if (classes & (STANCE_CLASS_STOP | STANCE_CLASS_CLAUSE | STANCE_CLASS_RELATIVE | STANCE_CLASS_BE | STANCE_CLASS_HAVE |
                   STANCE_CLASS_MODAL | STANCE_CLASS_DO))
      return;
    if (classes & STANCE_CLASS_COMMA) {
      bool is_inset = is_verb && steps < 2 && i + 1 < sequence->count && stance_has_class(sequence, i + 1, STANCE_CLASS_PREPOSITION);
      if (is_inset && !stance_slot_has(event, STANCE_SLOT_OBJECT)) continue; /* "condemned, in strong words, B" */
      return;
    }
    if ((classes & STANCE_CLASS_AND) && stance_begins_predicate(sequence, i + 1)) return;
    if (classes & STANCE_CLASS_SELF) event->flags |= STANCE_EVENT_MUTUAL;
  }
}

/* ---- verbs ---- */

/* "A, which B has accused of": the antecedent is the object. */
static void fill_antecedent(const struct stance_sequence *sequence, struct stance_event *event, const struct coordination *subject) {
  if ((event->flags & STANCE_EVENT_PASSIVE) || !subject->count || stance_slot_has(event, STANCE_SLOT_OBJECT)) return;
  uint32_t start = stance_phrase_start(sequence, subject->symbols[0]);
  if (start == 0 || !stance_has_class(sequence, start - 1, STANCE_CLASS_RELATIVE) || stance_is_actor(sequence, start - 1)) return;
  if (stance_has_class(sequence, start - 1, STANCE_CLASS_CLAUSE)) return; /* "said that B attacked" */
  uint32_t actor = stance_phrase_antecedent(sequence, start - 1);
  if (actor != STANCE_NO_SYMBOL) stance_slot_fill(event, STANCE_SLOT_OBJECT, actor, false);
}

/* "denied attacking" */
static void read_denial(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  if (index == 0 || !(event->flags & STANCE_EVENT_PARTICIPLE)) return;
  const struct stance_event *before = event - 1;
  if (!stance_event_is_verb(before) || before->end != event->phrase_start ||
      !(sequence->info[before->start].function >> STANCE_NEGATOR & 1))
    return;
  event->flags |= STANCE_EVENT_NEGATED;
  event->polarity = event->polarity > 0 ? -1 : 0;
}

static void fill_verb(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  struct coordination subject = {.count = 0};
  stance_subject_find(sequence, index, &subject);
  bool is_passive = event->flags & STANCE_EVENT_PASSIVE;
  stance_slot_fill_all(event, is_passive ? STANCE_SLOT_OBJECT : STANCE_SLOT_SUBJECT, &subject, false);
  stance_slot_scan_right(sequence, index);
  if (!is_passive) stance_fallback_pronoun(sequence, event, &subject);
  stance_noun_govern(sequence, index);
  stance_fallback_object(event);
  fill_antecedent(sequence, event, &subject);
  read_denial(sequence, index);
}

/* Several subjects of a verb that takes "with" and no one to take it with: "A and B clashed". */
static void find_mutual(const struct stance_sequence *sequence, struct stance_event *event) {
  const struct stance_lexeme *lexeme = event->lexeme;
  bool takes_with = lexeme && (lexeme->roles[STANCE_SLOT_BETWEEN] == STANCE_ROLE_BOTH ||
                               (stance_event_is_verb(event) && lexeme->roles[STANCE_SLOT_WITH] == STANCE_ROLE_TARGET &&
                                lexeme->roles[STANCE_SLOT_OBJECT] != STANCE_ROLE_TARGET));
  if (!takes_with) {
    if (event->flags & STANCE_EVENT_MUTUAL && event->flags & STANCE_EVENT_NOUN)
      event->flags &= (uint16_t)~STANCE_EVENT_MUTUAL;
    return;
  }
  bool has_object =
      event->end < sequence->count && stance_is_plain(sequence, event->end) &&
      !stance_has_class(sequence, event->end, STANCE_CLASS_LY | STANCE_CLASS_ADVERB); /* "helped restore calm": jointly, not each other */
  if (stance_event_is_verb(event) && has_object && !(event->traits & STANCE_LEXEME_PHRASE)) return;
  size_t sources = 0, others = 0;
  for (size_t i = 0; i < event->filler_count; i++)
    if (event->fillers[i].slot == STANCE_SLOT_SUBJECT || event->fillers[i].slot == STANCE_SLOT_POSSESSIVE) sources++;
    else others++;
  if (sources > 1 && others == 0) event->flags |= STANCE_EVENT_MUTUAL;
}

/* Who fills an event's slots, by the words around it. */
static void fill_slots(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  if (event->flags & STANCE_EVENT_COMPOUND) {
    stance_noun_compound(sequence, index);
    return;
  }
  if (stance_event_is_verb(event)) {
    fill_verb(sequence, index);
    return;
  }
  if (event->flags & STANCE_EVENT_NOUN) stance_noun_possessors(sequence, index);
  stance_noun_predicated(sequence, index);
  bool is_attribute = (event->flags & STANCE_EVENT_ADJECTIVE) && event->end < sequence->count &&
                      stance_is_plain(sequence, event->end) &&
                      !stance_has_class(sequence, event->end, STANCE_CLASS_ADVERB | STANCE_CLASS_DETERMINER);
  if (!is_attribute) stance_slot_scan_right(sequence, index);
}

/* Who else fills them: by what other events are about, and by fallbacks. */
static void complete_slots(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  if (event->flags & STANCE_EVENT_NOUN) {
    stance_noun_own(sequence, index);
    stance_noun_object(sequence, index);
    stance_noun_inherit(sequence, index);
    stance_noun_change(sequence, index);
  }
  stance_fallback_target(sequence, index);
  stance_fallback_naming(sequence, index);
  find_mutual(sequence, event);
  if (event->flags & STANCE_EVENT_SPEECH) stance_speech_find(sequence, index);
}

/* ---- sentences without actors: no slot is filled, but events are what others make of them ---- */

/* Whether a scan to the right may meet a noun before a verb ends it. Without actors no event has another between its words. */
static bool may_govern(const struct stance_sequence *sequence, size_t index) {
  const struct stance_event *event = &sequence->events[index], *next = event + 1;
  if (index + 1 == sequence->event_count || next->start - event->end >= REACH_RIGHT) return false;
  return !stance_event_is_verb(next) || (next->flags & STANCE_EVENT_PARTICIPLE);
}

static void relate(struct stance_sequence *sequence, size_t index) {
  const struct stance_event *event = &sequence->events[index];
  if (stance_event_is_verb(event)) {
    if (may_govern(sequence, index)) stance_slot_scan_right(sequence, index);
    stance_noun_govern(sequence, index);
    read_denial(sequence, index);
  } else if ((event->flags & STANCE_EVENT_NOUN) && (event->flags & STANCE_EVENT_SPEECH)) {
    stance_noun_possessors(sequence, index); /* where its phrase starts: what it reports may end there */
  }
}

static void complete_relations(struct stance_sequence *sequence, size_t index) {
  const struct stance_event *event = &sequence->events[index];
  if (event->flags & STANCE_EVENT_NOUN) {
    stance_noun_inherit(sequence, index);
    stance_noun_change(sequence, index);
  }
  stance_fallback_naming(sequence, index);
  if (event->flags & STANCE_EVENT_SPEECH) stance_speech_find(sequence, index);
}

void stance_slots_fill(struct stance_sequence *sequence) {
  if (sequence->actor_count == 0) {
    for (size_t i = 0; i < sequence->event_count; i++) relate(sequence, i);
    for (size_t i = 0; i < sequence->event_count; i++) complete_relations(sequence, i);
    return;
  }
  for (size_t i = 0; i < sequence->event_count; i++) fill_slots(sequence, i);
  for (size_t i = 0; i < sequence->event_count; i++) complete_slots(sequence, i);
  for (size_t i = 0; i < sequence->event_count; i++)
    if (sequence->events[i].flags & STANCE_EVENT_SPEECH) stance_speech_mark(sequence, i);
}
