/* SPDX-License-Identifier: MIT
 * Inside the features: what a template sees of a unit, and how it emits.
 *
 *   tokens + mentions -> sequence (once a sentence: symbols, word classes, events) -> view (roles of one unit) -> features
 *
 * Private to this wing: feature.c and template_*.c.
 */
#ifndef STANCE_TEMPLATE_H
#define STANCE_TEMPLATE_H

#include "stance/base/buffer.h"
#include "feature.h"
#include "stance/events/sequence.h"

/* ---- one unit's view --------------------------------------------------------------------------------------- */

/* Words that stand in features beside the sentence's own. */
#define STANCE_FEATURE_WORDS(X)                                                                                             \
  X(SRC) X(TGT) X(ACT) X(NUM) X(START) X(END) X(source_first) X(target_first) X(before) X(between) X(after)         \
  X(left) X(right) X(near) X(far) X(near_source) X(near_target) X(adjacent) X(d1) X(d3) X(d6) X(d12) X(d20) X(dmore)        \
  X(n0) X(n1) X(n2) X(n3) X(n5) X(more) X(neutral) X(verbal_cooperation) X(material_cooperation) X(verbal_conflict)    \
  X(material_conflict) X(hostile) X(friendly) X(forward) X(reverse) X(mutual) X(half_source) X(half_target)            \
  X(third_source) X(third_target) X(is_source) X(is_target) X(is_both) X(is_issue) X(negated) X(hedged) X(passive)     \
  X(infinitive) X(quoted) X(noun) X(shifted) X(weak) X(strong) X(mild) X(subj) X(obj) X(of) X(with) X(against) X(to)  \
  X(for_) X(by) X(from) X(on) X(at) X(over) X(toward) X(about) X(into) X(in) X(poss) X(speaker) X(none) X(net) X(first)     \
  X(main) X(joint) X(joint_target) X(chain) X(plus) X(minus) X(absent) X(many) X(inside) X(outside) X(says) X(addressee)
enum stance_feature_word {
#define X(name) STANCE_WORD_##name,
  STANCE_FEATURE_WORDS(X)
#undef X
  STANCE_FEATURE_WORD_COUNT
};

/* How source and target stand to each other in an event. */
enum stance_relation {
  STANCE_RELATION_NONE, STANCE_RELATION_FORWARD, STANCE_RELATION_REVERSE, STANCE_RELATION_MUTUAL,
  STANCE_RELATION_JOINT,        /* both act */
  STANCE_RELATION_JOINT_TARGET, /* both suffer it */
  STANCE_RELATION_HALF_SOURCE, STANCE_RELATION_HALF_TARGET, /* the source alone acts, suffers */
  STANCE_RELATION_THIRD_SOURCE, STANCE_RELATION_THIRD_TARGET, /* the target alone acts, suffers */
  STANCE_RELATION_COUNT,
};
struct stance_part { /* one event as a unit sees it */
  enum stance_relation relation;
  uint8_t source_slot, target_slot; /* the first slot each fills; STANCE_SLOT_COUNT: none */
  bool is_weak;
};
/* The words of a sentence that mean good or ill, -10..10 each, turned where a negator stands before them. */
struct stance_value {
  uint32_t symbol;
  int32_t value;
};
struct stance_values {
  struct stance_value *items;
  size_t count;
  bool is_known; /* for the sentence at hand */
};

enum stance_role { STANCE_IS_WORD, STANCE_IS_SOURCE, STANCE_IS_TARGET, STANCE_IS_OTHER };

struct stance_view {
  const struct stance_sequence *sequence;
  const struct stance_unit *unit;
  enum stance_unit_kind kind;
  uint8_t *roles; /* [count]: enum stance_role */
  size_t capacity;
  uint16_t source_actor, target_actor; /* index in sequence->actors; STANCE_NO_ACTOR: not in the sentence */
  uint32_t source, target; /* the nearest pair's symbols; STANCE_NO_SYMBOL: not there */
  uint32_t left, right;    /* the same in order of the text (target units: both the target) */
  struct stance_values polarity, valence;   /* of the sentence */
  struct stance_part parts[STANCE_EVENTS_MAX]; /* [event_count]: the unit's part in each event; not for sentence units */
  int8_t implied[STANCE_EVENTS_MAX];            /* the same of stance_event_implied_polarity */
  /* the feature being made */
  uint64_t id;
  uint32_t start, end;
  struct stance_buffer name;
  bool is_naming, is_failed;
  float weight;
  /* what came out: of features that are not wanted, their squares alone */
  struct stance_feature_filter wanted;
  double squares; /* sum of value^2 over all emissions */
  uint64_t *ids;
  float *values;
  struct stance_feature_origin *origins;
  size_t feature_count, feature_capacity;
  struct stance_arena names;
  uint64_t words[STANCE_FEATURE_WORD_COUNT];
  uint64_t seed; /* of the template that runs */
  const char *template_name;
};

/* What a template reads of the sentence beside its symbols; the costlier parts are only made for units that ask for them. */
enum stance_template_needs {
  STANCE_NEEDS_EVENTS,  /* all there is */
  STANCE_NEEDS_WORD_INFO,   /* the word info: classes, function words, polarity and valence */
  STANCE_NEEDS_KINDS,   /* kinds and actors */
};

