/* SPDX-License-Identifier: MIT
 * Reading big files of JSON lines without making trees of them: where the values of a few keys are in a line.
 * A screen that opens 100,000 units needs their ids and heads now, and the rest of a unit when it is shown. */
#ifndef STANCE_ANNOTATE_SCAN_H
#define STANCE_ANNOTATE_SCAN_H

#include "stance/base/arena.h"
#include "stance/stance.h"

struct annotate_span {
  const char *start; /* the value's JSON, quotes included; NULL: the object has no such key */
  size_t length;
};

/* Fills spans[key_count] with the values of the keys in the JSON object that line is. False where it is no object whose
 * brackets and strings close (values are not checked further). The last of equal keys counts. */
bool annotate_scan(const char *line, size_t length, const char *const *keys, size_t key_count,
                   struct annotate_span *spans);
/* The text of a JSON string; null and a missing value give NULL. STANCE_INPUT where it is anything else. */
enum stance_status annotate_scan_string(const struct annotate_span *span, struct stance_arena *arena, const char **out,
                                        struct stance_error *error);

/* Whether the span is a JSON string of this text: as it stands, or with escapes ("hostil\u00e9", "a\"b"). */
bool annotate_scan_is(const struct annotate_span *span, const char *text);

/* Calls `each` with every line of a file that is not blank (without its newline), its offset and its number. What is behind
 * the last newline is a line too if it is a whole object; else a power cut or a writer at work tore it, and it is passed over (the next
 * writer moves it to FILE.torn). Stops at the first status that is not STANCE_OK; a message without a place gets it. */
typedef enum stance_status annotate_each_line(void *context, const char *line, size_t length, uint64_t offset,
                                              size_t number, struct stance_error *error);
/* Calls `each` with the lines of an open file, from its start on. name: for messages. */
enum stance_status annotate_lines(int file, const char *name, annotate_each_line *each, void *context,
                                  struct stance_error *error);

#endif
