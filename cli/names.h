/* SPDX-License-Identifier: MIT
 * Lists of names as a flag's value: "a,b,c". */
#ifndef STANCE_CLI_NAMES_H
#define STANCE_CLI_NAMES_H

#include "command.h"

/* Splits at commas, in the arena, without empty names. text NULL: none. */
enum stance_status names_split(const char *text, struct stance_arena *arena, const char ***names, size_t *count,
                               struct stance_error *error);

#endif
