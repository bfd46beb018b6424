/* SPDX-License-Identifier: MIT
 * Templates of events: the relations of source and target in the events of the sentence. */
#include <string.h>

#include "template.h"

#include "stance/actors/gazetteer.h"
#include "stance/events/clause.h"

/* SPEECH_MAX: symbols of the reported words that are read, on each side of the verb. DECISIVE: the value of features that
 * are rare and settle the matter, so that few units teach their weight. */
enum { SPEECH_MAX = 200, DECISIVE = 4 };

static const enum stance_feature_word relation_words[STANCE_RELATION_COUNT] = {
    STANCE_WORD_none,         STANCE_WORD_forward,      STANCE_WORD_reverse,     STANCE_WORD_mutual,
    STANCE_WORD_joint,        STANCE_WORD_joint_target, STANCE_WORD_half_source, STANCE_WORD_half_target,
    STANCE_WORD_third_source, STANCE_WORD_third_target};
static const enum stance_feature_word quad_words[] = {STANCE_WORD_neutral, STANCE_WORD_verbal_cooperation,
                                                      STANCE_WORD_material_cooperation, STANCE_WORD_verbal_conflict,
                                                      STANCE_WORD_material_conflict};
static const enum stance_feature_word slot_words[STANCE_SLOT_COUNT + 1] = {
    STANCE_WORD_subj, STANCE_WORD_obj,  STANCE_WORD_of,     STANCE_WORD_with,    STANCE_WORD_against,
    STANCE_WORD_to,   STANCE_WORD_for_, STANCE_WORD_by,     STANCE_WORD_from,    STANCE_WORD_on,
    STANCE_WORD_at,   STANCE_WORD_over, STANCE_WORD_toward, STANCE_WORD_between, STANCE_WORD_about,
    STANCE_WORD_into, STANCE_WORD_in,   STANCE_WORD_poss,   STANCE_WORD_none};

/* ---- templates --------------------------------------------------------------------------------------------------- */

static uint64_t lemma_hash(const struct stance_lexeme *lexeme) {
  return lexeme->hash ? lexeme->hash : stance_hash(lexeme->lemma, strlen(lexeme->lemma));
}

static bool is_between(const struct stance_view *view, const struct stance_event *event) {
  return view->left != STANCE_NO_SYMBOL && event->start > view->left && event->start < view->right;
}

static inline void see(struct stance_view *view, const struct stance_event *event) {
  stance_feature_cover(view, event->start);
  stance_feature_cover(view, event->end - 1);
}

/* Whether the event is told of as what did not happen, and leaves no stance: "denied that it had attacked", "urged B to
 * help". */
static bool is_undone(const struct stance_event *event) {
  return (event->flags & (STANCE_EVENT_NEGATED | STANCE_EVENT_ASKED)) && !event->polarity && event->lexeme->polarity;
}

static bool is_whole(enum stance_relation relation) {
  return relation >= STANCE_RELATION_FORWARD && relation <= STANCE_RELATION_MUTUAL;
}

static void emit_flags(struct stance_view *view, const struct stance_event *event, const struct stance_part *part) {
  static const struct {
    uint16_t flag;
    enum stance_feature_word word;
  } flags[] = {{STANCE_EVENT_NEGATED, STANCE_WORD_negated},       {STANCE_EVENT_HEDGED, STANCE_WORD_hedged},
               {STANCE_EVENT_PASSIVE, STANCE_WORD_passive},       {STANCE_EVENT_QUOTED, STANCE_WORD_quoted},
               {STANCE_EVENT_INFINITIVE, STANCE_WORD_infinitive}, {STANCE_EVENT_NOUN, STANCE_WORD_noun},
               {STANCE_EVENT_SHIFTED, STANCE_WORD_shifted}};
  for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
    if (!(event->flags & flags[i].flag)) continue;
    stance_feature_begin(view);
    stance_feature_add_word(view, relation_words[part->relation]);
    stance_feature_add_word(view, stance_polarity_word(event->polarity));
    stance_feature_add_word(view, flags[i].word);
    see(view, event);
    stance_feature_emit(view, 0.5f);
  }
}

