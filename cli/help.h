/* SPDX-License-Identifier: MIT
 * The texts made of the commands' tables. `commands` ends with NULL. */
#ifndef STANCE_CLI_HELP_H
#define STANCE_CLI_HELP_H

#include <stdio.h>

#include "command.h"

void help_print(FILE *out, const struct command *command);            /* stance COMMAND --help: all */
void help_print_short(FILE *out, const struct command *command);      /* stance COMMAND -h: usage, and a line a flag */
void help_overview(FILE *out, const struct command *const *commands); /* stance --help */
void help_names(FILE *out, const struct command *const *commands);    /* stance --help=commands: a name a line */
void help_man(FILE *out, const struct command *const *commands);      /* stance --help=man: stance(1) */
void help_man_command(FILE *out, const struct command *command);      /* stance --help=man COMMAND: its page */

#endif
