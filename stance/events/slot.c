/* SPDX-License-Identifier: MIT
 * The slot rules: which actors fill the slots of a sentence's events, without a parser. The nearest actor left of a
 * verb is its subject (subject.c), the first one right of it its object; nouns have rules of their own (noun.c). */
#include <string.h>

#include "slot.h"
#include "word_cache.h"

/* Reaches, in symbols. REACH_RIGHT: after an event, for what may fill its slots: "accused, in a long letter to the
 * Security Council, ... B". INSET_STEPS: from a verb to a comma that the scan passes: "condemned, in strong words, B",
 * "condemned strongly, in ...". OPENER_REACH: from a subject to the word that opens its clause: "in what the minister in
 * B denounced". */
enum { REACH_RIGHT = 22, INSET_STEPS = 2, OPENER_REACH = 6 };

/* The slot that an actor after the preposition of `slot` fills: that slot where the lexeme gives it a role. Else an
 * actor after "of", "in", "from" or "at" weakly fills the slot before ("attacked a base in B"). STANCE_SLOT_COUNT:
 * none. */
static enum stance_slot settle_slot(const struct stance_event *event, enum stance_slot slot, enum stance_slot previous,
                                    bool *is_weak) {
  *is_weak = false;
  if (slot == STANCE_SLOT_COUNT) return STANCE_SLOT_COUNT;
  uint8_t role = event->lexeme ? event->lexeme->roles[slot] : STANCE_ROLE_NONE;
  if (slot == STANCE_SLOT_OBJECT || (role != STANCE_ROLE_NONE && role != STANCE_ROLE_ISSUE)) return slot;
  bool takes_no_object = event->lexeme && event->polarity && previous == STANCE_SLOT_OBJECT &&
                         event->lexeme->roles[STANCE_SLOT_OBJECT] == STANCE_ROLE_NONE;
  if (slot == STANCE_SLOT_AT && takes_no_object) return slot; /* "hit back at B" */
  if (slot == STANCE_SLOT_OF || slot == STANCE_SLOT_IN || slot == STANCE_SLOT_FROM || slot == STANCE_SLOT_AT) {
    *is_weak = true;
    return previous;
  }
  return slot;
}

/* Whether the preposition belongs to an event noun between the verb and here: "condemned the attack on B". */
static bool is_taken(const struct stance_event *noun, const struct stance_event *verb, enum stance_slot slot) {
  if (!noun || !noun->lexeme || slot >= STANCE_SLOT_POSSESSIVE || slot < STANCE_SLOT_OF) return false;
  uint8_t by_noun = noun->lexeme->roles[slot], by_verb = verb->lexeme ? verb->lexeme->roles[slot] : STANCE_ROLE_NONE;
  if (by_noun == STANCE_ROLE_NONE || by_noun == STANCE_ROLE_ISSUE) return false;
  return by_verb == STANCE_ROLE_NONE || by_verb == STANCE_ROLE_ISSUE || slot == STANCE_SLOT_ON ||
         slot == STANCE_SLOT_AGAINST;
}

/* The state of a scan to the right of an event. */
struct right_scan {
  struct stance_sequence *sequence;
  size_t index; /* of the event */
  struct stance_event *event;
  const struct stance_event *noun; /* the last event noun passed */
  enum stance_slot slot,
      previous; /* slot: the one that an actor here would fill; previous: the one filled or opened before */
  bool is_verb, is_passive, has_pronoun;
  uint32_t at, steps;
};

/* Whether the event is an active verb of verbal conflict or cooperation that still lacks its object. */
static bool judges_object(const struct stance_event *event) {
  const struct stance_lexeme *lexeme = event->lexeme;
  return lexeme && event->polarity && stance_event_is_verb(event) && !(event->flags & STANCE_EVENT_PASSIVE) &&
         (lexeme->roles[STANCE_SLOT_OBJECT] == STANCE_ROLE_TARGET ||
          lexeme->roles[STANCE_SLOT_OBJECT] == STANCE_ROLE_ISSUE) &&
         !stance_slot_has(event, STANCE_SLOT_OBJECT) &&
         (lexeme->quad == STANCE_VERBAL_COOPERATION || lexeme->quad == STANCE_VERBAL_CONFLICT);
}

