/* SPDX-License-Identifier: MIT
 * Noun phrases and coordinations in a sequence of symbols: where an actor's noun phrase starts, which actors are named
 * together. May include sequence.h; serves the slot rules (slot.h). No function changes the sequence; all are
 * thread-safe. A place is a symbol's index; STANCE_NO_SYMBOL means that there is none. */
#ifndef STANCE_CLAUSE_H
#define STANCE_CLAUSE_H

#include "sequence.h"

/* Reaches in symbols. REACH_LEFT: from a verb to its subject ("A, on the second day of ... attacked"). REACH_FAR: from
 * a pronoun, or from a later verb of a coordination, to its actor. */
enum { COORDINATION_MAX = 8, REACH_LEFT = 24, REACH_FAR = 48 };

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
/* Whether the symbol may stand inside a noun phrase without being an actor: an adjective, a title, a common noun, a
 * number. */
static inline bool stance_is_plain(const struct stance_sequence *sequence, uint32_t i) {
  const struct stance_word_info *info = &sequence->info[i];
  if (info->kind == STANCE_SYMBOL_NUMBER) return true;
  if (info->kind != STANCE_SYMBOL_WORD || stance_is_verb_at(sequence, i)) return false;
  return !(info->classes &
           ~(uint32_t)(STANCE_CLASS_LY | STANCE_CLASS_DETERMINER | STANCE_CLASS_POSSESSIVE | STANCE_CLASS_ADVERB |
                       STANCE_CLASS_OWN | STANCE_CLASS_FIRST | STANCE_CLASS_SPORT));
}
static inline bool stance_begins_predicate(const struct stance_sequence *sequence, uint32_t i) {
  return i < sequence->count &&
         (stance_is_verb_at(sequence, i) ||
          stance_has_class(sequence, i, STANCE_CLASS_BE | STANCE_CLASS_HAVE | STANCE_CLASS_MODAL | STANCE_CLASS_DO));
}

static inline bool stance_is_joint(uint32_t classes) { return classes & (STANCE_CLASS_AND | STANCE_CLASS_COMMA); }

/* Adds the symbol unless it is there already; beyond COORDINATION_MAX it is dropped. */
void stance_coordination_add(struct coordination *actors, uint32_t symbol);

/* The first symbol of the actor's noun phrase ("the powerful French"); the actor itself where nothing stands before
 * it. */
uint32_t stance_phrase_start(const struct stance_sequence *sequence, uint32_t actor);
/* The preposition before the actor's phrase ("against" of "against the army of A"); STANCE_NO_SYMBOL: none. */
uint32_t stance_phrase_preposition(const struct stance_sequence *sequence, uint32_t actor);
/* Adds the other names of the same person or body, left and right ("Mali's foreign minister Diop"). */
void stance_phrase_apposed(const struct stance_sequence *sequence, uint32_t actor, struct coordination *actors);
/* The actor of an apposition that `comma` opens: "B, the American ambassador,". STANCE_NO_SYMBOL: no apposition, or a
 * list ("A, B and C"). */
uint32_t stance_phrase_inset(const struct stance_sequence *sequence, uint32_t comma);
/* Adds the actors right of this one that share its slot ("A and B", "A, B and C"). */
void stance_phrase_joined_right(const struct stance_sequence *sequence, uint32_t actor, enum stance_slot slot,
                                struct coordination *actors);
/* Adds the actors left of this one that are coordinated with it. */
void stance_phrase_joined_left(const struct stance_sequence *sequence, uint32_t actor, struct coordination *actors);
/* The actor that a relative pronoun ("which", "who") stands for; STANCE_NO_SYMBOL: none. */
uint32_t stance_phrase_antecedent(const struct stance_sequence *sequence, uint32_t relative);

#endif
