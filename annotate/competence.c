/* SPDX-License-Identifier: MIT
 * EM of Dawid and Skene. Products are computed as sums of logarithms; a row of pi without votes is left out. */
#include "competence.h"

#include <math.h>
#include <string.h>

#include "stance/base/error.h"

enum { STEPS_MAX = 1000 };
static const double settled_below = 1e-8;

struct em {
  const struct competence_vote *votes;
  size_t count, units, annotators, labels, voted; /* voted: units with a vote */
  double smoothing;
  double *logs; /* [units][labels] */
  struct competence *out;
};

/* Initial T: shares of the votes. */
static void begin(struct em *em) {
  double *posterior = em->out->posterior;
  for (size_t v = 0; v < em->count; v++) posterior[em->votes[v].unit * em->labels + em->votes[v].label] += 1;
  for (size_t i = 0; i < em->units; i++) {
    double *row = posterior + i * em->labels, sum = 0;
    for (size_t j = 0; j < em->labels; j++) sum += row[j];
    em->voted += sum > 0;
    for (size_t j = 0; j < em->labels && sum > 0; j++) row[j] /= sum;
  }
}

/* M step: pi and p from T. */
static void maximise(struct em *em) {
  size_t labels = em->labels;
  double *pi = em->out->confusion, *prior = em->out->prior;
  memset(pi, 0, em->annotators * labels * labels * sizeof *pi);
  memset(prior, 0, labels * sizeof *prior);
  for (size_t v = 0; v < em->count; v++) {
    const struct competence_vote *vote = &em->votes[v];
    for (size_t j = 0; j < labels; j++)
      pi[(vote->annotator * labels + j) * labels + vote->label] += em->out->posterior[vote->unit * labels + j];
  }
  for (size_t row = 0; row < em->annotators * labels; row++) {
    double sum = 0;
    for (size_t l = 0; l < labels; l++) sum += pi[row * labels + l] += em->smoothing;
    for (size_t l = 0; l < labels && sum > 0; l++) pi[row * labels + l] /= sum;
  }
  for (size_t i = 0; i < em->units; i++)
    for (size_t j = 0; j < labels; j++) prior[j] += em->out->posterior[i * labels + j] / (double)em->voted;
}

static bool is_empty_row(const double *row, size_t labels) {
  for (size_t l = 0; l < labels; l++)
    if (row[l] > 0) return false;
  return true;
}

/* E step: T from pi and p. Returns the largest change of T. */
static double expect(struct em *em) {
  size_t labels = em->labels;
  double moved = 0;
  for (size_t i = 0; i < em->units; i++)
    for (size_t j = 0; j < labels; j++) em->logs[i * labels + j] = log(em->out->prior[j]);
  for (size_t v = 0; v < em->count; v++) {
    const struct competence_vote *vote = &em->votes[v];
    for (size_t j = 0; j < labels; j++) {
      const double *row = em->out->confusion + (vote->annotator * labels + j) * labels;
      if (!is_empty_row(row, labels)) em->logs[vote->unit * labels + j] += log(row[vote->label]);
    }
  }
  for (size_t i = 0; i < em->units; i++) {
    const double *logs = em->logs + i * labels;
    double *row = em->out->posterior + i * labels, most = -INFINITY, sum = 0, voted = 0;
    for (size_t j = 0; j < labels; j++) most = logs[j] > most ? logs[j] : most;
    for (size_t j = 0; j < labels; j++) voted += row[j];
    if (!(voted > 0) || !isfinite(most)) continue; /* no vote */
    for (size_t j = 0; j < labels; j++) sum += exp(logs[j] - most);
    for (size_t j = 0; j < labels; j++) {
      double now = exp(logs[j] - most) / sum;
      moved = fabs(now - row[j]) > moved ? fabs(now - row[j]) : moved;
      row[j] = now;
    }
  }
  return moved;
}

enum stance_status annotate_competence(const struct competence_vote *votes, size_t count, size_t units,
                                       size_t annotators, size_t labels, double smoothing, struct stance_arena *arena,
                                       struct competence *out, struct stance_error *error) {
  struct em em = {.votes = votes,
                  .count = count,
                  .units = units,
                  .annotators = annotators,
                  .labels = labels,
                  .smoothing = smoothing,
                  .out = out};
  *out = (struct competence){.posterior = stance_arena_zalloc(arena, units * labels + 1, sizeof(double)),
                             .confusion = stance_arena_zalloc(arena, annotators * labels * labels + 1, sizeof(double)),
                             .prior = stance_arena_zalloc(arena, labels + 1, sizeof(double)),
                             .accuracy = stance_arena_zalloc(arena, annotators + 1, sizeof(double))};
  em.logs = stance_arena_alloc(arena, units * labels + 1, sizeof(double));
  if (!out->posterior || !out->confusion || !out->prior || !out->accuracy || !em.logs) return stance_fail_memory(error);
  if (!count) return STANCE_OK;
  begin(&em);
  while (!out->has_settled && out->steps < STEPS_MAX) {
    maximise(&em);
    out->has_settled = expect(&em) <= settled_below;
    out->steps++;
  }
  maximise(&em);
  for (size_t k = 0; k < annotators; k++)
    for (size_t j = 0; j < labels; j++)
      out->accuracy[k] += out->prior[j] * out->confusion[(k * labels + j) * labels + j];
  return STANCE_OK;
}
