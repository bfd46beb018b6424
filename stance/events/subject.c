/* SPDX-License-Identifier: MIT
 * The subject of a verb: rules for special constructions, else the nearest actor on the left that heads its phrase. */
#include <string.h>

#include "slot.h"
#include "word_cache.h"

/* Reaches, in symbols; each with a sentence that needs about so many. */
enum {
  PARENTHESIS_WORDS =
      14,         /* "A, the first of the three western states that had broken with the bloc in January, attacked" */
  LIST_WORDS = 2, /* most words between a comma and the verb for the scan to pass the comma: "A, the junta attacked" */
  OPENING_REACH = 8,     /* "After attacking B, the newly formed armed forces of A withdrew" */
  INTENTION_REACH = 3,   /* "A's firm declared intention to stop" */
  INFINITIVE_REACH = 12, /* "asked B's new government in the strongest of words yet to withdraw" */
};

static size_t previous_verb(const struct stance_sequence *sequence, size_t index) {
  while (index-- > 0)
    if (stance_event_is_verb(&sequence->events[index])) return index;
  return SIZE_MAX;
}

/* The comma that opens the parenthesis which the comma `at` closes: "A, officials said, attacked"; STANCE_NO_SYMBOL:
 * none. */
static uint32_t skip_parenthesis(const struct stance_sequence *sequence, uint32_t at) {
  for (uint32_t i = at, words = 0; i > 0 && words <= PARENTHESIS_WORDS; i--) {
    if (stance_has_class(sequence, i - 1, STANCE_CLASS_STOP)) return STANCE_NO_SYMBOL;
    if (stance_has_class(sequence, i - 1, STANCE_CLASS_COMMA)) return words >= 1 ? i - 1 : STANCE_NO_SYMBOL;
    words += sequence->info[i - 1].kind != STANCE_SYMBOL_PUNCTUATION;
  }
  return STANCE_NO_SYMBOL;
}

void stance_subject_whole(const struct stance_sequence *sequence, uint32_t actor, struct coordination *actors) {
  stance_coordination_add(actors, actor);
  stance_phrase_joined_left(sequence, actor, actors);
  uint32_t preposition =
      actors->count > 1 ? stance_phrase_preposition(sequence, actors->symbols[actors->count - 1]) : STANCE_NO_SYMBOL;
  if (preposition != STANCE_NO_SYMBOL && sequence->info[preposition].slot == STANCE_SLOT_BETWEEN)
    actors->is_weak = actors->is_mutual = true;
  stance_phrase_apposed(sequence, actor, actors);
}

void stance_subject_own(const struct stance_sequence *sequence, uint32_t own, struct coordination *actors) {
  uint32_t nearest = STANCE_NO_SYMBOL;
  actors->is_weak = true;
  for (uint32_t i = own, steps = 0; i > 0 && steps < REACH_LEFT; i--, steps++) {
    if (stance_is_actor(sequence, i - 1) && nearest == STANCE_NO_SYMBOL) nearest = i - 1;
    if (!stance_is_verb_at(sequence, i - 1)) continue;
    stance_slot_subject(stance_event_at(sequence, i - 1), actors);
    if (actors->count) return;
  }
  if (nearest != STANCE_NO_SYMBOL) stance_coordination_add(actors, nearest);
}

/* The "that" or "which" of the relative clause whose verb, or verb's object, is symbol k; STANCE_NO_SYMBOL: k is
 * neither. */
static uint32_t relative_before(const struct stance_sequence *sequence, uint32_t k) {
  uint32_t verb = k;
  if (stance_is_actor(sequence, k)) {
    uint32_t start = stance_phrase_start(sequence, k);
    if (start == 0) return STANCE_NO_SYMBOL;
    verb = start - 1;
  }
  if (!stance_is_verb_at(sequence, verb)) return STANCE_NO_SYMBOL;
  uint32_t start = stance_event_at(sequence, verb)->phrase_start;
  bool is_relative = start > 0 && stance_has_class(sequence, start - 1, STANCE_CLASS_RELATIVE) &&
                     !stance_is_actor(sequence, start - 1);
  return is_relative ? start - 1 : STANCE_NO_SYMBOL;
}

