/* SPDX-License-Identifier: MIT
 * Reads rows of CSV and TSV files, for the import formats. */
#ifndef STANCE_ANNOTATE_CSV_ROW_H
#define STANCE_ANNOTATE_CSV_ROW_H

#include "input/csv.h"
#include "stance/base/arena.h"
#include "stance/stance.h"

enum { CSV_COLUMNS_MAX = 256 };

struct csv_table {
  const char *path, *text;
  size_t length, at, line; /* line: the number of the row read last */
  struct input_csv_dialect dialect;
};

/* Reads a file into the arena, from UTF-16 and UTF-32 by their marks, and finds its dialect; delimiter 0: finds it too.
 * STANCE_INPUT: it is not text in UTF-8 either. */
enum stance_status csv_read(const char *path, char delimiter, struct stance_arena *arena, struct csv_table *table,
                            struct stance_error *error);

/* Reads one row into fields (CSV_COLUMNS_MAX of them, strings in the arena); *count 0 at the end of the file.
 * STANCE_INPUT, with the line: too many columns, an unclosed quoted field, a quote that seems to be missing. */
enum stance_status csv_row(struct csv_table *table, struct stance_arena *arena, const char **fields, size_t *count,
                           struct stance_error *error);

#endif
