/* SPDX-License-Identifier: MIT
 * Standard output, with write errors checked: a full disk is an error, a reader that closed the pipe is not. Text from
 * inputs cannot control the terminal: plain text is always cleaned of control characters (stance/base/plain.h), data
 * formats only when written to a terminal. */
#ifndef STANCE_CLI_OUTPUT_H
#define STANCE_CLI_OUTPUT_H

#include <stdbool.h>

#include "stance/base/buffer.h"

/* Each writes to standard output. False: writing failed, or the buffer had failed; output_close returns the reason. */
bool output_text(const struct stance_buffer *text);                               /* cleaned; newlines and tabs stay */
bool output_print(const char *format, ...) __attribute__((format(printf, 1, 2))); /* the same */
bool output_data(const struct stance_buffer *data); /* JSON, CSV: unchanged, but cleaned on a terminal */
bool output_styled(
    const struct stance_buffer *text); /* with the program's own escape sequences; the caller has cleaned the rest */
bool output_flush(void);
/* Closes standard output. 0: everything was written, or the reader closed the pipe (`| head`); else the errno of the
 * first failure. */
int output_close(void);

#endif