/* The "to" of the infinitive behind a noun whose object is actor k: "A's threat to bomb B"; STANCE_NO_SYMBOL: k is none. */
static uint32_t intention_before(const struct stance_sequence *sequence, uint32_t k) {
  uint32_t start = stance_is_actor(sequence, k) ? stance_phrase_start(sequence, k) : 0;
  const struct stance_event *verb = start ? stance_event_at(sequence, start - 1) : NULL;
  if (!verb || !stance_event_is_verb(verb) || !(verb->flags & STANCE_EVENT_INFINITIVE) || verb->phrase_start < 1)
    return STANCE_NO_SYMBOL;
  uint32_t noun = verb->phrase_start - 1;
  bool is_owned = noun > 0 && stance_has_class(sequence, noun - 1, STANCE_CLASS_POSSESSIVE | STANCE_CLASS_OWN);
  bool is_noun = is_owned || (stance_is_plain(sequence, noun) && !stance_is_actor(sequence, noun));
  return is_noun ? verb->phrase_start : STANCE_NO_SYMBOL;
}

/* The state of a scan to the left of a verb for its subject. */
struct left_scan {
  const struct stance_sequence *sequence;
  struct coordination *actors;
  uint32_t at;       /* the symbol being looked at is at - 1 */
  uint32_t fallback; /* the nearest actor inside a prepositional phrase, or an apposition; STANCE_NO_SYMBOL: none */
  uint32_t own;      /* the "its" of "its foreign minister"; STANCE_NO_SYMBOL: none */
  uint32_t words;    /* passed so far */
};

/* Whether the actor may stand for its whole phrase: B in "the army of B", but not in "the attack on B". */
static bool heads_phrase(const struct stance_sequence *sequence, uint32_t actor) {
  uint32_t preposition = stance_phrase_preposition(sequence, actor);
  if (preposition == STANCE_NO_SYMBOL) return true;
  const struct stance_event *noun = preposition > 0 ? stance_event_at(sequence, preposition - 1) : NULL;
  return sequence->info[preposition].slot == STANCE_SLOT_OF && !(noun && noun->polarity);
}

/* Skips what stands between the commas at `open` and `close`. An apposition is the subject too ("A, the ambassador,
 * stood by"); another actor there is the fallback ("six, A and B among them, stood by"). */
static void pass_inset(struct left_scan *scan, uint32_t open, uint32_t close) {
  const struct stance_sequence *sequence = scan->sequence;
  uint32_t inset = stance_phrase_inset(sequence, open), inner = STANCE_NO_SYMBOL;
  bool has_verb = false;
  if (inset != STANCE_NO_SYMBOL) stance_coordination_add(scan->actors, inset);
  for (uint32_t i = close; i > open + 1; i--) {
    if (stance_is_actor(sequence, i - 1) && inner == STANCE_NO_SYMBOL) inner = i - 1;
    has_verb |= stance_is_verb_at(sequence, i - 1) || stance_has_class(sequence, i - 1, STANCE_CLASS_RELATIVE);
  }
  if (!has_verb && scan->fallback == STANCE_NO_SYMBOL) scan->fallback = inner;
  scan->at = open + 1;
}

/* A comma: the scan skips a parenthesis. False: the comma ends the scan, as what stands after it ("the junta") is the
 * subject. */
static bool pass_comma(struct left_scan *scan) {
  uint32_t comma = scan->at - 1;
  uint32_t open = scan->words == 0 ? skip_parenthesis(scan->sequence, comma) : STANCE_NO_SYMBOL;
  if (open != STANCE_NO_SYMBOL && open > 0) {
    pass_inset(scan, open, comma);
    return true;
  }
  if (scan->own != STANCE_NO_SYMBOL || scan->fallback != STANCE_NO_SYMBOL || scan->words > LIST_WORDS) return false;
  scan->words++;
  return true;
}

