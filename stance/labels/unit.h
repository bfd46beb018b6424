/* SPDX-License-Identifier: MIT
 * Mentions to units: both orders of every pair of distinct actors in a sentence. */
#ifndef STANCE_UNIT_H
#define STANCE_UNIT_H

#include "stance/base/arena.h"
#include "stance/stance.h"

/* A sentence that names more actors than this is a list: only the first so many make units (8 actors: 56 units). */
enum { STANCE_UNIT_ACTORS_MAX = 8 };

/* Fills document->units and each sentence's range. An actor and the one it acts for make no unit. */
enum stance_status stance_units_make(struct stance_arena *arena, struct stance_document *document,
                                     struct stance_error *error);

#endif
