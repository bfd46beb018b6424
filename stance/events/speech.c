/* SPDX-License-Identifier: MIT
 * Reported speech: the speaker of a reporting verb, and which words it reports. */
#include "slot.h"

enum {
  FIRST_REACH = 8,   /* "we have therefore decided today never again to thank B" */
  OUR_REACH = 4,     /* "our old and warm friendship with B" */
  SPEAKER_REACH = 7, /* "said the spokesman of the new Malian foreign minister Diop" */
  SUBJECT_REACH = 8, /* "the newly appointed Malian minister of foreign affairs said" */
};

/* The first actor of the noun phrase at `at`: "said the Malian minister Diop". */
static uint32_t phrase_actor(const struct stance_sequence *sequence, uint32_t at) {
  for (uint32_t steps = 0; at < sequence->count && steps < SPEAKER_REACH; at++, steps++) {
    if (stance_is_actor(sequence, at)) return at;
    if (!stance_is_plain(sequence, at) && stance_classes_at(sequence, at) != STANCE_CLASS_POSSESSIVE &&
        sequence->info[at].slot != STANCE_SLOT_OF && sequence->info[at].slot != STANCE_SLOT_IN)
      break;
  }
  return STANCE_NO_SYMBOL;
}

static bool is_break(const struct stance_sequence *sequence, uint32_t i) {
  return stance_has_class(sequence, i, STANCE_CLASS_COMMA | STANCE_CLASS_QUOTE | STANCE_CLASS_STOP);
}

/* "B, grumbled A, had looked on": who stands before the verb is spoken of, and who speaks stands behind it. */
static void turn_around(struct stance_event *speech) {
  if (!speech->lexeme || !speech->polarity) return;
  for (size_t i = 0; i < speech->filler_count; i++) {
    struct stance_filler *filler = &speech->fillers[i];
    bool is_speaker = filler->symbol >= speech->end;
    filler->slot = is_speaker ? STANCE_SLOT_SUBJECT : STANCE_SLOT_OBJECT;
    filler->role = is_speaker ? STANCE_ROLE_SOURCE : STANCE_ROLE_TARGET;
    filler->is_weak = true;
  }
}

/* "A said that ..." reports the words after it; "..., A said" and "...," said A report the whole sentence. */
void stance_speech_find(struct stance_sequence *sequence, size_t index) {
  struct stance_event *speech = &sequence->events[index];
  struct coordination actors = {.count = 0};
  uint32_t start = speech->phrase_start, count = (uint32_t)sequence->count;
  speech->scope = 0;
  speech->scope_end = count;
  if (stance_has_class(sequence, speech->start, STANCE_CLASS_PREPOSITION)) { /* "according to A" */
    speech->speaker = phrase_actor(sequence, speech->end);
    return;
  }
  bool is_inverted = start > 0 && is_break(sequence, start - 1) &&
                     phrase_actor(sequence, speech->end) != STANCE_NO_SYMBOL &&
                     !(speech->flags & STANCE_EVENT_PARTICIPLE);
  if (is_inverted) {
    speech->speaker = phrase_actor(sequence, speech->end);
    turn_around(speech);
    return;
  }
  stance_slot_subject(speech, &actors);
  if (actors.count) speech->speaker = actors.symbols[0];
  uint32_t subject = start; /* the first word of "the Malian minister" */
  for (uint32_t steps = 0; subject > 0 && steps < SUBJECT_REACH; subject--, steps++)
    if (!stance_is_actor(sequence, subject - 1) && !stance_is_plain(sequence, subject - 1) &&
        !stance_has_class(sequence, subject - 1, STANCE_CLASS_PRONOUN | STANCE_CLASS_POSSESSIVE))
      break;
  bool is_closing = subject > 0 && is_break(sequence, subject - 1);
  if (!is_closing) speech->scope = speech->end;
}

void stance_speech_mark(struct stance_sequence *sequence, size_t index) {
  const struct stance_event *speech = &sequence->events[index];
  if (speech->speaker == STANCE_NO_SYMBOL) return;
  for (size_t i = 0; i < sequence->event_count; i++) {
    struct stance_event *event = &sequence->events[i];
    if (i != index && !(event->flags & STANCE_EVENT_SPEECH) && event->start >= speech->scope &&
        event->start < speech->scope_end)
      event->speaker = speech->speaker;
  }
}

/* ---- "we", "us" and "our" in what is said ---- */

static bool is_first(const struct stance_sequence *sequence, uint32_t i, uint32_t class) {
  return i < sequence->count && stance_has_class(sequence, i, STANCE_CLASS_FIRST) &&
         stance_has_class(sequence, i, class);
}

