/* SPDX-License-Identifier: MIT
 * The commands, in the order of --help. */
#include "command.h"

extern const struct command command_segment;

const struct command *const commands[] = {
    &command_segment,
    NULL,
};
