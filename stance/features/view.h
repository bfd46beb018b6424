/* SPDX-License-Identifier: MIT
 * What a template sees of a unit: the sentence as symbols and events, the roles of source and target in it, and the
 * features so far. Each featurizer has one. */
#ifndef STANCE_VIEW_H
#define STANCE_VIEW_H

#include "feature.h"
#include "feature_word.h"
#include "stance/base/buffer.h"
#include "stance/events/sequence.h"
#include "word_memo.h"

/* The relation of source and target in an event. */
enum stance_relation {
  STANCE_RELATION_NONE,
  STANCE_RELATION_FORWARD,
  STANCE_RELATION_REVERSE,
  STANCE_RELATION_MUTUAL,
  STANCE_RELATION_JOINT,        /* both are its source */
  STANCE_RELATION_JOINT_TARGET, /* both are its target */
  STANCE_RELATION_HALF_SOURCE,
  STANCE_RELATION_HALF_TARGET, /* only the unit's source has a role: source or target of the event */
  STANCE_RELATION_THIRD_SOURCE,
  STANCE_RELATION_THIRD_TARGET, /* only the unit's target has a role: source or target of the event */
  STANCE_RELATION_COUNT,
};
struct stance_part { /* one event as a unit sees it */
  enum stance_relation relation;
  uint8_t source_slot, target_slot; /* the first slot each fills; STANCE_SLOT_COUNT: none */
  bool is_weak;
};

/* A word of positive or negative value, -10..10, after negation. */
struct stance_value {
  uint32_t symbol;
  int32_t value;
};
struct stance_values {
  struct stance_value *items;
  size_t count;
  bool is_known; /* for the current sentence */
};

enum stance_role { STANCE_IS_WORD, STANCE_IS_SOURCE, STANCE_IS_TARGET, STANCE_IS_OTHER };

struct stance_view {
  const struct stance_sequence *sequence;
  const struct stance_unit *unit;
  enum stance_unit_kind kind;
  uint8_t *roles; /* [count]: enum stance_role */
  size_t capacity;
  uint16_t source_actor, target_actor;    /* index in sequence->actors; STANCE_NO_ACTOR: not in the sentence */
  uint32_t source, target;                /* symbols of the nearest pair of mentions; STANCE_NO_SYMBOL: none */
  uint32_t left, right;                   /* the same in text order; in target units both are the target */
  struct stance_values polarity, valence; /* of the sentence */
  struct stance_prefixes prefixes;        /* of a unit of the whole sentence, if has_prefixes */
  bool has_prefixes;
  struct stance_part
      parts[STANCE_EVENTS_MAX];      /* [event_count]: the unit's part in each event; not for sentence units */
  int8_t implied[STANCE_EVENTS_MAX]; /* [event_count]: stance_event_implied_polarity */
  /* The feature being made. */
  uint64_t id;
  uint32_t start, end;
  struct stance_buffer name;
  bool is_naming, is_failed;
  float weight;
  /* The features so far; those not wanted count in `squares` only. */
  struct stance_feature_filter wanted;
  double squares; /* sum of value^2 over all emissions */
  uint64_t *ids;
  float *values;
  struct stance_feature_origin *origins;
  size_t feature_count, feature_capacity;
  struct stance_arena names;
  uint64_t words[STANCE_FEATURE_WORD_COUNT];
  uint64_t seed; /* hash of the running template's name */
  const char *template_name;
};

static inline bool stance_symbol_is_punctuation(const struct stance_view *view, uint32_t symbol) {
  return view->sequence->info[symbol].kind == STANCE_SYMBOL_PUNCTUATION;
}

#endif
