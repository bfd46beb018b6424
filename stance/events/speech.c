/* SPDX-License-Identifier: MIT
 * Who says what: the speaker of a reporting verb and the words it reports. */
#include "slot.h"

enum {
  SPEAKER_REACH = 7, /* "said the spokesman of the new Malian foreign minister Diop" */
  SUBJECT_REACH = 8, /* "the newly appointed Malian minister of foreign affairs said" */
};

/* The first actor of the noun phrase at `at`: "said the Malian minister Diop". */
static uint32_t phrase_actor(const struct stance_sequence *sequence, uint32_t at) {
  for (uint32_t steps = 0; at < sequence->count && steps < SPEAKER_REACH; at++, steps++) {
    if (stance_is_actor(sequence, at)) return at;
    if (!stance_is_plain(sequence, at) && stance_classes_at(sequence, at) != STANCE_CLASS_POSSESSIVE &&
        !(sequence->info[at].slot == STANCE_SLOT_OF))
      break;
  }
  return STANCE_NO_SYMBOL;
}

static bool is_break(const struct stance_sequence *sequence, uint32_t i) {
  return stance_has_class(sequence, i, STANCE_CLASS_COMMA | STANCE_CLASS_QUOTE | STANCE_CLASS_STOP);
}

/* Who says, and what: "A said that ..." reports what stands behind; "..., A said" and "...," said A all the rest. */
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
