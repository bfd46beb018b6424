/* SPDX-License-Identifier: MIT
 * Inside the slot rule: who fills which slot of an event. `index` is the event's in the sequence.
 *
 *   event.c finds events -> slot.c fills verbs, by subject.c and phrase.c (clause.h), and nouns, by noun.c; fallback.c guesses at
 *   what is left; speech.c tells who says it
 */
#ifndef STANCE_SLOT_H
#define STANCE_SLOT_H

#include "clause.h"

/* Fillers (filler.c). One that is there already is kept; none is added beyond STANCE_FILLERS_MAX. is_weak: through another event, or
 * from afar. */
void stance_slot_fill(struct stance_event *event, enum stance_slot slot, uint32_t symbol, bool is_weak);
/* Fills the slot with each of the actors. is_weak: a guess, which a sure one replaces. */
void stance_slot_fill_all(struct stance_event *event, enum stance_slot slot, const struct coordination *actors,
                          bool is_weak);
/* Is a slot, or a role (BOTH counts as each), filled? */
bool stance_slot_has(const struct stance_event *event, enum stance_slot slot);
/* Whether the event has somebody in this role. */
bool stance_slot_has_role(const struct stance_event *event, enum stance_slot_role role);
/* Adds who fills the slot to actors. */
void stance_slot_fillers(const struct stance_event *event, enum stance_slot slot, struct coordination *actors);
/* The one that stands as grammatical subject: of a passive, the object. */
void stance_slot_subject(const struct stance_event *event, struct coordination *actors);

/* Subjects (subject.c), added to actors; none where none is found. */
/* The actor with all who are named together with it. */
void stance_subject_whole(const struct stance_sequence *sequence, uint32_t actor, struct coordination *actors);
/* Whose "its" at symbol `own` is. */
void stance_subject_own(const struct stance_sequence *sequence, uint32_t own, struct coordination *actors);
/* The nearest actor left of `at` that heads its phrase. */
void stance_subject_scan(const struct stance_sequence *sequence, uint32_t at, struct coordination *actors);
/* The subject of verb `index`, by the rules of its clause. */
void stance_subject_find(struct stance_sequence *sequence, size_t index, struct coordination *actors);

/* Fills slots with the actors right of an event, and makes the verb govern nouns there. */
void stance_slot_scan_right(struct stance_sequence *sequence, size_t index);

/* Nouns, adjectives, compounds (noun.c): possessors left of the noun; of whom it is said; what it has from its verb and the verb from
 * it; whether ties go well or ill; whose "its attack" is; the passive verb that governs it; "A-backed B". */
void stance_noun_possessors(struct stance_sequence *sequence, size_t index);
/* Of whom a noun or adjective is said ("A is hostile to B"). */
void stance_noun_predicated(struct stance_sequence *sequence, size_t index);
/* What a noun has from its verb, and the verb from it ("A launched an attack on B"). */
void stance_noun_inherit(struct stance_sequence *sequence, size_t index);
/* Who did what the verb is about is the verb's object ("condemned the attack by C", "welcomed B's offer"). */
void stance_noun_object(struct stance_sequence *sequence, size_t index);
/* Whether ties go well or ill ("ties with B worsened"). */
void stance_noun_change(struct stance_sequence *sequence, size_t index);
/* Whose "its attack" is. */
void stance_noun_own(struct stance_sequence *sequence, size_t index);
/* The noun is the subject of a passive verb ("an accord was signed by A with B"). */
void stance_noun_govern(struct stance_sequence *sequence, size_t index);
/* Compounds: "A-backed B". */
void stance_noun_compound(struct stance_sequence *sequence, size_t index);
/* "the rivals A and B": each is the other's. */
void stance_noun_several(struct stance_sequence *sequence, size_t index);

/* Fallbacks (fallback.c), where no rule has told: of whom the object is; whom "him" is; the target; what a name that is given says. */
void stance_fallback_object(struct stance_event *event);
/* Whom "him" behind the verb is. */
void stance_fallback_pronoun(struct stance_sequence *sequence, struct stance_event *event,
                             const struct coordination *subject);
/* The target of event `index`, where no rule found one. */
void stance_fallback_target(struct stance_sequence *sequence, size_t index);
/* What a name that is given says ("called B an occupier"). */
void stance_fallback_naming(struct stance_sequence *sequence, size_t index);
/* "A tore up the accords under which B had come": with whom the ties were that a verb ends. */
void stance_fallback_counterpart(struct stance_sequence *sequence, size_t index);
/* "expelled the envoy, a blow to B": whose deed a noun behind a comma names. */
void stance_fallback_apposed(struct stance_sequence *sequence, size_t index);

/* Speech (speech.c): who speaks and what is said; the speaker of each event in it. */
void stance_speech_find(struct stance_sequence *sequence, size_t index);
/* Gives each event within the speech its speaker. */
void stance_speech_mark(struct stance_sequence *sequence, size_t index);
/* "We condemn B", said A: who speaks fills the slots of the first person. */
void stance_speech_first_person(struct stance_sequence *sequence, size_t index);

#endif
