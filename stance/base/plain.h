/* SPDX-License-Identifier: MIT
 * Text that comes from a file and goes to a screen. A terminal obeys control characters, and brackets of direction (Unicode UAX #9) let a line
 * read otherwise than it is; here, and nowhere else, stands what is done about both.
 * May include base/ alone; all rooms that print read it. */
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
/* What a code point is to a terminal. */
enum stance_plain stance_plain_kind(uint32_t code_point);
/* Appends text: bytes that are not UTF-8 and controls as U+FFFD, tabs and ends of lines as a space, or with keeps_lines ('\n' and '\t') as they
 * are. Thread-safe. */
void stance_buffer_plain(struct stance_buffer *buffer, const char *text, size_t length, bool keeps_lines);

#endif
