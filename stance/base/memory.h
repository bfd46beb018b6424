/* SPDX-License-Identifier: MIT
 * Whether memory was out. Arenas, buffers, growing lists and cJSON (stance_json_watch) note it, so that who calls many functions that give NULL both
 * for "absent" and for "no memory" asks once at their end. Of each thread. */
#ifndef STANCE_MEMORY_H
#define STANCE_MEMORY_H

#include <stdbool.h>

/* Called where an allocation fails. */
void stance_memory_note_out(void);
/* Whether an allocation of this thread has failed since the last call. */
bool stance_memory_was_out(void);

#endif
