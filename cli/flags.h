/* SPDX-License-Identifier: MIT
 * Parses a command line by its command's table. For one thread. */
#ifndef STANCE_CLI_FLAGS_H
#define STANCE_CLI_FLAGS_H

#include "command.h"

enum flags_outcome { FLAGS_RUN, FLAGS_HELP /* --help */, FLAGS_HELP_SHORT /* -h */, FLAGS_WRONG };

/* Fills options, a copy of the defaults, and moves the arguments that are not flags to the front of argv (*argc of
 * them). Flags and arguments may be mixed; "--" ends flags; letters can be bundled ("-qo FILE" is "-q -o FILE"). Errors
 * are printed on stderr, with similar names. */
enum flags_outcome flags_parse(const struct command *command, void *options, int *argc, char **argv);

/* ---- values: flag_value.c -------------------------------------------------------------------------------- */

/* Sets the flag's member of options. False: the value is invalid, and stderr tells what was expected. */
bool flag_set(const struct flag *flag, void *options, const char *text);
/* "table|jsonl|csv" */
void flag_put_choices(const struct flag *flag, struct stance_buffer *out);
/* Appends the remarks of the help: "(table|jsonl; default: table)", or nothing. */
void flag_put_remarks(const struct flag *flag, const void *defaults, struct stance_buffer *out);

#endif
