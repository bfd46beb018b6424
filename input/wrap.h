/* SPDX-License-Identifier: MIT
 * Texts whose lines were broken at a width, as mail, databases and old archives have them: lines to paragraphs. */
#ifndef STANCE_INPUT_WRAP_H
#define STANCE_INPUT_WRAP_H

#include "form.h"

/* Whether lines end where the next word would not have fitted, in the middle of sentences: most of those that end no sentence do, and
 * at least a quarter go on with a small letter. Linear. */
bool input_wrap_is_likely(const char *text, size_t length);
/* Joins the lines of each paragraph of the article, as the options ask; a blank line, an indented one, or a short one that ends a sentence
 * parts paragraphs. Says so in the notes. */
enum stance_status input_wrap_join(enum input_wrap how, struct stance_arena *arena, struct input_article *read,
                                   struct stance_error *error);

#endif
