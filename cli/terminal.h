/* SPDX-License-Identifier: MIT
 * The terminal's colours and width. */
#ifndef STANCE_CLI_TERMINAL_H
#define STANCE_CLI_TERMINAL_H

#include <stdbool.h>

#include "command.h"

/* The values of --colour and --progress. */
enum flag_when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };
extern const struct flag_choice when_choices[];

/* The flag of every command that colours its results; `when` is a member of the options, 0 (auto) by default. */
#define FLAG_COLOUR(options_, when_)                                                                                  \
  FLAG(FLAG_CHOICE, options_, when_, "colour", 0, "WHEN",                                                             \
       "colour in the results; auto: on a terminal, unless NO_COLOR is set or TERM is dumb", .choices = when_choices, \
       .alias = "color")

/* Sets the meaning of auto, from the user's configuration; NO_COLOR and a dumb terminal still have no colour. */
void terminal_set_default(enum flag_when when);
/* Whether to colour output on this file descriptor; auto: if it is a terminal and NO_COLOR is not set. */
bool terminal_is_coloured(enum flag_when when, int file);
/* Whether the terminal has fewer than 256 colours, so that only the basic sixteen can be used. */
bool terminal_has_few_colours(void);
int terminal_width(int file); /* columns; 80 if unknown */

#endif
