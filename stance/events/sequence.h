/* SPDX-License-Identifier: MIT
 * A sentence as symbols, and the events in it: who does what to whom.
 *
 *   tokens + mentions -> symbols with word info -> candidates (where an event may start) -> events -> slots filled
 *
 * A symbol is a word, a number, a punctuation mark, or a whole mention of an actor; places are indices of symbols. May
 * include the wings text/ and base/ and this one; features/ reads it. Functions touch only what they are handed: one
 * sequence per thread.
 */
#ifndef STANCE_SEQUENCE_H
#define STANCE_SEQUENCE_H

#include "lexicon.h"
#include "stance/base/hash.h"
#include "stance/stance.h"

/* ---- the sentence as symbols ------------------------------------------------------------------------------ */

/* Closed classes of English, and the verbs that hand their subject on to a noun ("launched an attack on"). Bits. */
enum stance_word_class {
  STANCE_CLASS_DETERMINER = 1 << 0,
  STANCE_CLASS_PREPOSITION = 1 << 1, /* info->slot: the slot it opens, or STANCE_SLOT_COUNT */
  STANCE_CLASS_MODAL = 1 << 2,
  STANCE_CLASS_BE = 1 << 3,
  STANCE_CLASS_HAVE = 1 << 4,
  STANCE_CLASS_DO = 1 << 5,
  STANCE_CLASS_PRONOUN = 1 << 6,
  STANCE_CLASS_RELATIVE = 1 << 7, /* who which that whom whose */
  STANCE_CLASS_AND = 1 << 8,      /* and or nor & */
  STANCE_CLASS_CLAUSE = 1 << 9,   /* after because while if that ... but */
  STANCE_CLASS_NEGATOR = 1 << 10,
  STANCE_CLASS_TO = 1 << 11,
  STANCE_CLASS_ADVERB = 1 << 12,
  STANCE_CLASS_TIME = 1 << 13,
  STANCE_CLASS_POSSESSIVE = 1 << 14, /* 's, or a word that ends in it */
  STANCE_CLASS_COMMA = 1 << 15,
  STANCE_CLASS_STOP = 1 << 16, /* ; : -- ( ) */
  STANCE_CLASS_QUOTE = 1 << 17,
  STANCE_CLASS_GIVE = 1 << 18,    /* light verbs: launch, impose, sign, express; the subject is the noun's source */
  STANCE_CLASS_RECEIVE = 1 << 19, /* light verbs: face, draw, suffer, come under; the subject is the noun's target */
  STANCE_CLASS_SHIFT = 1 << 20,   /* polarity shifters: end, lift, halt, deny; the noun's polarity turns */
  STANCE_CLASS_LY = 1 << 21,
  STANCE_CLASS_WORSE = 1 << 24,  /* deteriorate, sour: relations get worse */
  STANCE_CLASS_BETTER = 1 << 25, /* improve, thaw: relations get better */
  STANCE_CLASS_OWN = 1 << 23,    /* its his her their */
  STANCE_CLASS_SELF = 1 << 22,   /* each other, one another, themselves */
  STANCE_CLASS_FIRST = 1 << 26,  /* we I us me our my: the speaker */
  STANCE_CLASS_SPORT = 1 << 28,  /* football, semi-final: to beat somebody is no hostile act there */
  STANCE_CLASS_COPULA = 1 << 27, /* remain, become, stay: the noun after it is predicated of the subject */
  STANCE_CLASS_AUXILIARY =
      STANCE_CLASS_BE | STANCE_CLASS_HAVE | STANCE_CLASS_MODAL | STANCE_CLASS_DO, /* any of these */
};

enum stance_symbol_kind { STANCE_SYMBOL_WORD, STANCE_SYMBOL_NUMBER, STANCE_SYMBOL_PUNCTUATION, STANCE_SYMBOL_ACTOR };
enum { STANCE_NO_ACTOR = 0xffff, STANCE_NO_SYMBOL = 0xffffffff, STANCE_NO_EVENT = 0xffff };

