/* SPDX-License-Identifier: MIT
 * Which words of a sentence are events, with their voice, negation and hedges. */
#include <string.h>

#include "frame.h"
#include "reading.h"
#include "slot.h"
#include "word_cache.h"

/* Reaches, in symbols; each with a sentence that needs about so many. */
enum {
  VERB_PHRASE_REACH = 12, /* "has not, on Tuesday or at any other time, ever again been" */
  NEGATION_REACH = 4,     /* "no large new military attack" */
  CONDITION_REACH = 8,    /* "if the new rulers of the country A attacked" */
  GAP_REACH = 6,          /* "took the two large western A to task" */
  GAP_TAIL_REACH = 4,     /* "took A's own elected government to task" */
  TAIL_WORDS = 4,         /* of the lexeme after the gap: "to task" */
};

/* ---- the verb phrase ---- */

struct verb_phrase {
  uint32_t start;
  bool has_be, has_have; /* of the auxiliary nearest to the verb */
  bool is_bare;          /* no auxiliary or "to" so far */
};

/* Whether the word belongs to the verb phrase: an auxiliary, an adverb, a negation, "on Tuesday". */
static bool is_in_verb_phrase(const struct stance_sequence *sequence, const struct stance_event *event, uint32_t i) {
  uint32_t classes = stance_classes_at(sequence, i);
  bool is_negator = stance_has_function(sequence, i, STANCE_NEGATOR),
       is_hedge = stance_has_function(sequence, i, STANCE_HEDGE);
  if (classes &
      (STANCE_CLASS_CLAUSE | STANCE_CLASS_AND | STANCE_CLASS_COMMA | STANCE_CLASS_RELATIVE | STANCE_CLASS_PRONOUN))
    return false;
  if ((classes & STANCE_CLASS_PREPOSITION) && !(classes & STANCE_CLASS_TO))
    return is_negator || (i + 1 < event->start && stance_has_class(sequence, i + 1, STANCE_CLASS_TIME));
  return is_negator || is_hedge ||
         (classes &
          (STANCE_CLASS_ADVERB | STANCE_CLASS_LY | STANCE_CLASS_NEGATOR | STANCE_CLASS_AUXILIARY | STANCE_CLASS_TO));
}

/* Negation and hedges by the verb that governs an infinitive, where it is an event itself: "refused to", "vowed to". */
static void read_verb_before(const struct stance_sequence *sequence, struct stance_event *event, uint32_t i) {
  uint16_t other = sequence->info[i].event;
  if (other == STANCE_NO_EVENT || !(event->flags & STANCE_EVENT_INFINITIVE) ||
      !stance_event_is_verb(&sequence->events[other]))
    return;
  if (stance_has_function(sequence, i, STANCE_NEGATOR)) event->flags |= STANCE_EVENT_NEGATED;
  if (stance_has_function(sequence, i, STANCE_HEDGE)) event->flags |= STANCE_EVENT_HEDGED;
}

static void read_verb_phrase_word(const struct stance_sequence *sequence, struct stance_event *event, uint32_t i,
                                  struct verb_phrase *phrase) {
  uint32_t classes = stance_classes_at(sequence, i);
  if (stance_has_function(sequence, i, STANCE_NEGATOR) || (classes & STANCE_CLASS_NEGATOR))
    event->flags |= STANCE_EVENT_NEGATED;
  if (stance_has_function(sequence, i, STANCE_HEDGE)) event->flags |= STANCE_EVENT_HEDGED;
  if (classes & STANCE_CLASS_TO) event->flags |= STANCE_EVENT_INFINITIVE;
  if (phrase->is_bare && (classes & STANCE_CLASS_BE)) phrase->has_be = true;
  if (phrase->is_bare && (classes & STANCE_CLASS_HAVE)) phrase->has_have = true;
  if (classes & (STANCE_CLASS_AUXILIARY | STANCE_CLASS_TO)) phrase->is_bare = false;
}

/* Sets PASSIVE ("was attacked", "the troops attacked by", "was attacked and driven out") or PARTICIPLE
 * ("attacking"). */
