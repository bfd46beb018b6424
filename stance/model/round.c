/* SPDX-License-Identifier: MIT */
#include "round.h"

#include <math.h>
#include <string.h>

#include "model.h"

static const double SETTLE_MOST = 1e15; /* whole numbers up to here are exact in a double */

int32_t stance_round_score(const uint16_t *p, const double *values, size_t count) {
  double sum = 0;
  for (size_t i = 0; i < count; i++) sum += p[i] * values[i];
  int32_t whole = (int32_t)sum;
  double rest = sum - whole;
  return whole + (rest >= 0.5) - (rest <= -0.5);
}

/* Raises each 0 to 1, at the cost of the largest, as a model never gives a probability of 0. */
static void raise_noughts(size_t count, uint16_t *p) {
  size_t most = 0;
  for (size_t i = 1; i < count; i++)
    if (p[i] > p[most]) most = i;
  for (size_t i = 0; i < count; i++)
    if (!p[i]) {
      p[i]++;
      p[most]--;
    }
}

void stance_round_probabilities(const float *p, size_t count, uint32_t label, uint16_t *out) {
  double total = 0, remainder[STANCE_LABELS_MAX];
  int left = STANCE_ROUND_ONE;
  for (size_t i = 0; i < count; i++) total += p[i];
  if (!(total > 0)) total = 1;
  memset(out, 0, STANCE_LABELS_MAX * sizeof *out);
  for (size_t i = 0; i < count; i++) {
    double share = p[i] / total * STANCE_ROUND_ONE;
    int whole = (int)share;
    remainder[i] = share - whole;
    out[i] = (uint16_t)whole;
    left -= whole;
  }
  for (; left > 0; left--) {
    size_t best = label;
    for (size_t i = 0; i < count; i++)
      if (remainder[i] > remainder[best]) best = i;
    out[best]++;
    remainder[best] = -1;
  }
  raise_noughts(count, out);
}

void stance_round(const struct stance_model *model, const struct stance_prediction *predictions, size_t count,
                  struct stance_rounded *out) {
  for (size_t i = 0; i < count; i++) {
    const struct stance_model_head *head = stance_model_curves(model, predictions[i].head);
    stance_round_probabilities(predictions[i].p, head->label_count, predictions[i].label, out[i].p);
    out[i].score = (int16_t)stance_round_score(out[i].p, head->values, head->label_count);
  }
}

int64_t stance_round_whole(double value, double scale) {
  return (int64_t)fmin(fmax(round(value * scale), -SETTLE_MOST), SETTLE_MOST);
}

void stance_round_settle(const double *parts, size_t count, int64_t total, double scale, int64_t *out) {
  for (size_t i = 0; i < count; i++) {
    out[i] = stance_round_whole(parts[i], scale);
    total -= out[i];
  }
  for (size_t left = count; total && left; left--) { /* correct the part with the largest rounding error */
    size_t best = 0;
    int64_t step = total > 0 ? 1 : -1;
    double most = -INFINITY;
    for (size_t i = 0; i < count; i++) {
      double wronged = (double)step * (parts[i] * scale - (double)out[i]);
      if (wronged > most) most = wronged, best = i;
    }
    out[best] += step;
    total -= step;
  }
  if (count) out[count - 1] += total; /* the total differs from the parts' sum */
}
