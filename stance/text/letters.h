/* SPDX-License-Identifier: MIT
 * A text's letters and digits, lower case: what is left where two prints of a sentence differ in case, punctuation and spacing alone. */
#ifndef STANCE_LETTERS_H
#define STANCE_LETTERS_H

#include <stddef.h>
#include <stdint.h>

/* Steps over one character: its lower case, or 0 for what is no letter or digit. */
int32_t stance_letter_next(const char *text, size_t length, size_t *at);
/* The hash of a text's letters and digits; a model keeps those of its training sentences (stance_model_saw). */
uint64_t stance_letters_hash(const char *text, size_t length);

#endif
