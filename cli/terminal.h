/* SPDX-License-Identifier: MIT
 * What a terminal can show, and whether it shall. */
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

/* What auto means from now on (the user's configuration); NO_COLOR and a dumb terminal stay without colour. */
void terminal_set_default(enum flag_when when);
/* Whether to colour what goes to this file descriptor; auto: it is a terminal, and NO_COLOR is not set. */
bool terminal_is_coloured(enum flag_when when, int file);
/* Fewer than 256 colours: the sixteen of old must do. */
bool terminal_has_few_colours(void);
int terminal_width(int file); /* columns; 80 where it is not known */

#endif
