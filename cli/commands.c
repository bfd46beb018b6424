/* SPDX-License-Identifier: MIT
 * The commands, in the order of --help. */
#include "command.h"

extern const struct command command_annotate_init;
extern const struct command command_annotate_add;
extern const struct command command_annotate_label;
extern const struct command command_annotate_adjudicate;
extern const struct command command_train;
extern const struct command command_evaluate;
extern const struct command command_compare;
extern const struct command command_segment;
extern const struct command command_convert;

const struct command *const commands[] = {
    &command_annotate_init,
    &command_annotate_add,
    &command_annotate_label,
    &command_annotate_adjudicate,
    &command_train,
    &command_evaluate,
    &command_compare,
    &command_segment,
    &command_convert,
    NULL,
};