static void settle_voice(const struct stance_sequence *sequence, struct stance_event *event, uint8_t inflection,
                         const struct verb_phrase *phrase) {
  if (inflection == STANCE_FORM_ING) {
    if (!phrase->has_be) event->flags |= STANCE_EVENT_PARTICIPLE;
    return;
  }
  if (!(inflection & (STANCE_FORM_PAST | STANCE_FORM_BASE)) || phrase->has_have) return;
  uint32_t next = stance_symbol_behind(sequence, event->end);
  bool by_follows = next != STANCE_NO_SYMBOL && sequence->info[next].slot == STANCE_SLOT_BY;
  bool is_joined =
      phrase->is_bare && phrase->start > 0 && stance_has_class(sequence, phrase->start - 1, STANCE_CLASS_AND) &&
      sequence->event_count > 1 && !stance_starts_noun_phrase(sequence, next) &&
      (sequence->events[sequence->event_count - 2].flags & STANCE_EVENT_PASSIVE) && (inflection & STANCE_FORM_PAST);
  if (phrase->has_be || (phrase->is_bare && by_follows) || is_joined) event->flags |= STANCE_EVENT_PASSIVE;
}

/* Reads "has not been", "refused to", "will never again" leftwards from the verb. */
static void read_verb_phrase(const struct stance_sequence *sequence, struct stance_event *event, uint8_t inflection) {
  struct verb_phrase phrase = {.start = event->start, .is_bare = true};
  for (uint32_t steps = 0; phrase.start > 0 && steps < VERB_PHRASE_REACH; steps++, phrase.start--) {
    uint32_t i = phrase.start - 1;
    if (stance_is_actor(sequence, i) || sequence->info[i].event != STANCE_NO_EVENT) {
      read_verb_before(sequence, event, i);
      break;
    }
    if (!is_in_verb_phrase(sequence, event, i)) break;
    read_verb_phrase_word(sequence, event, i, &phrase);
  }
  event->phrase_start = phrase.start;
  if (!(event->flags & (STANCE_EVENT_NOUN | STANCE_EVENT_ADJECTIVE)))
    settle_voice(sequence, event, inflection, &phrase);
}

/* Negation of nouns and adjectives: "no attack", "not hostile", "lack of support". */
static void read_noun_negation(struct stance_sequence *sequence, struct stance_event *event) {
  for (uint32_t i = event->start, steps = 0; i > 0 && steps < NEGATION_REACH; i--, steps++) {
    uint32_t classes = stance_classes_at(sequence, i - 1);
    if ((classes & STANCE_CLASS_NEGATOR) ||
        (stance_has_function(sequence, i - 1, STANCE_NEGATOR) && sequence->info[i - 1].event == STANCE_NO_EVENT)) {
      if (!(classes & STANCE_CLASS_PREPOSITION) || steps == 0) event->flags |= STANCE_EVENT_NEGATED;
      return;
    }
    if (stance_has_function(sequence, i - 1, STANCE_HEDGE)) event->flags |= STANCE_EVENT_HEDGED;
    if (classes & (STANCE_CLASS_COMMA | STANCE_CLASS_STOP | STANCE_CLASS_CLAUSE | STANCE_CLASS_AND)) return;
    if (sequence->info[i - 1].event != STANCE_NO_EVENT &&
        stance_event_is_verb(&sequence->events[sequence->info[i - 1].event]))
      return;
  }
}

/* A condition that opens the clause: "if A attacks". */
static void read_condition(struct stance_sequence *sequence, struct stance_event *event) {
  for (uint32_t i = event->phrase_start, steps = 0; i > 0 && steps < CONDITION_REACH; i--, steps++) {
    uint32_t classes = stance_classes_at(sequence, i - 1);
    if (classes & (STANCE_CLASS_COMMA | STANCE_CLASS_STOP)) return;
    if (!(classes & STANCE_CLASS_CLAUSE)) continue;
    if (stance_has_function(sequence, i - 1, STANCE_HEDGE)) event->flags |= STANCE_EVENT_HEDGED;
    return;
  }
}

