/* SPDX-License-Identifier: MIT
 * Whether a lexeme is a verb, a noun or an adjective where it stands, from the words around it: "French attacks", "Mali
 * attacks a base", "destroyed French ships". */
#include "reading.h"

#include <string.h>

/* What the word before tells of an ambiguous word: 1: it is a verb, -1: a noun, 0: unknown. */
int stance_verb_by_left(const struct stance_sequence *sequence, uint32_t previous) {
  if (previous == STANCE_NO_SYMBOL) return 0;
  uint32_t classes = stance_classes_at(sequence, previous);
  bool no_longer = (classes & STANCE_CLASS_NEGATOR) && previous + 1 < sequence->count &&
                   stance_has_class(sequence, previous + 1, STANCE_CLASS_ADVERB);
  if (no_longer) return 1;
  if (classes & (STANCE_CLASS_TO | STANCE_CLASS_MODAL | STANCE_CLASS_HAVE | STANCE_CLASS_BE | STANCE_CLASS_DO |
                 STANCE_CLASS_PRONOUN | STANCE_CLASS_RELATIVE))
    return 1;
  if (classes & (STANCE_CLASS_DETERMINER | STANCE_CLASS_PREPOSITION)) return -1;
  if (classes & STANCE_CLASS_POSSESSIVE) return -1;
  if (sequence->info[previous].kind == STANCE_SYMBOL_NUMBER) return -1;
  uint16_t event = sequence->info[previous].event;
  if (event != STANCE_NO_EVENT && (sequence->events[event].flags & STANCE_EVENT_ADJECTIVE)) return -1;
  return 0;
}

/* A base form after a singular noun or adjective is a noun: "the royal court", "a peace offer"; but not "troops
 * attack", "police raid". */
static bool follows_singular(const struct stance_sequence *sequence, uint32_t previous) {
  if (previous == STANCE_NO_SYMBOL || sequence->info[previous].kind != STANCE_SYMBOL_WORD ||
      stance_classes_at(sequence, previous))
    return false;
  const struct stance_token *token = &sequence->tokens[previous];
  return sequence->text[token->end - 1] != 's' && !stance_has_function(sequence, previous, STANCE_AGENT_NOUN) &&
         token->shape == STANCE_SHAPE_LOWER;
}

/* A base form after a plural noun or a list of actors is a verb: "cutters ram supply boat", "A, B sign accord". */
static bool follows_plural(const struct stance_sequence *sequence, uint32_t previous) {
  if (previous != STANCE_NO_SYMBOL && previous > 1 && stance_is_actor(sequence, previous))
    return stance_is_joint(stance_classes_at(sequence, previous - 1)) && stance_is_actor(sequence, previous - 2);
  if (previous == STANCE_NO_SYMBOL || sequence->info[previous].kind != STANCE_SYMBOL_WORD ||
      stance_classes_at(sequence, previous))
    return false;
  const struct stance_token *token = &sequence->tokens[previous];
  return token->end - token->start > 3 && sequence->text[token->end - 1] == 's' &&
         sequence->text[token->end - 2] != 's' && token->shape == STANCE_SHAPE_LOWER;
}

/* Whether what follows is an object without a determiner, so that a form in -s behind an actor is no plural noun: "Moscow
 * offers warm words", "Tehran orders drones"; but not "US sanctions hurt". */
static bool has_bare_object(const struct stance_sequence *sequence, uint32_t previous, uint32_t next) {
  if (previous == STANCE_NO_SYMBOL || !stance_is_actor(sequence, previous) || next == STANCE_NO_SYMBOL ||
      sequence->info[next].kind != STANCE_SYMBOL_WORD ||
      (stance_classes_at(sequence, next) &
       ~(uint32_t)(STANCE_CLASS_BETTER | STANCE_CLASS_WORSE | STANCE_CLASS_GIVE | STANCE_CLASS_SHIFT)))
    return false;
  size_t words;
  const struct stance_token *token = &sequence->tokens[next];
  const struct stance_reading *reading = stance_lexicon_read(sequence->lexicon, token, sequence->count - next, &words);
  const char *end = sequence->text + token->end;
  if (token->shape == STANCE_SHAPE_LOWER && token->end - token->start > 3 && end[-1] == 's' && end[-2] != 's' &&
      end[-2] != 'u' && end[-2] != 'i')
    return true; /* a plural: no verb in -s would follow a plural */
  return reading && !reading->lexemes[STANCE_SPEECH_VERB] &&
         (reading->lexemes[STANCE_SPEECH_NOUN] || reading->lexemes[STANCE_SPEECH_ADJECTIVE]);
}

