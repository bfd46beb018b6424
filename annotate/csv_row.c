/* SPDX-License-Identifier: MIT
 * Rows by the rules of input/csv.h, which reads articles. */
#include "csv_row.h"

#include "input/csv.h"
#include "stance/base/error.h"

static void skip_blank_lines(struct csv_table *table) {
  for (; table->at < table->length; table->at++) {
    char c = table->text[table->at];
    if (c != '\n' && c != '\r') return;
    table->line += c == '\n';
  }
}

enum stance_status csv_row(struct csv_table *table, struct stance_arena *arena, const char **fields, size_t *count,
                           struct stance_error *error) {
  const struct input_csv_dialect dialect = {.delimiter = table->delimiter};
  struct input_field *list;
  enum input_quotes quotes;
  *count = 0;
  skip_blank_lines(table);
  const char *row = table->text + table->at;
  size_t length = 0, line = table->line + 1, number;
  unsigned state = input_csv_state(&dialect);
  if (table->at >= table->length) return STANCE_OK;
  input_scan_csv(row, table->length - table->at, &length, &state);
  if (input_csv_fields(row, length, &dialect, arena, &list, &number, &quotes, error) != STANCE_OK) {
    struct stance_error what = *error;
    return stance_fail_at(error, what.status, table->path, line + what.line, 0, "%s", what.message);
  }
  if (number > CSV_COLUMNS_MAX)
    return stance_fail_at(error, STANCE_INPUT, table->path, line, 0, "has more than 256 columns");
  if (quotes == INPUT_QUOTES_OPEN)
    return stance_fail_at(error, STANCE_INPUT, table->path, line, 0,
                          "a field over several lines ends at a quote before other text; its own quote may be missing");
  for (size_t i = 0; i < number; i++) fields[i] = list[i].text;
  for (size_t i = 0; i < length; i++) table->line += row[i] == '\n';
  table->line += length && row[length - 1] != '\n'; /* the last line */
  table->at += length;
  *count = number;
  return STANCE_OK;
}