/* "praised the step that B took": the subject of the relative clause becomes a weak object. */
static void judge_clause(struct right_scan *scan) {
  const struct stance_event *event = scan->event;
  if (scan->at == event->end || event->end > event->start + 1 || scan->noun || !judges_object(event)) return;
  const struct stance_sequence *sequence = scan->sequence;
  for (uint32_t i = scan->at + 1; i < scan->at + 5 && i < sequence->count; i++) {
    if (stance_is_actor(sequence, i)) {
      stance_slot_fill(scan->event, STANCE_SLOT_OBJECT, i, true);
      return;
    }
    if (!stance_is_plain(sequence, i)) return;
  }
}

/* Whether the noun is a conflict or a tie between several: "their quarrel", "their accord". */
static bool is_between(const struct stance_event *noun) {
  return noun && noun->lexeme && noun->lexeme->roles[STANCE_SLOT_BETWEEN] == STANCE_ROLE_BOTH;
}

/* An actor after "in" is the place if the verb has its object already ("met B in C"), or several subjects and something
 * between them as its object ("A and B ended their quarrel in C"). True: it fills the slot IN, and no
 * other. */
static bool is_place(struct right_scan *scan) {
  bool is_weak;
  if (scan->slot != STANCE_SLOT_IN || !scan->is_verb) return false;
  struct coordination subjects = {.count = 0};
  if (is_between(scan->noun)) stance_slot_fillers(scan->event, STANCE_SLOT_SUBJECT, &subjects);
  if (subjects.count > 1) return true;
  enum stance_slot slot = settle_slot(scan->event, scan->slot, scan->previous, &is_weak);
  if (!is_weak || slot == STANCE_SLOT_COUNT || !stance_slot_has(scan->event, slot)) return false;
  if (!stance_slot_has(scan->event, STANCE_SLOT_IN)) stance_slot_fill(scan->event, STANCE_SLOT_IN, scan->at, true);
  return true;
}

/* The slot that an actor here fills; STANCE_SLOT_COUNT: none. */
static enum stance_slot open_slot(const struct right_scan *scan, bool *is_weak) {
  enum stance_slot slot = settle_slot(scan->event, scan->slot, scan->previous, is_weak);
  if (slot == STANCE_SLOT_COUNT || is_taken(scan->noun, scan->event, scan->slot)) return STANCE_SLOT_COUNT;
  bool is_filled = stance_slot_has(scan->event, slot);
  if (is_filled && (*is_weak || slot == STANCE_SLOT_OBJECT)) return STANCE_SLOT_COUNT;
  return slot == STANCE_SLOT_OBJECT && scan->has_pronoun ? STANCE_SLOT_COUNT : slot;
}

/* An actor fills its slot, with all who are coordinated with it. */
static void scan_actor(struct right_scan *scan) {
  struct coordination actors = {.count = 0};
  uint32_t last = scan->at;
  bool is_weak;
  if (is_place(scan)) return;
  enum stance_slot slot = open_slot(scan, &is_weak);
  if (slot == STANCE_SLOT_COUNT) return;
  if (slot == STANCE_SLOT_BY && judges_object(scan->event)) { /* "praised the move by B" */
    slot = STANCE_SLOT_OBJECT;
    is_weak = true;
  }
  stance_coordination_add(&actors, scan->at);
  stance_phrase_joined_right(scan->sequence, scan->at, slot, &actors);
  stance_phrase_apposed(scan->sequence, scan->at, &actors);
  if (slot == STANCE_SLOT_BY && scan->is_verb &&
      (scan->is_passive || !stance_slot_has(scan->event, STANCE_SLOT_SUBJECT)))
    slot = STANCE_SLOT_SUBJECT;
  stance_slot_fill_all(scan->event, slot, &actors, is_weak || scan->noun != NULL);
  scan->previous = slot == STANCE_SLOT_SUBJECT ? STANCE_SLOT_BY : slot;
  scan->slot = STANCE_SLOT_COUNT; /* a preposition has one phrase */
  for (size_t i = 0; i < actors.count; i++)
    if (actors.symbols[i] > last) last = actors.symbols[i];
  scan->at = last;
}

/* Whether a thing is the subject, as in "the treaties that let them in": who "them" are is open then. */
static bool has_thing_as_subject(const struct stance_sequence *sequence, const struct stance_event *event) {
  return !(event->flags & STANCE_EVENT_PASSIVE) && event->phrase_start > 0 &&
         stance_has_class(sequence, event->phrase_start - 1, STANCE_CLASS_RELATIVE) &&
         !stance_slot_has(event, STANCE_SLOT_SUBJECT);
}

