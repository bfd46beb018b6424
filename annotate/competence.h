/* SPDX-License-Identifier: MIT
 * How far each annotator is to be trusted, and what each unit's label then probably is: Dawid & Skene 1979, "Maximum likelihood
 * estimation of observer error-rates using the EM algorithm", Applied Statistics 28(1), 20-28. With
 *
 *   n(i,k,l)   1 where annotator k gave unit i label l
 *   T(i,j)     probability that unit i's true label is j; at first the share of its votes for j
 *
 * two steps are taken in turn, until no T moves by more than 1e-8 (or 1000 times):
 *
 *   pi(k,j,l) = sum_i T(i,j) n(i,k,l) / sum_l sum_i T(i,j) n(i,k,l)      what k says where j is true       (2.3)
 *   p(j)      = sum_i T(i,j) / I                                          how frequent j is                 (2.4)
 *   T(i,j)   ~  p(j) prod_k prod_l pi(k,j,l)^n(i,k,l)                     Bayes                             (2.5)
 *
 * The maximum makes an annotator who never confused two labels in few units one who never can: one such vote then outweighs all others.
 * `smoothing` is added to each cell's count in (2.3): 0 as in the paper, 0.5 as by Jeffreys' prior.
 *
 * With two annotators the errors of one cannot be told from the other's: three or more are needed. */
#ifndef STANCE_ANNOTATE_COMPETENCE_H
#define STANCE_ANNOTATE_COMPETENCE_H

#include "stance/base/arena.h"
#include "stance/stance.h"

enum { COMPETENCE_ANNOTATORS_MIN = 3 };

struct competence_vote {
  uint32_t unit, annotator, label;
};

struct competence {
  double *posterior; /* T [units][labels]; units without votes have 0 */
  double *confusion; /* pi [annotators][labels][labels] */
  double *prior;     /* p [labels] */
  double *accuracy;  /* [annotators]: sum_j p(j) pi(k,j,j) */
  size_t steps;
  bool has_settled;
};

/* The votes in any order; all results in the arena. Not made for more than a vote of an annotator for a unit, which would count twice. */
enum stance_status annotate_competence(const struct competence_vote *votes, size_t count, size_t units,
                                       size_t annotators, size_t labels, double smoothing, struct stance_arena *arena,
                                       struct competence *out, struct stance_error *error);

#endif