/* How an actor stands in the sentence: behind which preposition, before "'s", as adjective of a noun, else where the nearest verb is. */
static enum stance_feature_word case_of(const struct stance_view *view, uint32_t at, uint32_t preposition) {
  const struct stance_sequence *sequence = view->sequence;
  if (preposition != STANCE_NO_SYMBOL) return slot_words[sequence->info[preposition].slot];
  uint32_t next = at + 1;
  if (next < sequence->count && stance_has_class(sequence, next, STANCE_CLASS_POSSESSIVE)) return STANCE_WORD_poss;
  if (next < sequence->count && stance_begins_predicate(sequence, next)) return STANCE_WORD_subj;
  uint32_t start = stance_phrase_start(sequence, at);
  if (start > 0 && stance_is_verb_at(sequence, start - 1)) return STANCE_WORD_obj;
  if (next < sequence->count && stance_is_plain(sequence, next) &&
      !stance_has_class(sequence, next, STANCE_CLASS_ADVERB | STANCE_CLASS_LY | STANCE_CLASS_DETERMINER))
    return STANCE_WORD_noun;
  return STANCE_WORD_none;
}

/* For an event with a role for only one of the pair: where the other stands (left or right, in the clause or outside),
 * and whether a third actor has the counterpart's role. */
static void emit_other(struct stance_view *view, const struct stance_event *event, const struct stance_part *part) {
  const struct stance_sequence *sequence = view->sequence;
  bool of_source = part->relation == STANCE_RELATION_HALF_SOURCE || part->relation == STANCE_RELATION_HALF_TARGET;
  bool of_target = part->relation == STANCE_RELATION_THIRD_SOURCE || part->relation == STANCE_RELATION_THIRD_TARGET;
  if (!of_source && !of_target) return;
  uint8_t other = of_source ? STANCE_IS_TARGET : STANCE_IS_SOURCE;
  bool acts = part->relation == STANCE_RELATION_HALF_SOURCE || part->relation == STANCE_RELATION_THIRD_SOURCE;
  unsigned counterpart = acts ? STANCE_AS_TARGET | STANCE_AS_BOTH : STANCE_AS_SOURCE | STANCE_AS_BOTH;
  bool is_taken = false, is_inside = true;
  size_t partners = 0; /* of "A and B agreed" */
  for (size_t i = 0; i < event->filler_count; i++) {
    is_taken |= (counterpart >> event->fillers[i].role & 1);
    partners += event->fillers[i].role == STANCE_ROLE_SOURCE && event->flags & STANCE_EVENT_MUTUAL;
  }
  is_taken |= partners > 1;
  enum stance_feature_word side = STANCE_WORD_none;
  for (uint32_t i = event->end; i < sequence->count && i < event->end + 25 && side == STANCE_WORD_none; i++) {
    if (view->roles[i] == other) side = STANCE_WORD_right;
    else is_inside &= !stance_ends_clause(&sequence->info[i]);
  }
  if (side == STANCE_WORD_none) {
    is_inside = true;
    for (uint32_t i = event->start, steps = 0; i > 0 && steps < 25 && side == STANCE_WORD_none; i--, steps++) {
      if (view->roles[i - 1] == other) side = STANCE_WORD_left;
      else is_inside &= !stance_ends_clause(&sequence->info[i - 1]);
    }
  }
  stance_feature_begin(view);
  stance_feature_add_word(view, relation_words[part->relation]);
  stance_feature_add_word(view, stance_polarity_word(event->polarity));
  stance_feature_add_word(view, side);
  stance_feature_add_word(view, is_inside ? STANCE_WORD_inside : STANCE_WORD_outside);
  stance_feature_add_word(view, is_taken ? STANCE_WORD_many : STANCE_WORD_none);
  see(view, event);
  stance_feature_emit(view, 0.5f);
  uint32_t place = of_source ? view->target : view->source;
  if (place == STANCE_NO_SYMBOL) return;
  bool has_deed = false;
  for (size_t i = 0; i < sequence->event_count; i++) {
    const struct stance_event *deed = &sequence->events[i];
    if (deed == event) continue;
    for (size_t j = 0; j < deed->filler_count; j++)
      has_deed |= view->roles[deed->fillers[j].symbol] == other && !deed->fillers[j].is_weak;
  }
  stance_feature_begin(view);
  stance_feature_add_word(view, relation_words[part->relation]);
  stance_feature_add_word(view, stance_polarity_word(event->polarity));
  stance_feature_add_word(view, case_of(view, place, stance_phrase_preposition(sequence, place)));
  stance_feature_add_word(view, has_deed ? STANCE_WORD_many : STANCE_WORD_none);
  see(view, event);
  stance_feature_emit(view, 0.5f);
}