struct stance_word_info { /* beside each symbol's token */
  uint32_t classes;
  uint8_t slot, function; /* function: bits of 1 << enum stance_function_word */
  int8_t polarity;        /* general, -5..5 */
  int8_t valence; /* news valence of its lexicon entry, -3..3; stands on the entry's first word, 0 on the others */
  uint16_t actor; /* kind ACTOR: index in sequence->actors */
  uint16_t event; /* the event it is a word of, or STANCE_NO_EVENT */
  uint8_t kind;
  bool is_quoted;
};

/* ---- events: a lexeme in the sentence, and who fills its slots --------------------------------------------- */

enum stance_event_flag {
  STANCE_EVENT_NEGATED = 1 << 0,
  STANCE_EVENT_HEDGED = 1 << 1, /* may, would, if, plans to */
  STANCE_EVENT_PASSIVE = 1 << 2,
  STANCE_EVENT_INFINITIVE = 1 << 3, /* to V */
  STANCE_EVENT_QUOTED = 1 << 4,
  STANCE_EVENT_ADJECTIVE = 1 << 5,
  STANCE_EVENT_NOUN = 1 << 6,       /* an event without NOUN, ADJECTIVE and COMPOUND is a verb */
  STANCE_EVENT_SHIFTED = 1 << 7,    /* "lifted sanctions" */
  STANCE_EVENT_PARTICIPLE = 1 << 8, /* -ing without a form of be */
  STANCE_EVENT_SPEECH = 1 << 9,     /* says, reports, accuses that */
  STANCE_EVENT_MUTUAL = 1 << 10,    /* each other, between, A-B: each filler is both source and target */
  STANCE_EVENT_GIVE = 1 << 11,
  STANCE_EVENT_RECEIVE = 1 << 12,
  STANCE_EVENT_SHIFTER = 1 << 13,
  STANCE_EVENT_COMPOUND = 1 << 14, /* "-backed", "anti-" */
  STANCE_EVENT_ASKED = 1 << 15,    /* what one asks, wants or expects another to do */
};
enum { STANCE_FILLERS_MAX = 16, STANCE_EVENTS_MAX = 64 };

struct stance_filler {
  uint32_t symbol;
  uint8_t slot; /* enum stance_slot */
  uint8_t role; /* enum stance_slot_role: the role that the lexeme gives the slot, or that a rule gave it */
  bool is_weak; /* uncertain: reached through another event, or from inside a noun phrase */
};

struct stance_event {
  const struct stance_lexeme *lexeme; /* NULL: a light verb ("launch"), a shifter or a reporting verb ("said") */
  uint32_t start, end;                /* symbols of the lexeme, half-open */
  uint32_t phrase_start;              /* first symbol of its verb phrase ("has not been attacked") or noun phrase */
  uint16_t flags;
  uint8_t filler_count;
  uint8_t traits;    /* bits of enum stance_lexeme_trait */
  uint16_t governor; /* index of the verb event whose object this is, or STANCE_NO_EVENT */
  int8_t polarity;   /* -1, 0, 1, after negation and shift */
  uint32_t speaker;  /* symbol of the actor who says this (of a speech event: who speaks), or STANCE_NO_SYMBOL */
  uint32_t scope, scope_end; /* speech only: the symbols of what is said, half-open */
  struct stance_filler fillers[STANCE_FILLERS_MAX];
};
static inline bool stance_event_is_verb(const struct stance_event *event) {
  return !(event->flags & (STANCE_EVENT_NOUN | STANCE_EVENT_ADJECTIVE | STANCE_EVENT_COMPOUND));
}

struct stance_candidate { /* a symbol where an event may begin */
  uint32_t symbol;
  uint8_t longer;                       /* bits of enum stance_lexicon_longer */
  bool is_phrase;                       /* a lexeme of several words may start here */
  const struct stance_reading *reading; /* of the word alone */
};

struct stance_start {         /* a symbol where an entry of several words may start */
  uint32_t symbol, candidate; /* candidate: index of its candidate */
  uint8_t lists;              /* the lists with such entries: bits of enum stance_lexicon_longer */
  uint8_t function;           /* of the word alone */
};