/* ---- events of a sentence ---- */

/* The lexemes of "anti-French", "pro-Russian": the actor after the hyphen is the target. */
static const struct stance_lexeme against = {.lemma = "anti-",
                                             .speech = STANCE_SPEECH_ADJECTIVE,
                                             .quad = STANCE_VERBAL_CONFLICT,
                                             .strength = 5,
                                             .polarity = -1,
                                             .roles = {[STANCE_SLOT_SUBJECT] = STANCE_ROLE_SOURCE,
                                                       [STANCE_SLOT_OBJECT] = STANCE_ROLE_TARGET,
                                                       [STANCE_SLOT_POSSESSIVE] = STANCE_ROLE_SOURCE,
                                                       [STANCE_SLOT_BY] = STANCE_ROLE_SOURCE,
                                                       [STANCE_SLOT_IN] = STANCE_ROLE_SOURCE}};
static const struct stance_lexeme in_favour = {.lemma = "pro-",
                                               .speech = STANCE_SPEECH_ADJECTIVE,
                                               .quad = STANCE_VERBAL_COOPERATION,
                                               .strength = 5,
                                               .polarity = 1,
                                               .roles = {[STANCE_SLOT_SUBJECT] = STANCE_ROLE_SOURCE,
                                                         [STANCE_SLOT_OBJECT] = STANCE_ROLE_TARGET,
                                                         [STANCE_SLOT_POSSESSIVE] = STANCE_ROLE_SOURCE}};

static bool is_ours(const struct stance_lexeme *lexeme) { return lexeme == &against || lexeme == &in_favour; }

static struct stance_event *add_event(struct stance_sequence *sequence, const struct stance_lexeme *lexeme,
                                      uint32_t start, uint32_t end) {
  if (sequence->event_count == STANCE_EVENTS_MAX) return NULL;
  uint16_t index = (uint16_t)sequence->event_count++;
  struct stance_event *event = &sequence->events[index];
  event->lexeme = lexeme;
  event->start = event->phrase_start = start;
  event->end = end;
  event->flags = 0;
  event->filler_count = 0;
  event->governor = STANCE_NO_EVENT;
  event->polarity = lexeme ? lexeme->polarity : 0;
  event->speaker = STANCE_NO_SYMBOL;
  event->scope = event->scope_end = 0;
  event->traits = lexeme && !is_ours(lexeme) ? stance_word_cache_traits(sequence->cache, lexeme) : 0;
  if (lexeme && lexeme->speech == STANCE_SPEECH_NOUN) event->flags |= STANCE_EVENT_NOUN;
  if (lexeme && lexeme->speech == STANCE_SPEECH_ADJECTIVE) event->flags |= STANCE_EVENT_ADJECTIVE;
  for (uint32_t i = start; i < end; i++) {
    sequence->info[i].event = index;
    if (stance_has_function(sequence, i, STANCE_REPORTING)) event->flags |= STANCE_EVENT_SPEECH;
  }
  if (sequence->info[start].is_quoted) event->flags |= STANCE_EVENT_QUOTED;
  uint32_t classes = stance_classes_at(sequence, start);
  if (stance_event_is_verb(event) && end == start + 1) {
    if (classes & STANCE_CLASS_GIVE) event->flags |= STANCE_EVENT_GIVE;
    if (classes & STANCE_CLASS_RECEIVE) event->flags |= STANCE_EVENT_RECEIVE;
  }
  if (stance_event_is_verb(event) && end <= start + 2 && (classes & STANCE_CLASS_SHIFT))
    event->flags |= STANCE_EVENT_SHIFTER;
  return event;
}

static bool folds_to(const struct stance_sequence *sequence, uint32_t i, const char *word) {
  const struct stance_token *token = &sequence->tokens[i];
  size_t length = token->end - token->start;
  const char *text = sequence->text + token->start;
  for (size_t at = 0; at < length; at++)
    if (!word[at] || (text[at] | 32) != (word[at] | 32)) return false;
  return !word[length];
}

/* Adds the event of a compound with a mention: "anti-" before an actor, "-backed" after one. False: the symbol is no
 * such part. */
