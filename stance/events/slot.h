/* SPDX-License-Identifier: MIT
 * Inside the slot rule: symbols as words of phrases, coordinations of actors that share a slot, and who fills which.
 *
 *   event.c finds events -> slot.c fills verbs, by subject.c and phrase.c,
 *   and nouns, by noun.c -> speech.c tells who says it
 */
#ifndef STANCE_TEMPLATE_SLOT_H
#define STANCE_TEMPLATE_SLOT_H

#include "sequence.h"

enum { COORDINATION_MAX = 8, REACH_LEFT = 24 };

struct coordination { /* actors that share a slot: "A and B" */
  uint32_t symbols[COORDINATION_MAX];
  size_t count;
  bool is_weak;
  bool is_mutual; /* "between A and B" */
};

static inline const struct stance_event *stance_event_at(const struct stance_sequence *sequence, uint32_t i) {
  return sequence->info[i].event == STANCE_NO_EVENT ? NULL : &sequence->events[sequence->info[i].event];
}
static inline bool stance_is_verb_at(const struct stance_sequence *sequence, uint32_t i) {
  const struct stance_event *event = stance_event_at(sequence, i);
  return event && stance_event_is_verb(event);
}
/* A word of a noun phrase: an adjective, a title, a noun that is no actor. */
static inline bool stance_is_plain(const struct stance_sequence *sequence, uint32_t i) {
  const struct stance_word_info *info = &sequence->info[i];
  if (info->kind == STANCE_SYMBOL_NUMBER) return true;
  if (info->kind != STANCE_SYMBOL_WORD || stance_is_verb_at(sequence, i)) return false;
  return !(info->classes &
           ~(uint32_t)(STANCE_CLASS_LY | STANCE_CLASS_DETERMINER | STANCE_CLASS_POSSESSIVE | STANCE_CLASS_ADVERB | STANCE_CLASS_OWN));
}
static inline bool stance_begins_predicate(const struct stance_sequence *sequence, uint32_t i) {
  return i < sequence->count && (stance_is_verb_at(sequence, i) ||
                                 stance_has_class(sequence, i, STANCE_CLASS_BE | STANCE_CLASS_HAVE | STANCE_CLASS_MODAL | STANCE_CLASS_DO));
}

static inline bool stance_is_joint(uint32_t classes) { return classes & (STANCE_CLASS_AND | STANCE_CLASS_COMMA); }

/* Coordinations and fillers. A symbol stands in a coordination once; a filler that is there already is kept. */
void stance_coordination_add(struct coordination *actors, uint32_t symbol);
void stance_slot_fill(struct stance_event *event, enum stance_slot slot, uint32_t symbol, bool is_weak);
void stance_slot_fill_all(struct stance_event *event, enum stance_slot slot, const struct coordination *actors, bool is_weak);
bool stance_slot_has(const struct stance_event *event, enum stance_slot slot);
bool stance_slot_has_role(const struct stance_event *event, enum stance_slot_role role);
void stance_slot_fillers(const struct stance_event *event, enum stance_slot slot, struct coordination *actors);
/* The one that stands as grammatical subject: of a passive, the object. */
void stance_slot_subject(const struct stance_event *event, struct coordination *actors);

/* Phrases. Places are symbols; STANCE_NO_SYMBOL: none. */
uint32_t stance_phrase_start(const struct stance_sequence *sequence, uint32_t actor);
uint32_t stance_phrase_preposition(const struct stance_sequence *sequence, uint32_t actor);
void stance_phrase_apposed(const struct stance_sequence *sequence, uint32_t actor, struct coordination *actors);
uint32_t stance_phrase_inset(const struct stance_sequence *sequence, uint32_t comma);
void stance_phrase_joined_right(const struct stance_sequence *sequence, uint32_t actor, enum stance_slot slot,
                                struct coordination *actors);
void stance_phrase_joined_left(const struct stance_sequence *sequence, uint32_t actor, struct coordination *actors);
uint32_t stance_phrase_antecedent(const struct stance_sequence *sequence, uint32_t relative);

/* Subjects. */
void stance_subject_whole(const struct stance_sequence *sequence, uint32_t actor, struct coordination *actors);
void stance_subject_own(const struct stance_sequence *sequence, uint32_t own, struct coordination *actors);
void stance_subject_scan(const struct stance_sequence *sequence, uint32_t at, struct coordination *actors);
void stance_subject_find(struct stance_sequence *sequence, size_t index, struct coordination *actors);

/* What stands right of any event. */
void stance_slot_scan_right(struct stance_sequence *sequence, size_t index);

/* Nouns, adjectives, compounds. */
void stance_noun_possessors(struct stance_sequence *sequence, size_t index);
void stance_noun_predicated(struct stance_sequence *sequence, size_t index);
void stance_noun_inherit(struct stance_sequence *sequence, size_t index);
void stance_noun_object(struct stance_sequence *sequence, size_t index);
void stance_noun_change(struct stance_sequence *sequence, size_t index);
void stance_noun_own(struct stance_sequence *sequence, size_t index);
void stance_noun_govern(struct stance_sequence *sequence, size_t index);
void stance_noun_compound(struct stance_sequence *sequence, size_t index);

/* Fallbacks (fallback.c). */
void stance_fallback_object(struct stance_event *event);
void stance_fallback_pronoun(struct stance_sequence *sequence, struct stance_event *event, const struct coordination *subject);
void stance_fallback_target(struct stance_sequence *sequence, size_t index);
void stance_fallback_naming(struct stance_sequence *sequence, size_t index);

/* Speech (speech.c). */
void stance_speech_find(struct stance_sequence *sequence, size_t index);
void stance_speech_mark(struct stance_sequence *sequence, size_t index);

#endif
