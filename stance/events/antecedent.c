/* SPDX-License-Identifier: MIT
 * Whom words mean that name nobody: "it" and "them" behind a verb or a preposition; "a step that A deplored", said of who took it;
 * "B, grumbled A, had ...", said of who is spoken of; "rang B and apologised". Beside the rules of clauses, and all weak. */
#include <string.h>

#include "slot.h"
#include "word_cache.h"

enum { APPOSED_WORDS = 3 }; /* ", a rash and futile step that" */

static bool is_same_actor(const struct stance_sequence *sequence, uint32_t a, uint32_t b) {
  return sequence->info[a].actor == sequence->info[b].actor;
}

static bool has_actor(const struct stance_sequence *sequence, const struct coordination *actors, uint32_t symbol) {
  for (size_t i = 0; i < actors->count; i++)
    if (is_same_actor(sequence, actors->symbols[i], symbol)) return true;
  return false;
}

/* The grammatical subject of the nearest verb before `index` that is none of `others`. False: there is none. */
static bool subject_before(const struct stance_sequence *sequence, size_t index, const struct coordination *others,
                           struct coordination *actors) {
  while (index-- > 0) {
    const struct stance_event *verb = &sequence->events[index];
    struct coordination found = {.count = 0};
    if (!stance_event_is_verb(verb)) continue;
    stance_slot_subject(verb, &found);
    for (size_t i = 0; i < found.count; i++)
      if (!has_actor(sequence, others, found.symbols[i])) stance_coordination_add(actors, found.symbols[i]);
    if (actors->count) return true;
  }
  return false;
}

bool stance_is_object_pronoun(const struct stance_sequence *sequence, uint32_t at) {
  if (at >= sequence->count || !stance_has_class(sequence, at, STANCE_CLASS_PRONOUN)) return false;
  const struct stance_token *token = &sequence->tokens[at];
  const char *text = sequence->text + token->start;
  size_t length = token->end - token->start;
  bool is_object = (length == 2 && memcmp(text, "it", 2) == 0) || (length == 3 && memcmp(text, "him", 3) == 0) ||
                   (length == 4 && memcmp(text, "them", 4) == 0);
  const struct stance_event *next = at + 1 < sequence->count ? stance_event_at(sequence, at + 1) : NULL;
  bool is_rest = next && next->start < at;                                     /* of this verb: "threw it out" */
  return is_object && (is_rest || !stance_begins_predicate(sequence, at + 1)); /* "warned it would attack" */
}

void stance_pronoun_antecedent(const struct stance_sequence *sequence, size_t index, uint32_t at,
                               struct coordination *actors) {
  struct coordination others = {.count = 0}, found = {.count = 0};
  bool is_plural = sequence->tokens[at].end - sequence->tokens[at].start == 4; /* them */
  const struct stance_event *event = &sequence->events[index];
  uint32_t start = at; /* of the words up to a semicolon */
  while (start > 0 && !stance_has_class(sequence, start - 1, STANCE_CLASS_STOP)) start--;
  for (size_t i = 0; i < event->filler_count; i++) stance_coordination_add(&others, event->fillers[i].symbol);
  if (subject_before(sequence, index, &others, &found))
    for (size_t i = 0; i < found.count && (i == 0 || is_plural); i++)
      if (found.symbols[i] >= start) stance_coordination_add(actors, found.symbols[i]);
  for (size_t p = sequence->place_count; !actors->count && p-- > 0 && sequence->places[p] >= start;)
    if (sequence->places[p] < at && !has_actor(sequence, &others, sequence->places[p]))
      stance_coordination_add(actors, sequence->places[p]);
}

/* A verb of word or feeling that names nobody whom it is about. */
static bool is_open_verdict(const struct stance_event *event) {
  const struct stance_lexeme *lexeme = event->lexeme;
  bool is_polar =
      event->polarity || (event->traits & STANCE_LEXEME_NAMES); /* the name that is given has the polarity */
  return lexeme && is_polar && stance_event_is_verb(event) && !(event->flags & STANCE_EVENT_PASSIVE) &&
         (lexeme->quad == STANCE_VERBAL_CONFLICT || lexeme->quad == STANCE_VERBAL_COOPERATION) &&
         lexeme->roles[STANCE_SLOT_SUBJECT] == STANCE_ROLE_SOURCE && !stance_slot_has_role(event, STANCE_ROLE_TARGET) &&
         !stance_slot_has(event, STANCE_SLOT_OBJECT);
}