/* "attacked it", "apologised to them": the pronoun's antecedent fills the slot, weakly. */
static void scan_pronoun(struct right_scan *scan) {
  bool is_weak;
  if (!stance_is_object_pronoun(scan->sequence, scan->at) || scan->slot == STANCE_SLOT_BY ||
      has_thing_as_subject(scan->sequence, scan->event))
    return;
  enum stance_slot slot = open_slot(scan, &is_weak);
  const struct stance_lexeme *lexeme = scan->event->lexeme;
  if (slot == STANCE_SLOT_COUNT || !lexeme || lexeme->roles[slot] != STANCE_ROLE_TARGET) return;
  struct coordination actors = {.count = 0};
  stance_pronoun_antecedent(scan->sequence, scan->index, scan->at, &actors);
  stance_slot_fill_all(scan->event, slot, &actors, true);
}

/* "than" right before an actor: what stands behind is compared and fills no slot ("killed more than 20 of A's men" does). */
static bool is_comparison(const struct stance_sequence *sequence, uint32_t at) {
  const struct stance_token *token = &sequence->tokens[at];
  return token->end - token->start == 4 && memcmp(sequence->text + token->start, "than", 4) == 0 &&
         at + 1 < sequence->count && stance_is_actor(sequence, at + 1);
}

/* Whether the verb governs an event noun here: "imposed sanctions", "announced the end of sanctions". */
static bool governs_here(const struct right_scan *scan) {
  bool is_shifter = scan->event->flags & STANCE_EVENT_SHIFTER;
  return scan->slot == STANCE_SLOT_OBJECT || scan->slot == STANCE_SLOT_OF || scan->slot == STANCE_SLOT_COUNT ||
         scan->slot == (is_shifter ? STANCE_SLOT_FROM : STANCE_SLOT_FOR); /* "left Mali for talks" ends none */
}

/* "massed tanks on the border with B" */
static bool is_border(const struct stance_event *noun) {
  return noun->lexeme && noun->lexeme->quad == STANCE_QUAD_NEUTRAL && is_between(noun);
}

/* Another event: the scan skips its words. False: it ends the scan. */
static bool scan_event(struct right_scan *scan, struct stance_event *other) {
  if (stance_event_is_verb(other)) {
    if (!(other->flags & STANCE_EVENT_PARTICIPLE) || scan->is_verb) return false;
    uint32_t before = other->phrase_start > 0 ? other->phrase_start - 1 : 0;
    if (!stance_has_class(scan->sequence, before, STANCE_CLASS_PREPOSITION)) return false;
  } else if (other->flags & STANCE_EVENT_NOUN) {
    scan->noun = other;
    if (scan->is_verb && (governs_here(scan) || is_border(other)) && other->governor == STANCE_NO_EVENT)
      other->governor = (uint16_t)scan->index;
  }
  scan->at = other->end - 1;
  return true;
}

static void scan_preposition(struct right_scan *scan) {
  if (scan->slot != STANCE_SLOT_COUNT && scan->slot != STANCE_SLOT_OF && scan->slot != STANCE_SLOT_IN)
    scan->previous = scan->slot;
  scan->slot = scan->sequence->info[scan->at].slot;
}

/* Any other word. False: it ends the scan. */
static bool scan_word(struct right_scan *scan, uint32_t classes) {
  const struct stance_sequence *sequence = scan->sequence;
  uint32_t next = scan->at + 1;
  if (classes & STANCE_CLASS_QUOTE) return true;
  if (classes & STANCE_CLASS_PRONOUN) {
    if (sequence->place_count) scan_pronoun(scan);
    scan->has_pronoun |= scan->slot == STANCE_SLOT_OBJECT;
  }
  if (!classes && is_comparison(sequence, scan->at)) return false;
  if (classes & STANCE_CLASS_RELATIVE) judge_clause(scan);
  if (classes & (STANCE_CLASS_STOP | STANCE_CLASS_CLAUSE | STANCE_CLASS_RELATIVE | STANCE_CLASS_AUXILIARY))
    return false;
  if (classes & STANCE_CLASS_COMMA) { /* "condemned, in strong words, B" */
    bool is_inset = scan->is_verb && scan->steps < INSET_STEPS && next < sequence->count &&
                    stance_has_class(sequence, next, STANCE_CLASS_PREPOSITION);
    return is_inset && !stance_slot_has(scan->event, STANCE_SLOT_OBJECT);
  }
  if ((classes & STANCE_CLASS_AND) && stance_begins_predicate(sequence, next)) return false;
  if (classes & STANCE_CLASS_SELF) scan->event->flags |= STANCE_EVENT_MUTUAL;
  return true;
}

