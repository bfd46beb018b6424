/* SPDX-License-Identifier: MIT
 * Finds the command that the first words of the command line name. `commands` ends with NULL. */
#ifndef STANCE_CLI_COMMAND_FIND_H
#define STANCE_CLI_COMMAND_FIND_H

#include "command.h"

/* The command with the longest name that argv begins with ("annotate label"); *words: its number of words. NULL:
 * none. */
const struct command *command_find(const struct command *const *commands, int argc, char **argv, int *words);
/* For a command line without a command's name: prints similar names on stderr, or for "annotate --help" the
 * sub-commands. */
enum exit_code command_unknown(const struct command *const *commands, int argc, char **argv);

#endif
