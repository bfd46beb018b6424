/* SPDX-License-Identifier: MIT
 * Who labels what, and in which order: computed by everybody alike from the seed and names, so that no server and no list of
 * assignments is needed. Rendezvous hashing (Thaler & Ravishankar 1998): each annotator draws a number for a sentence, and the
 * `overlap` highest get it; who joins or leaves changes only the share that is theirs. The units of a sentence stay
 * together, so that whoever reads it answers all of its questions. */
#ifndef STANCE_ANNOTATE_ASSIGN_H
#define STANCE_ANNOTATE_ASSIGN_H

#include "units.h"

/* Whether `name` labels the sentence ("article#7") of this name. */
bool annotate_is_assigned(const struct annotate_project *project, const char *sentence, size_t length,
                          const char *name);
/* STANCE_INPUT where the project has a list of annotators and `name` is not in it. */
enum stance_status annotate_assign_check(const struct annotate_project *project, const char *name,
                                         struct stance_error *error);
/* A number from 0 (inclusive) to 1 that depends on nothing but the seed, the words and the count. */
double annotate_draw(uint64_t seed, const char *purpose, const char *name, uint64_t count);
/* The units of `name`, in document order, or (is_random) sentence by sentence in seeded random order. Caller frees *order. */
enum stance_status annotate_assign(const struct annotate_project *project, const struct annotate_units *units,
                                   const char *name, bool is_random, uint32_t **order, size_t *count,
                                   struct stance_error *error);
/* Puts the smallest margin (by unit index; lower: less certain) first; but a share of the places, spread evenly, goes to the
 * rest in seeded random order, so that the labels still estimate the whole. */
enum stance_status annotate_order_uncertain(const struct annotate_project *project, const struct annotate_units *units,
                                            const float *margins, double random_share, uint32_t *order, size_t count,
                                            struct stance_error *error);

#endif
