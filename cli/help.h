/* SPDX-License-Identifier: MIT
 * The help texts and man pages, made from the commands' tables. `commands` ends with NULL. */
#ifndef STANCE_CLI_HELP_H
#define STANCE_CLI_HELP_H

#include <stdio.h>

#include "command.h"

void help_print(FILE *out, const struct command *command);            /* stance COMMAND --help: everything */
void help_print_short(FILE *out, const struct command *command);      /* stance COMMAND -h: usage, flags */
void help_overview(FILE *out, const struct command *const *commands); /* stance --help */
void help_names(FILE *out, const struct command *const *commands);    /* stance --help=commands: a name per line */
void help_man(FILE *out, const struct command *const *commands);      /* stance --help=man: stance(1) */
void help_man_command(FILE *out, const struct command *command);      /* stance --help=man COMMAND: its page */

#endif