/* Any other word. False: it ends the scan. */
static bool pass_word(struct left_scan *scan) {
  const struct stance_sequence *sequence = scan->sequence;
  uint32_t k = scan->at - 1;
  if (stance_has_class(sequence, k, STANCE_CLASS_STOP | STANCE_CLASS_CLAUSE | STANCE_CLASS_RELATIVE)) return false;
  if (stance_has_class(sequence, k, STANCE_CLASS_AND) &&
      k + 1 < sequence->count && /* "met B and in one letter accused" */
      stance_has_class(sequence, k + 1, STANCE_CLASS_PREPOSITION | STANCE_CLASS_COMMA))
    return false;
  if (stance_is_verb_at(sequence, k) && !(stance_event_at(sequence, k)->flags & STANCE_EVENT_PARTICIPLE)) return false;
  if (stance_has_class(sequence, k, STANCE_CLASS_OWN)) scan->own = k;
  scan->words += sequence->info[k].kind != STANCE_SYMBOL_PUNCTUATION;
  return true;
}

/* The subject where no actor headed its phrase: the fallback, else the owner of "its". */
static void take_second_best(const struct left_scan *scan) {
  if (scan->actors->count) return;
  if (scan->fallback != STANCE_NO_SYMBOL) {
    scan->actors->is_weak = true;
    stance_subject_whole(scan->sequence, scan->fallback, scan->actors);
  } else if (scan->own != STANCE_NO_SYMBOL) {
    stance_subject_own(scan->sequence, scan->own, scan->actors);
  }
}

void stance_subject_scan(const struct stance_sequence *sequence, uint32_t at, struct coordination *actors) {
  struct left_scan scan = {sequence, actors, at, STANCE_NO_SYMBOL, STANCE_NO_SYMBOL, 0};
  for (uint32_t steps = 0; scan.at > 0 && steps < REACH_LEFT; scan.at--, steps++) {
    uint32_t k = scan.at - 1, classes = stance_classes_at(sequence, k), clause = relative_before(sequence, k);
    if (clause == STANCE_NO_SYMBOL) clause = intention_before(sequence, k);
    if (clause != STANCE_NO_SYMBOL) { /* "the jet that bombed B was downed", "the vow to bomb B was kept" */
      scan.at = clause + 1;
      scan.words = 1;
      scan.fallback = STANCE_NO_SYMBOL;
    } else if (stance_is_actor(sequence, k)) {
      if (heads_phrase(sequence, k)) {
        stance_subject_whole(sequence, k, actors);
        return;
      }
      if (scan.fallback == STANCE_NO_SYMBOL) scan.fallback = k;
      scan.words++;
    } else if (classes & STANCE_CLASS_COMMA) {
      if (!pass_comma(&scan)) break;
    } else if ((classes & STANCE_CLASS_RELATIVE) &&
               (classes & STANCE_CLASS_POSSESSIVE)) { /* "A, whose army attacked" */
      uint32_t actor = stance_phrase_antecedent(sequence, k);
      if (actor != STANCE_NO_SYMBOL) stance_coordination_add(actors, actor);
      return;
    } else if (!pass_word(&scan)) {
      break;
    }
  }
  take_second_best(&scan);
}

/* The first actor of the clause that is in no prepositional phrase, for a coordinated verb when the verb before has no
 * known subject. */
static void first_of_clause(const struct stance_sequence *sequence, uint32_t at, struct coordination *actors) {
  uint32_t first = STANCE_NO_SYMBOL;
  for (uint32_t i = at, steps = 0; i > 0 && steps < REACH_FAR; i--, steps++) {
    if (stance_classes_at(sequence, i - 1) & (STANCE_CLASS_STOP | STANCE_CLASS_CLAUSE | STANCE_CLASS_RELATIVE) &&
        !stance_is_actor(sequence, i - 1))
      break;
    if (stance_is_actor(sequence, i - 1) && stance_phrase_preposition(sequence, i - 1) == STANCE_NO_SYMBOL)
      first = i - 1;
  }
  if (first == STANCE_NO_SYMBOL) return;
  stance_coordination_add(actors, first);
  stance_phrase_joined_right(sequence, first, STANCE_SLOT_BETWEEN, actors);
  stance_phrase_apposed(sequence, first, actors);
}

/* ---- the rules, tried in order; true: the subject is settled, perhaps as unknown ---- */

struct verb_place {
  struct stance_sequence *sequence;
  struct stance_event *event;
  size_t main;      /* index of the verb event before; SIZE_MAX: none */
  uint32_t left;    /* the symbol before its phrase; STANCE_NO_SYMBOL: none */
  uint32_t classes; /* of that symbol */
};

