/* SPDX-License-Identifier: MIT
 * Making the ids of a run's articles unique. The same text under the same id is one article; another text under a used
 * id gets "id~2", "id~3" and so on, in the order of the input. Takes at least 32 bytes of memory for each article. */
#ifndef STANCE_INPUT_IDS_H
#define STANCE_INPUT_IDS_H

#include "form.h"

struct input_ids;
struct input_ids *input_ids_new(void);         /* NULL: out of memory */
void input_ids_destroy(struct input_ids *ids); /* NULL is fine */
/* Sets the article's id, a new one in the arena, or marks a repeated article as left out, with a note. Call it in the
 * order of the input, one thread at a time. */
enum stance_status input_ids_take(struct input_ids *ids, struct input_article *read, struct stance_arena *arena,
                                  struct stance_error *error);

#endif
