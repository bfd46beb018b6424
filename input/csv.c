/* SPDX-License-Identifier: MIT
 * A state machine of five modes, used twice: to find a row's end in incoming bytes, and to split the row. */
#include "csv.h"

#include <string.h>

#include "stance/base/error.h"

enum {
  FIELD_START,
  FIELD_PLAIN,
  FIELD_QUOTED,
  FIELD_ESCAPED /* behind a backslash */,
  FIELD_CLOSED /* behind a quote in a quoted field */
};
enum { MODE_MASK = 7, FLAG_CR = 8, FLAG_BACKSLASH = 16, FLAG_BLANKS = 32, DELIMITER_SHIFT = 8 };

unsigned input_csv_state(const struct input_csv_dialect *dialect) {
  return (unsigned)(unsigned char)dialect->delimiter << DELIMITER_SHIFT | (dialect->cr ? FLAG_CR : 0u) |
         (dialect->backslash ? FLAG_BACKSLASH : 0u) | (dialect->blanks ? FLAG_BLANKS : 0u);
}

bool input_scan_csv(const char *data, size_t length, size_t *at, unsigned *state) {
  unsigned mode = *state & MODE_MASK;
  const char delimiter = (char)(*state >> DELIMITER_SHIFT), newline = *state & FLAG_CR ? '\r' : '\n';
  const bool backslash = *state & FLAG_BACKSLASH, blanks = *state & FLAG_BLANKS;
  size_t i = *at;
  for (; i < length; i++) {
    char c = data[i];
    if (mode == FIELD_QUOTED && !backslash) {
      const char *quote = memchr(data + i, '"', length - i);
      i = quote ? (size_t)(quote - data) : length - 1;
      if (quote) mode = FIELD_CLOSED;
    } else if (mode == FIELD_QUOTED) {
      if (c == '\\') mode = FIELD_ESCAPED;
      else if (c == '"') mode = FIELD_CLOSED;
    } else if (mode == FIELD_ESCAPED) {
      mode = FIELD_QUOTED;
    } else if (c == newline) {
      *at = i + 1;
      return true;
    } else if (c == '"' && (mode == FIELD_START || mode == FIELD_CLOSED)) {
      mode = FIELD_QUOTED;
    } else if (c == ' ' && mode == FIELD_START && blanks) {
      continue;
    } else {
      mode = c == delimiter ? FIELD_START : FIELD_PLAIN;
    }
  }
  *at = length;
  *state = (*state & ~(unsigned)MODE_MASK) | mode;
  return false;
}

/* A row being split. Decoded fields are written to `to`, which has room for the row and a NUL, as decoding does not
 * lengthen a field. */
struct row {
  const char *text;
  size_t length, at;
  const struct input_csv_dialect *dialect;
  char *to;
  enum input_quotes quotes;
};

static void set_odd(struct row *row) {
  if (row->quotes < INPUT_QUOTES_ODD) row->quotes = INPUT_QUOTES_ODD;
}

static void take_plain(struct row *row, struct input_field *field) {
  const char *start = row->text + row->at;
  size_t left = row->length - row->at;
  const char *found = left ? memchr(start, row->dialect->delimiter, left) : NULL;
  size_t length = found ? (size_t)(found - start) : left;
  if (length && memchr(start, '"', length)) set_odd(row);
  *field = (struct input_field){.text = row->to, .length = length};
  memcpy(row->to, start, length);
  row->to += length;
  row->at += length;
}

/* Reads a quoted field. False: it is not closed. */
static bool take_quoted(struct row *row, struct input_field *field) {
  const char *text = row->text;
  size_t i = row->at + 1, length = row->length;
  bool is_open = true;
  *field = (struct input_field){.text = row->to, .is_quoted = true};
  for (; i < length && is_open; i++) {
    if (!row->dialect->backslash) { /* copies up to the next quote at once */
      const char *quote = memchr(text + i, '"', length - i);
      size_t run = (quote ? (size_t)(quote - text) : length) - i;
      memcpy(row->to, text + i, run);
      row->to += run;
      i += run;
      if (i == length) break;
    }
    bool is_escape =
        row->dialect->backslash && text[i] == '\\' && i + 1 < length && (text[i + 1] == '"' || text[i + 1] == '\\');
    if (is_escape) set_odd(row);
    if (is_escape) *row->to++ = text[++i];
    else if (text[i] != '"') *row->to++ = text[i];
    else if (i + 1 < length && text[i + 1] == '"') *row->to++ = text[i++];
    else is_open = false;
  }
  if (i < length && text[i] != row->dialect->delimiter) {
    bool is_over_lines = memchr(text + row->at, '\n', i - row->at) != NULL;
    if (is_over_lines) row->quotes = INPUT_QUOTES_OPEN;
    else set_odd(row);
  }
  while (i < length && text[i] != row->dialect->delimiter) *row->to++ = text[i++]; /* "so" he said, */
  field->length = (size_t)(row->to - field->text);
  row->at = i;
  return !is_open;
}