void stance_slot_scan_right(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  struct right_scan scan = {.sequence = sequence, .index = index, .event = event};
  scan.is_verb = stance_event_is_verb(event);
  scan.is_passive = event->flags & STANCE_EVENT_PASSIVE;
  scan.slot = scan.previous = scan.is_verb && !scan.is_passive ? STANCE_SLOT_OBJECT : STANCE_SLOT_COUNT;
  for (scan.at = event->end; scan.at < sequence->count && scan.steps < REACH_RIGHT; scan.at++, scan.steps++) {
    uint32_t classes = stance_classes_at(sequence, scan.at);
    uint16_t other = sequence->info[scan.at].event;
    if (stance_is_actor(sequence, scan.at)) scan_actor(&scan);
    else if (other != STANCE_NO_EVENT && other != index) {
      if (!scan_event(&scan, &sequence->events[other])) return;
    } else if (classes & STANCE_CLASS_PREPOSITION) scan_preposition(&scan);
    else if (!scan_word(&scan, classes)) return;
  }
}

/* ---- verbs ---- */

/* "A, which B has accused of": the antecedent is the object. */
static void fill_antecedent(struct stance_sequence *sequence, size_t index, const struct coordination *subject) {
  struct stance_event *event = &sequence->events[index];
  if ((event->flags & STANCE_EVENT_PASSIVE) || !subject->count || stance_slot_has(event, STANCE_SLOT_OBJECT)) return;
  uint32_t start = stance_phrase_start(sequence, subject->symbols[0]);
  uint32_t opener = start; /* of the clause: "in what the minister in B denounced" */
  for (uint32_t steps = 0;
       opener > 0 && steps < OPENER_REACH && !stance_is_actor(sequence, opener - 1) &&
       (stance_is_plain(sequence, opener - 1) || stance_has_class(sequence, opener - 1, STANCE_CLASS_PREPOSITION));
       steps++)
    opener--;
  if (opener == 0 || stance_is_actor(sequence, opener - 1)) return;
  if (!stance_has_class(sequence, opener - 1, STANCE_CLASS_RELATIVE | STANCE_CLASS_CLAUSE)) return;
  if (stance_antecedent_clause(sequence, index, opener - 1) || opener != start) return;
  if (stance_has_class(sequence, start - 1, STANCE_CLASS_CLAUSE)) return; /* "said that B attacked" */
  uint32_t actor = stance_phrase_antecedent(sequence, start - 1);
  if (actor != STANCE_NO_SYMBOL) stance_slot_fill(event, STANCE_SLOT_OBJECT, actor, false);
}

/* Whether `event` stands in the that-clause of `verb`: "denied that it had attacked". */
static bool opens_clause(const struct stance_sequence *sequence, const struct stance_event *verb,
                         const struct stance_event *event) {
  const uint32_t that = STANCE_CLASS_CLAUSE | STANCE_CLASS_RELATIVE;
  uint32_t i = verb->end;
  if (i >= event->phrase_start || (stance_classes_at(sequence, i) & that) != that) return false;
  for (i++; i < event->phrase_start; i++)
    if (stance_has_class(sequence, i,
                         STANCE_CLASS_COMMA | STANCE_CLASS_STOP | STANCE_CLASS_CLAUSE | STANCE_CLASS_RELATIVE))
      return false;
  return true;
}

/* A verb of denial right before negates the event: "denied attacking", "denied that it had attacked". */
static void read_denial(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  if (index == 0) return;
  const struct stance_event *before = event - 1;
  if (!stance_event_is_verb(before) || !(sequence->info[before->start].function >> STANCE_NEGATOR & 1)) return;
  bool is_denied = event->flags & STANCE_EVENT_PARTICIPLE ? before->end == event->phrase_start
                                                          : opens_clause(sequence, before, event);
  if (!is_denied) return;
  event->flags |= STANCE_EVENT_NEGATED;
  event->polarity = event->polarity > 0 ? -1 : 0;
}

static void fill_verb(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  struct coordination subject = {.count = 0};
  stance_subject_find(sequence, index, &subject);
  bool is_passive = event->flags & STANCE_EVENT_PASSIVE;
  stance_slot_fill_all(event, is_passive ? STANCE_SLOT_OBJECT : STANCE_SLOT_SUBJECT, &subject, false);
  stance_slot_scan_right(sequence, index);
  if (!is_passive) stance_fallback_pronoun(sequence, event, &subject);
  stance_noun_govern(sequence, index);
  stance_fallback_object(event);
  fill_antecedent(sequence, index, &subject);
  read_denial(sequence, index);
  stance_mood_asked(sequence, index);
  stance_mood_planned(sequence, index);
  stance_mood_averted(sequence, index);
}