static bool find_compound(struct stance_sequence *sequence, uint32_t i) {
  const struct stance_token *token = &sequence->tokens[i];
  bool before_actor = i + 1 < sequence->count && stance_is_actor(sequence, i + 1),
       behind_actor = i > 0 && stance_is_actor(sequence, i - 1);
  if (!before_actor && !behind_actor) return false;
  size_t words;
  if (token->end - token->start < 3 || sequence->info[i].kind != STANCE_SYMBOL_WORD) return false;
  struct stance_event *event = NULL;
  if (before_actor && sequence->text[token->end - 1] == '-') {
    const struct stance_lexeme *lexeme = folds_to(sequence, i, "anti-")  ? &against
                                         : folds_to(sequence, i, "pro-") ? &in_favour
                                                                         : NULL;
    if (!lexeme) return false;
    event = add_event(sequence, lexeme, i, i + 1);
    if (event) event->flags |= STANCE_EVENT_COMPOUND;
    return true;
  }
  if (!behind_actor || sequence->text[token->start] != '-') return false;
  const struct stance_reading *reading = stance_lexicon_read(sequence->lexicon, token, 1, &words);
  const struct stance_lexeme *verb = reading ? reading->lexemes[STANCE_SPEECH_VERB] : NULL;
  if (verb && (reading->inflection & STANCE_FORM_PAST)) event = add_event(sequence, verb, i, i + 1);
  if (event) event->flags |= STANCE_EVENT_COMPOUND | STANCE_EVENT_PASSIVE;
  return true;
}

/* A verb of several words with its object inside: "took B to task". Returns the first symbol of the verb's rest ("to
 * task"); 0: none. */
static uint32_t find_gapped(struct stance_sequence *sequence, uint32_t i, const struct stance_lexeme **lexeme,
                            uint8_t *inflection, uint32_t *tail_end) {
  uint32_t at = i + 1;
  while (at < sequence->count && at < i + GAP_REACH && !stance_is_actor(sequence, at) &&
         (sequence->info[at].kind == STANCE_SYMBOL_NUMBER ||
          (sequence->info[at].kind == STANCE_SYMBOL_WORD &&
           !(stance_classes_at(sequence, at) & ~(uint32_t)(STANCE_CLASS_DETERMINER | STANCE_CLASS_LY)))))
    at++;
  bool is_pronoun = at == i + 1 && stance_is_object_pronoun(sequence, at); /* "threw it out" */
  if (at >= sequence->count || !(stance_is_actor(sequence, at) || is_pronoun)) return 0;
  struct stance_token tokens[TAIL_WORDS + 1];
  tokens[0] = sequence->tokens[i];
  for (uint32_t tail = at + 1; tail < sequence->count && tail <= at + GAP_TAIL_REACH; tail++) {
    if (tail > at + 1 &&
        (sequence->info[tail - 1].kind != STANCE_SYMBOL_WORD ||
         (stance_classes_at(sequence, tail - 1) & ~(uint32_t)(STANCE_CLASS_POSSESSIVE | STANCE_CLASS_LY))))
      return 0;
    uint32_t count = 0;
    while (count < TAIL_WORDS && tail + count < sequence->count)
      tokens[1 + count] = sequence->tokens[tail + count], count++;
    size_t words;
    const struct stance_reading *reading = stance_lexicon_read(sequence->lexicon, tokens, 1 + count, &words);
    if (!reading || words < 2 || !reading->lexemes[STANCE_SPEECH_VERB]) continue;
    const struct stance_lexeme *verb = reading->lexemes[STANCE_SPEECH_VERB];
    if (stance_has_class(sequence, tail + (uint32_t)words - 2, STANCE_CLASS_PREPOSITION) && words == 2)
      continue; /* "called B on": its object follows */
    *lexeme = verb;
    *inflection = reading->inflection;
    *tail_end = tail + (uint32_t)words - 1;
    return tail;
  }
  return 0;
}

/* The word right after a verb: "no" negates it ("sell no more arms"); a particle makes a friendly verb of one word
 * neutral ("gave up", "sold out"). */