struct stance_sequence {
  const struct stance_lexicon *lexicon; /* may be NULL */
  struct stance_word_cache *cache;      /* of the same lexicon */
  const char *text;                     /* the document's */
  const struct stance_token
      *tokens; /* [count]: the document's, or `cut` where there are mentions; hash: for look-ups, prefix: of words */
  struct stance_token *cut;
  uint64_t *symbols;                   /* [count]: for features; of an actor: what each unit puts in */
  uint32_t *places;                    /* [place_count]: the symbols that are actors, in order */
  struct stance_word_info *info;       /* [count] */
  struct stance_candidate *candidates; /* [candidate_count], in order */
  struct stance_start *starts;         /* [start_count], in order */
  size_t count, capacity, place_count, candidate_count, start_count;
  uint64_t number; /* symbol of all numbers */
  bool has_symbols;
  bool without_slots; /* events need their lexemes and polarities only: no unit asks who does what to whom */
  const struct stance_actor **actors; /* [actor_count] distinct, in order of appearance */
  size_t actor_count, actor_capacity;
  struct stance_event events[STANCE_EVENTS_MAX];
  size_t event_count;
};

/* Commas, stops, quotation marks, and words that begin a clause. */
static inline bool stance_ends_clause(const struct stance_word_info *info) {
  return info->classes &
         (STANCE_CLASS_COMMA | STANCE_CLASS_STOP | STANCE_CLASS_CLAUSE | STANCE_CLASS_QUOTE | STANCE_CLASS_RELATIVE);
}

/* The word classes of symbol i, below count. */
static inline uint32_t stance_classes_at(const struct stance_sequence *sequence, uint32_t i) {
  return sequence->info[i].classes;
}
static inline bool stance_has_class(const struct stance_sequence *sequence, uint32_t i, uint32_t classes) {
  return sequence->info[i].classes & classes;
}
static inline bool stance_is_actor(const struct stance_sequence *sequence, uint32_t i) {
  return sequence->info[i].kind == STANCE_SYMBOL_ACTOR;
}

struct stance_word_classes; /* hash -> closed classes; each word cache has one */
/* NULL: out of memory. Read-only afterwards. */
struct stance_word_classes *stance_word_classes_new(void);
/* Frees what it holds. */
void stance_word_classes_free(struct stance_word_classes *table);
/* The word's bits of enum stance_word_class; *slot: the slot that a preposition opens, else STANCE_SLOT_COUNT. */
uint32_t stance_word_classes_find(const struct stance_word_classes *table, uint64_t hash, uint8_t *slot);
/* Calls `each` with the hash of every word in the table. */
void stance_word_classes_each(const struct stance_word_classes *table, void (*each)(void *context, uint64_t hash),
                              void *context);

struct stance_word_cache; /* word_cache.h; one per thread */
/* Borrows the lexicon, which may be NULL. NULL: out of memory. */
struct stance_word_cache *stance_word_cache_new(const struct stance_lexicon *lexicon);
/* Frees it; NULL is fine. */
void stance_word_cache_free(struct stance_word_cache *cache);

/* Reads sentence number `sentence` of the document: tokens, actors, and each symbol's kind. Hashes of symbols only
 * where there are mentions; else see stance_sequence_symbols. False: out of memory. */
bool stance_sequence_build(struct stance_sequence *sequence, const struct stance_document *document, uint32_t sentence);
/* Makes the hashes of symbols of a sequence without mentions; apart from build, as few templates read them. */
void stance_sequence_symbols(struct stance_sequence *sequence);
/* Fills in the word info: classes, function words, polarity, valence and quotation, and finds the candidates. */
void stance_sequence_describe(struct stance_sequence *sequence);
/* Frees what it holds. */
void stance_sequence_free(struct stance_sequence *sequence);
/* Finds the events of a described sequence and, unless it is without_slots, fills their slots. Events beyond
 * STANCE_EVENTS_MAX are left out. */
void stance_events_find(struct stance_sequence *sequence);
/* Fills the slots of the events found (slot.c); stance_events_find calls it. */
void stance_slots_fill(struct stance_sequence *sequence);

#endif