/* Whether the last word of the lexeme is an adverb that makes a verb with an object of one without: "make up", "break off". */
static bool has_particle(const struct stance_sequence *sequence, const struct stance_event *event) {
  static const char *const particles[] = {"up", "out", "off", "down"};
  const struct stance_token *last = &sequence->tokens[event->end - 1];
  for (size_t i = 0; i < sizeof particles / sizeof *particles; i++)
    if (last->end - last->start == strlen(particles[i]) &&
        memcmp(sequence->text + last->start, particles[i], strlen(particles[i])) == 0)
      return true;
  return false;
}

/* Whether a relation's verb has an object behind it that is no actor: what several "helped restore" they did to it, not to each
 * other. "A and B clashed two days ago", "traded fire a day after the truce": these verbs take none. */
static bool takes_thing(const struct stance_sequence *sequence, const struct stance_event *event) {
  uint32_t next = event->end;
  if (next >= sequence->count || !stance_is_plain(sequence, next) ||
      stance_has_class(sequence, next, STANCE_CLASS_LY | STANCE_CLASS_ADVERB))
    return false;
  bool may_take = event->lexeme->roles[STANCE_SLOT_OBJECT] != STANCE_ROLE_NONE;
  if (!(event->traits & STANCE_LEXEME_PHRASE)) return may_take;
  bool is_whole = stance_has_class(sequence, next, STANCE_CLASS_DETERMINER) &&
                  !stance_has_class(sequence, next, STANCE_CLASS_SELF); /* "A and B make up the majority" */
  return is_whole && (may_take || has_particle(sequence, event));
}

/* Marks a relation of several subjects with no other filler as mutual: "A and B clashed". */
static void find_mutual(const struct stance_sequence *sequence, struct stance_event *event) {
  const struct stance_lexeme *lexeme = event->lexeme;
  if (!lexeme || lexeme->roles[STANCE_SLOT_BETWEEN] != STANCE_ROLE_BOTH) {
    if (event->flags & STANCE_EVENT_MUTUAL && event->flags & STANCE_EVENT_NOUN)
      event->flags &= (uint16_t)~STANCE_EVENT_MUTUAL;
    return;
  }
  if (stance_event_is_verb(event) && takes_thing(sequence, event)) return;
  size_t sources = 0, others = 0;
  for (size_t i = 0; i < event->filler_count; i++)
    if (event->fillers[i].slot == STANCE_SLOT_SUBJECT || event->fillers[i].slot == STANCE_SLOT_POSSESSIVE) sources++;
    else if (event->fillers[i].role == STANCE_ROLE_TARGET || event->fillers[i].role == STANCE_ROLE_BOTH) others++;
  if (sources < 2 || others) return;
  event->flags |= STANCE_EVENT_MUTUAL;
  const struct stance_event *verb = event->governor == STANCE_NO_EVENT ? NULL : &sequence->events[event->governor];
  bool is_resolved = verb && verb->polarity > 0 && !(verb->flags & STANCE_EVENT_SHIFTER);
  if (event->flags & STANCE_EVENT_NOUN && event->polarity < 0 && is_resolved) { /* "A and B settled their dispute" */
    event->flags |= STANCE_EVENT_SHIFTED;
    event->polarity = 1;
  }
}

/* First pass: fills an event's slots from the words around it. */
static void fill_slots(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  if (event->flags & STANCE_EVENT_COMPOUND) {
    stance_noun_compound(sequence, index);
    return;
  }
  if (stance_event_is_verb(event)) {
    fill_verb(sequence, index);
    return;
  }
  if (event->flags & STANCE_EVENT_NOUN) stance_noun_possessors(sequence, index);
  stance_noun_predicated(sequence, index);
  bool is_attribute = (event->flags & STANCE_EVENT_ADJECTIVE) && event->end < sequence->count &&
                      stance_is_plain(sequence, event->end) &&
                      !stance_has_class(sequence, event->end, STANCE_CLASS_ADVERB | STANCE_CLASS_DETERMINER);
  if (!is_attribute) stance_slot_scan_right(sequence, index);
}