struct stance_template {
  const char *name, *doc;
  unsigned kinds, on; /* bits 1 << enum stance_unit_kind: serves, by default */
  float weight;       /* of each emission */
  void (*emit)(struct stance_view *view);
  enum stance_template_needs needs;
  bool reads_symbols;
};
extern const struct stance_template stance_templates[];
extern const size_t stance_templates_count;

/* ---- making a feature: begin, its parts, emit --------------------------------------------------------------- */

void stance_feature_name_word(struct stance_view *view, enum stance_feature_word word);
void stance_feature_name_symbol(struct stance_view *view, uint32_t symbol, bool is_prefix);
void stance_feature_name_text(struct stance_view *view, const char *text);
void stance_feature_name_bytes(struct stance_view *view, const char *bytes, size_t length);
void stance_feature_name_begin(struct stance_view *view);
bool stance_features_grow(struct stance_view *view);
void stance_feature_name_end(struct stance_view *view);
struct stance_feature_stem;
void stance_feature_name_resume(struct stance_view *view, const struct stance_feature_stem *stem);

static inline void stance_feature_begin(struct stance_view *view) {
  view->id = view->seed;
  if (view->is_naming) stance_feature_name_begin(view);
}
static inline void stance_feature_add_word(struct stance_view *view, enum stance_feature_word word) {
  view->id = stance_hash_chain(view->id, view->words[word]);
  if (view->is_naming) stance_feature_name_word(view, word);
}
static inline void stance_feature_add_symbol(struct stance_view *view, uint32_t symbol) {
  view->id = stance_hash_chain(view->id, view->sequence->symbols[symbol]);
  if (view->is_naming) stance_feature_name_symbol(view, symbol, false);
}
static inline void stance_feature_add_prefix(struct stance_view *view, uint32_t symbol) {
  view->id = stance_hash_chain(view->id, view->sequence->tokens[symbol].prefix);
  if (view->is_naming) stance_feature_name_symbol(view, symbol, true);
}
/* A name of its own with its hash: a lemma, an actor's id. */
static inline void stance_feature_add_text(struct stance_view *view, uint64_t hash, const char *text) {
  view->id = stance_hash_chain(view->id, hash);
  if (view->is_naming) stance_feature_name_text(view, text);
}
static inline void stance_feature_add_characters(struct stance_view *view, const char *text, size_t length) {
  view->id = stance_hash_chain(view->id, stance_hash(text, length));
  if (view->is_naming) stance_feature_name_bytes(view, text, length);
}
/* Where the feature was seen, for what has no symbol part. */
static inline void stance_feature_cover(struct stance_view *view, uint32_t symbol) {
  if (!view->is_naming) return;
  const struct stance_token *token = &view->sequence->tokens[symbol];
  if (token->start < view->start) view->start = token->start;
  if (token->end > view->end) view->end = token->end;
}
/* More parts may be added behind: "accused", then "accused France". A feature that is not wanted is written over by the next: no branch. */
static inline void stance_feature_emit(struct stance_view *view, float value) {
  if (view->feature_count == view->feature_capacity && !stance_features_grow(view)) return;
  float weighted = value * view->weight;
  view->squares += (double)weighted * (double)weighted;
  view->ids[view->feature_count] = view->id;
  view->values[view->feature_count] = weighted;
  if (view->is_naming) stance_feature_name_end(view);
  view->feature_count += stance_feature_is_wanted(&view->wanted, view->id);
}

/* Parts that several features begin with: kept, and gone back to. */
struct stance_feature_stem {
  uint64_t id;
  size_t name_length;
  uint32_t start, end;
};
static inline struct stance_feature_stem stance_feature_keep(const struct stance_view *view) {
  return (struct stance_feature_stem){view->id, view->name.length, view->start, view->end};
}
static inline void stance_feature_resume(struct stance_view *view, const struct stance_feature_stem *stem) {
  view->id = stem->id;
  if (view->is_naming) stance_feature_name_resume(view, stem);
}

static inline bool stance_symbol_is_punctuation(const struct stance_view *view, uint32_t symbol) {
  return view->sequence->info[symbol].kind == STANCE_SYMBOL_PUNCTUATION;
}

struct stance_part stance_event_part(const struct stance_view *view, const struct stance_event *event);
/* The polarity of source towards target that follows from an event and its governor ("condemned the attack on B" is friendly to B);
 * 0: none. */
int stance_event_implied_polarity(const struct stance_view *view, const struct stance_event *event);

/* ---- the templates, by file --------------------------------------------------------------------------------- */

void stance_template_word(struct stance_view *view);
void stance_template_zone(struct stance_view *view);
void stance_template_between(struct stance_view *view);
void stance_template_window(struct stance_view *view);
void stance_template_prefix(struct stance_view *view);
void stance_template_distance(struct stance_view *view);
void stance_template_role(struct stance_view *view);
void stance_template_lemma(struct stance_view *view);
void stance_template_slot(struct stance_view *view);
void stance_template_summary(struct stance_view *view);
void stance_template_polarity(struct stance_view *view);
void stance_template_valence(struct stance_view *view);
void stance_template_speech(struct stance_view *view);
void stance_template_events(struct stance_view *view);
void stance_template_actors(struct stance_view *view);
void stance_template_class(struct stance_view *view);
void stance_template_characters(struct stance_view *view);
void stance_template_trigram(struct stance_view *view);

#endif
