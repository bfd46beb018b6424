/* SPDX-License-Identifier: MIT
 * Each article of a run under an id of its own. The same text under the same id is one article; another text under an id that is taken
 * gets "id~2", "id~3" and so on, in the order of the input. 32 bytes of memory an article. */
#ifndef STANCE_INPUT_IDS_H
#define STANCE_INPUT_IDS_H

#include "form.h"

struct input_ids;
struct input_ids *input_ids_new(void);         /* NULL: out of memory */
void input_ids_destroy(struct input_ids *ids); /* NULL is fine */
/* Gives the article its id, in the arena where it is a new one, or leaves the article out, with a note. By one thread at a time, in the
 * order of the input. */
enum stance_status input_ids_take(struct input_ids *ids, struct input_article *read, struct stance_arena *arena,
                                  struct stance_error *error);

#endif