static bool has_role(const struct stance_event *event, unsigned roles) {
  for (size_t i = 0; i < event->filler_count; i++)
    if (roles >> event->fillers[i].role & 1) return true;
  return false;
}

/* Whether the preposition before an actor sets it apart from what is told: "unlike A", "except for A". */
static bool sets_apart(const struct stance_sequence *sequence, uint32_t preposition) {
  if (preposition == STANCE_NO_SYMBOL) return false;
  if (preposition > 0 && sequence->info[preposition].slot == STANCE_SLOT_FOR &&
      stance_has_class(sequence, preposition - 1, STANCE_CLASS_PREPOSITION))
    preposition--;
  return sequence->info[preposition].function >> STANCE_EXCEPTION & 1;
}

static void emit_cases(struct stance_view *view) {
  const struct stance_sequence *sequence = view->sequence;
  if (view->source == STANCE_NO_SYMBOL || view->target == STANCE_NO_SYMBOL) return;
  uint32_t before_source = stance_phrase_preposition(sequence, view->source),
           before_target = stance_phrase_preposition(sequence, view->target);
  enum stance_feature_word source = case_of(view, view->source, before_source),
                           target = case_of(view, view->target, before_target);
  enum stance_feature_word order = view->source < view->target ? STANCE_WORD_source_first : STANCE_WORD_target_first;
  if (sets_apart(sequence, before_source) || sets_apart(sequence, before_target)) { /* "role:absent": an exception */
    stance_feature_begin(view);
    stance_feature_add_word(view, STANCE_WORD_absent);
    stance_feature_emit(view, DECISIVE);
  }
  bool polar = false;
  for (size_t i = 0; i < sequence->event_count; i++)
    polar |= sequence->events[i].lexeme && sequence->events[i].polarity;
  enum stance_feature_word count = sequence->actor_count <= 2   ? STANCE_WORD_n2
                                   : sequence->actor_count == 3 ? STANCE_WORD_n3
                                                                : STANCE_WORD_more;
  stance_feature_begin(view);
  stance_feature_add_word(view, STANCE_WORD_main);
  stance_feature_add_word(view, order);
  stance_feature_add_word(view, source);
  stance_feature_add_word(view, target);
  stance_feature_emit(view, 0.5f);
  stance_feature_begin(view);
  stance_feature_add_word(view, STANCE_WORD_main);
  stance_feature_add_word(view, count);
  stance_feature_add_word(view, polar ? STANCE_WORD_plus : STANCE_WORD_none);
  stance_feature_emit(view, 0.5f);
}

/* "role:net forward hostile", "role:net reverse", "role:net outside": the relation of all events with polarity to the
 * unit. If all have source and target and none is this pair, they are outside: they say nothing of it. */
static void emit_account(struct stance_view *view) {
  const struct stance_sequence *sequence = view->sequence;
  bool is_hostile = false, is_friendly = false, is_reverse = false, has_part = false, is_open = false, is_any = false,
       is_denied = false;
  int chain = 0;
  for (size_t i = 0; i < sequence->event_count; i++) {
    const struct stance_event *event = &sequence->events[i];
    enum stance_relation relation = view->parts[i].relation;
    int implied = view->implied[i];
    if (implied) chain = implied;
    bool is_forward = relation == STANCE_RELATION_FORWARD || relation == STANCE_RELATION_MUTUAL;
    is_denied |= event->lexeme && is_forward && is_undone(event);
    if (!event->lexeme || !event->polarity) continue;
    is_any = true;
    is_hostile |= is_forward && event->polarity < 0;
    is_friendly |= is_forward && event->polarity > 0;
    is_reverse |= relation == STANCE_RELATION_REVERSE;
    bool is_complete =
        has_role(event, STANCE_AS_SOURCE | STANCE_AS_BOTH) && has_role(event, STANCE_AS_TARGET | STANCE_AS_BOTH);
    if (relation != STANCE_RELATION_NONE) has_part = true;
    if (!is_complete && relation != STANCE_RELATION_NONE) is_open = true;
  }
  stance_feature_begin(view);
  stance_feature_add_word(view, STANCE_WORD_net);
  if (is_hostile || is_friendly) {
    stance_feature_add_word(view, STANCE_WORD_forward);
    stance_feature_add_word(
        view, is_hostile && is_friendly ? STANCE_WORD_neutral : stance_polarity_word(is_friendly ? 1 : -1));
  } else if (chain) {
    stance_feature_add_word(view, STANCE_WORD_chain);
    stance_feature_add_word(view, stance_polarity_word(chain));
  } else if (is_denied) {
    stance_feature_add_word(view, STANCE_WORD_negated);
  } else if (is_reverse) {
    stance_feature_add_word(view, STANCE_WORD_reverse);
    stance_feature_add_word(view, is_open ? STANCE_WORD_more : STANCE_WORD_none);
  } else {
    stance_feature_add_word(view, !is_any    ? STANCE_WORD_none
                                  : is_open  ? STANCE_WORD_more
                                  : has_part ? STANCE_WORD_many
                                             : STANCE_WORD_outside);
  }
  stance_feature_emit(view, is_denied && !is_hostile && !is_friendly ? DECISIVE : 1);
}

