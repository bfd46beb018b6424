/* SPDX-License-Identifier: MIT
 * Bytes of a page or a mail to UTF-8, by the names that the web gives encodings (WHATWG Encoding): iso-8859-1 and ASCII are windows-1252. */
#ifndef STANCE_INPUT_CHARSET_H
#define STANCE_INPUT_CHARSET_H

#include "stance/base/arena.h"
#include "stance/stance.h"

/* What decoding did; zeroed before. */
struct input_decoded {
  size_t repaired; /* bytes that are not of the encoding and became U+FFFD */
  bool is_guessed; /* nothing named an encoding, or one that is not known: windows-1252 was taken */
};

/* Turns *data into UTF-8 in the arena (or leaves it where it is UTF-8). `label` as a header has it, case set aside; NULL or unknown: UTF-8
 * where all is valid, else windows-1252. Bytes that are not of the encoding become U+FFFD and are counted. A byte order mark goes
 * before the label, and text that is valid UTF-8 with letters beyond ASCII stays it, whatever the label. */
enum stance_status input_charset_decode(const char *label, const char **data, size_t *length,
                                        struct stance_arena *arena, struct input_decoded *decoded,
                                        struct stance_error *error);
/* The same for a page: `label` of an HTTP header (NULL: none), else the page's own <meta charset> or http-equiv in its first bytes. */
enum stance_status input_charset_html(const char *label, const char **data, size_t *length, struct stance_arena *arena,
                                      struct input_decoded *decoded, struct stance_error *error);

#endif
