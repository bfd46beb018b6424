/* SPDX-License-Identifier: MIT
 * Finds codebooks by name; the shipped ones are in codebooks/ of the data folder. */
#ifndef STANCE_CLI_CODEBOOKS_H
#define STANCE_CLI_CODEBOOKS_H

#include "stance/base/arena.h"
#include "stance/stance.h"

/* The path of the codebook given by --codebook: a file or the name of a shipped codebook; NULL: international. In the
 * arena. */
enum stance_status codebook_find(const char *given, struct stance_arena *arena, const char **path,
                                 struct stance_error *error);

/* The name of a shipped codebook that has the labels of all records of the files, in the arena; NULL: none. */
const char *codebook_that_fits(const char *const *files, size_t count, struct stance_arena *arena);

#endif