/* "role:forward hostile": relation and polarity of each event; also its class, certainty and strength. */
void stance_template_role(struct stance_view *view) {
  const struct stance_sequence *sequence = view->sequence;
  for (size_t i = 0; i < sequence->event_count; i++) {
    const struct stance_event *event = &sequence->events[i];
    struct stance_part part = view->parts[i];
    if (!event->lexeme) continue;
    int implied = view->implied[i];
    if (implied) {
      stance_feature_begin(view);
      stance_feature_add_word(view, STANCE_WORD_chain);
      stance_feature_add_word(view, stance_polarity_word(implied));
      see(view, event);
      stance_feature_emit(view, 1);
    }
    if (part.relation == STANCE_RELATION_NONE) continue;
    if (implied > 0 && event->polarity < 0) continue; /* who condemns a deed is no enemy of who suffers it */
    bool whole = is_whole(part.relation);
    stance_feature_begin(view);
    stance_feature_add_word(view, relation_words[part.relation]);
    stance_feature_add_word(view, stance_polarity_word(event->polarity));
    see(view, event);
    stance_feature_emit(view, whole && !part.is_weak ? 1 : 0.5f);
    stance_feature_begin(view);
    stance_feature_add_word(view, relation_words[part.relation]);
    stance_feature_add_word(view, is_undone(event) ? STANCE_WORD_negated : quad_words[event->lexeme->quad]);
    see(view, event);
    stance_feature_emit(view, 0.5f);
    if (!whole) emit_other(view, event, &part);
    if (!whole) continue;
    stance_feature_begin(view);
    stance_feature_add_word(view, relation_words[part.relation]);
    stance_feature_add_word(view, stance_polarity_word(event->polarity));
    stance_feature_add_word(view, event->lexeme->strength >= 6 ? STANCE_WORD_strong : STANCE_WORD_mild);
    see(view, event);
    stance_feature_emit(view, 0.5f);
    stance_feature_begin(view);
    stance_feature_add_word(view, relation_words[part.relation]);
    stance_feature_add_word(view, stance_polarity_word(event->polarity));
    stance_feature_add_word(view, part.is_weak              ? STANCE_WORD_weak
                                  : is_between(view, event) ? STANCE_WORD_between
                                                            : STANCE_WORD_outside);
    see(view, event);
    stance_feature_emit(view, 0.5f);
    emit_flags(view, event, &part);
  }
  emit_account(view);
  emit_cases(view);
}

/* "lemma:forward accuse", "lemma:forward negated accuse": relation and lemma, with negation or shift. */
void stance_template_lemma(struct stance_view *view) {
  const struct stance_sequence *sequence = view->sequence;
  for (size_t i = 0; i < sequence->event_count; i++) {
    const struct stance_event *event = &sequence->events[i];
    struct stance_part part = view->parts[i];
    if (!event->lexeme || part.relation == STANCE_RELATION_NONE) continue;
    uint64_t hash = lemma_hash(event->lexeme);
    stance_feature_begin(view);
    stance_feature_add_word(view, relation_words[part.relation]);
    if (event->flags & STANCE_EVENT_NEGATED) stance_feature_add_word(view, STANCE_WORD_negated);
    else if (event->flags & STANCE_EVENT_SHIFTED) stance_feature_add_word(view, STANCE_WORD_shifted);
    stance_feature_add_text(view, hash, event->lexeme->lemma);
    see(view, event);
    stance_feature_emit(view, is_whole(part.relation) ? 1 : 0.5f);
  }
}

