/* SPDX-License-Identifier: MIT
 * Codebooks by name: the shipped ones lie in the data folder's codebooks/. */
#ifndef STANCE_CLI_CODEBOOKS_H
#define STANCE_CLI_CODEBOOKS_H

#include "stance/base/arena.h"
#include "stance/stance.h"

/* The path of what --codebook gave: a file, else a shipped codebook's name; NULL: international. In the arena. */
enum stance_status codebook_find(const char *given, struct stance_arena *arena, const char **path,
                                 struct stance_error *error);

/* The name of a shipped codebook that every labelled record of the files fits, in the arena; NULL: none does. */
const char *codebook_that_fits(const char *const *files, size_t count, struct stance_arena *arena);

#endif
