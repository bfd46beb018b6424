/* SPDX-License-Identifier: MIT
 * From an item's raw bytes to an article: its form's parse, and what all forms share. */
#ifndef STANCE_INPUT_ITEM_H
#define STANCE_INPUT_ITEM_H

#include "form.h"

/* item->data must be NUL-terminated behind length and outlive the article. Errors carry the item's file and line. Any thread. */
enum stance_status input_item_article(const struct input_item *item, struct stance_arena *arena,
                                      struct input_article *out, struct stance_error *error);

#endif
