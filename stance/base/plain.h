/* SPDX-License-Identifier: MIT
 * Making text from files safe to show. A terminal obeys control characters, and characters that set the direction of
 * writing (Unicode UAX #9) can make a line look like another; this file alone handles both. May include base/ only. */
#ifndef STANCE_PLAIN_H
#define STANCE_PLAIN_H

#include <stdint.h>

#include "buffer.h"

enum stance_plain {
  STANCE_PLAIN_SHOWN,   /* as it is */
  STANCE_PLAIN_BLANK,   /* tabs and ends of lines: a space */
  STANCE_PLAIN_CONTROL, /* C0, DEL, C1: U+FFFD */
  STANCE_PLAIN_HIDDEN   /* marks, brackets and overrides of direction, interlinear marks, tags: left out */
};
/* What becomes of a code point on a terminal. */
enum stance_plain stance_plain_kind(uint32_t code_point);
/* Appends text with controls and bytes that are not UTF-8 as U+FFFD; tabs and ends of lines as spaces, or unchanged
 * ('\n' and '\t') with keeps_lines. Thread-safe. */
void stance_buffer_plain(struct stance_buffer *buffer, const char *text, size_t length, bool keeps_lines);

#endif