/* "A attacking B", "A's attacking B" */
static bool participle_at_actor(const struct verb_place *verb, struct coordination *actors) {
  const struct stance_sequence *sequence = verb->sequence;
  uint32_t left = verb->left;
  if (left == STANCE_NO_SYMBOL) return false;
  if (stance_is_actor(sequence, left)) stance_subject_whole(sequence, left, actors);
  else if ((verb->classes & STANCE_CLASS_POSSESSIVE) && left > 0 && stance_is_actor(sequence, left - 1))
    stance_coordination_add(actors, left - 1);
  else return false;
  return true;
}

/* "After attacking B, A withdrew" */
static void subject_behind_comma(const struct stance_sequence *sequence, uint32_t at, struct coordination *actors) {
  for (uint32_t i = at; i < sequence->count; i++) {
    if (!stance_has_class(sequence, i, STANCE_CLASS_COMMA)) continue;
    for (uint32_t j = i + 1; j < sequence->count && j < i + OPENING_REACH; j++)
      if (stance_is_actor(sequence, j)) {
        stance_coordination_add(actors, j);
        return;
      }
  }
}

static bool opens_complement(enum stance_slot slot) {
  return slot == STANCE_SLOT_FOR || slot == STANCE_SLOT_OF || slot == STANCE_SLOT_FROM || slot == STANCE_SLOT_AGAINST ||
         slot == STANCE_SLOT_INTO || slot == STANCE_SLOT_OVER;
}

/* After a preposition, the subject is the target of the main verb: "accused B of arming". */
static void subject_of_complement(const struct verb_place *verb, struct coordination *actors) {
  const struct stance_event *main = &verb->sequence->events[verb->main];
  bool is_joint = verb->left != STANCE_NO_SYMBOL && verb->sequence->info[verb->left].slot == STANCE_SLOT_IN &&
                  main->polarity > 0 && main->lexeme->quad != STANCE_MATERIAL_CONFLICT;
  if (is_joint) { /* "A joined B in attacking C", "helped B in" */
    stance_slot_fillers(main, STANCE_SLOT_SUBJECT, actors);
    stance_slot_fillers(main, STANCE_SLOT_OBJECT, actors);
    return;
  }
  bool is_complement = verb->left != STANCE_NO_SYMBOL && (verb->classes & STANCE_CLASS_PREPOSITION) &&
                       opens_complement(verb->sequence->info[verb->left].slot);
  if (!is_complement) return;
  stance_slot_fillers(main, STANCE_SLOT_OBJECT, actors);
  for (size_t slot = STANCE_SLOT_OF; slot < STANCE_SLOT_POSSESSIVE && actors->count == 0; slot++)
    if (main->lexeme && main->lexeme->roles[slot] == STANCE_ROLE_TARGET)
      stance_slot_fillers(main, (enum stance_slot)slot, actors);
  if (actors->count) verb->event->governor = (uint16_t)verb->main;
}

/* An -ing form: the subject of the main verb, or its target after "for", "of", "from" and the like. */
static bool rule_participle(const struct verb_place *verb, struct coordination *actors) {
  if (!(verb->event->flags & STANCE_EVENT_PARTICIPLE)) return false;
  if (participle_at_actor(verb, actors)) return true;
  if (verb->main == SIZE_MAX) {
    subject_behind_comma(verb->sequence, verb->event->end, actors);
  } else {
    subject_of_complement(verb, actors);
    if (actors->count == 0) stance_slot_subject(&verb->sequence->events[verb->main], actors);
  }
  if (actors->count == 0) stance_subject_scan(verb->sequence, verb->event->phrase_start, actors);
  return true;
}

/* A verb at the start of the sentence has no subject. */
static bool rule_first_word(const struct verb_place *verb, struct coordination *actors) {
  (void)actors;
  return verb->left == STANCE_NO_SYMBOL;
}

/* "A, which has attacked B" */
static bool rule_relative(const struct verb_place *verb, struct coordination *actors) {
  if (!(verb->classes & STANCE_CLASS_RELATIVE) || stance_is_actor(verb->sequence, verb->left)) return false;
  uint32_t actor = stance_phrase_antecedent(verb->sequence, verb->left);
  if (actor != STANCE_NO_SYMBOL) stance_subject_whole(verb->sequence, actor, actors);
  return true;
}

