/* SPDX-License-Identifier: MIT
 * Rows by the rules of input/csv.h, which reads articles. */
#include "csv_row.h"

#include <string.h>

#include "input/recode.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/utf8.h"

/* To UTF-8 where a byte order mark tells another encoding. */
static enum stance_status recode(struct csv_table *table, struct stance_arena *arena, struct stance_error *error) {
  size_t mark = 0, used, made;
  const char *encoding = input_recode_mark(table->text, table->length, &mark);
  if (!encoding) return STANCE_OK;
  size_t capacity = table->length * 2 + 16; /* two bytes of UTF-16 become three at most */
  char *text = stance_arena_alloc(arena, capacity, 1);
  struct input_recode *recoder = text ? input_recode_new(encoding) : NULL;
  if (!recoder) return stance_fail_memory(error);
  input_recode_run(recoder, table->text + mark, table->length - mark, true, text, capacity, &used, &made);
  bool is_bad = input_recode_repaired(recoder) || used != table->length - mark;
  input_recode_free(recoder);
  if (is_bad)
    return stance_fail_at(error, STANCE_INPUT, table->path, 0, 0, "is not %s text, as its mark says", encoding);
  table->text = text;
  table->length = made;
  return STANCE_OK;
}

enum stance_status csv_read(const char *path, char delimiter, struct stance_arena *arena, struct csv_table *table,
                            struct stance_error *error) {
  char *bytes;
  *table = (struct csv_table){.path = path};
  STANCE_TRY(stance_file_read(path, 0, arena, &bytes, &table->length, error));
  table->text = bytes;
  STANCE_TRY(recode(table, arena, error));
  if (!stance_utf8_valid(table->text, table->length))
    return stance_fail_at(error, STANCE_INPUT, path, 0, 0, "is not UTF-8 text");
  if (table->length >= 3 && memcmp(table->text, "\xef\xbb\xbf", 3) == 0) table->at = 3;
  input_csv_find(table->text + table->at, table->length - table->at, delimiter, &table->dialect);
  return STANCE_OK;
}

static void skip_blank_lines(struct csv_table *table) {
  for (; table->at < table->length; table->at++) {
    char c = table->text[table->at];
    if (c != '\n' && c != '\r') return;
    table->line += c == '\n';
  }
}

enum stance_status csv_row(struct csv_table *table, struct stance_arena *arena, const char **fields, size_t *count,
                           struct stance_error *error) {
  struct input_field *list;
  enum input_quotes quotes;
  *count = 0;
  skip_blank_lines(table);
  const char *row = table->text + table->at;
  size_t length = 0, line = table->line + 1, number;
  unsigned state = input_csv_state(&table->dialect);
  if (table->at >= table->length) return STANCE_OK;
  input_scan_csv(row, table->length - table->at, &length, &state);
  if (input_csv_fields(row, length, &table->dialect, arena, &list, &number, &quotes, error) != STANCE_OK) {
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
