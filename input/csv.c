/* SPDX-License-Identifier: MIT */
#include "csv.h"

#include <string.h>

#include "stance/base/error.h"

enum { FIELD_START, FIELD_PLAIN, FIELD_QUOTED, FIELD_QUOTE_IN_QUOTED };

static bool scan_record(const char *data, size_t length, size_t *at, unsigned *state, char delimiter) {
  unsigned mode = *state;
  size_t i = *at;
  for (; i < length; i++) {
    char c = data[i];
    if (mode == FIELD_QUOTED) {
      const char *quote = memchr(data + i, '"', length - i);
      i = quote ? (size_t)(quote - data) : length - 1;
      if (quote) mode = FIELD_QUOTE_IN_QUOTED;
    } else if (c == '\n') {
      *at = i + 1;
      return true;
    } else if (c == '"' && (mode == FIELD_START || mode == FIELD_QUOTE_IN_QUOTED)) {
      mode = FIELD_QUOTED;
    } else {
      mode = c == delimiter ? FIELD_START : FIELD_PLAIN;
    }
  }
  *at = length;
  *state = mode;
  return false;
}

bool input_scan_csv(const char *data, size_t length, size_t *at, unsigned *state) {
  return scan_record(data, length, at, state, ',');
}

bool input_scan_tsv(const char *data, size_t length, size_t *at, unsigned *state) {
  return scan_record(data, length, at, state, '\t');
}

/* A quoted field at record[*at] == '"'; *at is left behind its closing quote. */
static enum stance_status take_quoted(const char *record, size_t length, size_t *at, size_t column,
                                      struct stance_arena *arena, struct input_field *field,
                                      struct stance_error *error) {
  size_t i = *at + 1, end = i, quotes = 0;
  for (; end < length; end++) {
    if (record[end] != '"') continue;
    if (end + 1 < length && record[end + 1] == '"') end++, quotes++;
    else break;
  }
  if (end >= length) return stance_fail(error, STANCE_INPUT, "column %zu: the quoted field is not closed", column);
  char *text = stance_arena_alloc(arena, end - i - quotes + 1, 1);
  if (!text) return stance_fail_memory(error);
  size_t used = 0;
  for (; i < end; i++) {
    text[used++] = record[i];
    if (record[i] == '"') i++;
  }
  text[used] = '\0';
  *field = (struct input_field){text, used};
  *at = end + 1;
  return STANCE_OK;
}

enum stance_status input_csv_fields(const char *record, size_t length, char delimiter, struct stance_arena *arena,
                                       struct input_field **fields, size_t *count, struct stance_error *error) {
  size_t capacity = 0, at = 0;
  struct input_field *list = NULL;
  *count = 0;
  if (length && record[length - 1] == '\n') length--;
  if (length && record[length - 1] == '\r') length--;
  for (;;) {
    struct input_field *more = stance_arena_grow(arena, list, &capacity, *count + 1, sizeof *more);
    if (!more) return stance_fail_memory(error);
    list = more;
    struct input_field *field = &list[(*count)++];
    if (at < length && record[at] == '"') {
      STANCE_TRY(take_quoted(record, length, &at, *count, arena, field, error));
      if (at < length && record[at] != delimiter)
        return stance_fail(error, STANCE_INPUT, "column %zu: text behind the closing quote", *count);
    } else {
      size_t start = at;
      for (; at < length && record[at] != delimiter; at++)
        if (record[at] == '"')
          return stance_fail(error, STANCE_INPUT, "column %zu: a quote in an unquoted field", *count);
      field->text = stance_arena_copy(arena, record + start, at - start);
      field->length = at - start;
      if (!field->text) return stance_fail_memory(error);
    }
    if (at >= length) break;
    at++; /* the delimiter */
  }
  *fields = list;
  return STANCE_OK;
}
