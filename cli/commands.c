/* SPDX-License-Identifier: MIT
 * The commands, in the order of --help. */
#include "command.h"

const struct command *const commands[] = {
    NULL,
};
