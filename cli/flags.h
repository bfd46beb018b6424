/* SPDX-License-Identifier: MIT
 * Parsing a command line by its command's table. Thread-safety: one caller. */
#ifndef STANCE_CLI_FLAGS_H
#define STANCE_CLI_FLAGS_H

#include "command.h"

enum flags_outcome { FLAGS_RUN, FLAGS_HELP /* --help */, FLAGS_HELP_SHORT /* -h */, FLAGS_WRONG };

/* Fills options (a copy of the defaults) and moves what is not a flag to the front of argv (*argc of them). Flags and arguments may
 * be mixed; "--" ends flags; letters bundle ("-qo FILE" is "-q -o FILE"). Wrong usage is told on stderr, with near names. */
enum flags_outcome flags_parse(const struct command *command, void *options, int *argc, char **argv);

/* ---- values: flag_value.c -------------------------------------------------------------------------------- */

/* Sets the flag's member of options. False: told on stderr what was expected. */
bool flag_set(const struct flag *flag, void *options, const char *text);
/* "table|jsonl|csv" */
void flag_put_choices(const struct flag *flag, struct stance_buffer *out);
/* What help says behind the flag: "(table|jsonl; default: table)", "" where there is nothing to say. */
void flag_put_remarks(const struct flag *flag, const void *defaults, struct stance_buffer *out);

#endif
