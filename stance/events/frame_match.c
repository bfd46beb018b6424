/* SPDX-License-Identifier: MIT
 * Frames in a sentence: from a verb to the noun that completes it, called the thing.
 *
 *   active: "turned [back] the old Malian lorries [back]" thing to the right, further words before or after it
 *   passive: "the debt of Mali was [not] written [off]" thing to the left, before a form of be */
#include <string.h>

#include "frame_internal.h"
#include "sequence.h"
#include "stance/text/text.h"

/* Reaches, in symbols; each with a sentence that needs about so many. */
enum {
  THING_REACH = 10,   /* "sent more than forty of its best Russian-built battle tanks" */
  TAIL_REACH = 4,     /* "kept the foreign minister of Mali waiting" */
  OWNER_REACH = 4,    /* "Mali's large foreign-held debt" */
  PASSIVE_REACH = 12, /* "the tanks that stood at the gates of A had not yet been returned" */
};

/* The classes of the longest known noun that ends at symbol `end` and starts at `start` or later; 0: none. */
static uint64_t noun_classes(const struct stance_frames *frames, const struct stance_sequence *sequence, uint32_t start,
                             uint32_t end) {
  if (!stance_frame_ends(frames->ends, sequence->tokens[end].hash)) return 0;
  for (uint32_t count = STANCE_FRAME_NOUN_WORDS; count > 0; count--) {
    if (end + 1 < start + count) continue;
    uint64_t key = count;
    for (uint32_t i = end + 1 - count; i <= end; i++) key = stance_frame_noun_key(key, sequence->tokens[i].hash);
    uint64_t classes = stance_frame_map_get(&frames->nouns, key);
    if (classes) return classes;
  }
  return 0;
}

static bool is_tail(const struct stance_frames *frames, const struct stance_sequence *sequence, uint32_t i) {
  return i < sequence->count && stance_frame_map_get(&frames->tails, sequence->tokens[i].hash);
}

/* Whether the symbol is an open-class word (light verbs and shifters count as such). */
static bool is_open(const struct stance_sequence *sequence, uint32_t i) {
  return i < sequence->count && sequence->info[i].kind == STANCE_SYMBOL_WORD &&
         !(sequence->info[i].classes & ~(uint32_t)(STANCE_CLASS_GIVE | STANCE_CLASS_RECEIVE | STANCE_CLASS_SHIFT));
}

static bool is_ing(const struct stance_sequence *sequence, uint32_t i) {
  const char *end = sequence->text + sequence->tokens[i].end;
  return sequence->tokens[i].end - sequence->tokens[i].start > 4 && memcmp(end - 3, "ing", 3) == 0;
}

/* Whether the word looks like a participle, which follows a noun without being part of it: "boats carrying", "boats
 * loaded". */
static bool is_participle(const struct stance_sequence *sequence, uint32_t i) {
  const struct stance_token *token = &sequence->tokens[i];
  uint32_t length = token->end - token->start;
  const char *end = sequence->text + token->end;
  return (length > 4 && end[-1] == 'g' && end[-2] == 'n' && end[-3] == 'i') ||
         (length > 4 && end[-1] == 'd' && end[-2] == 'e');
}

/* The classes of the last word of a mention of several words: "tanks" of "German tanks", which is the actor too; 0: none. */
static uint64_t mention_classes(const struct stance_frames *frames, const struct stance_sequence *sequence,
                                uint32_t i) {
  const struct stance_token *token = &sequence->tokens[i];
  uint32_t start = token->end;
  while (start > token->start && sequence->text[start - 1] != ' ') start--;
  if (start == token->start) return 0;
  uint8_t shape;
  uint64_t hash = stance_token_hash(sequence->text + start, token->end - start, &shape);
  return stance_frame_ends(frames->ends, hash) ? stance_frame_map_get(&frames->nouns, stance_frame_noun_key(1, hash))
                                               : 0;
}

struct thing {
  uint32_t head;
  uint64_t classes; /* bit set; 0: no thing was found */
};
struct right { /* the thing right behind the verb, looked for once for all its frames */
  struct thing thing;
  bool is_known;
};

/* The head noun of the noun phrase that starts at `start`, if it is in a class. */
static struct thing thing_at(const struct stance_frames *frames, const struct stance_sequence *sequence,
                             uint32_t start) {
  struct thing thing = {.classes = 0};
  for (uint32_t i = start; i < sequence->count && i < start + THING_REACH; i++) {
    if (stance_is_actor(sequence, i)) {
      uint64_t found = thing.classes ? 0 : mention_classes(frames, sequence, i);
      if (found) thing = (struct thing){i, found};
      continue;
    }
    if (sequence->info[i].kind == STANCE_SYMBOL_NUMBER) continue;
    uint32_t classes = stance_classes_at(sequence, i);
    if (classes & (STANCE_CLASS_COMMA | STANCE_CLASS_STOP | STANCE_CLASS_CLAUSE | STANCE_CLASS_RELATIVE |
                   STANCE_CLASS_AUXILIARY | STANCE_CLASS_SELF | STANCE_CLASS_TO))
      break;
    if (classes & STANCE_CLASS_PREPOSITION) { /* "thousands of tonnes of wheat" */
      if (thing.classes || sequence->info[i].slot != STANCE_SLOT_OF || i == start) break;
      continue;
    }
    if (thing.classes && !is_open(sequence, i)) break;
    uint64_t found = is_open(sequence, i) ? noun_classes(frames, sequence, start, i) : 0;
    if (found) thing = (struct thing){i, found};
    else if (thing.classes) { /* "ship owners" are no ships; "ships carrying" are */
      if (!is_participle(sequence, i)) thing.classes = 0;
      break;
    }
  }
  return thing;
}

