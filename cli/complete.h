/* SPDX-License-Identifier: MIT
 * Shell completions made from the commands' tables: commands and sub-commands, flags, choices, and otherwise files.
 * `commands` ends with NULL. */
#ifndef STANCE_CLI_COMPLETE_H
#define STANCE_CLI_COMPLETE_H

#include <stdio.h>

#include "command.h"

void complete_bash(FILE *out, const struct command *const *commands); /* stance --help=bash */
void complete_zsh(FILE *out, const struct command *const *commands);  /* stance --help=zsh */
void complete_fish(FILE *out, const struct command *const *commands); /* stance --help=fish */

#endif
