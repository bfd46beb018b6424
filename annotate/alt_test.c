/* SPDX-License-Identifier: MIT
 * For annotator j and unit i, with the others' labels: s(x) the score of label x against these, w_i = 1[s(model) >=
 * s(j)], v_i = 1[s(j) >= s(model)], d_i = v_i - w_i. H0: mean d >= epsilon, one-sided t test; over annotators by
 * Benjamini and Yekutieli (2001) at q. */
#include "alt_test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stance/base/distribution.h"
#include "stance/base/error.h"
#include "stance/base/hash.h"

static const int *row_of(const struct alt_test_data *data, size_t unit) {
  return data->given + unit * data->annotators;
}

static size_t givers(const struct alt_test_data *data, size_t unit) {
  size_t count = 0;
  for (size_t a = 0; a < data->annotators; a++) count += row_of(data, unit)[a] != ALT_TEST_NONE;
  return count;
}

/* The score of a label against the unit's annotators other than j. */
static double closeness(const struct alt_test_data *data, size_t unit, size_t j, int label, enum alt_test_score score) {
  double sum = 0, n = 0;
  for (size_t a = 0; a < data->annotators; a++) {
    int other = row_of(data, unit)[a];
    if (a == j || other == ALT_TEST_NONE) continue;
    double distance = data->values[other] - data->values[label];
    sum += score == ALT_TEST_NEG_RMSE ? distance * distance : other == label;
    n++;
  }
  return score == ALT_TEST_NEG_RMSE ? -sqrt(sum / n) : sum / n;
}

/* A label's weight: 1, or with ALT_TEST_KAPPA 1 / its frequency among all labels. */
static void find_weights(const struct alt_test_data *data, enum alt_test_score score, double *weights) {
  double all = 0, counts[STANCE_LABELS_MAX] = {0};
  for (size_t i = 0; i < data->units * data->annotators; i++)
    if (data->given[i] != ALT_TEST_NONE) counts[data->given[i]]++, all++;
  for (size_t l = 0; l < data->labels; l++) weights[l] = score == ALT_TEST_KAPPA && counts[l] > 0 ? all / counts[l] : 1;
}

/* A unit's weight: the mean weight of the others' labels. */
static double weight_of(const struct alt_test_data *data, const double *weights, size_t unit, size_t j) {
  double sum = 0, n = 0;
  for (size_t a = 0; a < data->annotators; a++) {
    if (a == j || row_of(data, unit)[a] == ALT_TEST_NONE) continue;
    sum += weights[row_of(data, unit)[a]];
    n++;
  }
  return sum / n;
}

struct unit_score {
  double d, w, weight;
};

/* Mean, standard deviation and t of the annotator's d; work: [data->units]. */
static void judge(const struct alt_test_data *data, const int *model, const struct alt_test_settings *settings,
                  const double *weights, size_t j, struct unit_score *work, struct alt_test_annotator *out) {
  double sum = 0, squares = 0, wins = 0, all = 0;
  size_t n = 0;
  for (size_t i = 0; i < data->units; i++) {
    int own = row_of(data, i)[j];
    if (own == ALT_TEST_NONE || model[i] == ALT_TEST_NONE || givers(data, i) < 2) continue;
    double of_model = closeness(data, i, j, model[i], settings->score),
           of_own = closeness(data, i, j, own, settings->score);
    work[n] = (struct unit_score){(double)(of_own >= of_model) - (double)(of_model >= of_own), of_model >= of_own,
                                  weight_of(data, weights, i, j)};
    sum += work[n].weight * work[n].d;
    wins += work[n].weight * work[n].w;
    all += work[n++].weight;
  }
  *out = (struct alt_test_annotator){.annotator = j, .units = n};
  if (n < 2) return;
  out->difference = sum / all;
  out->advantage = wins / all;
  double size = (double)n;
  for (size_t i = 0; i < n; i++) {
    double distance = work[i].weight * size / all * (work[i].d - out->difference);
    squares += distance * distance;
  }
  out->sd = sqrt(squares / (size - 1));
  if (out->sd > 0) {
    out->t = (out->difference - settings->epsilon) / (out->sd / sqrt(size));
    out->p = stance_t_cdf(out->t, size - 1);
  } else {
    out->t = out->difference < settings->epsilon ? -INFINITY : INFINITY;
    out->p = out->difference < settings->epsilon ? 0 : 1;
  }
}

/* Rejects the k smallest p for the largest k with p_(k) <= k q / (m sum_1^m 1/i). */
static void reject(struct alt_test_annotator *rows, size_t count, double q) {
  double harmonic = 0, bound = -1;
  for (size_t i = 1; i <= count; i++) harmonic += 1 / (double)i;
  for (size_t i = 0; i < count; i++) {
    size_t rank = 0;
    for (size_t k = 0; k < count; k++) rank += rows[k].p <= rows[i].p;
    if (rows[i].p <= (double)rank * q / ((double)count * harmonic) && rows[i].p > bound) bound = rows[i].p;
  }
  for (size_t i = 0; i < count; i++) rows[i].is_rejected = rows[i].p <= bound;
}

enum stance_status alt_test_run(const struct alt_test_data *data, const int *model,
                                const struct alt_test_settings *settings, struct stance_arena *arena,
                                struct alt_test_result *out, struct stance_error *error) {
  double weights[STANCE_LABELS_MAX];
  struct unit_score *work = stance_arena_alloc(arena, data->units + 1, sizeof *work);
  *out = (struct alt_test_result){.rows = stance_arena_zalloc(arena, data->annotators + 1, sizeof *out->rows)};
  if (!work || !out->rows) return stance_fail_memory(error);
  find_weights(data, settings->score, weights);
  for (size_t i = 0; i < data->units; i++) out->dropped += givers(data, i) < 2;
  for (size_t j = 0; j < data->annotators; j++) {
    struct alt_test_annotator *row = &out->rows[out->count];
    judge(data, model, settings, weights, j, work, row);
    if (row->units < settings->least || row->units < 2) out->skipped++;
    else out->count++;
  }
  reject(out->rows, out->count, settings->q);
  for (size_t i = 0; i < out->count; i++) {
    out->winning_rate += (double)out->rows[i].is_rejected / (double)out->count;
    out->advantage += out->rows[i].advantage / (double)out->count;
  }
  return STANCE_OK;
}

void alt_test_constant(const struct alt_test_data *data, int *model, int *label) {
  size_t counts[STANCE_LABELS_MAX] = {0};
  *label = 0;
  for (size_t i = 0; i < data->units * data->annotators; i++)
    if (data->given[i] != ALT_TEST_NONE) counts[data->given[i]]++;
  for (size_t l = 1; l < data->labels; l++)
    if (counts[l] > counts[*label]) *label = (int)l;
  for (size_t i = 0; i < data->units; i++) model[i] = *label;
}

void alt_test_random(const struct alt_test_data *data, uint64_t seed, int *model) {
  for (size_t i = 0; i < data->units; i++) {
    size_t count = givers(data, i), chosen = count ? stance_hash_combine(seed, i + 1) % count : 0;
    model[i] = ALT_TEST_NONE;
    for (size_t a = 0, k = 0; a < data->annotators; a++)
      if (row_of(data, i)[a] != ALT_TEST_NONE && k++ == chosen) model[i] = row_of(data, i)[a];
  }
}
