/* SPDX-License-Identifier: MIT
 * --by, and what counts leave out, said. */
#ifndef STANCE_CLI_KEYS_H
#define STANCE_CLI_KEYS_H

#include "classify/sink.h"
#include "message.h"

/* kept: the columns there are; NULL: any. Says what is wrong. */
enum exit_code keys_parse(const char *text, const char *const *kept, size_t kept_count, struct classify_keys *keys);
/* Says on stderr how many rows --polar and --top left out, and how many units have no date; nothing where none. */
void keys_say_rows(const struct classify_sink *sink);

#endif
