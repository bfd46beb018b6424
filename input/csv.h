/* SPDX-License-Identifier: MIT
 * CSV as people have it. A field that begins with a quote ends at the next one that is not doubled, and may hold delimiters and line
 * ends; what stands between that quote and the next delimiter is kept. Elsewhere a quote is a character like others. Blanks are kept.
 * In the backslash dialect \" in a quoted field is a quote and \\ a backslash. */
#ifndef STANCE_INPUT_CSV_H
#define STANCE_INPUT_CSV_H

#include "stance/base/arena.h"
#include "stance/stance.h"

struct input_csv_dialect {
  char delimiter;
  bool cr;        /* rows end in CR alone, as on the Macintosh of old */
  bool backslash; /* quotes in quoted fields are written \" */
};

struct input_field {
  const char *text; /* unquoted, NUL-terminated */
  size_t length;
  bool is_quoted;
};

/* A input_scan (bytes.h) for rows; the state that it begins with says the dialect. */
bool input_scan_csv(const char *data, size_t length, size_t *at, unsigned *state);
/* The state in which a scan of records begins, which holds the dialect. */
unsigned input_csv_state(const struct input_csv_dialect *dialect);
enum input_quotes {
  INPUT_QUOTES_GOOD,
  INPUT_QUOTES_ODD,  /* not as RFC 4180 has them */
  INPUT_QUOTES_OPEN, /* and a field over lines ends at a quote with more behind it: its own may be missing */
};
/* Takes a row (with or without its line end) apart; fields in the arena. *quotes: the worst of its fields. Errors name the column by number,
 * and in error->line the lines of the row above its field, without file. */
enum stance_status input_csv_fields(const char *text, size_t length, const struct input_csv_dialect *dialect,
                                    struct stance_arena *arena, struct input_field **fields, size_t *count,
                                    enum input_quotes *quotes, struct stance_error *error);
/* Whether a row ends within a quoted field. */
bool input_csv_is_open(const char *text, size_t length, const struct input_csv_dialect *dialect);
/* Finds the dialect in the first bytes of a file. `delimiter` 0: found too, by the header, as the one of , ; tab | that gives most fields. */
void input_csv_find(const char *start, size_t length, char delimiter, struct input_csv_dialect *dialect);

#endif
