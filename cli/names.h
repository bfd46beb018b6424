/* SPDX-License-Identifier: MIT
 * "a,b,c" as a value of a flag. */
#ifndef STANCE_CLI_NAMES_H
#define STANCE_CLI_NAMES_H

#include "command.h"

/* The names between commas, in the arena; empty ones are passed over. text NULL: none. */
enum stance_status names_split(const char *text, struct stance_arena *arena, const char ***names, size_t *count,
                               struct stance_error *error);

#endif
