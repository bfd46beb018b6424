/* SPDX-License-Identifier: MIT
 * What is printed must have arrived: a full disk is an error, a reader that went away is not. */
#ifndef STANCE_CLI_OUTPUT_H
#define STANCE_CLI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

/* Writes to standard output, or what stands in its buffer. False: it failed; output_close knows why. */
bool output_write(const char *bytes, size_t length);
bool output_flush(void);
/* Closes standard output. 0: all has arrived, or its reader went away (`| head`); else the errno of the first failure. */
int output_close(void);

#endif