/* "as Chile protests": the clause has no other verb. */
static bool ends_clause_with_as(const struct stance_sequence *sequence, uint32_t previous, uint32_t next) {
  if (previous == STANCE_NO_SYMBOL || previous == 0 || !stance_is_actor(sequence, previous)) return false;
  return stance_is_as(sequence, previous - 1) &&
         (next == STANCE_NO_SYMBOL || sequence->info[next].kind == STANCE_SYMBOL_PUNCTUATION);
}

bool stance_is_verb_here(const struct stance_sequence *sequence, uint32_t start, uint32_t end, uint8_t inflection) {
  uint32_t previous = stance_symbol_before(sequence, start), next = stance_symbol_behind(sequence, end);
  bool has_object = stance_starts_noun_phrase(sequence, next);
  int by_left = stance_verb_by_left(sequence, previous);
  if (by_left > 0)
    return !((inflection == STANCE_FORM_THIRD && stance_has_class(sequence, previous, STANCE_CLASS_TO)) && !has_object);
  if (by_left < 0) {
    bool after_preposition = stance_has_class(sequence, previous, STANCE_CLASS_PREPOSITION);
    bool has_word = next != STANCE_NO_SYMBOL && sequence->info[next].kind == STANCE_SYMBOL_WORD &&
                    !stance_classes_at(sequence, next);
    return inflection == STANCE_FORM_ING && after_preposition &&
           (has_object || has_word); /* "by attacking the", "of backing rebels" */
  }
  if (inflection & STANCE_FORM_PAST && !(inflection & STANCE_FORM_BASE)) return true;
  if (inflection == STANCE_FORM_BASE && follows_singular(sequence, previous)) return false;
  if (has_object || inflection != STANCE_FORM_THIRD) return has_object;
  return has_bare_object(sequence, previous, next) || ends_clause_with_as(sequence, previous, next);
}

/* "was divided by", "attacked troops": verb; "is divided", "a divided": adjective. */
static bool is_adjective_here(const struct stance_sequence *sequence, uint32_t start, uint32_t end) {
  uint32_t next = stance_symbol_behind(sequence, end), previous = stance_symbol_before(sequence, start);
  if (next != STANCE_NO_SYMBOL && stance_has_class(sequence, next, STANCE_CLASS_PREPOSITION) &&
      sequence->info[next].slot == STANCE_SLOT_BY)
    return false;
  if (previous != STANCE_NO_SYMBOL &&
      stance_has_class(sequence, previous, STANCE_CLASS_BE | STANCE_CLASS_DETERMINER | STANCE_CLASS_PREPOSITION) &&
      !stance_starts_noun_phrase(sequence, next))
    return true;
  return !stance_starts_noun_phrase(sequence, next) && previous != STANCE_NO_SYMBOL &&
         !stance_is_actor(sequence, previous) &&
         !stance_has_class(
             sequence, previous,
             STANCE_CLASS_HAVE | STANCE_CLASS_MODAL | STANCE_CLASS_TO | STANCE_CLASS_PRONOUN | STANCE_CLASS_RELATIVE);
}

/* Whether the word is a noun as it follows a verb and an actor used as adjective: "destroyed B houses", "called the B
 * step a provocation". */
bool stance_is_in_object(const struct stance_sequence *sequence, uint32_t previous, uint32_t next) {
  if (previous == STANCE_NO_SYMBOL || previous == 0 || !stance_is_actor(sequence, previous)) return false;
  uint32_t k = previous - 1;
  bool has_determiner = stance_has_class(sequence, k, STANCE_CLASS_DETERMINER);
  if (has_determiner && k == 0) return false;
  k -= has_determiner;
  const struct stance_event *verb = stance_event_at(sequence, k);
  if (!verb || !stance_event_is_verb(verb) || (verb->flags & STANCE_EVENT_SPEECH)) return false;
  return has_determiner || !stance_starts_noun_phrase(sequence, next);
}

