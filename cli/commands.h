/* SPDX-License-Identifier: MIT
 * The table of all commands. Only main includes it; other functions get it as an argument. */
#ifndef STANCE_CLI_COMMANDS_H
#define STANCE_CLI_COMMANDS_H

#include "command.h"

extern const struct command *const commands[]; /* ends with NULL */

#endif
