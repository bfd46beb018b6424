/* SPDX-License-Identifier: MIT
 * Messages to stderr, each a line behind the name of the command that speaks, without what a terminal would obey (stance/base/plain.h). */
#ifndef STANCE_CLI_MESSAGE_H
#define STANCE_CLI_MESSAGE_H

#include <stdbool.h>

#include "stance/stance.h"

enum exit_code {
  EXIT_DONE = 0,
  EXIT_FINDING = 1,
  EXIT_BAD_INPUT = 2,
  EXIT_SYSTEM = 3,
  EXIT_PIPE = 141 /* who read the output went away: 128 + SIGPIPE, as a shell says it */
};

void message_command(const char *name); /* "train": messages start with "stance train: "; the string must stay */
void message_quiet(bool is_quiet);      /* notes are not printed */

/* "stance train: FILE:LINE:COLUMN: message"; returns the exit code that its status calls for. */
enum exit_code message_error(const struct stance_error *error);
/* Wrong usage: with a pointer to --help. Returns EXIT_BAD_INPUT. */
enum exit_code message_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* What could not be done, on stderr. */
void message_failure(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The same behind "warning: ". */
void message_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* "warning: FILE:LINE: message" of what went wrong without ending the work. */
void message_problem(const struct stance_error *problem);
void message_note(const char *format, ...) __attribute__((format(printf, 1, 2))); /* silent with --quiet */

#endif
