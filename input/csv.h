/* SPDX-License-Identifier: MIT
 * CSV as RFC 4180 has it: fields in quotes may hold delimiters, line ends and doubled quotes. Strict: what is not so is an error. */
#ifndef STANCE_INPUT_CSV_H
#define STANCE_INPUT_CSV_H

#include "stance/base/arena.h"
#include "stance/stance.h"

struct input_field {
  const char *text; /* unquoted, NUL-terminated */
  size_t length;
};

/* A input_scan (bytes.h) for records; the delimiter is a comma, or a tab in _tsv. */
bool input_scan_csv(const char *data, size_t length, size_t *at, unsigned *state);
bool input_scan_tsv(const char *data, size_t length, size_t *at, unsigned *state);
/* Takes a record (with or without its line end) apart; fields in the arena. Errors name the column by number, without file and line. */
enum stance_status input_csv_fields(const char *record, size_t length, char delimiter, struct stance_arena *arena,
                                       struct input_field **fields, size_t *count, struct stance_error *error);

#endif