/* Whether the symbol is a word of a clause that joins verbs: "but", "yet". */
static bool is_but(const struct stance_sequence *sequence, uint32_t i) {
  const struct stance_token *token = &sequence->tokens[i];
  const char *text = sequence->text + token->start;
  return token->end - token->start == 3 && (memcmp(text, "but", 3) == 0 || memcmp(text, "yet", 3) == 0);
}

/* "attacked B and seized C", "thanked B but rejected": the subject of the verb before, else the first actor of the
 * clause. */
static bool rule_joined(const struct verb_place *verb, struct coordination *actors) {
  bool is_joined =
      (verb->classes & STANCE_CLASS_AND) || is_but(verb->sequence, verb->left) ||
      ((verb->classes & STANCE_CLASS_COMMA) && skip_parenthesis(verb->sequence, verb->left) == STANCE_NO_SYMBOL);
  if (!is_joined) return false;
  if (verb->main != SIZE_MAX) stance_slot_subject(&verb->sequence->events[verb->main], actors);
  if (actors->count == 0) first_of_clause(verb->sequence, verb->left, actors);
  return actors->count;
}

/* "A's intention to stop" */
static bool rule_intention(const struct verb_place *verb, struct coordination *actors) {
  const struct stance_sequence *sequence = verb->sequence;
  uint32_t i = verb->event->phrase_start;
  if (!(verb->event->flags & STANCE_EVENT_INFINITIVE)) return false;
  for (uint32_t steps = 0; i > 0 && steps < INTENTION_REACH && stance_is_plain(sequence, i - 1) &&
                           !stance_has_class(sequence, i - 1, STANCE_CLASS_POSSESSIVE);
       steps++)
    i--;
  if (i == verb->event->phrase_start || i < 2 || stance_classes_at(sequence, i - 1) != STANCE_CLASS_POSSESSIVE ||
      !stance_is_actor(sequence, i - 2))
    return false;
  stance_subject_whole(sequence, i - 2, actors);
  return true;
}

/* "A's decision to expel B angered C", "the refusal of A to sign dismayed C": whose the noun is that the infinitive
 * before depends on. */
static bool rule_decided(const struct verb_place *verb, struct coordination *actors) {
  const struct stance_sequence *sequence = verb->sequence;
  if (verb->main == SIZE_MAX || verb->event->flags & (STANCE_EVENT_INFINITIVE | STANCE_EVENT_PASSIVE)) return false;
  const struct stance_event *main = &sequence->events[verb->main];
  if (!(main->flags & STANCE_EVENT_INFINITIVE) || main->phrase_start == 0) return false;
  for (uint32_t i = main->end; i < verb->event->phrase_start; i++)
    if (stance_has_class(sequence, i,
                         STANCE_CLASS_COMMA | STANCE_CLASS_STOP | STANCE_CLASS_CLAUSE | STANCE_CLASS_RELATIVE |
                             STANCE_CLASS_AND | STANCE_CLASS_QUOTE))
      return false;
  uint32_t i = main->phrase_start, plain = 0;
  while (
      i > 0 && plain < INTENTION_REACH && !stance_is_actor(sequence, i - 1) &&
      (stance_is_plain(sequence, i - 1) || (stance_event_at(sequence, i - 1) && !stance_is_verb_at(sequence, i - 1))) &&
      !stance_has_class(sequence, i - 1, STANCE_CLASS_POSSESSIVE))
    i--, plain++;
  if (i > 0 && stance_has_class(sequence, i - 1, STANCE_CLASS_POSSESSIVE) && plain) i--;
  if (i == 0 || !stance_is_actor(sequence, i - 1)) return false;
  uint32_t owner = i - 1, preposition = stance_phrase_preposition(sequence, owner);
  bool is_of = preposition != STANCE_NO_SYMBOL && sequence->info[preposition].slot == STANCE_SLOT_OF;
  if (preposition == STANCE_NO_SYMBOL ? plain == 0 : !is_of) return false;
  stance_subject_whole(sequence, owner, actors);
  return actors->count;
}

/* Whether what an infinitive tells behind the verb is its subject's purpose and not what its object is to do: "bombed B to
 * force it out", "crossed into B to fight". */
