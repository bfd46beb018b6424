/* SPDX-License-Identifier: MIT
 * Fallbacks for roles that the slot rules leave open. They add fillers, most of them weak, or change the role of a
 * filler. */
#include <string.h>

#include "reading.h"
#include "slot.h"
#include "word_cache.h"

/* Without a target, the object becomes it: of a verb whose target stands in "to" or "for" ("provided B with", "was
 * offered"), and weakly where the object is the issue of a verb with polarity ("rejected B's demand"). */
void stance_fallback_object(struct stance_event *event) {
  const struct stance_lexeme *lexeme = event->lexeme;
  uint8_t object_role = lexeme ? lexeme->roles[STANCE_SLOT_OBJECT] : STANCE_ROLE_NONE;
  bool is_phrase = event->traits & STANCE_LEXEME_PHRASE; /* "offered B aid" */
  if (lexeme && (object_role == STANCE_ROLE_ISSUE || (object_role == STANCE_ROLE_NONE && is_phrase)) &&
      !stance_slot_has_role(event, STANCE_ROLE_TARGET) &&
      (lexeme->roles[STANCE_SLOT_TO] == STANCE_ROLE_TARGET || lexeme->roles[STANCE_SLOT_FOR] == STANCE_ROLE_TARGET))
    for (size_t i = 0; i < event->filler_count; i++)
      if (event->fillers[i].slot == STANCE_SLOT_OBJECT && !event->fillers[i].is_weak)
        event->fillers[i].role = STANCE_ROLE_TARGET;
  if (lexeme && lexeme->polarity && !stance_slot_has_role(event, STANCE_ROLE_TARGET)) /* "rejected B's demand" */
    for (size_t i = 0; i < event->filler_count; i++)
      if (event->fillers[i].slot == STANCE_SLOT_OBJECT && event->fillers[i].role == STANCE_ROLE_ISSUE) {
        event->fillers[i].role = STANCE_ROLE_TARGET;
        event->fillers[i].is_weak = true;
      }
}

/* "him" right after the verb is the nearest actor before that is not the verb's subject: "rallied round him". */
void stance_fallback_pronoun(struct stance_sequence *sequence, struct stance_event *event,
                             const struct coordination *subject) {
  if (event->end >= sequence->count || stance_slot_has(event, STANCE_SLOT_OBJECT)) return;
  const struct stance_token *token = &sequence->tokens[event->end];
  if (token->end - token->start != 3 || memcmp(sequence->text + token->start, "him", 3) != 0) return;
  for (uint32_t i = event->phrase_start, steps = 0; i > 0 && steps < REACH_FAR; i--, steps++) {
    if (!stance_is_actor(sequence, i - 1)) continue;
    bool is_subject = false;
    for (size_t j = 0; j < subject->count; j++)
      is_subject |= sequence->info[subject->symbols[j]].actor == sequence->info[i - 1].actor;
    if (is_subject) continue;
    stance_slot_fill(event, STANCE_SLOT_OBJECT, i - 1, true);
    return;
  }
}

/* Without a target, the filler of a preposition to which the lexeme gives no role becomes it: "barred its ports to
 * B". */
static void fallback_preposition(struct stance_event *event) {
  if (!event->lexeme || !event->polarity || stance_slot_has_role(event, STANCE_ROLE_TARGET) ||
      !stance_event_is_verb(event))
    return;
  uint8_t object = event->lexeme->roles[STANCE_SLOT_OBJECT];
  bool takes_no_object = object == STANCE_ROLE_NONE && event->lexeme->roles[STANCE_SLOT_SUBJECT] == STANCE_ROLE_SOURCE;
  if (object != STANCE_ROLE_TARGET && !takes_no_object) return;
  for (size_t i = 0; i < event->filler_count; i++) {
    struct stance_filler *filler = &event->fillers[i];
    bool fits = filler->slot == STANCE_SLOT_TO || filler->slot == STANCE_SLOT_ON ||
                (filler->slot == STANCE_SLOT_AGAINST && event->polarity < 0) || filler->slot == STANCE_SLOT_AT ||
                filler->slot == STANCE_SLOT_TOWARD || (filler->slot == STANCE_SLOT_FOR && event->polarity > 0) ||
                (filler->slot == STANCE_SLOT_WITH && takes_no_object);
    if (!fits || filler->role != STANCE_ROLE_NONE) continue;
    filler->role = STANCE_ROLE_TARGET;
    filler->is_weak = true;
    return;
  }
}

