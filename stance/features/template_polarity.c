/* SPDX-License-Identifier: MIT
 * Templates polarity and valence: sums of positive and negative words before, between, after and near source and
 * target. */
#include <stdlib.h>

#include "template.h"

enum zone {
  ZONE_BEFORE,
  ZONE_BETWEEN,
  ZONE_AFTER,
  ZONE_NEAR_SOURCE,
  ZONE_NEAR_TARGET,
  ZONE_CLAUSE,
  ZONE_ALL,
  ZONE_COUNT
};
static const enum stance_feature_word zone_words[ZONE_COUNT] = {
    STANCE_WORD_before,      STANCE_WORD_between, STANCE_WORD_after, STANCE_WORD_near_source,
    STANCE_WORD_near_target, STANCE_WORD_inside,  STANCE_WORD_many};
enum { NEAR = 4 };

static enum stance_feature_word amount_word(int sum) {
  return sum <= 2 ? STANCE_WORD_n1 : sum <= 5 ? STANCE_WORD_n3 : STANCE_WORD_more;
}

/* A word's polarity, -5..5: by the general list, else twice that of the event that starts with it. */
static int word_polarity(const struct stance_sequence *sequence, uint32_t i) {
  const struct stance_word_info *info = &sequence->info[i];
  if (info->polarity) return info->polarity;
  if (info->event == STANCE_NO_EVENT) return 0;
  const struct stance_event *event = &sequence->events[info->event];
  return event->start == i && event->lexeme ? 2 * event->lexeme->polarity : 0;
}

/* The clause around the target, else around the leftmost of the pair; empty: neither is in the sentence. */
static void find_clause(const struct stance_view *view, uint32_t *start, uint32_t *end) {
  const struct stance_sequence *sequence = view->sequence;
  *start = *end = 0;
  uint32_t center = view->target != STANCE_NO_SYMBOL ? view->target : view->left;
  if (center == STANCE_NO_SYMBOL) return;
  for (*start = center; *start > 0 && !stance_ends_clause(&sequence->info[*start - 1]);) --*start;
  for (*end = center + 1; *end < sequence->count && !stance_ends_clause(&sequence->info[*end]);) ++*end;
}

static enum stance_feature_word net_word(const int *sums) {
  return sums[0] > sums[1]   ? STANCE_WORD_plus
         : sums[0] < sums[1] ? STANCE_WORD_minus
         : sums[0]           ? STANCE_WORD_neutral
                             : STANCE_WORD_none;
}

/* Emits as stance_feature_emit does, but with its state in registers and without names. */
static inline void emit_value(const struct stance_feature_filter *wanted, uint64_t id, float value, uint64_t *ids,
                              float *values, size_t *count, double *squares) {
  *squares += (double)value * (double)value;
  ids[*count] = id;
  values[*count] = value;
  *count += stance_feature_is_wanted(wanted, id);
}

/* emit_sums without names: most units have some of these features, and all are made here. */
static void emit_unnamed_sums(struct stance_view *view, enum stance_feature_word zone, enum stance_feature_word order,
                              const int *sums) {
  enum { MOST = 5 };
  while (view->feature_capacity - view->feature_count < MOST)
    if (!stance_features_grow(view)) return;
  const struct stance_feature_filter wanted = view->wanted;
  const uint64_t *words = view->words;
  const float weight = view->weight;
  uint64_t stem = stance_hash_chain(stance_hash_chain(view->seed, words[zone]), words[order]);
  uint64_t *ids = view->ids + view->feature_count;
  float *values = view->values + view->feature_count;
  double squares = view->squares;
  size_t count = 0;
  for (int sign = 0; sign < 2; sign++) {
    if (!sums[sign]) continue;
    uint64_t id = stance_hash_chain(stem, words[sign ? STANCE_WORD_minus : STANCE_WORD_plus]);
    emit_value(&wanted, id, (float)(sums[sign] > 8 ? 8 : sums[sign]) / 4 * weight, ids, values, &count, &squares);
    id = stance_hash_chain(id, words[amount_word(sums[sign])]);
    emit_value(&wanted, id, 0.5f * weight, ids, values, &count, &squares);
  }
  uint64_t net = stance_hash_chain(stance_hash_chain(stem, words[STANCE_WORD_net]), words[net_word(sums)]);
  emit_value(&wanted, net, weight, ids, values, &count, &squares);
  view->feature_count += count;
  view->squares = squares;
}

static void emit_sums(struct stance_view *view, enum stance_feature_word zone, enum stance_feature_word order,
                      const int *sums) {
  if (!view->is_naming) {
    emit_unnamed_sums(view, zone, order, sums);
    return;
  }
  stance_feature_begin(view);
  stance_feature_add_word(view, zone);
  stance_feature_add_word(view, order);
  const struct stance_feature_stem stem = stance_feature_keep(view);
  for (int sign = 0; sign < 2; sign++) {
    if (!sums[sign]) continue;
    stance_feature_add_word(view, sign ? STANCE_WORD_minus : STANCE_WORD_plus);
    stance_feature_emit(view, (float)(sums[sign] > 8 ? 8 : sums[sign]) / 4);
    stance_feature_add_word(view, amount_word(sums[sign]));
    stance_feature_emit(view, 0.5f);
    stance_feature_resume(view, &stem);
  }
  stance_feature_add_word(view, STANCE_WORD_net);
  stance_feature_add_word(view, net_word(sums));
  stance_feature_emit(view, 1);
}

