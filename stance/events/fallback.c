/* SPDX-License-Identifier: MIT
 * Fallbacks for slots that the words next to an event leave empty. What they fill is weak, or a change of role. */
#include <string.h>

#include "slot.h"
#include "word_cache.h"

/* "provided B with", "was offered": to whom, not what; "rejected B's demand": against whom, not only what. */
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

/* "rallied round him": the subject of the verb before, or the nearest actor before, that is not this verb's subject. */
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

/* "barred its ports to B": a slot that the lexeme does not name, where no other tells the target. */
static void fallback_preposition(struct stance_event *event) {
  if (!event->lexeme || !event->polarity || stance_slot_has_role(event, STANCE_ROLE_TARGET) ||
      !stance_event_is_verb(event))
    return;
  if (event->lexeme->roles[STANCE_SLOT_OBJECT] != STANCE_ROLE_TARGET) return;
  for (size_t i = 0; i < event->filler_count; i++) {
    struct stance_filler *filler = &event->fillers[i];
    bool fits = filler->slot == STANCE_SLOT_TO || filler->slot == STANCE_SLOT_ON ||
                filler->slot == STANCE_SLOT_AGAINST || filler->slot == STANCE_SLOT_AT ||
                filler->slot == STANCE_SLOT_TOWARD || (filler->slot == STANCE_SLOT_FOR && event->polarity > 0);
    if (!fits || filler->role != STANCE_ROLE_NONE) continue;
    filler->role = STANCE_ROLE_TARGET;
    filler->is_weak = true;
    return;
  }
}

/* "complained that B had closed": he of whom the clause tells is meant. */
static void fallback_complement(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  if (!event->polarity || !event->lexeme || stance_slot_has_role(event, STANCE_ROLE_TARGET)) return;
  if (event->lexeme->quad != STANCE_VERBAL_CONFLICT && event->lexeme->quad != STANCE_VERBAL_COOPERATION) return;
  uint32_t at = event->end;
  if (at >= sequence->count || !stance_has_class(sequence, at, STANCE_CLASS_CLAUSE) ||
      !stance_has_class(sequence, at, STANCE_CLASS_RELATIVE))
    return; /* that */
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

/* "was arrested in B": where no one else is said to do it, the place stands for its masters. */
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

void stance_fallback_target(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  fallback_preposition(event);
  fallback_complement(sequence, index);
  fallback_place(event);
}

enum { NAME_REACH = 10 }; /* "called B, at a rally of his own party on Sunday, a thief" */

/* "called B a thief", "was called a true friend by A": a naming is what the name is. */
void stance_fallback_naming(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  if (!(event->traits & STANCE_LEXEME_NAMES) || event->flags & STANCE_EVENT_NEGATED) return;
  for (uint32_t i = event->end; i < sequence->count && i < event->end + NAME_REACH; i++) {
    const struct stance_event *other = stance_event_at(sequence, i);
    int polarity = sequence->info[i].polarity;
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
