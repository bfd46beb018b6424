/* SPDX-License-Identifier: MIT
 * Reads CSV rows: quoted fields, with line breaks within them. */
#include "csv_row.h"

#include "stance/base/error.h"

static bool is_end(const struct csv_table *table, char c) { return c == table->delimiter || c == '\r' || c == '\n'; }

enum stance_status csv_row(struct csv_table *table, struct stance_arena *arena, const char **fields, size_t *count,
                           struct stance_error *error) {
  static const char too_many[] = "has more than 256 columns";
  *count = 0;
  while (table->at < table->length && (table->text[table->at] == '\n' || table->text[table->at] == '\r')) {
    if (table->text[table->at] == '\n') table->line++;
    table->at++;
  }
  if (table->at >= table->length) return STANCE_OK;
  size_t line = ++table->line;
  for (;;) {
    if (*count == CSV_COLUMNS_MAX) return stance_fail_at(error, STANCE_INPUT, table->path, line, 0, too_many);
    bool is_quoted = table->at < table->length && table->text[table->at] == '"';
    size_t start = table->at + is_quoted, used = 0, end = start;
    char *field;
    if (is_quoted) {
      while (end < table->length &&
             (table->text[end] != '"' || (end + 1 < table->length && table->text[end + 1] == '"'))) {
        if (table->text[end] == '\n') table->line++;
        end += table->text[end] == '"' ? 2 : 1;
      }
      if (end >= table->length)
        return stance_fail_at(error, STANCE_INPUT, table->path, line, 0, "a quoted field does not end");
    } else {
      while (end < table->length && !is_end(table, table->text[end])) end++;
    }
    field = stance_arena_alloc(arena, end - start + 1, 1);
    if (!field) return stance_fail_memory(error);
    for (size_t i = start; i < end; i++) {
      field[used++] = table->text[i];
      if (is_quoted && table->text[i] == '"') i++;
    }
    field[used] = '\0';
    fields[(*count)++] = field;
    table->at = end + is_quoted;
    if (table->at < table->length && table->text[table->at] == table->delimiter) {
      table->at++;
      continue;
    }
    if (table->at < table->length && table->text[table->at] == '\r') table->at++;
    if (table->at >= table->length) return STANCE_OK;
    if (table->text[table->at] != '\n')
      return stance_fail_at(error, STANCE_INPUT, table->path, line, 0, "text behind a quoted field");
    table->at++;
    return STANCE_OK;
  }
}
