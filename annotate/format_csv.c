/* SPDX-License-Identifier: MIT
 * CSV (RFC 4180) with a header. Exported columns are the label record's keys; mentions and flags are JSON. An imported
 * file needs `text` and `label`; other columns are optional, and unknown ones are counted as losses. */
#include <stdlib.h>
#include <string.h>

#include "csv_row.h"
#include "format.h"
#include "stance/base/buffer.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/json.h"
#include "stance/base/utf8.h"

static const char *const columns[] = {"unit",       "article",   "sentence", "text",     "source", "target", "head",
                                      "label",      "annotator", "at",       "seconds",  "note",   "flags",  "mentions",
                                      "suggestion", "date",      "outlet",   "codebook", "via",    "act"};
enum { COLUMN_COUNT = sizeof columns / sizeof *columns };

/* ---- reading ---------------------------------------------------------------------------------------------- */

static bool is_json_column(const char *name) {
  return strcmp(name, "mentions") == 0 || strcmp(name, "flags") == 0 || strcmp(name, "suggestion") == 0;
}

static enum stance_status add_field(cJSON *record, const char *name, const char *field, const struct csv_table *table,
                                    struct stance_error *error) {
  if (!*field) return STANCE_OK;
  if (is_json_column(name)) {
    cJSON *value;
    STANCE_TRY(stance_json_parse(field, strlen(field), table->path, table->line, &value, error));
    cJSON_AddItemToObject(record, name, value);
    return STANCE_OK;
  }
  if (strcmp(name, "sentence") != 0 && strcmp(name, "seconds") != 0) {
    cJSON_AddStringToObject(record, name, field);
    return STANCE_OK;
  }
  char *end;
  double number = strtod(field, &end);
  if (*end)
    return stance_fail_at(error, STANCE_INPUT, table->path, table->line, 0, "'%s' is '%.60s'; expected a number", name,
                          field);
  cJSON_AddNumberToObject(record, name, number);
  return STANCE_OK;
}

static enum stance_status read_rows(struct csv_table *table, struct stance_arena *arena,
                                    const struct annotate_defaults *defaults, struct annotate_records *records,
                                    struct annotate_losses *losses, struct stance_error *error) {
  const char *fields[CSV_COLUMNS_MAX];
  size_t header_count, count;
  int meaning[CSV_COLUMNS_MAX], text = -1;
  STANCE_TRY(csv_row(table, arena, fields, &header_count, error));
  for (size_t i = 0; i < header_count; i++) {
    meaning[i] = -1;
    for (int c = 0; c < COLUMN_COUNT; c++)
      if (strcasecmp(fields[i], columns[c]) == 0) meaning[i] = c;
    if (meaning[i] < 0) annotate_lose(losses, "columns of other names");
    else if (strcmp(columns[meaning[i]], "text") == 0) text = (int)i;
  }
  if (text < 0) return stance_fail_at(error, STANCE_INPUT, table->path, 1, 0, "has no column 'text' in its header");
  for (;;) {
    STANCE_TRY(csv_row(table, arena, fields, &count, error));
    if (!count) return STANCE_OK;
    if (count != header_count)
      return stance_fail_at(error, STANCE_INPUT, table->path, table->line, 0, "has %zu fields; expected %zu", count,
                            header_count);
    cJSON *record = cJSON_CreateObject();
    for (size_t i = 0; i < count; i++) {
      enum stance_status status =
          meaning[i] < 0 ? STANCE_OK : add_field(record, columns[meaning[i]], fields[i], table, error);
      if (status == STANCE_OK) continue;
      cJSON_Delete(record);
      return status;
    }
    char article[64];
    snprintf(article, sizeof article, "csv-%zu", table->line);
    if (!cJSON_GetObjectItemCaseSensitive(record, "article")) cJSON_AddStringToObject(record, "article", article);
    STANCE_TRY(annotate_records_take(records, record, table->path, table->line, defaults, error));
  }
}

static enum stance_status read_csv(const char *path, const struct annotate_defaults *defaults,
                                   struct annotate_records *records, struct annotate_losses *losses,
                                   struct stance_error *error) {
  struct stance_arena arena = {0};
  struct csv_table table;
  enum stance_status status = csv_read(path, 0, &arena, &table, error);
  if (status == STANCE_OK) status = read_rows(&table, &arena, defaults, records, losses, error);
  stance_arena_free(&arena);
  return status;
}

/* ---- writing ---------------------------------------------------------------------------------------------- */

static enum stance_status write_csv(const char *path, const struct stance_record *records, size_t count,
                                    struct annotate_losses *losses, struct stance_error *error) {
  struct stance_buffer out = {0};
  (void)losses;
  for (size_t c = 0; c < COLUMN_COUNT; c++) stance_buffer_printf(&out, "%s%s", c ? "," : "", columns[c]);
  stance_buffer_puts(&out, "\r\n");
  for (size_t i = 0; i < count && !out.failed; i++) {
    cJSON *record = annotate_record_json(&records[i]);
    if (!record) out.failed = true;
    for (size_t c = 0; c < COLUMN_COUNT; c++) {
      const cJSON *item = cJSON_GetObjectItemCaseSensitive(record, columns[c]);
      char *text = item && !cJSON_IsNull(item) && !cJSON_IsString(item) ? cJSON_PrintUnformatted(item) : NULL;
      const char *field = cJSON_IsString(item) ? item->valuestring : text ? text : "";
      if (c) stance_buffer_putc(&out, ',');
      stance_buffer_csv(&out, field, strlen(field));
      cJSON_free(text);
    }
    stance_buffer_puts(&out, "\r\n");
    cJSON_Delete(record);
  }
  enum stance_status status = stance_file_write_buffer(path, &out, error);
  stance_buffer_free(&out);
  return status;
}

const struct annotate_format annotate_format_csv = {.read = read_csv, .write = write_csv};