static bool tail_stands(const struct frame *frame, const struct stance_sequence *sequence, uint32_t at) {
  for (uint32_t i = 0; i < frame->tail_count; i++)
    if (at + i >= sequence->count || sequence->tokens[at + i].hash != frame->tail[i]) return false;
  return true;
}

/* Where the verb's further words stand after the thing: "the lorries of Mali back"; 0: nowhere. */
static uint32_t tail_behind(const struct frame *frame, const struct stance_sequence *sequence, uint32_t head) {
  for (uint32_t at = head + 1; at < sequence->count && at <= head + TAIL_REACH; at++) {
    if (tail_stands(frame, sequence, at)) return at;
    if (!stance_is_actor(sequence, at) && sequence->info[at].slot != STANCE_SLOT_OF &&
        !stance_has_class(sequence, at, STANCE_CLASS_DETERMINER))
      break;
  }
  return 0;
}

/* Whether the mention is an adjective by its ending, and not the actor's own name: "Malian", "French". */
static bool is_adjectival(const struct stance_sequence *sequence, uint32_t i) {
  const struct stance_token *token = &sequence->tokens[i];
  uint32_t length = token->end - token->start;
  const char *text = sequence->text + token->start;
  const char *name = stance_actor_name(sequence->actors[sequence->info[i].actor]);
  for (uint32_t at = 0;; at++) {
    if (at == length && !name[at]) return false; /* the state's own name */
    if (at == length || (text[at] | 32) != (name[at] | 32)) break;
  }
  static const char *const endings[] = {"an", "ese", "ish", "ch", "i", "ic", "ss"};
  for (size_t e = 0; e < sizeof endings / sizeof endings[0]; e++) {
    uint32_t size = 0;
    while (endings[e][size]) size++;
    uint32_t k = 0;
    while (k < size && length > size && text[length - size + k] == endings[e][k]) k++;
    if (k == size) return true;
  }
  return false;
}

/* Whether the match takes the lexeme whose object is the target: an actor between verb and thing is the recipient
 * ("gave Mali tents") or the thing's possessor ("Malian lorries"), as the frame allows. */
static bool has_object(const struct frame *frame, const struct stance_sequence *sequence, uint32_t start,
                       uint32_t head) {
  bool takes_object = frame->slots >> STANCE_SLOT_OBJECT & 1, takes_owner = frame->slots >> STANCE_SLOT_POSSESSIVE & 1;
  for (uint32_t i = start; i < head; i++) {
    if (!stance_is_actor(sequence, i)) continue;
    bool is_bare =
        i == start && !stance_has_class(sequence, i + 1, STANCE_CLASS_POSSESSIVE) && !is_adjectival(sequence, i);
    return is_bare ? takes_object || (takes_owner && i + 1 == head) : takes_owner;
  }
  return takes_owner; /* "its lorries", or one named behind: the rules for objects and pronouns decide */
}

static uint32_t lexeme_of(const struct stance_frames *frames, const struct frame *frame, uint64_t classes,
                          bool with_object) {
  uint64_t common = frame->classes & classes, lowest = common & (~common + 1);
  uint32_t rank = (uint32_t)__builtin_popcountll(frame->classes & (lowest - 1));
  return frames->lexemes[frame->lexeme + 2 * rank + with_object];
}

static bool names_actor(const struct stance_sequence *sequence, uint32_t start, uint32_t end) {
  for (uint32_t i = start; i < end; i++)
    if (stance_is_actor(sequence, i)) return true;
  return false;
}

