/* SPDX-License-Identifier: MIT
 * Classes of ASCII bytes, whatever the locale. */
#ifndef STANCE_ASCII_H
#define STANCE_ASCII_H

#include <stdbool.h>

static inline bool ascii_is_upper(unsigned char c) { return c >= 'A' && c <= 'Z'; }
static inline bool ascii_is_lower(unsigned char c) { return c >= 'a' && c <= 'z'; }
static inline bool ascii_is_letter(unsigned char c) { return ascii_is_lower(c | 0x20); }
static inline bool ascii_is_digit(unsigned char c) { return c >= '0' && c <= '9'; }
static inline unsigned char ascii_lower(unsigned char c) { return ascii_is_upper(c) ? c | 0x20 : c; }

#endif
