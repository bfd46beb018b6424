/* SPDX-License-Identifier: MIT */
#include "explain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model_internal.h"
#include "round.h"
#include "stance/base/compare.h"
#include "stance/base/error.h"

static double size_of(const struct stance_contribution *contribution) {
  double largest = 0;
  for (size_t l = 0; l < STANCE_LABELS_MAX; l++) largest = fmax(largest, fabs(contribution->by_label[l]));
  return largest;
}

static int by_size(const void *a, const void *b) {
  const struct stance_contribution *x = a, *y = b;
  double size_x = size_of(x), size_y = size_of(y);
  if (size_x < size_y || size_x > size_y) return size_x > size_y ? -1 : 1;
  if (x->start != y->start) return x->start < y->start ? -1 : 1;
  return strcmp(x->name, y->name);
}

bool stance_explain_zone_word(const struct stance_model *model, size_t head, const struct stance_zone_word *word,
                              double *by_label, double *push) {
  const struct model_head *own = &model->heads[head];
  if (!own->dense) return false;
  const float *scales = stance_vectors_scales(model->vectors);
  *push = 0;
  for (size_t l = 0; l < own->label_count; l++) {
    const float *weights = own->dense + l * own->dense_count + (size_t)word->zone * STANCE_VECTOR_DIMENSIONS;
    double sum = 0;
    for (size_t d = 0; d < STANCE_VECTOR_DIMENSIONS; d++)
      sum += (double)word->row[d] * (double)scales[d] * (double)weights[d];
    by_label[l] = sum * (double)word->factor;
    *push += by_label[l] * own->definition->labels[l].value;
  }
  return true;
}

/* Adds one contribution for each word, summed over its zones: "vectors:ceasefire". False: out of memory. */
static bool add_zone_words(const struct stance_model *model, size_t head, const struct stance_features *features,
                           const char *text, struct stance_arena *arena, struct stance_contribution *list,
                           size_t *count) {
  size_t first = *count;
  for (size_t i = 0; model->heads[head].dense && i < features->zone_word_count; i++) {
    const struct stance_zone_word *word = &features->zone_words[i];
    double by_label[STANCE_LABELS_MAX], push;
    size_t at = first;
    while (at < *count && list[at].start != word->start) at++;
    if (at == *count) {
      size_t length = word->end - word->start;
      char *name = stance_arena_alloc(arena, sizeof "vectors:" + length, 1);
      if (!name) return false;
      memcpy(stpcpy(name, "vectors:"), text + word->start, length);
      name[sizeof "vectors:" - 1 + length] = '\0';
      list[(*count)++] = (struct stance_contribution){.name = name, .start = word->start, .end = word->end};
    }
    stance_explain_zone_word(model, head, word, by_label, &push);
    for (size_t l = 0; l < model->heads[head].label_count; l++) list[at].by_label[l] += by_label[l];
    list[at].push += push;
  }
  return true;
}

/* Adds what dyads add, unless that is nothing. */
static void add_lean(const struct stance_head *definition, const double *lean, struct stance_contribution *list,
                     size_t *count) {
  struct stance_contribution own = {.name = "dyads"};
  for (size_t l = 0; lean && l < definition->label_count; l++) {
    own.by_label[l] = lean[l];
    own.push += lean[l] * definition->labels[l].value;
  }
  if (size_of(&own) > 0) list[(*count)++] = own;
}

