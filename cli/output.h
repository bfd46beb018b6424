/* SPDX-License-Identifier: MIT
 * Standard output. What is printed must have arrived: a full disk is an error, a reader that went away is not. And nothing that was read may drive
 * the terminal: text for people is cleaned (stance/base/plain.h), files' formats are cleaned where a terminal shows them. */
#ifndef STANCE_CLI_OUTPUT_H
#define STANCE_CLI_OUTPUT_H

#include <stdbool.h>

#include "stance/base/buffer.h"

/* Each writes to standard output. False: it failed, or the buffer had; output_close knows why. */
bool output_text(const struct stance_buffer *text); /* text for people, cleaned; '\n' and '\t' stay */
bool output_print(const char *format, ...) __attribute__((format(printf, 1, 2))); /* the same */
bool output_data(const struct stance_buffer *data); /* JSON, CSV: byte by byte, unless a terminal would show it */
bool output_styled(
    const struct stance_buffer *text); /* has escapes of our own; the caller has cleaned what lies between */
bool output_flush(void);
/* Closes standard output. 0: all has arrived, or its reader went away (`| head`); else the errno of the first failure. */
int output_close(void);

#endif
