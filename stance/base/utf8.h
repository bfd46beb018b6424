/* SPDX-License-Identifier: MIT
 * UTF-8: repair, folding, and the two ways to count (bytes in memory, code points in files). */
#ifndef STANCE_UTF8_H
#define STANCE_UTF8_H

#include "arena.h"
#include "stance/stance.h"

/* True where all of text is valid UTF-8 without NUL. */
bool stance_utf8_valid(const char *text, size_t length);
/* True where all of text is ASCII, or NUL. */
bool stance_utf8_is_ascii(const char *text, size_t length);
/* Returns text itself where it is valid, else a copy in the arena in which each bad byte (and NUL) is U+FFFD; *repaired counts
 * them. A byte-order mark at the start is dropped; CR LF and CR become LF. NULL: out of memory. */
const char *stance_utf8_repair(struct stance_arena *arena, const char *text, size_t length, size_t *new_length,
                               size_t *repaired);
/* Code points in the first `bytes` bytes of text (valid UTF-8); and back, SIZE_MAX where there are not so many. */
size_t stance_utf8_count(const char *text, size_t bytes);
/* The byte at which code point number `code_points` begins; SIZE_MAX: there are fewer. */
size_t stance_utf8_offset(const char *text, size_t length, size_t code_points);
/* The first code point of text (valid UTF-8), and how many bytes it has; 0 at the end. And back: the bytes written. */
size_t stance_utf8_decode(const char *text, uint32_t *code_point);
/* Writes a code point as UTF-8; returns its bytes, 1 to 4. */
size_t stance_utf8_encode(uint32_t code_point, char out[4]);
/* Folds for comparison: lower case, NFC, straight quotes and plain hyphens. Writes at most `capacity` bytes to out (no NUL) and
 * returns the length it needs; length 3 x input always suffices. ASCII takes a fast path. */
size_t stance_utf8_fold(const char *text, size_t length, char *out, size_t capacity);

/* Valid text without the characters that are not seen and would part a name: soft hyphens, zero-width spaces and joiners, word joiners, byte
 * order marks. Itself where it has none, else in the arena, NUL-terminated; NULL: out of memory. *length is changed. Joiners between letters of
 * scripts that need them go too: names are matched in Latin letters. */
const char *stance_utf8_visible(const char *text, size_t *length, struct stance_arena *arena);

#endif