static void read_behind(struct stance_sequence *sequence, struct stance_event *event) {
  if (event->end >= sequence->count || !stance_event_is_verb(event)) return;
  const struct stance_token *token = &sequence->tokens[event->end];
  uint32_t length = token->end - token->start;
  const char *text = sequence->text + token->start;
  if (length == 2 && memcmp(text, "no", 2) == 0) event->flags |= STANCE_EVENT_NEGATED;
  bool is_particle = (length == 2 && memcmp(text, "up", 2) == 0) ||
                     (length == 3 && (memcmp(text, "off", 3) == 0 || memcmp(text, "out", 3) == 0)) ||
                     (length == 4 && (memcmp(text, "away", 4) == 0 || memcmp(text, "down", 4) == 0));
  if (is_particle && event->polarity > 0 && event->end == event->start + 1) event->polarity = 0;
}

/* A neutral noun takes the polarity of its adjective: "harsh words", "warm welcome". */
static void read_adjective(const struct stance_sequence *sequence, struct stance_event *event) {
  if (!(event->flags & STANCE_EVENT_NOUN) || event->polarity || event->start == 0) return;
  const struct stance_word_info *info = &sequence->info[event->start - 1];
  if (info->kind != STANCE_SYMBOL_WORD || (info->classes & ~(uint32_t)STANCE_CLASS_LY)) return;
  const struct stance_event *other = info->event == STANCE_NO_EVENT ? NULL : &sequence->events[info->event];
  if (other && !(other->flags & STANCE_EVENT_ADJECTIVE)) return;
  if (other && other->polarity) event->polarity = other->polarity;
  else if (info->polarity >= 2 || info->polarity <= -2) event->polarity = info->polarity > 0 ? 1 : -1;
}

/* Whether the subject is nobody: "Nobody in A loves B", "hardly anyone in A trusts B". */
static bool has_no_subject(const struct stance_sequence *sequence, const struct stance_event *event) {
  for (uint32_t i = event->phrase_start, steps = 0; i > 0 && steps < 8; i--, steps++) {
    uint32_t k = i - 1;
    if (stance_has_class(sequence, k, STANCE_CLASS_COMMA | STANCE_CLASS_STOP | STANCE_CLASS_CLAUSE | STANCE_CLASS_AND))
      return false;
    uint16_t other = sequence->info[k].event;
    if (other != STANCE_NO_EVENT && stance_event_is_verb(&sequence->events[other])) return false;
    char letter = (char)(sequence->text[sequence->tokens[k].start] | 32);
    if (letter == 'n' && (folds_to(sequence, k, "nobody") || folds_to(sequence, k, "none"))) return true;
    if (k == 0) return false;
    if (letter == 'o' && folds_to(sequence, k, "one") && folds_to(sequence, k - 1, "no")) return true;
    bool is_any = letter == 'a' && (folds_to(sequence, k, "anyone") || folds_to(sequence, k, "anybody"));
    if (is_any && (folds_to(sequence, k - 1, "hardly") || folds_to(sequence, k - 1, "scarcely"))) return true;
  }
  return false;
}

/* Negation turns a positive polarity into -1 and a negative one into 0. (Shifters, "an end to", are in noun.c.) */
static void settle_polarity(struct stance_event *event) {
  if (!(event->flags & STANCE_EVENT_NEGATED)) return;
  event->polarity = event->polarity > 0 ? -1 : 0;
}

/* Looks for a frame (frame.h) of the verb here: "wrote off the debt of B". Where the lexicon gives the verb itself a
 * polarity, only a frame of another polarity counts ("armed rebels"), and none for a verb of verbal conflict. */
static bool find_deed(const struct stance_sequence *sequence, uint32_t i, const struct stance_reading *reading,
                      const struct stance_lexeme *lexeme, struct stance_frame_match *out) {
  if (!reading || !reading->frame_verb || (lexeme && lexeme->speech != STANCE_SPEECH_VERB)) return false;
  if (!lexeme && !stance_is_verb_here(sequence, i, i + 1, reading->inflection)) return false;
  if (!stance_frame_match(stance_lexicon_frames(sequence->lexicon), sequence, i, reading->frame_verb, out))
    return false;
  if (!lexeme || !lexeme->polarity) return true;
  if (lexeme->quad == STANCE_VERBAL_CONFLICT) return false; /* "condemned the attack" */
  return stance_lexicon_lexeme(sequence->lexicon, out->lexeme - 1)->polarity != lexeme->polarity;
}

