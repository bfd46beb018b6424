/* SPDX-License-Identifier: MIT
 * What is told without being done: what one asks of another ("urged B to free the prisoners"), what one has no plan to do, and charges
 * that are denied ("rejected B's claims"). */
#include <string.h>

#include "slot.h"
#include "word_cache.h"

/* Reaches, in symbols; each with a sentence that needs about so many. */
enum {
  ASKED_REACH = 12, /* "asked B's new government in the strongest of words yet to withdraw" */
  PLAN_REACH = 4,   /* "has no immediate plans at all to attack" */
};

/* The verb event before `index`; NULL: none. */
static const struct stance_event *verb_before(const struct stance_sequence *sequence, size_t index) {
  while (index-- > 0)
    if (stance_event_is_verb(&sequence->events[index])) return &sequence->events[index];
  return NULL;
}

/* Whether `event` stands in the clause that "that" opens right behind the verb or its object: "demanded that B free",
 * "told B that it must free" does not count. */
static bool is_in_clause(const struct stance_sequence *sequence, const struct stance_event *verb,
                         const struct stance_event *event) {
  const uint32_t that = STANCE_CLASS_CLAUSE | STANCE_CLASS_RELATIVE;
  if (verb->end >= event->phrase_start || (stance_classes_at(sequence, verb->end) & that) != that) return false;
  for (uint32_t i = verb->end + 1; i < event->phrase_start; i++)
    if (stance_has_class(sequence, i,
                         STANCE_CLASS_COMMA | STANCE_CLASS_STOP | STANCE_CLASS_CLAUSE | STANCE_CLASS_RELATIVE))
      return false;
  return true;
}

void stance_mood_asked(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  const struct stance_event *verb = verb_before(sequence, index);
  if (!event->polarity || !verb || !(verb->traits & STANCE_LEXEME_ASKS) || event->flags & STANCE_EVENT_PARTICIPLE)
    return;
  bool is_infinitive = event->flags & STANCE_EVENT_INFINITIVE && event->phrase_start > verb->end &&
                       event->phrase_start - verb->end < ASKED_REACH; /* "asked to be forgiven" asks nobody */
  if (!is_infinitive && !is_in_clause(sequence, verb, event)) return;
  for (uint32_t i = verb->end; i < event->phrase_start; i++)
    if (stance_has_class(sequence, i, STANCE_CLASS_STOP | STANCE_CLASS_AND | STANCE_CLASS_QUOTE)) return;
  event->flags |= STANCE_EVENT_HEDGED | STANCE_EVENT_ASKED;
  bool ends_ill = event->polarity > 0 && stance_has_class(sequence, event->start, STANCE_CLASS_SHIFT);
  event->polarity = ends_ill ? -1 : 0; /* who is asked to "lift its siege of B" besieges B */
}

void stance_mood_planned(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  if (!(event->flags & STANCE_EVENT_INFINITIVE) || !event->polarity || event->flags & STANCE_EVENT_NEGATED) return;
  uint32_t at = event->phrase_start;
  for (uint32_t steps = 0; at > 0 && steps < PLAN_REACH && !stance_is_actor(sequence, at - 1); at--, steps++) {
    if (stance_is_verb_at(sequence, at - 1)) return;
    if ((stance_classes_at(sequence, at - 1) & (STANCE_CLASS_DETERMINER | STANCE_CLASS_NEGATOR)) ==
        (STANCE_CLASS_DETERMINER | STANCE_CLASS_NEGATOR)) {
      if (!steps) return;
      event->flags |= STANCE_EVENT_NEGATED;
      event->polarity = 0;
      return;
    }
    if (!stance_is_plain(sequence, at - 1) && !stance_event_at(sequence, at - 1)) return; /* plans, intention */
  }
}

void stance_mood_denied(struct stance_sequence *sequence, size_t index) {
  struct stance_event *charge = &sequence->events[index];
  if (!(charge->flags & STANCE_EVENT_NOUN) || !(charge->traits & STANCE_LEXEME_CLAIMS) ||
      charge->governor == STANCE_NO_EVENT)
    return;
  struct stance_event *verb = &sequence->events[charge->governor];
  if (!(verb->traits & STANCE_LEXEME_DENIES)) return;
  uint8_t next = charge->end < sequence->count ? sequence->info[charge->end].slot : STANCE_SLOT_COUNT;
  if (next == STANCE_SLOT_TO || next == STANCE_SLOT_ON || next == STANCE_SLOT_OVER)
    return; /* "its claim to the river" */
  verb->polarity = 0;
  verb->flags |= STANCE_EVENT_NEGATED;
  struct coordination subjects = {.count = 0};
  stance_slot_subject(verb, &subjects);
  if (stance_slot_has_role(charge, STANCE_ROLE_TARGET)) return;
  for (size_t i = 0; i < subjects.count && charge->filler_count < STANCE_FILLERS_MAX; i++)
    charge->fillers[charge->filler_count++] = (struct stance_filler){
        .symbol = subjects.symbols[i], .slot = STANCE_SLOT_AGAINST, .role = STANCE_ROLE_TARGET, .is_weak = true};
}
