/* SPDX-License-Identifier: MIT
 * The template of words of good and ill: how much of them stands before, between, after, and near source and target. */
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
static const enum stance_atom zone_atoms[ZONE_COUNT] = {STANCE_A_before,      STANCE_A_between,     STANCE_A_after,
                                                        STANCE_A_near_source, STANCE_A_near_target, STANCE_A_inside,
                                                        STANCE_A_many};
enum { NEAR = 4 };

static enum stance_atom amount_atom(int sum) { return sum <= 2 ? STANCE_A_n1 : sum <= 5 ? STANCE_A_n3 : STANCE_A_more; }

/* A word's polarity, -5..5: the general list's, else that of the event whose first word it is. */
static int word_polarity(const struct stance_sequence *sequence, uint32_t i) {
  const struct stance_mark *mark = &sequence->marks[i];
  if (mark->polarity) return mark->polarity;
  if (mark->event == STANCE_NO_EVENT) return 0;
  const struct stance_event *event = &sequence->events[mark->event];
  return event->start == i && event->lexeme ? 2 * event->lexeme->polarity : 0;
}

static bool ends_clause(const struct stance_mark *mark) {
  return mark->grammar & (STANCE_G_COMMA | STANCE_G_STOP | STANCE_G_CLAUSE | STANCE_G_QUOTE | STANCE_G_RELATIVE);
}

/* The clause around the target, or around the nearest pair: from the break before to the break behind. */
static void find_clause(const struct stance_view *view, uint32_t *start, uint32_t *end) {
  const struct stance_sequence *sequence = view->sequence;
  *start = *end = 0;
  uint32_t center = view->target != STANCE_NO_SYMBOL ? view->target : view->left;
  if (center == STANCE_NO_SYMBOL) return;
  for (*start = center; *start > 0 && !ends_clause(&sequence->marks[*start - 1]);) --*start;
  for (*end = center + 1; *end < sequence->count && !ends_clause(&sequence->marks[*end]);) ++*end;
}

static void emit_sums(struct stance_view *view, enum stance_atom zone, enum stance_atom order, const int *sums) {
  stance_begin(view);
  stance_atom(view, zone);
  stance_atom(view, order);
  const struct stance_stem stem = stance_stem(view);
  for (int sign = 0; sign < 2; sign++) {
    if (!sums[sign]) continue;
    stance_atom(view, sign ? STANCE_A_minus : STANCE_A_plus);
    stance_emit(view, (float)(sums[sign] > 8 ? 8 : sums[sign]) / 4);
    stance_atom(view, amount_atom(sums[sign]));
    stance_emit(view, 0.5f);
    stance_resume(view, &stem);
  }
  stance_atom(view, STANCE_A_net);
  stance_atom(view, sums[0] > sums[1]   ? STANCE_A_plus
                    : sums[0] < sums[1] ? STANCE_A_minus
                    : sums[0]           ? STANCE_A_neutral
                                        : STANCE_A_none);
  stance_emit(view, 1);
}

static bool has_zone(enum stance_unit_kind kind, enum zone zone) {
  return kind == STANCE_UNIT_DYAD || (zone != ZONE_BETWEEN && zone != ZONE_NEAR_SOURCE);
}

static uint32_t distance(uint32_t a, uint32_t b) {
  return a == STANCE_NO_SYMBOL || b == STANCE_NO_SYMBOL ? UINT32_MAX : a < b ? b - a : a - b;
}

static void emit_faded(struct stance_view *view, enum stance_atom whose, enum stance_atom sign, float sum) {
  if (!(sum > 0)) return;
  stance_begin(view);
  stance_atom(view, STANCE_A_far);
  stance_atom(view, whose);
  stance_atom(view, sign);
  stance_emit(view, (sum < 6 ? sum : 6) / 3);
}

/* The sentence's words whose value, -10..10, is not 0. A negator turns the three words behind it. */
static const struct stance_values *values_of(const struct stance_sequence *sequence, struct stance_values *values,
                                             int (*value_of)(const struct stance_sequence *, uint32_t)) {
  if (values->is_known) return values;
  uint32_t turned_until = 0;
  values->count = 0;
  values->is_known = true;
  for (uint32_t i = 0; i < sequence->count; i++) {
    if (sequence->marks[i].grammar & STANCE_G_NEGATOR) turned_until = i + 4;
    int value = value_of(sequence, i);
    if (value) values->items[values->count++] = (struct stance_value){i, i < turned_until ? -value : value};
  }
  return values;
}

/* What the words' values come to in the whole sentence. */
static void emit_total(struct stance_view *view, const struct stance_values *values) {
  int sums[2] = {0, 0};
  for (size_t k = 0; k < values->count; k++) sums[values->items[k].value < 0] += abs(values->items[k].value);
  emit_sums(view, STANCE_A_many, STANCE_A_none, sums);
}

/* What they come to in each zone, and each less the further from source and target:  sum_i v_i / (1 + d_i / 4). */
static void emit_zones(struct stance_view *view, const struct stance_values *values) {
  if (view->kind == STANCE_UNIT_DYAD) view->weight *= 0.3f; /* who is meant counts for more there */
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
  enum stance_atom order = view->kind != STANCE_UNIT_DYAD ? STANCE_A_none
                           : view->source < view->target  ? STANCE_A_source_first
                                                          : STANCE_A_target_first;
  for (int zone = 0; zone < ZONE_COUNT; zone++) {
    bool is_empty = !sums[zone][0] && !sums[zone][1];
    if (has_zone(view->kind, (enum zone)zone) && (zone == ZONE_ALL || !is_empty)) emit_sums(view, zone_atoms[zone], order, sums[zone]);
  }
  for (int who = 0; who < 2; who++)
    for (int sign = 0; sign < 2; sign++)
      emit_faded(view, who ? STANCE_A_TGT : STANCE_A_SRC, sign ? STANCE_A_minus : STANCE_A_plus, faded[who][sign]);
}

static void emit_values(struct stance_view *view, const struct stance_values *values) {
  if (view->kind == STANCE_UNIT_SENTENCE) emit_total(view, values);
  else emit_zones(view, values);
}

void stance_template_polarity(struct stance_view *view) {
  if (view->sequence->lexicon) emit_values(view, values_of(view->sequence, &view->polarity, word_polarity));
}

/* Twice, to stand in the range of polarity. */
static int word_valence(const struct stance_sequence *sequence, uint32_t i) { return 2 * sequence->marks[i].valence; }

void stance_template_valence(struct stance_view *view) {
  if (view->sequence->lexicon) emit_values(view, values_of(view->sequence, &view->valence, word_valence));
}
