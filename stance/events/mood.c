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
  WARNED_REACH = 3, /* "that the new Malian government" */
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

/* Verbs of asking whose subject need not want what is asked: "predicted that B would attack". */
static bool is_wish(const struct stance_event *verb) {
  static const char *const others[] = {"tell",   "advise",  "remind",   "challenge", "dare",     "invite",
                                       "expect", "predict", "foresee",  "forecast",  "wait for", "await",
                                       "warn",   "caution", "admonish", "prompt",    "suggest",  "instruct"};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (strcmp(verb->lexeme->lemma, others[i]) == 0) return false;
  return true;
}

static bool has_actor(const struct stance_sequence *sequence, const struct coordination *actors, uint32_t symbol) {
  for (size_t i = 0; i < actors->count; i++)
    if (sequence->info[actors->symbols[i]].actor == sequence->info[symbol].actor) return true;
  return false;
}

/* Harm that one wants another to do to a third is a stance of who wants it: "urged B to bomb C", "wants C punished". Who is
 * asked has done nothing. False: no third is meant, or nothing is wanted. */
static bool take_wish(const struct stance_sequence *sequence, struct stance_event *event,
                      const struct stance_event *verb) {
  if (event->polarity >= 0 || verb->flags & (STANCE_EVENT_PASSIVE | STANCE_EVENT_NEGATED) || !is_wish(verb))
    return false;
  struct coordination wishers = {.count = 0}, asked = {.count = 0};
  stance_slot_fillers(verb, STANCE_SLOT_SUBJECT, &wishers);
  if (!(event->flags & STANCE_EVENT_PASSIVE)) stance_slot_fillers(verb, STANCE_SLOT_OBJECT, &asked);
  size_t targets = 0;
  for (size_t i = 0; i < event->filler_count; i++)
    if (event->fillers[i].role == STANCE_ROLE_TARGET) {
      if (has_actor(sequence, &wishers, event->fillers[i].symbol)) return false;
      targets += !has_actor(sequence, &asked, event->fillers[i].symbol);
    }
  if (!wishers.count || !targets) return false;
  size_t kept = 0;
  for (size_t i = 0; i < event->filler_count; i++)
    if (event->fillers[i].role != STANCE_ROLE_SOURCE && event->fillers[i].role != STANCE_ROLE_BOTH)
      event->fillers[kept++] = event->fillers[i];
  event->filler_count = (uint8_t)kept;
  for (size_t i = 0; i < wishers.count && event->filler_count < STANCE_FILLERS_MAX; i++)
    event->fillers[event->filler_count++] = (struct stance_filler){.symbol = wishers.symbols[i],
                                                                   .slot = STANCE_SLOT_SUBJECT,
                                                                   .role = STANCE_ROLE_SOURCE,
                                                                   .is_weak = wishers.is_weak};
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
  if (take_wish(sequence, event, verb)) return;
  bool ends_ill = event->polarity > 0 && stance_has_class(sequence, event->start, STANCE_CLASS_SHIFT);
  event->polarity = ends_ill ? -1 : 0; /* who is asked to "lift its siege of B" besieges B */
}

void stance_mood_averted(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  if (!(event->flags & STANCE_EVENT_PARTICIPLE) || !event->polarity || !event->phrase_start) return;
  uint8_t slot = sequence->info[event->phrase_start - 1].slot;
  if (slot != STANCE_SLOT_AGAINST && slot != STANCE_SLOT_FROM) return;
  const struct stance_event *verb = verb_before(sequence, index);
  if (!verb || !stance_slot_has(verb, STANCE_SLOT_OBJECT)) return;
  for (uint32_t i = verb->end; i < event->phrase_start; i++)
    if (stance_ends_clause(&sequence->info[i])) return;
  event->flags |= STANCE_EVENT_NEGATED;
  event->polarity = 0;
}

/* The actor whom the words at `at` are about: "that B might attack", "about B's plans". STANCE_NO_SYMBOL: none. */
static uint32_t warned_of(const struct stance_sequence *sequence, uint32_t at) {
  const uint32_t that = STANCE_CLASS_CLAUSE | STANCE_CLASS_RELATIVE;
  if (at >= sequence->count) return STANCE_NO_SYMBOL;
  uint8_t slot = sequence->info[at].slot;
  bool is_clause = (stance_classes_at(sequence, at) & that) == that;
  if (!is_clause && slot != STANCE_SLOT_ABOUT && slot != STANCE_SLOT_OF) return STANCE_NO_SYMBOL;
  for (uint32_t i = at + 1; i < sequence->count && i <= at + WARNED_REACH; i++) {
    if (stance_is_actor(sequence, i)) return i;
    if (!stance_is_plain(sequence, i)) break;
  }
  return STANCE_NO_SYMBOL;
}

void stance_mood_warned(struct stance_sequence *sequence, size_t index) {
  struct stance_event *verb = &sequence->events[index];
  if (!verb->lexeme || verb->flags & STANCE_EVENT_PASSIVE || !stance_event_is_verb(verb) || verb->polarity >= 0 ||
      (strcmp(verb->lexeme->lemma, "warn") != 0 && strcmp(verb->lexeme->lemma, "caution") != 0))
    return;
  uint32_t last = STANCE_NO_SYMBOL;
  for (size_t i = 0; i < verb->filler_count; i++)
    if (verb->fillers[i].slot == STANCE_SLOT_OBJECT && verb->fillers[i].symbol >= verb->end &&
        (last == STANCE_NO_SYMBOL || verb->fillers[i].symbol > last))
      last = verb->fillers[i].symbol;
  if (last == STANCE_NO_SYMBOL) return;
  uint32_t third = warned_of(sequence, last + 1);
  if (third == STANCE_NO_SYMBOL) return;
  for (size_t i = 0; i < verb->filler_count; i++)
    if (sequence->info[verb->fillers[i].symbol].actor == sequence->info[third].actor &&
        verb->fillers[i].slot != STANCE_SLOT_OF && verb->fillers[i].slot != STANCE_SLOT_ABOUT)
      return; /* "warned B that B's ships ..." */
  for (size_t i = 0; i < verb->filler_count; i++)
    if (verb->fillers[i].slot == STANCE_SLOT_OBJECT) verb->fillers[i].role = STANCE_ROLE_ISSUE;
  if (stance_has_class(sequence, last + 1, STANCE_CLASS_CLAUSE))
    verb->polarity = 0; /* what "that" tells speaks for itself */
}

/* "pledged to hunt down B", "promised to step up strikes in B": no pledge to B. */
void stance_mood_pledged(struct stance_sequence *sequence, size_t index) {
  static const char *const pledges[] = {"pledge", "promise", "guarantee", "undertake", "offer", "volunteer"};
  struct stance_event *verb = &sequence->events[index];
  if (!stance_event_is_verb(verb) || verb->polarity <= 0 || !verb->lexeme || verb->end >= sequence->count ||
      !stance_has_class(sequence, verb->end, STANCE_CLASS_TO) || stance_slot_has_role(verb, STANCE_ROLE_TARGET))
    return;
  bool is_pledge = false;
  for (size_t i = 0; i < sizeof pledges / sizeof *pledges; i++)
    is_pledge |= strcmp(verb->lexeme->lemma, pledges[i]) == 0;
  if (!is_pledge) return;
  for (uint32_t i = verb->end + 1; i < sequence->count && !stance_ends_clause(&sequence->info[i]); i++) {
    const struct stance_event *event = stance_event_at(sequence, i);
    if (!event || !event->polarity) continue;
    if (event->polarity < 0) verb->polarity = 0;
    return;
  }
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