/* Does the clause that `relative` opens tell of the whole clause before: ", which", ", a rash step that", "in what"? */
static bool tells_of_clause(const struct stance_sequence *sequence, uint32_t relative) {
  if (relative < 2) return false;
  uint32_t at = relative - 1;
  if (!stance_has_class(sequence, relative, STANCE_CLASS_RELATIVE)) /* what */
    return stance_has_class(sequence, at, STANCE_CLASS_PREPOSITION) &&
           sequence->tokens[relative].end - sequence->tokens[relative].start == 4 &&
           memcmp(sequence->text + sequence->tokens[relative].start, "what", 4) == 0;
  if (stance_has_class(sequence, at, STANCE_CLASS_COMMA)) return !stance_is_actor(sequence, at - 1);
  for (uint32_t words = 0; words < APPOSED_WORDS && sequence->info[at].kind == STANCE_SYMBOL_WORD && at > 1 &&
                           !stance_has_class(sequence, at, STANCE_CLASS_DETERMINER | STANCE_CLASS_PREPOSITION);
       words++)
    at--;
  return at < relative - 1 && stance_has_class(sequence, at, STANCE_CLASS_DETERMINER) &&
         stance_has_class(sequence, at - 1, STANCE_CLASS_COMMA);
}

bool stance_antecedent_clause(struct stance_sequence *sequence, size_t index, uint32_t relative) {
  struct stance_event *event = &sequence->events[index];
  struct coordination judges = {.count = 0}, actors = {.count = 0};
  if (!is_open_verdict(event) || !tells_of_clause(sequence, relative)) return false;
  stance_slot_fillers(event, STANCE_SLOT_SUBJECT, &judges);
  if (!subject_before(sequence, index, &judges, &actors)) return false;
  stance_slot_fill_all(event, STANCE_SLOT_OBJECT, &actors, true);
  return true;
}

/* "B, grumbled A, had looked on", "B has gone back on its word, A complained": of whom the words are. */
void stance_antecedent_speech(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  if (event->speaker == STANCE_NO_SYMBOL || !is_open_verdict(event)) return;
  for (size_t i = 0; i < sequence->event_count; i++) {
    const struct stance_event *said = &sequence->events[i];
    struct coordination actors = {.count = 0};
    if (i == index || !stance_event_is_verb(said) || said->start < event->scope || said->start >= event->scope_end)
      continue;
    stance_slot_subject(said, &actors);
    if (!actors.count || has_actor(sequence, &actors, event->speaker)) continue;
    if (!stance_slot_has(event, STANCE_SLOT_SUBJECT))
      stance_slot_fill(event, STANCE_SLOT_SUBJECT, event->speaker, true);
    for (size_t j = 0; j < actors.count && event->filler_count < STANCE_FILLERS_MAX; j++)
      event->fillers[event->filler_count++] = (struct stance_filler){
          .symbol = actors.symbols[j], .slot = STANCE_SLOT_OBJECT, .role = STANCE_ROLE_TARGET, .is_weak = true};
    return;
  }
}

/* "rang B and said sorry": to whom, by the verb before. */
void stance_antecedent_joined(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  const struct stance_lexeme *lexeme = event->lexeme;
  if (index == 0 || !lexeme || !event->polarity || !stance_event_is_verb(event) || event->phrase_start == 0) return;
  bool takes_other = lexeme->roles[STANCE_SLOT_TO] == STANCE_ROLE_TARGET ||
                     lexeme->roles[STANCE_SLOT_FOR] == STANCE_ROLE_TARGET ||
                     lexeme->roles[STANCE_SLOT_WITH] == STANCE_ROLE_TARGET;
  if (!takes_other || lexeme->roles[STANCE_SLOT_OBJECT] == STANCE_ROLE_TARGET ||
      stance_slot_has_role(event, STANCE_ROLE_TARGET) || (event->flags & STANCE_EVENT_PASSIVE) ||
      !stance_has_class(sequence, event->phrase_start - 1, STANCE_CLASS_AND))
    return;
  const struct stance_event *before = event - 1;
  if (!stance_event_is_verb(before) || before->flags & STANCE_EVENT_PASSIVE) return;
  for (size_t i = 0; i < before->filler_count && event->filler_count < STANCE_FILLERS_MAX; i++)
    if (before->fillers[i].slot == STANCE_SLOT_OBJECT && !before->fillers[i].is_weak)
      event->fillers[event->filler_count++] = (struct stance_filler){
          .symbol = before->fillers[i].symbol, .slot = STANCE_SLOT_TO, .role = STANCE_ROLE_TARGET, .is_weak = true};
}
