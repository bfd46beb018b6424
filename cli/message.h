/* SPDX-License-Identifier: MIT
 * Messages on stderr: a line each, which begins with the command's name and has no control characters
 * (stance/base/plain.h). */
#ifndef STANCE_CLI_MESSAGE_H
#define STANCE_CLI_MESSAGE_H

#include <stdbool.h>

#include "stance/stance.h"

enum exit_code {
  EXIT_DONE = 0,
  EXIT_FINDING = 1,
  EXIT_BAD_INPUT = 2,
  EXIT_SYSTEM = 3,
  EXIT_PIPE = 141 /* the reader of the output closed it: 128 + SIGPIPE, as in shells */
};

void message_command(const char *name); /* "train": messages start with "stance train: "; the string is borrowed */
void message_quiet(bool is_quiet);      /* suppresses notes */

/* "stance train: FILE:LINE:COLUMN: message"; returns the exit code of the error's status. */
enum exit_code message_error(const struct stance_error *error);
/* A usage error, with a hint to --help. Returns EXIT_BAD_INPUT. */
enum exit_code message_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* A failure. */
void message_failure(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The same after "warning: ". */
void message_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* "warning: FILE:LINE: message" for a problem that does not end the work. */
void message_problem(const struct stance_error *problem);
void message_note(const char *format, ...) __attribute__((format(printf, 1, 2))); /* silent with --quiet */
/* A warning or a note: for callbacks of other rooms. context: not used. */
void message_say(void *context, bool is_warning, const char *sentence);

#endif
