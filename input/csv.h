/* SPDX-License-Identifier: MIT
 * Reading CSV as found in practice. A field that starts with a quote ends at the next quote that is not doubled, and
 * may contain delimiters and line ends; text between that quote and the next delimiter is kept. Elsewhere a quote is an
 * ordinary character. Blanks are kept, unless each delimiter of the header has one behind it. In the backslash dialect, \" in a quoted field is a quote and \\ a backslash.
 * Thread-safe. */
#ifndef STANCE_INPUT_CSV_H
#define STANCE_INPUT_CSV_H

#include "stance/base/arena.h"
#include "stance/stance.h"

struct input_csv_dialect {
  char delimiter;
  bool cr;        /* rows end in CR, as on old Macintosh systems */
  bool backslash; /* quotes in quoted fields are written \" */
  bool blanks;    /* a blank follows each delimiter and is no part of the field */
};

struct input_field {
  const char *text; /* unquoted, NUL-terminated */
  size_t length;
  bool is_quoted;
};

/* An input_scan (bytes.h) for rows; its initial state has the dialect. */
bool input_scan_csv(const char *data, size_t length, size_t *at, unsigned *state);
/* The initial state of input_scan_csv for a dialect. */
unsigned input_csv_state(const struct input_csv_dialect *dialect);
enum input_quotes {
  INPUT_QUOTES_GOOD,
  INPUT_QUOTES_ODD, /* violate RFC 4180 */
  /* Moreover a field of several lines ends at a quote before other text: its own quote may be missing. */
  INPUT_QUOTES_OPEN,
};
/* Splits a row, with or without its line end, into fields in the arena. *quotes: the worst of its fields. Errors name
 * the column's number but no file; error->line is the number of lines of the row before the field. */
enum stance_status input_csv_fields(const char *text, size_t length, const struct input_csv_dialect *dialect,
                                    struct stance_arena *arena, struct input_field **fields, size_t *count,
                                    enum input_quotes *quotes, struct stance_error *error);
/* Whether a row ends inside a quoted field. */
bool input_csv_is_open(const char *text, size_t length, const struct input_csv_dialect *dialect);
/* Detects the dialect from the first bytes of a file. delimiter 0: detects it too, as the one of , ; tab | with most
 * fields in the header. */
void input_csv_find(const char *start, size_t length, char delimiter, struct input_csv_dialect *dialect);

#endif