enum stance_status stance_explain(const struct stance_model *model, size_t head, const struct stance_features *features,
                                  const double *lean, struct stance_arena *arena, struct stance_contribution **out,
                                  size_t *count, struct stance_error *error) {
  *count = 0;
  if (!stance_model_is_linear(model, head))
    return stance_fail(error, STANCE_USAGE,
                       "head '%s' has a kernel that is not linear: its decisions are no sum over features",
                       stance_model_head_name(model, head));
  struct stance_keyed *parts = stance_arena_alloc(arena, features->count + 1, sizeof *parts);
  struct stance_contribution *list = *out =
      stance_arena_zalloc(arena, features->count + features->zone_word_count + 2, sizeof *list);
  const struct stance_head *definition =
      stance_codebook_head(stance_model_codebook(model), stance_model_head_name(model, head));
  if (!parts || !list) return stance_fail_memory(error);
  for (size_t i = 0; i < features->count; i++) parts[i] = (struct stance_keyed){features->ids[i], i};
  qsort(parts, features->count, sizeof *parts, stance_by_key);
  for (size_t i = 0; i < features->count; i++) {
    const float *weights;
    const char *name;
    size_t index = parts[i].index;
    if (!stance_model_feature(model, head, parts[i].key, &weights, &name)) continue;
    bool is_same = *count && i && parts[i - 1].key == parts[i].key;
    struct stance_contribution *contribution = is_same ? &list[*count - 1] : &list[(*count)++];
    if (!is_same) {
      const struct stance_feature_origin *origin = features->origins ? &features->origins[index] : NULL;
      contribution->name = origin && origin->name && *origin->name ? origin->name : name;
      contribution->start = origin ? origin->start : 0;
      contribution->end = origin ? origin->end : 0;
    }
    for (size_t l = 0; l < definition->label_count; l++) {
      double part = (double)weights[l] * (double)features->values[index];
      contribution->by_label[l] += part;
      contribution->push += part * definition->labels[l].value;
    }
  }
  if (!add_zone_words(model, head, features, features->text, arena, list, count)) return stance_fail_memory(error);
  add_lean(definition, lean, list, count);
  qsort(list, *count, sizeof *list, by_size);
  return STANCE_OK;
}

/* Rounds one label's numbers: bias and decision value to the nearest, the parts so that they sum to the difference. */
static void settle_label(const struct stance_contribution *contributions, size_t count, size_t label, double *parts,
                         int64_t *rounded, struct stance_reason *reasons, struct stance_explanation *out) {
  size_t shown = out->reason_count, part_count = shown;
  double rest = 0;
  for (size_t i = 0; i < shown; i++) parts[i] = contributions[i].by_label[label];
  for (size_t i = shown; i < count; i++) rest += contributions[i].by_label[label];
  if (count > shown) parts[part_count++] = rest; /* no others if all are shown */
  stance_round_settle(parts, part_count, out->decision[label] - out->bias[label], STANCE_ROUND_ONE, rounded);
  for (size_t i = 0; i < shown; i++) reasons[i].weights[label] = rounded[i];
  out->others[label] = count > shown ? rounded[shown] : 0;
}

enum stance_status stance_explanation_make(const struct stance_model *model, size_t head,
                                           const struct stance_contribution *contributions, size_t count,
                                           const double *decisions, size_t limit, struct stance_arena *arena,
                                           struct stance_explanation *out, struct stance_error *error) {
  size_t shown = count < limit ? count : limit;
  struct stance_reason *reasons = stance_arena_zalloc(arena, shown + 1, sizeof *reasons);
  double *parts = stance_arena_alloc(arena, shown + 1, sizeof *parts);
  int64_t *rounded = stance_arena_alloc(arena, shown + 1, sizeof *rounded);
  if (!reasons || !parts || !rounded) return stance_fail_memory(error);
  *out = (struct stance_explanation){.reasons = reasons, .reason_count = shown};
  for (size_t i = 0; i < shown; i++) {
    reasons[i].feature = stance_arena_copy(arena, contributions[i].name, strlen(contributions[i].name));
    if (!reasons[i].feature) return stance_fail_memory(error);
    reasons[i].start = contributions[i].start;
    reasons[i].end = contributions[i].end;
  }
  for (size_t l = 0; l < stance_model_label_count(model, head); l++) {
    out->bias[l] = stance_round_whole(stance_model_bias(model, head, l), STANCE_ROUND_ONE); /* the same for all units */
    out->decision[l] = stance_round_whole(decisions[l], STANCE_ROUND_ONE);
    settle_label(contributions, count, l, parts, rounded, reasons, out);
  }
  return STANCE_OK;
}
