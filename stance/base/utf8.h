/* SPDX-License-Identifier: MIT
 * UTF-8: validation, repair, folding, and conversion between offsets in bytes (memory) and code points (files).
 * Thread-safe. */
#ifndef STANCE_UTF8_H
#define STANCE_UTF8_H

#include "arena.h"
#include "stance/stance.h"

/* Whether text is valid UTF-8 without NUL. */
bool stance_utf8_valid(const char *text, size_t length);
/* Whether every byte is ASCII; NUL counts as such. */
bool stance_utf8_is_ascii(const char *text, size_t length);
/* Replaces each bad byte and NUL by U+FFFD (*repaired: how many), drops a byte-order mark at the start, turns CR LF and
 * CR into LF. Returns text itself if nothing changes, else a copy in the arena; NULL: out of memory. */
const char *stance_utf8_repair(struct stance_arena *arena, const char *text, size_t length, size_t *new_length,
                               size_t *repaired);
/* The number of code points in the first `bytes` bytes of text (valid UTF-8). */
size_t stance_utf8_count(const char *text, size_t bytes);
/* The byte offset of code point number `code_points`, from 0; SIZE_MAX: there are fewer. */
size_t stance_utf8_offset(const char *text, size_t length, size_t code_points);
/* Decodes the first code point of NUL-terminated text (valid UTF-8). Returns its bytes; 0: the end. */
size_t stance_utf8_decode(const char *text, uint32_t *code_point);
/* Writes a code point as UTF-8. Returns its bytes, 1 to 4. */
size_t stance_utf8_encode(uint32_t code_point, char out[4]);
/* Folds text for comparison: lower case, NFC, straight quotes, plain hyphens. Writes at most `capacity` bytes to out,
 * without NUL, and returns the length needed; 3 x length always suffices. */
size_t stance_utf8_fold(const char *text, size_t length, char *out, size_t capacity);

/* Removes invisible characters that would split a name: soft hyphens, zero-width spaces and joiners, word joiners,
 * byte-order marks (also joiners that other scripts need, as names are matched in Latin letters). Returns text itself
 * if it has none, else a copy in the arena, NUL-terminated, and changes *length; NULL: out of memory. */
const char *stance_utf8_visible(const char *text, size_t *length, struct stance_arena *arena);

#endif