/* Second pass, when all events have been through the first: fills slots from other events, and by fallbacks. */
static void complete_slots(struct stance_sequence *sequence, size_t index) {
  struct stance_event *event = &sequence->events[index];
  if (event->flags & STANCE_EVENT_NOUN) {
    stance_noun_own(sequence, index);
    stance_noun_object(sequence, index);
    stance_mood_denied(sequence, index);
    stance_noun_inherit(sequence, index);
    stance_noun_change(sequence, index);
  }
  stance_fallback_target(sequence, index);
  stance_fallback_naming(sequence, index);
  stance_fallback_counterpart(sequence, index);
  stance_antecedent_joined(sequence, index);
  find_mutual(sequence, event);
  stance_mood_pledged(sequence, index);
  stance_mood_warned(sequence, index);
  if (event->flags & STANCE_EVENT_NOUN) stance_noun_several(sequence, index);
  if (event->flags & STANCE_EVENT_SPEECH) stance_speech_find(sequence, index);
}

/* ---- without slots: no actor is there or asked for, but events still change each other's polarity ---- */

/* Whether a scan to the right may meet an event noun before a verb ends it. The next event in order is the next one
 * met, as no event stands between the words of another where there are no actors. */
static bool may_govern(const struct stance_sequence *sequence, size_t index) {
  const struct stance_event *event = &sequence->events[index], *next = event + 1;
  if (index + 1 == sequence->event_count || next->start - event->end >= REACH_RIGHT) return false;
  return !stance_event_is_verb(next) || (next->flags & STANCE_EVENT_PARTICIPLE);
}

static void relate(struct stance_sequence *sequence, size_t index) {
  const struct stance_event *event = &sequence->events[index];
  if (stance_event_is_verb(event)) {
    if (may_govern(sequence, index)) stance_slot_scan_right(sequence, index);
    stance_noun_govern(sequence, index);
    read_denial(sequence, index);
  } else if (!sequence->without_slots && (event->flags & STANCE_EVENT_NOUN) && (event->flags & STANCE_EVENT_SPEECH)) {
    stance_noun_possessors(sequence, index); /* sets phrase_start, where the words that it reports may end */
  }
}

static void complete_relations(struct stance_sequence *sequence, size_t index) {
  const struct stance_event *event = &sequence->events[index];
  if (event->flags & STANCE_EVENT_NOUN) {
    stance_noun_inherit(sequence, index);
    stance_noun_change(sequence, index);
  }
  stance_fallback_naming(sequence, index);
  if (!sequence->without_slots && (event->flags & STANCE_EVENT_SPEECH)) stance_speech_find(sequence, index);
}

/* An actor that a preposition made a weak object ("attacked a camp in B") keeps the role and gets the preposition's slot, so that
 * models tell places and parts from objects. Last of all, as the rules ask for objects. */
static void name_weak_slots(const struct stance_sequence *sequence, struct stance_event *event) {
  for (size_t i = 0; i < event->filler_count; i++) {
    struct stance_filler *filler = &event->fillers[i];
    if (!filler->is_weak || filler->slot != STANCE_SLOT_OBJECT || filler->symbol < event->end) continue;
    uint32_t preposition = stance_phrase_preposition(sequence, filler->symbol);
    if (preposition == STANCE_NO_SYMBOL || preposition < event->end) continue;
    uint8_t slot = sequence->info[preposition].slot;
    if (slot == STANCE_SLOT_IN || slot == STANCE_SLOT_AT || slot == STANCE_SLOT_FROM || slot == STANCE_SLOT_OF)
      filler->slot = slot;
  }
}

void stance_slots_fill(struct stance_sequence *sequence) {
  if (sequence->actor_count == 0 || sequence->without_slots) {
    for (size_t i = 0; i < sequence->event_count; i++) relate(sequence, i);
    for (size_t i = 0; i < sequence->event_count; i++) complete_relations(sequence, i);
    return;
  }
  for (size_t i = 0; i < sequence->event_count; i++) fill_slots(sequence, i);
  for (size_t i = 0; i < sequence->event_count; i++) complete_slots(sequence, i);
  for (size_t i = 0; i < sequence->event_count; i++)
    if (sequence->events[i].flags & STANCE_EVENT_SPEECH) {
      stance_speech_mark(sequence, i);
      stance_speech_third_person(sequence, i);
    }
  for (size_t i = 0; i < sequence->event_count; i++) {
    stance_speech_first_person(sequence, i);
    stance_antecedent_speech(sequence, i);
    stance_fallback_apposed(sequence, i);
  }
  for (size_t i = 0; i < sequence->event_count; i++)
    if (stance_event_is_verb(&sequence->events[i])) name_weak_slots(sequence, &sequence->events[i]);
}