/* Whether a word that the lexicon knows only as a verb is a noun or adjective here: "Mali's ships", "Spanish tax
 * inspectors", "the grain board bought". */
static bool is_noun_after_all(const struct stance_sequence *sequence, const struct stance_reading *reading,
                              uint32_t start, uint32_t end) {
  uint32_t previous = stance_symbol_before(sequence, start), next = stance_symbol_behind(sequence, end);
  int by_left = stance_verb_by_left(sequence, previous);
  if (reading->inflection & (STANCE_FORM_PAST | STANCE_FORM_ING) && !(reading->inflection & STANCE_FORM_BASE)) {
    /* "by armed men", "the planned visit"; but "by arming", "all accused", "the troops attacked by" */
    if (by_left >= 0 || (reading->inflection & STANCE_FORM_ING &&
                         !stance_has_class(sequence, previous, STANCE_CLASS_DETERMINER | STANCE_CLASS_POSSESSIVE)))
      return false;
    bool by_follows = next != STANCE_NO_SYMBOL && sequence->info[next].slot == STANCE_SLOT_BY;
    return !by_follows && !stance_has_class(sequence, previous, STANCE_CLASS_PRONOUN) &&
           sequence->info[previous].kind != STANCE_SYMBOL_NUMBER;
  }
  if (by_left) return by_left < 0;
  if (stance_is_in_object(sequence, previous, next)) return true;
  if (stance_has_function(sequence, start, STANCE_AGENT_NOUN) && !stance_starts_noun_phrase(sequence, next))
    return true; /* forces */
  if (reading->inflection == STANCE_FORM_BASE && follows_singular(sequence, previous)) return true;
  if (next == STANCE_NO_SYMBOL || sequence->info[next].kind != STANCE_SYMBOL_WORD ||
      stance_starts_noun_phrase(sequence, next))
    return false;
  if (stance_has_class(sequence, next, STANCE_CLASS_AUXILIARY)) return true;
  size_t words;
  const struct stance_reading *after =
      stance_lexicon_read(sequence->lexicon, &sequence->tokens[next], sequence->count - next, &words);
  if (after && after->lexemes[STANCE_SPEECH_VERB] && (after->inflection & STANCE_FORM_PAST)) return true;
  return reading->inflection & STANCE_FORM_BASE && !stance_classes_at(sequence, next) &&
         !follows_plural(sequence, previous);
}

/* "sent the ships back to sea", "messages back and forth": no one is backed. */
static bool is_adverb_back(const struct stance_sequence *sequence, uint32_t start, uint32_t end) {
  const struct stance_token *token = &sequence->tokens[start];
  if (end != start + 1 || token->end - token->start != 4 || memcmp(sequence->text + token->start, "back", 4) != 0)
    return false;
  return end >= sequence->count ||
         stance_has_class(sequence, end,
                          STANCE_CLASS_PREPOSITION | STANCE_CLASS_AND | STANCE_CLASS_COMMA | STANCE_CLASS_STOP) ||
         sequence->info[end].kind == STANCE_SYMBOL_PUNCTUATION;
}

const struct stance_lexeme *stance_reading_choose(const struct stance_sequence *sequence,
                                                  const struct stance_reading *reading, uint32_t start, uint32_t end) {
  const struct stance_lexeme *verb = reading->lexemes[STANCE_SPEECH_VERB], *noun = reading->lexemes[STANCE_SPEECH_NOUN],
                             *adjective = reading->lexemes[STANCE_SPEECH_ADJECTIVE];
  uint32_t next = stance_symbol_behind(sequence, end);
  bool modifies =
      next != STANCE_NO_SYMBOL && sequence->info[next].kind == STANCE_SYMBOL_WORD && !stance_classes_at(sequence, next);
  if (verb && adjective && is_adjective_here(sequence, start, end)) return noun && !modifies ? noun : adjective;
  if (verb && is_adverb_back(sequence, start, end)) return NULL;
  if (verb && noun) return stance_is_verb_here(sequence, start, end, reading->inflection) ? verb : noun;
  if (verb) return is_noun_after_all(sequence, reading, start, end) ? NULL : verb;
  if (noun && reading->frame_verb && stance_is_verb_here(sequence, start, end, reading->inflection))
    return NULL; /* cut ties */
  if (noun && adjective) return modifies ? adjective : noun;
  return noun ? noun : adjective;
}