/* "slot:subj obj hostile": the slots of source and target, with polarity, and with the lemma. */
void stance_template_slot(struct stance_view *view) {
  const struct stance_sequence *sequence = view->sequence;
  for (size_t i = 0; i < sequence->event_count; i++) {
    const struct stance_event *event = &sequence->events[i];
    struct stance_part part = view->parts[i];
    if (part.source_slot == STANCE_SLOT_COUNT && part.target_slot == STANCE_SLOT_COUNT) continue;
    stance_feature_begin(view);
    stance_feature_add_word(view, slot_words[part.source_slot]);
    stance_feature_add_word(view, slot_words[part.target_slot]);
    stance_feature_add_word(view, stance_polarity_word(event->polarity));
    see(view, event);
    stance_feature_emit(view, 1);
    if (part.source_slot == STANCE_SLOT_COUNT || part.target_slot == STANCE_SLOT_COUNT) continue;
    if (event->flags & (STANCE_EVENT_NEGATED | STANCE_EVENT_SHIFTED)) continue;
    stance_feature_begin(view);
    stance_feature_add_word(view, slot_words[part.source_slot]);
    stance_feature_add_word(view, slot_words[part.target_slot]);
    stance_feature_add_symbol(view, event->start);
    stance_feature_emit(view, 1);
  }
}

/* "conjunction:subj obj hostile verbal-conflict": slots, polarity and class as one feature. */
void stance_template_conjunction(struct stance_view *view) {
  const struct stance_sequence *sequence = view->sequence;
  for (size_t i = 0; i < sequence->event_count; i++) {
    const struct stance_event *event = &sequence->events[i];
    struct stance_part part = view->parts[i];
    if (!event->lexeme || (part.source_slot == STANCE_SLOT_COUNT && part.target_slot == STANCE_SLOT_COUNT)) continue;
    stance_feature_begin(view);
    stance_feature_add_word(view, slot_words[part.source_slot]);
    stance_feature_add_word(view, slot_words[part.target_slot]);
    stance_feature_add_word(view, stance_polarity_word(event->polarity));
    stance_feature_add_word(view, quad_words[event->lexeme->quad]);
    see(view, event);
    stance_feature_emit(view, 1);
  }
}

static enum stance_feature_word count_word(int count) {
  return count == 0 ? STANCE_WORD_n0 : count == 1 ? STANCE_WORD_n1 : STANCE_WORD_more;
}

/* While explaining: gives a summary feature the place of its event if it counts only one. way: 0 forward, 1 reverse, 2
 * both; polarity 0: any. */
static void see_only(struct stance_view *view, int way, int polarity) {
  const struct stance_event *only = NULL;
  for (size_t i = 0; view->is_naming && i < view->sequence->event_count; i++) {
    const struct stance_event *event = &view->sequence->events[i];
    if (!event->lexeme) continue;
    enum stance_relation relation = view->parts[i].relation;
    int implied = way == 1 ? 0 : view->implied[i];
    bool is_this_way =
        relation == STANCE_RELATION_MUTUAL || way == 2 || (relation == STANCE_RELATION_FORWARD) == (way == 0);
    bool is_counted =
        event->polarity && is_whole(relation) && is_this_way && (!polarity || event->polarity * polarity > 0);
    if (!is_counted && !(implied && (!polarity || implied * polarity > 0))) continue;
    if (only) return;
    only = event;
  }
  if (only) see(view, only);
}

