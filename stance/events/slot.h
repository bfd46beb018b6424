/* SPDX-License-Identifier: MIT
 * The slot rules: which actors fill which slots of an event. `index` is an event's index in the sequence.
 *
 *   event.c finds events -> slot.c fills slots of verbs (subject.c, phrase.c) and nouns (noun.c); fallback.c fills
 *   the rest; speech.c finds the speakers
 */
#ifndef STANCE_SLOT_H
#define STANCE_SLOT_H

#include "clause.h"

/* Fillers (filler.c). Adds a filler with the role that the lexeme gives the slot. Keeps what is there: a symbol that
 * fills this slot already, or another slot at least as surely, is not added; nor is one beyond STANCE_FILLERS_MAX.
 * is_weak: see struct stance_filler. */
void stance_slot_fill(struct stance_event *event, enum stance_slot slot, uint32_t symbol, bool is_weak);
/* Fills the slot with each of the actors; all are weak where is_weak or actors->is_weak. */
void stance_slot_fill_all(struct stance_event *event, enum stance_slot slot, const struct coordination *actors,
                          bool is_weak);
/* Whether the slot has a filler. */
bool stance_slot_has(const struct stance_event *event, enum stance_slot slot);
/* Whether a filler has this role, or the role BOTH. */
bool stance_slot_has_role(const struct stance_event *event, enum stance_slot_role role);
/* Adds the slot's fillers to `actors`, which become weak if one of them is. */
void stance_slot_fillers(const struct stance_event *event, enum stance_slot slot, struct coordination *actors);
/* Adds the fillers that are the grammatical subject: in the passive those of the object slot. */
void stance_slot_subject(const struct stance_event *event, struct coordination *actors);

/* Subjects (subject.c): each adds what it finds to `actors`, perhaps nothing. */
/* The actor, those coordinated with it on the left, and its appositions. */
void stance_subject_whole(const struct stance_sequence *sequence, uint32_t actor, struct coordination *actors);
/* The owner that "its" at symbol `own` refers to: the subject of the verb before, else the nearest actor before.
 * Weak. */
void stance_subject_own(const struct stance_sequence *sequence, uint32_t own, struct coordination *actors);
/* The nearest actor left of `at` that heads its phrase; one inside a prepositional phrase only where there is no
 * other. */
void stance_subject_scan(const struct stance_sequence *sequence, uint32_t at, struct coordination *actors);
/* The subject of verb `index`, by the rules of its clause. */
void stance_subject_find(struct stance_sequence *sequence, size_t index, struct coordination *actors);

/* Fills slots with the actors right of an event, and makes a verb the governor of event nouns there. */
void stance_slot_scan_right(struct stance_sequence *sequence, size_t index);

/* Nouns, adjectives, compounds (noun.c). */
/* Possessors left of the noun: "Mali's rejection", "Mali-France accord". */
void stance_noun_possessors(struct stance_sequence *sequence, size_t index);
/* The subject that a noun or adjective is predicated of: "A is hostile to B". */
void stance_noun_predicated(struct stance_sequence *sequence, size_t index);
/* A noun takes source, target and polarity from the verb that governs it: "A launched an attack on B". */
void stance_noun_inherit(struct stance_sequence *sequence, size_t index);
/* The source of a noun becomes the object of the verb that governs it: "condemned the attack by C", "welcomed B's
 * offer". */
void stance_noun_object(struct stance_sequence *sequence, size_t index);
/* Ties get the polarity of the change that is told of them: "ties with B worsened". */
void stance_noun_change(struct stance_sequence *sequence, size_t index);
/* The possessor that "its" refers to: "regretted its attack". */
void stance_noun_own(struct stance_sequence *sequence, size_t index);
/* Makes a passive verb the governor of the noun that is its subject: "an accord was signed by A with B". */
void stance_noun_govern(struct stance_sequence *sequence, size_t index);
/* Compounds: "A-backed B". */
void stance_noun_compound(struct stance_sequence *sequence, size_t index);
/* Several actors of a relational noun are each other's targets: "the rivals A and B". */
void stance_noun_several(struct stance_sequence *sequence, size_t index);

/* Fallbacks (fallback.c), for what the rules left open. */
/* An object becomes the target: "offered B aid", "rejected B's demand". */
void stance_fallback_object(struct stance_event *event);
/* The object that "him" behind the verb refers to. */
void stance_fallback_pronoun(struct stance_sequence *sequence, struct stance_event *event,
                             const struct coordination *subject);
/* The target of event `index`, or its source ("was arrested in B"), where no rule found one. */
void stance_fallback_target(struct stance_sequence *sequence, size_t index);
/* A verb of naming takes the polarity of the name: "called B an occupier". */
void stance_fallback_naming(struct stance_sequence *sequence, size_t index);
/* The partner in ties that a verb ends becomes the target: "A tore up the accords under which B had come". */
void stance_fallback_counterpart(struct stance_sequence *sequence, size_t index);
/* The source of a noun in apposition to a clause is the clause's subject: "expelled the envoy, a blow to B". */
void stance_fallback_apposed(struct stance_sequence *sequence, size_t index);

/* Antecedents (antecedent.c): whether "it", "him", "them" stands here as object; whom it means at event `index`, added to actors. */
bool stance_is_object_pronoun(const struct stance_sequence *sequence, uint32_t at);
/* The grammatical subject of a verb before, or the nearest actor before, that has no part in the event. */
void stance_pronoun_antecedent(const struct stance_sequence *sequence, size_t index, uint32_t at,
                               struct coordination *actors);
/* "took B's ships, a step that A deplored": fills in whom verb `index` is about, where the clause that `relative` opens tells of
 * the clause before. False: it does not. */
bool stance_antecedent_clause(struct stance_sequence *sequence, size_t index, uint32_t relative);
/* "B, grumbled A, had looked on": of whom the words are. */
void stance_antecedent_speech(struct stance_sequence *sequence, size_t index);
/* "rang B and apologised": to whom, by the verb before. */
void stance_antecedent_joined(struct stance_sequence *sequence, size_t index);

/* Moods (mood.c): events that are told without being done lose their polarity. */
/* What one asks another to do, or hopes that it does: "urged B to sign", "demanded that B free". Harm to a third is what
 * who asks wants: "urged B to bomb C". */
void stance_mood_asked(struct stance_sequence *sequence, size_t index);
/* What one is kept from, or warned against: "stopped B from attacking C". */
void stance_mood_averted(struct stance_sequence *sequence, size_t index);
/* Who is warned of another is not threatened: "warned B that C would attack". */
void stance_mood_warned(struct stance_sequence *sequence, size_t index);
/* A pledge to do harm is no pledge: "promised to crush B". After all slots are filled. */
void stance_mood_pledged(struct stance_sequence *sequence, size_t index);
/* "had no plan to attack" */
void stance_mood_planned(struct stance_sequence *sequence, size_t index);
/* "rejected B's claims": who denies is not hostile, and who makes the charge is, to who denies it. */
void stance_mood_denied(struct stance_sequence *sequence, size_t index);

/* Speech (speech.c). */
/* Finds who speaks and which symbols are said. */
void stance_speech_find(struct stance_sequence *sequence, size_t index);
/* Sets the speaker of each event within the speech. */
void stance_speech_mark(struct stance_sequence *sequence, size_t index);
/* Whom a speech is said of fills the subject of "they": "They attacked us, A said of B". */
void stance_speech_third_person(struct stance_sequence *sequence, size_t index);
/* The speaker fills the slots of "we", "us" and "our": "We condemn B", said A. */
void stance_speech_first_person(struct stance_sequence *sequence, size_t index);

#endif
