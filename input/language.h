/* SPDX-License-Identifier: MIT
 * Which language an article is in. Models are made for English: what is not would be scored all the same, as "neutral". */
#ifndef STANCE_INPUT_LANGUAGE_H
#define STANCE_INPUT_LANGUAGE_H

#include "form.h"

/* The code of the language ("en", "fr"), judged by the first 1,000 bytes: by English function words, and only where they do not tell by
 * CLD2; NULL where the text is too short (under 12 words) or it is not clear. Valid for ever. Any thread. */
const char *input_language_guess(const char *text, size_t length);
/* Whether a language as files name it ("en", "en-GB", "eng", "English") is English. */
bool input_language_is_english(const char *lang);
/* Guesses the article's language where its file does not tell, and leaves the article out, with a note, where it is not English and not
 * `any_language`. */
void input_language_check(bool any_language, struct stance_arena *arena, struct input_article *read);

#endif
