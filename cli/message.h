/* SPDX-License-Identifier: MIT
 * Messages to stderr, each behind the name of the command that speaks. */
#ifndef STANCE_CLI_MESSAGE_H
#define STANCE_CLI_MESSAGE_H

#include "command.h"

void message_command(const char *name); /* "train": messages start with "stance train: " */
void message_quiet(bool is_quiet);      /* notes are not printed */
void report_failure(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
