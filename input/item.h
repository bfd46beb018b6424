/* SPDX-License-Identifier: MIT
 * From an item's raw bytes to an article: JSON, CSV, HTML or plain text. */
#ifndef STANCE_INPUT_ITEM_H
#define STANCE_INPUT_ITEM_H

#include "reader.h"
#include "stance/base/arena.h"

/* item->data must be NUL-terminated behind length and outlive the article. JSON must be UTF-8 unless `repair`; elsewhere bad bytes become U+FFFD and *repaired
 * counts them. Errors carry the item's file and line. */
enum stance_status input_item_article(const struct input_item *item, bool repair, struct stance_arena *arena,
                                         struct stance_article *article, size_t *repaired,
                                         struct stance_error *error);

/* "dir/2022-05-03-mali.txt.gz" -> "2022-05-03-mali" */
char *input_path_id(const char *path, struct stance_arena *arena);

#endif