static bool has_zone(enum stance_unit_kind kind, enum zone zone) {
  return kind == STANCE_UNIT_DYAD || (zone != ZONE_BETWEEN && zone != ZONE_NEAR_SOURCE);
}

static uint32_t distance(uint32_t a, uint32_t b) {
  return a == STANCE_NO_SYMBOL || b == STANCE_NO_SYMBOL ? UINT32_MAX : a < b ? b - a : a - b;
}

static void emit_faded(struct stance_view *view, enum stance_feature_word whose, enum stance_feature_word sign,
                       float sum) {
  if (!(sum > 0)) return;
  stance_feature_begin(view);
  stance_feature_add_word(view, STANCE_WORD_far);
  stance_feature_add_word(view, whose);
  stance_feature_add_word(view, sign);
  stance_feature_emit(view, (sum < 6 ? sum : 6) / 3);
}

/* The sentence's words with a value other than 0, -10..10, computed once. A negator flips the sign of the three words
 * after it. */
static const struct stance_values *values_of(const struct stance_sequence *sequence, struct stance_values *values,
                                             int (*value_of)(const struct stance_sequence *, uint32_t)) {
  if (values->is_known) return values;
  uint32_t turned_until = 0;
  values->count = 0;
  values->is_known = true;
  for (uint32_t i = 0; i < sequence->count; i++) {
    if (sequence->info[i].classes & STANCE_CLASS_NEGATOR) turned_until = i + 4;
    int value = value_of(sequence, i);
    if (value) values->items[values->count++] = (struct stance_value){i, i < turned_until ? -value : value};
  }
  return values;
}

/* The sums over the whole sentence. */
static void emit_total(struct stance_view *view, const struct stance_values *values) {
  int sums[2] = {0, 0};
  for (size_t k = 0; k < values->count; k++) sums[values->items[k].value < 0] += abs(values->items[k].value);
  emit_sums(view, STANCE_WORD_many, STANCE_WORD_none, sums);
}

/* The sums in each zone, and sums discounted by the distance d from source and from target: sum_i v_i / (1 + d_i /
 * 4). */
static void emit_zones(struct stance_view *view, const struct stance_values *values) {
  if (view->kind == STANCE_UNIT_DYAD)
    view->weight *= 0.3f; /* in dyads other templates, which tell who is meant, count more */
  int sums[ZONE_COUNT][2] = {{0}};
  float faded[2][2] = {{0}};
  uint32_t start, end;
  find_clause(view, &start, &end);
  for (size_t k = 0; k < values->count; k++) {
    uint32_t i = values->items[k].symbol;
    int value = values->items[k].value, sign = value < 0, amount = abs(value);
    sums[ZONE_ALL][sign] += amount;
    if (view->left != STANCE_NO_SYMBOL)
      sums[i < view->left ? ZONE_BEFORE : i < view->right ? ZONE_BETWEEN : ZONE_AFTER][sign] += amount;
    uint32_t to_source = distance(view->source, i), to_target = distance(view->target, i);
    if (to_source <= NEAR) sums[ZONE_NEAR_SOURCE][sign] += amount;
    if (to_target <= NEAR) sums[ZONE_NEAR_TARGET][sign] += amount;
    if (i >= start && i < end) sums[ZONE_CLAUSE][sign] += amount;
    if (to_source != UINT32_MAX) faded[0][sign] += (float)amount / (1 + (float)to_source / 4);
    if (to_target != UINT32_MAX) faded[1][sign] += (float)amount / (1 + (float)to_target / 4);
  }
  enum stance_feature_word order = view->kind != STANCE_UNIT_DYAD ? STANCE_WORD_none
                                   : view->source < view->target  ? STANCE_WORD_source_first
                                                                  : STANCE_WORD_target_first;
  for (int zone = 0; zone < ZONE_COUNT; zone++) {
    bool is_empty = !sums[zone][0] && !sums[zone][1];
    if (has_zone(view->kind, (enum zone)zone) && (zone == ZONE_ALL || !is_empty))
      emit_sums(view, zone_words[zone], order, sums[zone]);
  }
  for (int who = 0; who < 2; who++)
    for (int sign = 0; sign < 2; sign++)
      emit_faded(view, who ? STANCE_WORD_TGT : STANCE_WORD_SRC, sign ? STANCE_WORD_minus : STANCE_WORD_plus,
                 faded[who][sign]);
}

static void emit_values(struct stance_view *view, const struct stance_values *values) {
  if (view->kind == STANCE_UNIT_SENTENCE) emit_total(view, values);
  else emit_zones(view, values);
}

void stance_template_polarity(struct stance_view *view) {
  if (view->sequence->lexicon) emit_values(view, values_of(view->sequence, &view->polarity, word_polarity));
}

/* Doubled, for a range like that of polarity. */
static int word_valence(const struct stance_sequence *sequence, uint32_t i) { return 2 * sequence->info[i].valence; }

void stance_template_valence(struct stance_view *view) {
  if (view->sequence->lexicon) emit_values(view, values_of(view->sequence, &view->valence, word_valence));
}