/* Marks the frame's noun and further words as words of its event, so that "aid" becomes no event of its own. */
static void mark_deed(struct stance_sequence *sequence, const struct stance_frame_match *deed) {
  uint16_t index = (uint16_t)(sequence->event_count - 1);
  if (!stance_is_actor(sequence, deed->head)) sequence->info[deed->head].event = index;
  for (uint32_t j = 0; j < deed->tail_count; j++) sequence->info[deed->tail + j].event = index;
  if (deed->owner != STANCE_NO_SYMBOL)
    stance_slot_fill(&sequence->events[index], STANCE_SLOT_OBJECT, deed->owner, false);
}

/* Whether a word without a lexeme is an event: a light verb or shifter ("launched", "lifted") or a reporting word,
 * unless it is a noun here ("the lead", "a state"). */
static bool is_event_without_lexeme(const struct stance_sequence *sequence, uint32_t i) {
  bool is_light = stance_has_class(sequence, i, STANCE_CLASS_GIVE | STANCE_CLASS_RECEIVE | STANCE_CLASS_SHIFT);
  if (!is_light && !stance_has_function(sequence, i, STANCE_REPORTING)) return false;
  uint32_t previous = stance_symbol_before(sequence, i);
  if (stance_has_class(sequence, i, STANCE_CLASS_PREPOSITION)) return true;
  return stance_verb_by_left(sequence, previous) >= 0 &&
         !stance_is_in_object(sequence, previous, stance_symbol_behind(sequence, i + 1));
}

static uint8_t inflection_by_ending(const struct stance_sequence *sequence, uint32_t i) {
  uint32_t start = sequence->tokens[i].start, end = sequence->tokens[i].end;
  bool is_ing = end - start > 4 && memcmp(&sequence->text[end - 3], "ing", 3) == 0;
  return is_ing ? STANCE_FORM_ING : STANCE_FORM_PAST | STANCE_FORM_BASE;
}

/* Whether the object is nobody: "thanked nobody", "blamed no one". */
static bool has_no_object(const struct stance_sequence *sequence, const struct stance_event *event) {
  uint32_t i = event->end;
  if (i >= sequence->count || sequence->info[i].kind != STANCE_SYMBOL_WORD) return false;
  if ((sequence->text[sequence->tokens[i].start] | 32) != 'n') return false; /* most words: it is asked of every verb */
  return folds_to(sequence, i, "nobody") ||
         (i + 1 < sequence->count && folds_to(sequence, i, "no") && folds_to(sequence, i + 1, "one"));
}

/* An event whose subject or object is nobody counts as negated and neutral: "Nobody in Mali loves France". */
static void settle_nobody(const struct stance_sequence *sequence, struct stance_event *event) {
  if (!event->lexeme || !stance_event_is_verb(event)) return;
  if (!has_no_object(sequence, event) && !(event->polarity && has_no_subject(sequence, event))) return;
  event->flags |= STANCE_EVENT_NEGATED;
  event->polarity = 0;
}

/* The score of a match: "2-0", "31-17". */
static bool is_score(const struct stance_sequence *sequence, uint32_t i) {
  if (sequence->info[i].kind != STANCE_SYMBOL_NUMBER) return false;
  const char *text = sequence->text + sequence->tokens[i].start;
  size_t length = sequence->tokens[i].end - sequence->tokens[i].start, before = 0;
  while (before < length && text[before] >= '0' && text[before] <= '9') before++;
  return before >= 1 && before <= 2 && length > before + 1 && length <= before + 3 && text[before] == '-';
}

