/* SPDX-License-Identifier: MIT
 * Articles as rows of a table with a header: CSV, and TSV. */
#include <string.h>

#include "csv.h"
#include "form.h"
#include "stance/base/error.h"
#include "stance/base/utf8.h"

struct table { /* of a file; source->about */
  char delimiter;
  int columns[COLUMN_COUNT]; /* field index, -1: none */
  size_t count;              /* fields in the header */
};

static const char *const column_names[COLUMN_COUNT] = {"text", "id", "title", "date", "outlet", "url", "lang"};
static const char *const csv_endings[] = {".csv", NULL}, *const tsv_endings[] = {".tsv", NULL};

static enum stance_status find_columns(const struct input_source *source, struct table *table, const struct input_field *fields,
                                       struct stance_error *error) {
  for (int column = 0; column < COLUMN_COUNT; column++) {
    const char *given = source->options->columns[column], *name = given ? given : column_names[column];
    table->columns[column] = -1;
    for (size_t i = 0; i < table->count; i++)
      if (strcmp(fields[i].text, name) == 0) table->columns[column] = (int)i;
    if (table->columns[column] >= 0 || (!given && column != COLUMN_TEXT)) continue;
    char known[200] = "";
    for (size_t i = 0; i < table->count && strlen(known) + fields[i].length + 3 < sizeof known; i++) {
      strcat(known, i ? ", " : "");
      strcat(known, fields[i].text);
    }
    return stance_fail_at(error, STANCE_INPUT, source->path, 1, 0, "no column '%s' in the header; it has %s", name, known);
  }
  return STANCE_OK;
}

static input_scan *scan_of(char delimiter) { return delimiter == '\t' ? input_scan_tsv : input_scan_csv; }

static enum stance_status begin(struct input_stream *stream, char delimiter, struct stance_error *error) {
  struct input_source *source = stream->source;
  struct input_field *fields;
  struct input_item header = {0};
  bool has;
  struct table *table = stance_arena_zalloc(&source->arena, 1, sizeof *table);
  if (!table) return stance_fail_memory(error);
  table->delimiter = delimiter;
  STANCE_TRY(input_stream_record(stream, scan_of(delimiter), &header, &has, error));
  if (!has) return stance_fail_at(error, STANCE_INPUT, source->path, 1, 0, "is empty; expected a header of column names");
  enum stance_status status = input_csv_fields(header.data, header.length, delimiter, &source->arena, &fields, &table->count, error);
  if (status != STANCE_OK) {
    struct stance_error what = *error;
    return stance_fail_at(error, status, source->path, 1, 0, "%s", what.message);
  }
  source->about = table;
  return find_columns(source, table, fields, error);
}

static enum stance_status csv_begin(struct input_stream *stream, struct stance_error *error) { return begin(stream, ',', error); }
static enum stance_status tsv_begin(struct input_stream *stream, struct stance_error *error) { return begin(stream, '\t', error); }

static enum stance_status next(struct input_stream *stream, struct input_item *item, bool *has, struct stance_error *error) {
  const struct table *table = stream->source->about;
  return input_stream_record(stream, scan_of(table->delimiter), item, has, error);
}

static enum stance_status parse(const struct input_item *item, struct stance_arena *arena, struct input_article *out,
                                struct stance_error *error) {
  const struct table *table = item->source->about;
  struct stance_article *article = &out->article;
  struct input_field *fields;
  size_t count;
  STANCE_TRY(input_csv_fields(item->data, item->length, table->delimiter, arena, &fields, &count, error));
  if (count != table->count) return stance_fail(error, STANCE_INPUT, "%zu fields; the header has %zu", count, table->count);
  const char **targets[COLUMN_COUNT] = {&article->text, &article->id,  &article->title, &article->date,
                                        &article->outlet, &article->url, &article->lang};
  for (int i = 0; i < COLUMN_COUNT; i++) {
    if (table->columns[i] < 0) continue;
    const struct input_field *field = &fields[table->columns[i]];
    if (!field->length && i != COLUMN_TEXT) continue;
    size_t length, bad;
    const char *clean = stance_utf8_repair(arena, field->text, field->length, &length, &bad);
    if (clean) clean = stance_arena_copy(arena, clean, length);
    if (!clean) return stance_fail_memory(error);
    *targets[i] = clean;
    input_note(&out->notes, INPUT_NOTE_REPAIRED, (uint32_t)bad, NULL, arena);
    if (i == COLUMN_TEXT) article->text_length = length;
  }
  if (strspn(article->text, " \t\n") == article->text_length) return stance_fail(error, STANCE_INPUT, "the text is empty");
  return STANCE_OK;
}

const struct input_form input_form_csv = {
    .name = "csv", .title = "CSV", .endings = csv_endings, .begin = csv_begin, .next = next, .parse = parse};
const struct input_form input_form_tsv = {
    .name = "tsv", .title = "TSV", .endings = tsv_endings, .begin = tsv_begin, .next = next, .parse = parse};