/* Without a target, the subject of a that-clause becomes it: "complained that B had closed". */
static void fallback_complement(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  if (!event->polarity || !event->lexeme || stance_slot_has_role(event, STANCE_ROLE_TARGET)) return;
  if (event->lexeme->quad != STANCE_VERBAL_CONFLICT && event->lexeme->quad != STANCE_VERBAL_COOPERATION) return;
  uint32_t at = event->end;
  if (at >= sequence->count || !stance_has_class(sequence, at, STANCE_CLASS_CLAUSE)) return;
  bool is_that = stance_has_class(sequence, at, STANCE_CLASS_RELATIVE);
  bool opens = event->lexeme->quad == STANCE_VERBAL_CONFLICT && stance_is_as(sequence, at); /* "A fumes as B builds" */
  if (!is_that && !opens) return;
  for (size_t next = index + 1; next < sequence->event_count; next++) {
    const struct stance_event *clause = &sequence->events[next];
    if (!stance_event_is_verb(clause)) continue;
    for (size_t i = 0; i < clause->filler_count && event->filler_count < STANCE_FILLERS_MAX; i++)
      if (clause->fillers[i].slot == STANCE_SLOT_SUBJECT && clause->fillers[i].symbol > at)
        event->fillers[event->filler_count++] = (struct stance_filler){.symbol = clause->fillers[i].symbol,
                                                                       .slot = STANCE_SLOT_OBJECT,
                                                                       .role = STANCE_ROLE_TARGET,
                                                                       .is_weak = true};
    return;
  }
}

/* Without a target, words in a clause with "as" are about the subject of the clause before: "A expels the envoy of B as
 * C offers help". */
static void fallback_as(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  struct coordination speakers = {.count = 0}, actors = {.count = 0};
  bool is_word = event->lexeme &&
                 (event->lexeme->quad == STANCE_VERBAL_COOPERATION || event->lexeme->quad == STANCE_VERBAL_CONFLICT);
  if (!is_word || !event->polarity || !stance_event_is_verb(event) || (event->flags & STANCE_EVENT_PASSIVE) ||
      stance_slot_has_role(event, STANCE_ROLE_TARGET))
    return;
  stance_slot_fillers(event, STANCE_SLOT_SUBJECT, &speakers);
  if (!speakers.count) return;
  uint32_t start = stance_phrase_start(sequence, speakers.symbols[0]);
  if (start == 0 || start > event->start || !stance_is_as(sequence, start - 1)) return;
  for (size_t i = index; i-- > 0 && !actors.count;)
    if (stance_event_is_verb(&sequence->events[i]) && sequence->events[i].end < start)
      stance_slot_fillers(&sequence->events[i], STANCE_SLOT_SUBJECT, &actors);
  uint32_t first = sequence->places[0]; /* "A votes on Sunday as B applauds": the lexicon has no such verb */
  if (!actors.count && first < start && stance_phrase_preposition(sequence, first) == STANCE_NO_SYMBOL)
    stance_coordination_add(&actors, first);
  for (size_t i = 0; i < actors.count && event->filler_count < STANCE_FILLERS_MAX; i++)
    if (sequence->info[actors.symbols[i]].actor != sequence->info[speakers.symbols[0]].actor)
      event->fillers[event->filler_count++] = (struct stance_filler){
          .symbol = actors.symbols[i], .slot = STANCE_SLOT_OBJECT, .role = STANCE_ROLE_TARGET, .is_weak = true};
}