/* Verbs of winning lose lexeme and polarity in a sentence about sport: "France beat Germany 2-0 in the semi-final". */
static void settle_sport(const struct stance_sequence *sequence, struct stance_event *event) {
  if (!(event->traits & STANCE_LEXEME_WINS) || !stance_event_is_verb(event)) return;
  for (uint32_t i = 0; i < sequence->count; i++)
    if (stance_has_class(sequence, i, STANCE_CLASS_SPORT) || is_score(sequence, i)) {
      event->lexeme = NULL;
      event->polarity = 0;
      return;
    }
}

/* Adds the event at a candidate, if there is one. False: STANCE_EVENTS_MAX is reached. */
static bool find_event(struct stance_sequence *sequence, const struct stance_candidate *candidate) {
  uint32_t i = candidate->symbol;
  const struct stance_reading *reading = candidate->reading;
  size_t words = 1;
  if (candidate->is_phrase) {
    struct stance_lexicon_row row;
    stance_lexicon_row(sequence->lexicon, STANCE_LONGER_LEXEME, &sequence->tokens[i], sequence->count - i, &row);
    if (row.reading) reading = row.reading, words = row.reading_words;
  }
  const struct stance_lexeme *lexeme =
      reading ? stance_reading_choose(sequence, reading, i, i + (uint32_t)words) : NULL;
  uint8_t inflection = reading ? reading->inflection : 0;
  uint32_t tail_end = 0, tail = 0;
  if (words <= 1 && (candidate->longer & STANCE_LONGER_LEXEME) && sequence->actor_count)
    tail = find_gapped(sequence, i, &lexeme, &inflection, &tail_end);
  if (tail || !lexeme) words = 1;
  struct stance_frame_match deed;
  bool is_deed = words == 1 && !tail && find_deed(sequence, i, reading, lexeme, &deed);
  if (is_deed) {
    lexeme = stance_lexicon_lexeme(sequence->lexicon, deed.lexeme - 1);
    words = deed.end - i;
  }
  if (!lexeme && !is_event_without_lexeme(sequence, i)) return true;
  struct stance_event *event = add_event(sequence, lexeme, i, i + (uint32_t)words);
  if (!event) return false;
  for (uint32_t j = tail; j < tail_end; j++) sequence->info[j].event = (uint16_t)(sequence->event_count - 1);
  if (is_deed) mark_deed(sequence, &deed);
  if (!reading && !tail) inflection = inflection_by_ending(sequence, i);
  read_verb_phrase(sequence, event, inflection);
  if (!stance_event_is_verb(event)) read_noun_negation(sequence, event);
  if (!sequence->without_slots) read_condition(sequence, event); /* a hedge changes no polarity */
  if (!tail && !is_deed) read_behind(sequence, event);
  read_adjective(sequence, event);
  settle_polarity(event);
  settle_nobody(sequence, event);
  settle_sport(sequence, event);
  return true;
}

/* Prefetches the lexemes and frames of a candidate: they lie far apart in memory, and their reads overlap if started
 * together. */
static void fetch_entries(const struct stance_frames *frames, const struct stance_reading *reading) {
  if (!reading) return;
  for (size_t speech = 0; speech < 3; speech++)
    if (reading->lexemes[speech]) __builtin_prefetch(reading->lexemes[speech]);
  if (reading->frame_verb) stance_frames_prefetch(frames, reading->frame_verb);
}

void stance_events_find(struct stance_sequence *sequence) {
  sequence->event_count = 0;
  if (!sequence->lexicon) return;
  const struct stance_frames *frames = stance_lexicon_frames(sequence->lexicon);
  for (size_t c = 0; c < sequence->candidate_count; c++) fetch_entries(frames, sequence->candidates[c].reading);
  for (size_t c = 0; c < sequence->candidate_count; c++) {
    const struct stance_candidate *candidate = &sequence->candidates[c];
    bool is_word_of_event = sequence->info[candidate->symbol].event != STANCE_NO_EVENT;
    if (is_word_of_event || (sequence->actor_count && find_compound(sequence, candidate->symbol))) continue;
    if (!find_event(sequence, candidate)) break;
  }
  stance_slots_fill(sequence);
}