/* Counts of hostile and friendly events in each direction, and their balance. */
void stance_template_summary(struct stance_view *view) {
  const struct stance_sequence *sequence = view->sequence;
  int counts[2][2] = {{0, 0}, {0, 0}}, net[2] = {0, 0};
  for (size_t i = 0; i < sequence->event_count; i++) {
    const struct stance_event *event = &sequence->events[i];
    if (!event->lexeme) continue;
    struct stance_part part = view->parts[i];
    int implied = view->implied[i];
    if (implied) counts[0][implied > 0]++, net[0] += implied;
    if (!event->polarity || !is_whole(part.relation)) continue;
    for (int way = 0; way < 2; way++) {
      if (part.relation != STANCE_RELATION_MUTUAL && (part.relation == STANCE_RELATION_FORWARD) != (way == 0)) continue;
      counts[way][event->polarity > 0]++;
      net[way] += event->polarity * (part.is_weak ? 2 : 3);
    }
  }
  for (int way = 0; way < 2; way++) {
    for (int polarity = 0; polarity < 2; polarity++) {
      if (!counts[way][polarity]) continue;
      stance_feature_begin(view);
      stance_feature_add_word(view, way ? STANCE_WORD_reverse : STANCE_WORD_forward);
      stance_feature_add_word(view, polarity ? STANCE_WORD_friendly : STANCE_WORD_hostile);
      stance_feature_add_word(view, count_word(counts[way][polarity]));
      see_only(view, way, polarity ? 1 : -1);
      stance_feature_emit(view, 1);
    }
    stance_feature_begin(view);
    stance_feature_add_word(view, way ? STANCE_WORD_reverse : STANCE_WORD_forward);
    stance_feature_add_word(view, STANCE_WORD_net);
    stance_feature_add_word(view, counts[way][0] + counts[way][1] ? stance_polarity_word(net[way]) : STANCE_WORD_none);
    see_only(view, way, 0);
    stance_feature_emit(view, 1);
  }
  stance_feature_begin(view);
  stance_feature_add_word(view, STANCE_WORD_net);
  stance_feature_add_word(view, counts[0][0] + counts[0][1] ? stance_polarity_word(net[0]) : STANCE_WORD_none);
  stance_feature_add_word(view, counts[1][0] + counts[1][1] ? stance_polarity_word(net[1]) : STANCE_WORD_none);
  see_only(view, 2, 0);
  stance_feature_emit(view, 1);
}

static enum stance_feature_word who_word(const struct stance_view *view, uint32_t symbol) {
  if (symbol == STANCE_NO_SYMBOL) return STANCE_WORD_none;
  return view->roles[symbol] == STANCE_IS_SOURCE   ? STANCE_WORD_SRC
         : view->roles[symbol] == STANCE_IS_TARGET ? STANCE_WORD_TGT
                                                   : STANCE_WORD_ACT;
}

/* Who speaks; the press tells what others do, and takes no side by it: "Xinhua reported that A had attacked B". */
static enum stance_feature_word speaker_word(const struct stance_view *view, uint32_t symbol) {
  if (symbol == STANCE_NO_SYMBOL || !stance_is_actor(view->sequence, symbol)) return who_word(view, symbol);
  const struct stance_actor *actor = view->sequence->actors[view->sequence->info[symbol].actor];
  return actor->kind == STANCE_ACTOR_MEDIA ? STANCE_WORD_press : who_word(view, symbol);
}

static enum stance_feature_word sign_word(int sum) {
  return sum > 0 ? STANCE_WORD_plus : sum < 0 ? STANCE_WORD_minus : STANCE_WORD_none;
}

/* "speech:SRC says TGT minus": the speaker, whether source and target are in the reported words, and the sign of their
 * polarity. */
