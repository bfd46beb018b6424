/* SPDX-License-Identifier: MIT
 * Assignment of units to annotators, and their order. It is a function of the project's seed and the names, so neither
 * a server nor a list of assignments is needed. Rendezvous hashing (Thaler & Ravishankar 1998): each annotator gets a
 * hash value for a sentence, and the `overlap` highest values label it; an annotator who joins or leaves changes only
 * his or her own share. All units of a sentence go to the same annotators. */
#ifndef STANCE_ANNOTATE_ASSIGN_H
#define STANCE_ANNOTATE_ASSIGN_H

#include "units.h"

/* Whether the annotator `name` labels this sentence ("article#7"). */
bool annotate_is_assigned(const struct annotate_project *project, const char *sentence, size_t length,
                          const char *name);
/* STANCE_INPUT if the project has a list of annotators without `name`. */
enum stance_status annotate_assign_check(const struct annotate_project *project, const char *name,
                                         struct stance_error *error);
/* A pseudo-random number in [0, 1), a function of the arguments alone. */
double annotate_draw(uint64_t seed, const char *purpose, const char *name, uint64_t count);
/* The units assigned to `name`, in document order or (is_random) with the sentences in seeded random order. The caller
 * frees *order. */
enum stance_status annotate_assign(const struct annotate_project *project, const struct annotate_units *units,
                                   const char *name, bool is_random, uint32_t **order, size_t *count,
                                   struct stance_error *error);
/* Uncertainty sampling: sorts `order` by margins (indexed by unit), smallest first. A share random_share of the places,
 * spread evenly, goes to other units in seeded random order, so that the labels also allow estimates for all units. */
enum stance_status annotate_order_uncertain(const struct annotate_project *project, const struct annotate_units *units,
                                            const float *margins, double random_share, uint32_t *order, size_t count,
                                            struct stance_error *error);

#endif