static bool match_active(const struct stance_frames *frames, const struct stance_sequence *sequence, uint32_t at,
                         const struct frame *frame, struct right *right, struct stance_frame_match *out) {
  bool at_once = frame->tail_count && tail_stands(frame, sequence, at + 1);
  uint32_t start = at + 1 + (at_once ? frame->tail_count : 0);
  if (!frame->tail_count && is_tail(frames, sequence, at + 1) &&
      !stance_has_class(sequence, at + 1, STANCE_CLASS_DETERMINER))
    return false;
  if (!at_once && !right->is_known) *right = (struct right){thing_at(frames, sequence, start), true};
  struct thing thing = at_once ? thing_at(frames, sequence, start) : right->thing;
  if (!(thing.classes & frame->classes)) return false;
  bool is_sent = at > 0 && stance_has_class(sequence, at - 1, STANCE_CLASS_BE) &&
                 !is_ing(sequence, at); /* "B was sent tents by A" */
  if (is_sent && !(frame->slots >> STANCE_SLOT_OBJECT & 1)) return false;
  uint32_t tail = at_once ? at + 1 : frame->tail_count ? tail_behind(frame, sequence, thing.head) : 0;
  if (frame->tail_count && !tail) return false;
  bool is_around =
      tail > thing.head && stance_has_class(sequence, tail, STANCE_CLASS_PREPOSITION | STANCE_CLASS_CLAUSE);
  bool with_object =
      is_sent || is_around || has_object(frame, sequence, start, thing.head); /* "named a square after A" */
  bool is_behind = tail > thing.head && with_object && (frame->slots >> STANCE_SLOT_OBJECT & 1) &&
                   !names_actor(sequence, start, thing.head);
  *out = (struct stance_frame_match){.lexeme = lexeme_of(frames, frame, thing.classes, with_object),
                                     .end = is_behind ? tail + frame->tail_count : start,
                                     .head = thing.head,
                                     .tail = tail,
                                     .tail_count = frame->tail_count,
                                     .owner = STANCE_NO_SYMBOL};
  return true;
}

/* The thing to the left of a passive verb: "the debt of Mali was written off". */
static struct thing thing_before(const struct stance_frames *frames, const struct stance_sequence *sequence,
                                 uint32_t at) {
  struct thing thing = {.classes = 0};
  bool has_be = false;
  for (uint32_t steps = 0; at > 0 && steps < PASSIVE_REACH; steps++) {
    uint32_t classes = stance_classes_at(sequence, --at);
    if (classes & (STANCE_CLASS_STOP | STANCE_CLASS_COMMA | STANCE_CLASS_CLAUSE | STANCE_CLASS_PRONOUN)) break;
    if (classes & STANCE_CLASS_BE) has_be = true;
    if (classes & (STANCE_CLASS_AUXILIARY | STANCE_CLASS_LY | STANCE_CLASS_ADVERB | STANCE_CLASS_NEGATOR)) continue;
    if (!has_be) break;
    if (!is_open(sequence, at)) continue;
    thing.classes = noun_classes(frames, sequence, 0, at);
    thing.head = at;
    if (thing.classes) break;
  }
  return thing;
}

/* The possessor of the thing: "Mali's debt", "the Malian debt", "the debt of Mali"; STANCE_NO_SYMBOL: none. */
static uint32_t owner_of(const struct stance_sequence *sequence, uint32_t head) {
  for (uint32_t i = head, steps = 0; i-- > 0 && steps < OWNER_REACH; steps++) {
    if (stance_is_actor(sequence, i)) return i;
    if (!is_open(sequence, i) && !stance_has_class(sequence, i, STANCE_CLASS_POSSESSIVE)) break;
  }
  if (head + 1 >= sequence->count || sequence->info[head + 1].slot != STANCE_SLOT_OF) return STANCE_NO_SYMBOL;
  for (uint32_t i = head + 2; i < sequence->count && i <= head + OWNER_REACH; i++)
    if (stance_is_actor(sequence, i)) return i;
  return STANCE_NO_SYMBOL;
}

static bool match_passive(const struct stance_frames *frames, const struct stance_sequence *sequence, uint32_t at,
                          const struct frame *frame, const struct thing *thing, struct stance_frame_match *out) {
  if (!(thing->classes & frame->classes) || !tail_stands(frame, sequence, at + 1)) return false;
  if (!frame->tail_count && is_tail(frames, sequence, at + 1) && sequence->info[at + 1].slot == STANCE_SLOT_COUNT)
    return false;
  bool with_object = frame->slots & (1u << STANCE_SLOT_POSSESSIVE | 1u << STANCE_SLOT_OF);
  *out = (struct stance_frame_match){.lexeme = lexeme_of(frames, frame, thing->classes, with_object),
                                     .end = at + 1 + frame->tail_count,
                                     .head = thing->head,
                                     .tail = at + 1,
                                     .tail_count = frame->tail_count,
                                     .owner = with_object ? owner_of(sequence, thing->head) : STANCE_NO_SYMBOL};
  return true;
}

void stance_frames_prefetch(const struct stance_frames *frames, uint16_t verb) {
  if (frames->firsts[verb]) __builtin_prefetch(&frames->items[frames->firsts[verb] - 1]);
}

bool stance_frame_match(const struct stance_frames *frames, const struct stance_sequence *sequence, uint32_t at,
                        uint16_t verb, struct stance_frame_match *out) {
  struct stance_frame_match match;
  struct right right = {.is_known = false};
  int longest = -1; /* further words of the best match so far; -1: none */
  struct thing before = thing_before(frames, sequence, at);
  for (uint32_t next = frames->firsts[verb]; next;) {
    const struct frame *frame = &frames->items[next - 1];
    next = frame->next;
    if ((int)frame->tail_count <= longest) continue;
    bool is_match = before.classes ? match_passive(frames, sequence, at, frame, &before, &match)
                                   : match_active(frames, sequence, at, frame, &right, &match);
    if (!is_match) continue;
    *out = match;
    longest = frame->tail_count;
  }
  return longest >= 0;
}
