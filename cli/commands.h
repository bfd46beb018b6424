/* SPDX-License-Identifier: MIT
 * The program's table of contents. For main alone: whoever else needs the commands is handed them. */
#ifndef STANCE_CLI_COMMANDS_H
#define STANCE_CLI_COMMANDS_H

#include "command.h"

extern const struct command *const commands[]; /* ends with NULL */

#endif
