/* SPDX-License-Identifier: MIT
 * From an item's raw bytes to an article: by its form's parse, then what all forms share. */
#ifndef STANCE_INPUT_ITEM_H
#define STANCE_INPUT_ITEM_H

#include "form.h"

/* Makes the article. item->data must have a NUL after length and outlive the article. Errors have the item's file and
 * line. Thread-safe. */
enum stance_status input_item_article(const struct input_item *item, struct stance_arena *arena,
                                      struct input_article *out, struct stance_error *error);

#endif
