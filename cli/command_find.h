/* SPDX-License-Identifier: MIT
 * From the first words of the command line to a command. `commands` ends with NULL. */
#ifndef STANCE_CLI_COMMAND_FIND_H
#define STANCE_CLI_COMMAND_FIND_H

#include "command.h"

/* The command whose words are the first of argv; *words: how many. The longest name wins ("annotate label"). NULL: none. */
const struct command *command_find(const struct command *const *commands, int argc, char **argv, int *words);
/* For a command line that names no command: tells the near names on stderr, or for "annotate --help" lists the sub-commands. */
enum exit_code command_unknown(const struct command *const *commands, int argc, char **argv);

#endif
