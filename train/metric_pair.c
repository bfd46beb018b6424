/* SPDX-License-Identifier: MIT
 * Directed pairs: the two units of a pair of actors in a sentence, evaluated together. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "metric.h"
#include "stance/base/compare.h"
#include "stance/base/error.h"
#include "stance/base/hash.h"

/* The key of a pair, the same for both directions: article, sentence, text and the two actors ordered by id. */
static uint64_t pair_key(const struct stance_record *record) {
  bool is_ordered = strcmp(record->source, record->target) < 0;
  const char *a = is_ordered ? record->source : record->target, *b = is_ordered ? record->target : record->source;
  uint64_t key = stance_hash(record->article, strlen(record->article));
  key = stance_hash_combine(key, record->sentence);
  key = stance_hash_combine(key, stance_hash(record->text, strlen(record->text)));
  key = stance_hash_combine(key, stance_hash(a, strlen(a)));
  return stance_hash_combine(key, stance_hash(b, strlen(b)));
}

static int sign_of(const struct stance_head *head, uint32_t label) {
  return head->labels[label].value > 0 ? 1 : head->labels[label].value < 0 ? -1 : 0;
}

static int class_of(int first, int second) {
  if (first) return first > 0 ? 1 : 3;
  if (second) return second > 0 ? 2 : 4;
  return 0;
}

/* Sums factor times p of the labels with a value above 0, of 0, below 0. */
static void polarity(const struct stance_head *head, const float *p, const double *factor, double out[3]) {
  out[0] = out[1] = out[2] = 0;
  for (uint32_t l = 0; l < head->label_count; l++)
    out[1 - sign_of(head, l)] += (double)p[l] * (factor && factor[l] > 0 ? factor[l] : 1);
}

static int joint_class(const struct stance_head *head, const float *first, const float *second, const double *factor) {
  double a[3], b[3];
  polarity(head, first, factor, a);
  polarity(head, second, factor, b);
  double joint[PAIR_CLASSES] = {a[1] * b[1], a[0] * b[1], a[1] * b[0], a[2] * b[1], a[1] * b[2]};
  double friendly = fmax(joint[1], joint[2]), hostile = fmax(joint[3], joint[4]);
  if (joint[0] >= friendly && joint[0] >= hostile) return 0;
  if (friendly >= hostile) return joint[1] >= joint[2] ? 1 : 2;
  return joint[3] >= joint[4] ? 3 : 4;
}

static double f1_of(size_t hit, size_t truth, size_t predicted) {
  return truth + predicted ? 2 * (double)hit / (double)(truth + predicted) : 0;
}

static void finish(struct pair_metrics *out) {
  static const int polarity_of[PAIR_CLASSES] = {0, 1, 1, 2, 2};
  size_t hit[3] = {0}, truth[3] = {0}, predicted[3] = {0}, right = 0, present = 0, polarities = 0, directed = 0;
  out->macro_f1 = out->polarity_macro_f1 = 0;
  for (int c = 0; c < PAIR_CLASSES; c++) {
    size_t in_truth = 0, in_prediction = 0;
    for (int k = 0; k < PAIR_CLASSES; k++) {
      in_truth += out->confusion[c][k];
      in_prediction += out->confusion[k][c];
      truth[polarity_of[c]] += out->confusion[c][k];
      predicted[polarity_of[k]] += out->confusion[c][k];
      if (polarity_of[c] != polarity_of[k]) continue;
      hit[polarity_of[c]] += out->confusion[c][k];
      if (c) out->direction_count += out->confusion[c][k];
      if (c && c == k) directed += out->confusion[c][k];
    }
    out->f1[c] = f1_of(out->confusion[c][c], in_truth, in_prediction);
    right += out->confusion[c][c];
    if (in_truth + in_prediction) {
      out->macro_f1 += out->f1[c];
      present++;
    }
  }
  for (int s = 0; s < 3; s++)
    if (truth[s] + predicted[s]) {
      out->polarity_macro_f1 += f1_of(hit[s], truth[s], predicted[s]);
      polarities++;
    }
  if (present) out->macro_f1 /= (double)present;
  if (polarities) out->polarity_macro_f1 /= (double)polarities;
  out->micro_f1 = out->pairs ? (double)right / (double)out->pairs : 0;
  out->direction_accuracy = out->direction_count ? (double)directed / (double)out->direction_count : (double)NAN;
}

enum stance_status metrics_compute_pairs(const struct stance_head *head, const struct stance_record *const *records,
                                         const uint32_t *truth, const float *p, const double *factor, const bool *keep,
                                         size_t count, struct pair_metrics *out, struct stance_error *error) {
  struct stance_keyed *halves = malloc((count + 1) * sizeof *halves);
  size_t used = 0;
  *out = (struct pair_metrics){0};
  if (!halves) return stance_fail_memory(error);
  for (size_t i = 0; i < count; i++)
    if ((!keep || keep[i]) && records[i]->source && records[i]->target)
      halves[used++] = (struct stance_keyed){pair_key(records[i]), i};
  qsort(halves, used, sizeof *halves, stance_by_key);
  for (size_t i = 0; i + 1 < used; i++) {
    size_t a = halves[i].index, b = halves[i + 1].index;
    if (halves[i].key != halves[i + 1].key || strcmp(records[a]->source, records[b]->target) != 0) continue;
    int is = class_of(sign_of(head, truth[a]), sign_of(head, truth[b]));
    int said = joint_class(head, p + a * head->label_count, p + b * head->label_count, factor);
    out->confusion[is][said]++;
    out->pairs++;
    i++; /* skips the second unit of the pair */
  }
  free(halves);
  finish(out);
  return STANCE_OK;
}