/* Without a source, the place of an arrest or ban stands for its government: "was arrested in B". */
static void fallback_place(struct stance_event *event) {
  if (!(event->traits & STANCE_LEXEME_HOLDS) || !(event->flags & STANCE_EVENT_PASSIVE) ||
      stance_slot_has_role(event, STANCE_ROLE_SOURCE))
    return;
  for (size_t i = 0; i < event->filler_count; i++) {
    struct stance_filler *filler = &event->fillers[i];
    if (filler->slot != STANCE_SLOT_IN && filler->slot != STANCE_SLOT_FROM && filler->slot != STANCE_SLOT_OF) continue;
    filler->role = STANCE_ROLE_SOURCE;
    filler->is_weak = true;
  }
}

/* The object of a passive verb of words without an agent becomes an issue: who cheered or criticised is not in the
 * sentence ("were cheered", "was criticised"). */
static void fallback_agentless(struct stance_event *event) {
  const struct stance_lexeme *lexeme = event->lexeme;
  bool is_word = lexeme && (lexeme->quad == STANCE_VERBAL_COOPERATION || lexeme->quad == STANCE_VERBAL_CONFLICT);
  if (!is_word || !(event->flags & STANCE_EVENT_PASSIVE) || !stance_event_is_verb(event)) return;
  if (stance_slot_has_role(event, STANCE_ROLE_SOURCE)) return;
  for (size_t i = 0; i < event->filler_count; i++)
    if (event->fillers[i].slot == STANCE_SLOT_OBJECT) event->fillers[i].role = STANCE_ROLE_ISSUE;
}

void stance_fallback_target(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  fallback_preposition(event);
  fallback_complement(sequence, index);
  fallback_as(sequence, index);
  fallback_place(event);
  fallback_agentless(event);
}

enum { NAME_REACH = 10 }; /* "called B, at a rally of his own party on Sunday, a thief" */

/* A verb of naming takes the polarity of the name: "called B a thief", "was called a true friend by A". */
void stance_fallback_naming(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  if (!(event->traits & STANCE_LEXEME_NAMES) || event->flags & STANCE_EVENT_NEGATED) return;
  for (uint32_t i = event->end; i < sequence->count && i < event->end + NAME_REACH; i++) {
    const struct stance_event *other = stance_event_at(sequence, i);
    int polarity = sequence->info[i].polarity;
    if (stance_is_as(sequence, i)) continue;
    if (other && other != event && stance_event_is_verb(other)) return;
    if (stance_has_class(sequence, i,
                         STANCE_CLASS_STOP | STANCE_CLASS_CLAUSE | STANCE_CLASS_COMMA | STANCE_CLASS_RELATIVE))
      return;
    int sign = other && other != event && other->polarity ? other->polarity : polarity > 1 ? 1 : polarity < -1 ? -1 : 0;
    if (!sign) continue;
    event->polarity = (int8_t)sign;
    if (other && other != event) sequence->events[sequence->info[i].event].governor = STANCE_NO_EVENT; /* a name */
    return;
  }
}

/* ---- the partner in ties that are ended ---- */

enum { CLAUSE_REACH = 6 }; /* "the accords under which the first B troops" */

/* Whether the verb ends the ties that the noun names: "tore up the accords", "cancelled the pact". */
static bool ends_ties(const struct stance_event *noun, const struct stance_event *verb) {
  bool is_mutual =
      noun->lexeme && noun->lexeme->roles[STANCE_SLOT_BETWEEN] == STANCE_ROLE_BOTH &&
      (noun->lexeme->quad == STANCE_VERBAL_COOPERATION || noun->lexeme->quad == STANCE_MATERIAL_COOPERATION);
  bool is_ended = verb->polarity < 0 || ((noun->flags & STANCE_EVENT_SHIFTED) && noun->polarity < 0);
  return is_mutual && is_ended && !(verb->flags & STANCE_EVENT_NEGATED);
}

static bool is_deed_with_ties(const struct stance_event *event) {
  return stance_event_is_verb(event) && event->lexeme && event->polarity < 0 &&
         strncmp(event->lexeme->lemma, "deed with accord", 16) == 0;
}

/* The first other actor within CLAUSE_REACH after the noun, else the only other actor of the sentence;
 * STANCE_NO_SYMBOL: none, or several. */
