/* SPDX-License-Identifier: MIT
 * Joining hard-wrapped lines to paragraphs, for texts of mail, databases and old archives. */
#ifndef STANCE_INPUT_WRAP_H
#define STANCE_INPUT_WRAP_H

#include "form.h"

/* Whether text is hard-wrapped: most lines that do not end a sentence end where the next word would not have fitted,
 * and at least a quarter of the next lines start with a small letter. Takes linear time. Thread-safe. */
bool input_wrap_is_likely(const char *text, size_t length);
/* Joins the lines of each paragraph, as `how` asks, with a note. Paragraphs are separated by a blank line, an indented
 * line, or after a short line that ends a sentence. */
enum stance_status input_wrap_join(enum input_wrap how, struct stance_arena *arena, struct input_article *read,
                                   struct stance_error *error);

#endif
