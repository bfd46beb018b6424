/* SPDX-License-Identifier: MIT
 * Finds the values of a few keys in the lines of large JSON Lines files without building JSON trees. A session that
 * opens 100,000 units needs only their ids and heads; the rest of a unit is read when it is shown. */
#ifndef STANCE_ANNOTATE_SCAN_H
#define STANCE_ANNOTATE_SCAN_H

#include "stance/base/arena.h"
#include "stance/stance.h"

struct annotate_span {
  const char *start; /* the value's JSON, quotes included; NULL: the object has no such key */
  size_t length;
};

/* Fills spans[key_count] with the values of the keys in the line's JSON object. False if the line is not an object with
 * balanced brackets and closed strings (values are not checked further). The last of equal keys counts. */
bool annotate_scan(const char *line, size_t length, const char *const *keys, size_t key_count,
                   struct annotate_span *spans);
/* The text of a JSON string; NULL for null and a missing value. STANCE_INPUT: another type. */
enum stance_status annotate_scan_string(const struct annotate_span *span, struct stance_arena *arena, const char **out,
                                        struct stance_error *error);

/* Whether the span is a JSON string of this text, with or without escapes. */
bool annotate_scan_is(const struct annotate_span *span, const char *text);

/* Called with each non-blank line of a file (without its newline), its offset and its number. Text after the last
 * newline is a line if it is a complete object; otherwise a crash or a writer at work has left it incomplete, and it is
 * skipped (the next writer moves it to FILE.torn). A status other than STANCE_OK stops the reading; an error without a
 * file and line gets them. */
typedef enum stance_status annotate_each_line(void *context, const char *line, size_t length, uint64_t offset,
                                              size_t number, struct stance_error *error);
/* Calls `each` with the lines of an open file, from its start. name: for messages. */
enum stance_status annotate_lines(int file, const char *name, annotate_each_line *each, void *context,
                                  struct stance_error *error);

#endif
