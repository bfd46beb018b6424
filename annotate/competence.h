/* SPDX-License-Identifier: MIT
 * Annotators' competence and the posterior of each unit's true label: Dawid & Skene 1979, "Maximum likelihood
 * estimation of observer error-rates using the EM algorithm", Applied Statistics 28(1), 20-28. With
 *
 *   n(i,k,l)   1 where annotator k gave unit i label l
 *   T(i,j)     probability that unit i's true label is j; initially the share of its votes for j
 *
 * the steps of EM are repeated until no T changes by more than 1e-8, at most 1000 times:
 *
 *   pi(k,j,l) = sum_i T(i,j) n(i,k,l) / sum_l sum_i T(i,j) n(i,k,l)      k's confusion matrix       (2.3)
 *   p(j)      = sum_i T(i,j) / I                                          the labels' prior                 (2.4)
 *   T(i,j)   ~  p(j) prod_k prod_l pi(k,j,l)^n(i,k,l)                     Bayes                             (2.5)
 *
 * The maximum-likelihood estimate sets pi to 0 for two labels that an annotator has not confused yet; a single vote
 * then outweighs all others. `smoothing` is therefore added to each count of (2.3): 0 as in the paper, 0.5 for
 * Jeffreys' prior.
 *
 * Three or more annotators are needed: with two, one's errors cannot be told from the other's. */
#ifndef STANCE_ANNOTATE_COMPETENCE_H
#define STANCE_ANNOTATE_COMPETENCE_H

#include "stance/base/arena.h"
#include "stance/stance.h"

enum { COMPETENCE_ANNOTATORS_MIN = 3 };

struct competence_vote {
  uint32_t unit, annotator, label;
};

struct competence {
  double *posterior; /* T [units][labels]; 0 for units without votes */
  double *confusion; /* pi [annotators][labels][labels] */
  double *prior;     /* p [labels] */
  double *accuracy;  /* [annotators]: sum_j p(j) pi(k,j,j) */
  size_t steps;
  bool has_settled;
};

/* The votes may be in any order, but an annotator must not have two votes for a unit. All results are in the arena. */
enum stance_status annotate_competence(const struct competence_vote *votes, size_t count, size_t units,
                                       size_t annotators, size_t labels, double smoothing, struct stance_arena *arena,
                                       struct competence *out, struct stance_error *error);

#endif
