/* SPDX-License-Identifier: MIT
 * Reads rows of CSV and TSV files, for the import formats. */
#ifndef STANCE_ANNOTATE_CSV_ROW_H
#define STANCE_ANNOTATE_CSV_ROW_H

#include "stance/base/arena.h"
#include "stance/stance.h"

enum { CSV_COLUMNS_MAX = 256 };

struct csv_table {
  const char *path, *text;
  size_t length, at, line; /* line: the number of the row read last */
  char delimiter;
};

/* Reads one row into fields (CSV_COLUMNS_MAX of them, strings in the arena); *count 0 at the end of the file.
 * STANCE_INPUT, with the line: too many columns, an unclosed quoted field, a quote that seems to be missing. */
enum stance_status csv_row(struct csv_table *table, struct stance_arena *arena, const char **fields, size_t *count,
                           struct stance_error *error);

#endif
