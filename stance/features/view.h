/* SPDX-License-Identifier: MIT
 * What a template sees of a unit: the sentence as symbols and events, the roles of source and target in it; and the features that
 * come out. One view a featurizer, so one a thread. */
#ifndef STANCE_VIEW_H
#define STANCE_VIEW_H

#include "feature.h"
#include "feature_word.h"
#include "stance/base/buffer.h"
#include "stance/events/sequence.h"

/* How source and target stand to each other in an event. */
enum stance_relation {
  STANCE_RELATION_NONE,
  STANCE_RELATION_FORWARD,
  STANCE_RELATION_REVERSE,
  STANCE_RELATION_MUTUAL,
  STANCE_RELATION_JOINT,        /* both act */
  STANCE_RELATION_JOINT_TARGET, /* both suffer it */
  STANCE_RELATION_HALF_SOURCE,
  STANCE_RELATION_HALF_TARGET, /* the source alone acts, suffers */
  STANCE_RELATION_THIRD_SOURCE,
  STANCE_RELATION_THIRD_TARGET, /* the target alone acts, suffers */
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
  uint16_t source_actor, target_actor;    /* index in sequence->actors; STANCE_NO_ACTOR: not in the sentence */
  uint32_t source, target;                /* the nearest pair's symbols; STANCE_NO_SYMBOL: not there */
  uint32_t left, right;                   /* the same in order of the text (target units: both the target) */
  struct stance_values polarity, valence; /* of the sentence */
  struct stance_part
      parts[STANCE_EVENTS_MAX];      /* [event_count]: the unit's part in each event; not for sentence units */
  int8_t implied[STANCE_EVENTS_MAX]; /* the same of stance_event_implied_polarity */
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

static inline bool stance_symbol_is_punctuation(const struct stance_view *view, uint32_t symbol) {
  return view->sequence->info[symbol].kind == STANCE_SYMBOL_PUNCTUATION;
}

#endif
