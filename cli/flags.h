/* SPDX-License-Identifier: MIT
 * Parsing a command line by its command's table, and the texts made from it. */
#ifndef STANCE_CLI_FLAGS_H
#define STANCE_CLI_FLAGS_H

#include <stdio.h>

#include "command.h"

enum flags_outcome { FLAGS_RUN, FLAGS_HELP, FLAGS_WRONG };

/* Fills options (a copy of the defaults) and moves what is not a flag to the front of argv (*argc of them). "--" ends flags;
 * "--help" prints the help. Wrong usage is reported with near names. */
enum flags_outcome flags_parse(const struct command *command, void *options, int *argc, char **argv);
/* Reports that argv names no command, with the near ones. */
enum exit_code flags_unknown_command(int argc, char **argv);

void help_print(FILE *out, const struct command *command); /* stance COMMAND --help */
void help_overview(FILE *out);                             /* stance --help */
void help_man(FILE *out);                                  /* stance --help=man: the man page, troff */

#endif