static uint32_t other_actor(const struct stance_sequence *sequence, const struct coordination *sources, uint32_t end) {
  uint32_t found = STANCE_NO_SYMBOL, in_clause = STANCE_NO_SYMBOL;
  bool several = false;
  for (uint32_t p = 0; p < sequence->place_count; p++) {
    uint32_t place = sequence->places[p];
    bool is_source = false;
    for (size_t i = 0; i < sources->count; i++)
      is_source |= sequence->info[sources->symbols[i]].actor == sequence->info[place].actor;
    if (is_source) continue;
    if (place >= end && place < end + CLAUSE_REACH && in_clause == STANCE_NO_SYMBOL) in_clause = place;
    several |= found != STANCE_NO_SYMBOL && sequence->info[found].actor != sequence->info[place].actor;
    found = place;
  }
  for (uint32_t i = end; in_clause != STANCE_NO_SYMBOL && i < in_clause; i++)
    if (stance_has_class(sequence, i, STANCE_CLASS_COMMA | STANCE_CLASS_STOP)) in_clause = STANCE_NO_SYMBOL;
  return in_clause != STANCE_NO_SYMBOL ? in_clause : several ? STANCE_NO_SYMBOL : found;
}

void stance_fallback_counterpart(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index], *verb = event;
  if (sequence->actor_count < 2) return;
  if (event->flags & STANCE_EVENT_NOUN) {
    if (event->governor == STANCE_NO_EVENT) return;
    verb = &sequence->events[event->governor];
    if (!ends_ties(event, verb)) return;
  } else if (!is_deed_with_ties(event)) {
    return;
  }
  struct stance_event *filled = verb->lexeme && verb->polarity < 0 ? verb : event;
  if (stance_slot_has_role(event, STANCE_ROLE_TARGET) || stance_slot_has_role(verb, STANCE_ROLE_TARGET) ||
      stance_slot_has_role(verb, STANCE_ROLE_BOTH) || filled->filler_count == STANCE_FILLERS_MAX)
    return;
  struct coordination sources = {.count = 0};
  stance_slot_fillers(verb, STANCE_SLOT_SUBJECT, &sources);
  uint32_t other = sources.count ? other_actor(sequence, &sources, event->end) : STANCE_NO_SYMBOL;
  if (other == STANCE_NO_SYMBOL) return;
  filled->fillers[filled->filler_count++] = (struct stance_filler){
      .symbol = other, .slot = (uint8_t)STANCE_SLOT_WITH, .role = STANCE_ROLE_TARGET, .is_weak = false};
}

/* A noun with a target but no source, after a comma, takes the subject of the last verb before it that has one as its
 * source, else its speaker: "expelled the envoy, a blow to B", "told reporters that they had lied, a jab at B". */
void stance_fallback_apposed(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  bool is_apposed = (event->flags & STANCE_EVENT_NOUN) && event->polarity && event->phrase_start > 0 &&
                    stance_has_class(sequence, event->phrase_start - 1, STANCE_CLASS_COMMA);
  if (!is_apposed || !stance_slot_has_role(event, STANCE_ROLE_TARGET) ||
      stance_slot_has_role(event, STANCE_ROLE_SOURCE) || stance_slot_has_role(event, STANCE_ROLE_BOTH))
    return;
  struct coordination actors = {.count = 0};
  for (size_t i = index; i-- > 0 && !actors.count;)
    if (stance_event_is_verb(&sequence->events[i]))
      stance_slot_fillers(&sequence->events[i], STANCE_SLOT_SUBJECT, &actors);
  if (!actors.count && event->speaker != STANCE_NO_SYMBOL) stance_coordination_add(&actors, event->speaker);
  for (size_t i = 0; i < actors.count && event->filler_count < STANCE_FILLERS_MAX; i++)
    event->fillers[event->filler_count++] = (struct stance_filler){
        .symbol = actors.symbols[i], .slot = (uint8_t)STANCE_SLOT_SUBJECT, .role = STANCE_ROLE_SOURCE, .is_weak = true};
}