enum stance_status input_csv_fields(const char *text, size_t length, const struct input_csv_dialect *dialect,
                                    struct stance_arena *arena, struct input_field **fields, size_t *count,
                                    enum input_quotes *quotes, struct stance_error *error) {
  size_t capacity = 0;
  struct input_field *list = NULL;
  *count = 0;
  if (length && text[length - 1] == '\n' && !dialect->cr) length--;
  if (length && text[length - 1] == '\r') length--;
  struct row row = {.text = text, .length = length, .dialect = dialect, .to = stance_arena_alloc(arena, length + 1, 1)};
  if (!row.to) return stance_fail_memory(error);
  for (;; row.at++) {
    struct input_field *more = stance_arena_grow(arena, list, &capacity, *count + 1, sizeof *more);
    if (!more) return stance_fail_memory(error);
    list = more;
    struct input_field *field = &list[(*count)++];
    while (dialect->blanks && row.at < length && text[row.at] == ' ') row.at++;
    size_t start = row.at, above = 0;
    if (row.at >= length || text[row.at] != '"') {
      take_plain(&row, field);
    } else if (!take_quoted(&row, field)) {
      for (size_t i = 0; i < start; i++) above += text[i] == '\n';
      return stance_fail_at(error, STANCE_INPUT, NULL, above, 0,
                            "column %zu: a quote that opens here is not closed up to the end of the file", *count);
    }
    *row.to++ = '\0';
    if (row.at >= length) break;
  }
  *fields = list;
  *quotes = row.quotes;
  return STANCE_OK;
}

bool input_csv_is_open(const char *text, size_t length, const struct input_csv_dialect *dialect) {
  unsigned state = input_csv_state(dialect);
  for (size_t at = 0; at < length;)
    if (!input_scan_csv(text, length, &at, &state))
      return (state & MODE_MASK) == FIELD_QUOTED || (state & MODE_MASK) == FIELD_ESCAPED;
    else state = input_csv_state(dialect);
  return false;
}

/* ---- the dialect ------------------------------------------------------------------------------------------------- */

static size_t count_fields(const char *start, size_t length, struct input_csv_dialect dialect) {
  size_t count = 1, end = 0;
  unsigned state = input_csv_state(&dialect);
  input_scan_csv(start, length, &end, &state);
  bool is_quoted = false;
  for (size_t i = 0; i < end; i++) {
    if (start[i] == '"') is_quoted = !is_quoted;
    else if (start[i] == dialect.delimiter && !is_quoted) count++;
  }
  return count;
}

/* Whether quoted fields contain \" where no field ends, although by RFC 4180 the field would end there. */
static bool has_backslash_quotes(const char *start, size_t length, const struct input_csv_dialect *dialect) {
  size_t found = 0;
  bool is_quoted = false;
  for (size_t i = 0; i + 1 < length; i++) {
    char next = start[i + 1];
    if (is_quoted && start[i] == '\\') {
      bool is_quote = next == '"' && i + 2 < length && start[i + 2] != '"' && start[i + 2] != '\n' &&
                      start[i + 2] != '\r' && start[i + 2] != dialect->delimiter;
      found += is_quote;
      i += is_quote || next == '\\';
    } else if (start[i] == '"') {
      if (is_quoted && next == '"') i++;
      else is_quoted = !is_quoted;
    }
  }
  return found > 0;
}

/* Whether a blank stands behind each delimiter of the header. */
static bool has_blanks(const char *start, size_t length, const struct input_csv_dialect *dialect) {
  size_t found = 0;
  for (size_t i = 0; i + 1 < length && start[i] != '\n' && start[i] != '\r'; i++) {
    if (start[i] != dialect->delimiter) continue;
    if (start[i + 1] != ' ') return false;
    found++;
  }
  return found > 0;
}

void input_csv_find(const char *start, size_t length, char delimiter, struct input_csv_dialect *dialect) {
  static const char delimiters[] = {',', ';', '\t', '|'};
  const char *cr = length ? memchr(start, '\r', length) : NULL;
  *dialect =
      (struct input_csv_dialect){.delimiter = delimiter ? delimiter : ',', .cr = cr && !memchr(start, '\n', length)};
  size_t most = 0;
  for (size_t i = 0; !delimiter && i < sizeof delimiters; i++) {
    struct input_csv_dialect tried = *dialect;
    tried.delimiter = delimiters[i];
    size_t fields = count_fields(start, length, tried);
    if (fields > most) most = fields, dialect->delimiter = delimiters[i];
  }
  dialect->blanks = has_blanks(start, length, dialect);
  dialect->backslash = has_backslash_quotes(start, length, dialect);
}