/* Whether "our" stands in the noun phrase that ends before `end`. */
static bool has_our(const struct stance_sequence *sequence, uint32_t end) {
  for (uint32_t i = end, steps = 0; i > 0 && steps < OUR_REACH && stance_is_plain(sequence, i - 1); i--, steps++)
    if (is_first(sequence, i - 1, STANCE_CLASS_DETERMINER)) return true;
  return false;
}

/* Whether the verb's subject is the first person: 2: right before it ("we condemn"); 1: farther off or through a noun
 * ("we want to thank", "our army will defend"); 0: no. */
static int first_before(const struct stance_sequence *sequence, const struct stance_event *verb) {
  if (has_our(sequence, verb->phrase_start)) return 1;
  for (uint32_t i = verb->phrase_start, steps = 0; i > 0 && steps < FIRST_REACH; i--, steps++) {
    if (is_first(sequence, i - 1, STANCE_CLASS_PRONOUN)) return steps == 0 ? 2 : 1;
    if (stance_is_actor(sequence, i - 1) ||
        stance_has_class(sequence, i - 1,
                         STANCE_CLASS_COMMA | STANCE_CLASS_STOP | STANCE_CLASS_QUOTE | STANCE_CLASS_CLAUSE |
                             STANCE_CLASS_RELATIVE | STANCE_CLASS_PRONOUN))
      break;
  }
  return 0;
}

/* The slot that "us" or "our" after the event fills: "attacked us", "shelled our hospitals", "sold to us";
 * STANCE_SLOT_COUNT: none. */
static enum stance_slot first_behind(const struct stance_sequence *sequence, const struct stance_event *event) {
  const uint32_t us = STANCE_CLASS_PRONOUN | STANCE_CLASS_DETERMINER;
  if (is_first(sequence, event->end, us) && stance_event_is_verb(event)) return STANCE_SLOT_OBJECT;
  if (!is_first(sequence, event->end + 1, us)) return STANCE_SLOT_COUNT;
  return (enum stance_slot)sequence->info[event->end].slot;
}

/* "They attacked us, A said of B": B is the subject of what is told with "they", "he" or "she". */
static uint32_t spoken_of(const struct stance_sequence *sequence, const struct stance_event *speech) {
  uint32_t at = speech->end;
  if (at >= sequence->count || sequence->info[at].slot != STANCE_SLOT_OF) return STANCE_NO_SYMBOL;
  return phrase_actor(sequence, at + 1);
}

void stance_speech_third_person(struct stance_sequence *sequence, size_t index) {
  const struct stance_event *speech = &sequence->events[index];
  uint32_t actor = spoken_of(sequence, speech);
  if (actor == STANCE_NO_SYMBOL) return;
  for (size_t i = 0; i < sequence->event_count; i++) {
    struct stance_event *event = &sequence->events[i];
    bool is_said = i != index && event->start >= speech->scope && event->start < speech->scope_end && event->lexeme &&
                   stance_event_is_verb(event) && event->phrase_start > 0;
    enum stance_slot slot = event->flags & STANCE_EVENT_PASSIVE ? STANCE_SLOT_OBJECT : STANCE_SLOT_SUBJECT;
    if (!is_said || stance_slot_has(event, slot)) continue;
    uint32_t classes = stance_classes_at(sequence, event->phrase_start - 1);
    if (classes & STANCE_CLASS_PRONOUN && !(classes & (STANCE_CLASS_FIRST | STANCE_CLASS_RELATIVE)))
      stance_slot_fill(event, slot, actor, false);
  }
}

void stance_speech_first_person(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  if (event->speaker == STANCE_NO_SYMBOL || !event->lexeme || (event->flags & STANCE_EVENT_SPEECH)) return;
  bool is_passive = event->flags & STANCE_EVENT_PASSIVE;
  if (stance_event_is_verb(event)) {
    enum stance_slot slot = is_passive ? STANCE_SLOT_OBJECT : STANCE_SLOT_SUBJECT;
    int first = stance_slot_has(event, slot) ? 0 : first_before(sequence, event);
    if (first) stance_slot_fill(event, slot, event->speaker, first == 1);
  } else if ((event->flags & STANCE_EVENT_NOUN) && !stance_slot_has(event, STANCE_SLOT_POSSESSIVE) &&
             has_our(sequence, event->start)) {
    stance_slot_fill(event, STANCE_SLOT_POSSESSIVE, event->speaker, true);
  }
  enum stance_slot behind = first_behind(sequence, event);
  if (behind != STANCE_SLOT_COUNT && !stance_slot_has(event, behind))
    stance_slot_fill(event, is_passive && behind == STANCE_SLOT_BY ? STANCE_SLOT_SUBJECT : behind, event->speaker,
                     false);
}