static bool has_purpose(const struct stance_event *main) {
  const struct stance_lexeme *lexeme = main->lexeme;
  if (!lexeme || (main->traits & STANCE_LEXEME_ASKS)) return false;
  size_t length = strlen(lexeme->lemma);
  if (length > 5 && (main->traits & STANCE_LEXEME_PHRASE) && strcmp(lexeme->lemma + length - 5, " into") == 0)
    return true;
  if (lexeme->quad != STANCE_MATERIAL_CONFLICT || lexeme->polarity >= 0) return false;
  static const char *const makes[] = {"force",     "compel", "coerce", "oblige",
                                      "blackmail", "bully",  "drive",  "strongarm"};
  for (size_t i = 0; i < sizeof makes / sizeof *makes; i++)
    if (strcmp(lexeme->lemma, makes[i]) == 0) return false;
  return true;
}

/* An infinitive: the object of the main verb ("asked B to withdraw"), else its subject ("vowed to attack"). */
static bool rule_infinitive(const struct verb_place *verb, struct coordination *actors) {
  if (!(verb->event->flags & STANCE_EVENT_INFINITIVE) || verb->main == SIZE_MAX) return false;
  const struct stance_event *main = &verb->sequence->events[verb->main];
  if (verb->event->phrase_start - main->end >= INFINITIVE_REACH) return false;
  bool is_purpose = has_purpose(main);
  if (!(main->flags & (STANCE_EVENT_GIVE | STANCE_EVENT_PASSIVE)) && !is_purpose)
    stance_slot_fillers(main, STANCE_SLOT_OBJECT, actors);
  if (actors->count == 0)
    stance_slot_fillers(
        main, is_purpose || !(main->flags & STANCE_EVENT_PASSIVE) ? STANCE_SLOT_SUBJECT : STANCE_SLOT_OBJECT, actors);
  return actors->count;
}

/* "A said it would": the subject of the verb before, weakly. */
static bool rule_pronoun(const struct verb_place *verb, struct coordination *actors) {
  if (!(verb->classes & STANCE_CLASS_PRONOUN)) return false;
  if (verb->main == SIZE_MAX) return true;
  stance_slot_subject(&verb->sequence->events[verb->main], actors);
  actors->is_weak = true;
  return true;
}

/* "met B and in one letter accused C": the subject of the verb before, where "and" and no actor stands between. */
static void subject_far(const struct verb_place *verb, struct coordination *actors) {
  const struct stance_sequence *sequence = verb->sequence;
  if (verb->main == SIZE_MAX || verb->event->flags & STANCE_EVENT_INFINITIVE) return;
  const struct stance_event *main = &sequence->events[verb->main];
  bool has_and = false;
  for (uint32_t i = main->end; i < verb->event->phrase_start; i++) {
    if (has_and && stance_is_actor(sequence, i)) return;
    if (stance_has_class(sequence, i, STANCE_CLASS_STOP | STANCE_CLASS_CLAUSE | STANCE_CLASS_RELATIVE)) return;
    has_and |= stance_has_class(sequence, i, STANCE_CLASS_AND) && i + 1 < sequence->count &&
               stance_has_class(sequence, i + 1, STANCE_CLASS_PREPOSITION | STANCE_CLASS_COMMA);
  }
  if (has_and) stance_slot_subject(main, actors);
}

void stance_subject_find(struct stance_sequence *sequence, size_t index, struct coordination *actors) {
  static bool (*const rules[])(const struct verb_place *verb, struct coordination *actors) = {
      rule_participle, rule_first_word, rule_relative,   rule_joined,
      rule_intention,  rule_decided,    rule_infinitive, rule_pronoun};
  struct verb_place verb = {
      .sequence = sequence, .event = &sequence->events[index], .main = previous_verb(sequence, index)};
  verb.left = verb.event->phrase_start > 0 ? verb.event->phrase_start - 1 : STANCE_NO_SYMBOL;
  verb.classes = verb.left == STANCE_NO_SYMBOL ? 0 : stance_classes_at(sequence, verb.left);
  for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
    if (rules[i](&verb, actors)) return;
  stance_subject_scan(sequence, verb.event->phrase_start, actors);
  if (!actors->count) subject_far(&verb, actors);
}