static void emit_speech(struct stance_view *view, const struct stance_event *speech) {
  const struct stance_sequence *sequence = view->sequence;
  bool has_source = false, has_target = false, has_quote = false;
  int words = 0, events = 0;
  uint32_t first = speech->start > SPEECH_MAX ? speech->start - SPEECH_MAX : 0;
  if (first < speech->scope) first = speech->scope;
  for (uint32_t i = first; i < speech->scope_end && i < sequence->count && i < speech->end + SPEECH_MAX; i++) {
    if (i == speech->speaker) continue;
    has_source |= view->roles[i] == STANCE_IS_SOURCE;
    has_target |= view->roles[i] == STANCE_IS_TARGET;
    has_quote |= sequence->info[i].is_quoted;
    words += sequence->info[i].polarity;
  }
  bool target_acts = false, target_suffers = false; /* what is said of one who suffers blames another */
  for (size_t i = 0; i < sequence->event_count; i++) {
    const struct stance_event *event = &sequence->events[i];
    if (event->start < speech->scope || event->start >= speech->scope_end) continue;
    events += event->polarity;
    if (!event->lexeme || event == speech) continue;
    target_acts |= view->parts[i].relation == STANCE_RELATION_THIRD_SOURCE;
    target_suffers |= view->parts[i].relation == STANCE_RELATION_THIRD_TARGET && event->polarity;
  }
  bool is_victim = target_suffers && !target_acts;
  enum stance_feature_word who = speaker_word(view, speech->speaker);
  enum stance_feature_word of = has_source && has_target ? STANCE_WORD_is_both
                                : has_source             ? STANCE_WORD_SRC
                                : has_target             ? STANCE_WORD_TGT
                                                         : STANCE_WORD_none;
  enum stance_feature_word signs[3] = {STANCE_WORD_none, sign_word(words), sign_word(events)};
  for (int variant = 0; variant < 3; variant++) {
    stance_feature_begin(view);
    stance_feature_add_word(view, who);
    stance_feature_add_word(view, STANCE_WORD_says);
    stance_feature_add_word(view, of);
    if (variant) stance_feature_add_word(view, variant == 1 ? STANCE_WORD_mild : STANCE_WORD_noun);
    if (variant) stance_feature_add_word(view, signs[variant]);
    if (is_victim) stance_feature_add_word(view, STANCE_WORD_third_target);
    stance_feature_cover(view, speech->start);
    stance_feature_emit(view, 1);
  }
  if (!has_quote) return;
  stance_feature_begin(view);
  stance_feature_add_word(view, who);
  stance_feature_add_word(view, STANCE_WORD_says);
  stance_feature_add_word(view, of);
  stance_feature_add_word(view, STANCE_WORD_quoted);
  stance_feature_add_word(view, sign_word(words));
  stance_feature_cover(view, speech->start);
  stance_feature_emit(view, 1);
}

/* Reported speech: its speaker and content, and the speaker of each event in it. */
void stance_template_speech(struct stance_view *view) {
  const struct stance_sequence *sequence = view->sequence;
  for (size_t i = 0; i < sequence->event_count; i++) {
    const struct stance_event *event = &sequence->events[i];
    if (event->flags & STANCE_EVENT_SPEECH) {
      emit_speech(view, event);
      continue;
    }
    if (event->speaker == STANCE_NO_SYMBOL || !event->lexeme || !event->polarity) continue;
    struct stance_part part = view->parts[i];
    stance_feature_begin(view);
    stance_feature_add_word(view, speaker_word(view, event->speaker));
    stance_feature_add_word(view, STANCE_WORD_says);
    stance_feature_add_word(view, relation_words[part.relation]);
    stance_feature_add_word(view, stance_polarity_word(event->polarity));
    see(view, event);
    stance_feature_emit(view, 1);
  }
}

/* For sentence units: the classes and lemmas of the events, and their balance. */
void stance_template_events(struct stance_view *view) {
  const struct stance_sequence *sequence = view->sequence;
  int counts[3] = {0, 0, 0}, net = 0;
  for (size_t i = 0; i < sequence->event_count; i++) {
    const struct stance_event *event = &sequence->events[i];
    if (!event->lexeme) continue;
    counts[event->polarity + 1]++;
    net += event->polarity * (1 + event->lexeme->strength / 4);
    stance_feature_begin(view);
    stance_feature_add_word(view, quad_words[event->lexeme->quad]);
    stance_feature_add_word(view, stance_polarity_word(event->polarity));
    see(view, event);
    stance_feature_emit(view, 1);
    stance_feature_begin(view);
    stance_feature_add_word(view, stance_polarity_word(event->polarity));
    stance_feature_add_text(view, lemma_hash(event->lexeme), event->lexeme->lemma);
    see(view, event);
    stance_feature_emit(view, 1);
  }
  for (int sign = -1; sign <= 1; sign += 2) {
    stance_feature_begin(view);
    stance_feature_add_word(view, stance_polarity_word(sign));
    stance_feature_add_word(view, count_word(counts[sign + 1]));
    stance_feature_emit(view, 1);
  }
  stance_feature_begin(view);
  stance_feature_add_word(view, STANCE_WORD_net);
  stance_feature_add_word(view, sign_word(net));
  stance_feature_emit(view, 1);
}
