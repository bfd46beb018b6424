/* SPDX-License-Identifier: MIT
 * The flag --by, and messages about rows left out of counts. */
#ifndef STANCE_CLI_KEYS_H
#define STANCE_CLI_KEYS_H

#include "classify/sink.h"
#include "input/form.h"
#include "message.h"

/* Parses --by. kept: its columns are kept from now on, borrowed from `keys`; NULL: any column is there. Prints
 * errors. */
enum exit_code keys_parse(const char *text, struct input_options *kept, struct classify_keys *keys);
/* Prints on stderr how many rows --polar and --top left out and how many units have no date, if any. */
void keys_say_rows(const struct classify_sink *sink);

#endif
