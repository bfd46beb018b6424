/* SPDX-License-Identifier: MIT
 * Mentions to units: both directions of every pair of distinct actors in a sentence. */
#ifndef STANCE_UNIT_H
#define STANCE_UNIT_H

#include "stance/base/arena.h"
#include "stance/stance.h"

/* A sentence with more actors is a list: only its first ones make units (8 actors: 56 units). */
enum { STANCE_UNIT_ACTORS_MAX = 8 };

/* Fills document->units, in the arena, and each sentence's range of them. An actor and one that it acts for make no
 * unit. Fails only for lack of memory. */
enum stance_status stance_units_make(struct stance_arena *arena, struct stance_document *document,
                                     struct stance_error *error);

#endif
