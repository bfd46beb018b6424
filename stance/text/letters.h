/* SPDX-License-Identifier: MIT
 * A text reduced to its letters and digits in lower case, to recognise a sentence that is printed again with other
 * case, punctuation or spacing. Thread-safe. */
#ifndef STANCE_LETTERS_H
#define STANCE_LETTERS_H

#include <stddef.h>
#include <stdint.h>

/* Decodes the character at byte *at, moves *at behind it, and returns its lower case; 0: no letter or digit. */
int32_t stance_letter_next(const char *text, size_t length, size_t *at);
/* What the letters and digits of a text add up to, in whatever order: one pass over it, sixteen bytes at a time. */
uint32_t stance_letters_signature(const char *text, size_t length);
/* The hash of a text's letters and digits in their order; its upper half is their signature. A model keeps the hashes of its training sentences (stance_model_saw). */
uint64_t stance_letters_hash(const char *text, size_t length);

#endif
