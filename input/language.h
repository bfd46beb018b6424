/* SPDX-License-Identifier: MIT
 * Guessing an article's language. Models are made for English; other text would be scored nevertheless, mostly as
 * neutral. */
#ifndef STANCE_INPUT_LANGUAGE_H
#define STANCE_INPUT_LANGUAGE_H

#include "form.h"

/* The code of the language ("en", "fr") of the first 1,000 bytes: by the share of English function words, and if that
 * is not decisive, by CLD2. NULL: fewer than 12 words, or unclear. Constant. Thread-safe. */
const char *input_language_guess(const char *text, size_t length);
/* Whether the name of a language ("en", "en-GB", "eng", "English") means English. */
bool input_language_is_english(const char *lang);
/* Guesses the article's language if it is not given, and marks an article that is not English as left out, with a note,
 * unless any_language. */
void input_language_check(bool any_language, struct stance_arena *arena, struct input_article *read);

#endif
