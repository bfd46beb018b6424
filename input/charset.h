/* SPDX-License-Identifier: MIT
 * Decoding a page or a mail to UTF-8, with the names of encodings on the web (WHATWG Encoding), where iso-8859-1 and
 * ASCII mean windows-1252. Thread-safe. */
#ifndef STANCE_INPUT_CHARSET_H
#define STANCE_INPUT_CHARSET_H

#include "stance/base/arena.h"
#include "stance/stance.h"

/* What decoding did; zero it before. */
struct input_decoded {
  size_t repaired; /* bytes invalid in the encoding, which became U+FFFD */
  bool is_cut;     /* the data ends before its end is marked: the file may have been cut */
  bool is_guessed; /* windows-1252 was assumed, as no known encoding was named */
};

/* Converts *data to UTF-8 in the arena, or leaves it if it is UTF-8. label: the name in a header, in any case; NULL or
 * unknown: UTF-8 if all is valid, else windows-1252. Invalid bytes become U+FFFD and are counted. A byte order mark
 * overrides the label, and so does text that is valid UTF-8 with characters beyond ASCII. */
enum stance_status input_charset_decode(const char *label, const char **data, size_t *length,
                                        struct stance_arena *arena, struct input_decoded *decoded,
                                        struct stance_error *error);
/* The same for a page: by the label of an HTTP header, if not NULL, else by <meta charset> or http-equiv in the page's
 * first bytes. */
enum stance_status input_charset_html(const char *label, const char **data, size_t *length, struct stance_arena *arena,
                                      struct input_decoded *decoded, struct stance_error *error);

#endif
