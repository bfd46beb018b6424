/* SPDX-License-Identifier: MIT
 * Articles as rows of a table with a header: CSV, and TSV. Columns are recognised by usual names, in any case. */
#include <stdio.h>
#include <string.h>

#include "archive.h"
#include "csv.h"
#include "form.h"
#include "names.h"
#include "stance/base/error.h"
#include "stance/base/hash.h"

enum { RESTS_MAX = 8, HEADER_MAX = 1000, HEADER_NAME_MAX = 40 /* bytes, of a table that is known by its header */ };

struct table { /* of one file; in source->about */
  struct input_csv_dialect dialect;
  int columns[COLUMN_COUNT]; /* field index, -1: none */
  int kept[INPUT_KEEP_MAX];  /* of options->keep */
  size_t count;              /* fields in the header */
  bool has_row_names;        /* as written by R: each row has one more field, its first */
};

static const char *const csv_endings[] = {".csv", NULL}, *const tsv_endings[] = {".tsv", ".tab", NULL};

/* ---- the header -------------------------------------------------------------------------------------------------- */

static int find_named(const struct input_field *fields, size_t count, const char *name) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(fields[i].text, name) == 0) return (int)i;
  for (size_t i = 0; i < count; i++)
    if (input_name_same(fields[i].text, name)) return (int)i;
  return -1;
}

static void find_usual(const struct input_field *fields, size_t count, int columns[COLUMN_COUNT]) {
  unsigned least[COLUMN_COUNT] = {0};
  for (int column = 0; column < COLUMN_COUNT; column++) columns[column] = -1;
  for (size_t i = 0; i < count; i++) {
    enum input_column column;
    unsigned rank = input_name_rank(fields[i].text, fields[i].length, &column);
    if (rank && (!least[column] || rank < least[column])) columns[column] = (int)i, least[column] = rank;
  }
}

/* GDELT's tables have no header: their first row begins with a number of 14 digits and another, or with the number and the day of an event. */
static bool is_gdelt(const struct input_field *fields, size_t count) {
  size_t digits = count > 10 ? strspn(fields[0].text, "0123456789") : 0;
  bool is_gkg = digits == 14 && fields[0].text[digits] == '-';
  bool is_number = digits && digits == fields[0].length;
  size_t day = is_number ? strspn(fields[1].text, "0123456789") : 0;
  return is_gkg || (is_number && day == fields[1].length && (day == 8 || day == 14));
}

static enum stance_status fail_column(const struct input_source *source, const struct input_field *fields, size_t count,
                                      const char *name, struct stance_error *error) {
  char known[200] = "";
  if (is_gdelt(fields, count))
    return stance_fail_at(error, STANCE_INPUT, source->path, 1, 0,
                          "is a table of GDELT's codes (GKG, events or mentions), without texts; read what its DOC API "
                          "answers, or the articles at its URLs");
  for (size_t i = 0; i < count && strlen(known) + fields[i].length + 3 < sizeof known; i++) {
    strcat(known, i ? ", " : "");
    strcat(known, fields[i].text);
  }
  return stance_fail_at(error, STANCE_INPUT, source->path, 1, 0, "no column '%s' in the header; it has %s", name,
                        known);
}

static enum stance_status find_columns(const struct input_source *source, struct table *table,
                                       const struct input_field *fields, struct stance_error *error) {
  const struct input_options *options = source->options;
  find_usual(fields, table->count, table->columns);
  for (int column = 0; column < COLUMN_COUNT; column++) {
    const char *given = options->columns[column];
    if (given) table->columns[column] = find_named(fields, table->count, given);
    if (given && table->columns[column] < 0) return fail_column(source, fields, table->count, given, error);
  }
  for (size_t i = 0; i < options->keep_count; i++) table->kept[i] = find_named(fields, table->count, options->keep[i]);
  bool has_text =
      table->columns[COLUMN_TEXT] >= 0 || table->columns[COLUMN_TITLE] >= 0; /* some services give only titles */
  return has_text ? STANCE_OK : fail_column(source, fields, table->count, "text", error);
}

/* Sets has_row_names if the row after the header has one more field than the header, and its last is not empty. */
static enum stance_status look_for_row_names(struct input_stream *stream, struct table *table,
                                             struct stance_error *error) {
  const char *data;
  size_t length, count, at = 0;
  unsigned state = input_csv_state(&table->dialect);
  struct stance_arena arena = {0};
  struct input_field *fields;
  struct stance_error ignored;
  enum input_quotes quotes;
  if (!input_bytes_is_whole(stream->bytes)) return STANCE_OK;
  STANCE_TRY(input_bytes_peek(stream->bytes, INPUT_START_BYTES, &data, &length, error));
  if (input_scan_csv(data, length, &at, &state) || length < INPUT_START_BYTES)
    if (input_csv_fields(data, at, &table->dialect, &arena, &fields, &count, &quotes, &ignored) == STANCE_OK)
      table->has_row_names = count == table->count + 1 && fields[count - 1].length;
  stance_arena_free(&arena);
  return STANCE_OK;
}

static enum stance_status peek_start(struct input_stream *stream, const char **start, size_t *length,
                                     struct stance_error *error) {
  size_t wanted = input_bytes_is_whole(stream->bytes) ? INPUT_START_BYTES : INPUT_ARCHIVE_BYTES;
  return input_bytes_peek(stream->bytes, wanted, start, length, error);
}

/* Consumes the line "sep=;", which Excel writes and reads. */
static enum stance_status take_separator(struct input_stream *stream, char *delimiter, struct stance_error *error) {
  const char *start;
  size_t length;
  STANCE_TRY(peek_start(stream, &start, &length, error));
  size_t mark = length >= 3 && memcmp(start, "\xef\xbb\xbf", 3) == 0 ? 3 : 0, at = mark + 5;
  if (length < mark + 6 || strncasecmp(start + mark, "sep=", 4) != 0) return STANCE_OK;
  if (start[at] == '\r' && at + 1 < length && start[at + 1] == '\n') at++;
  if (start[at] != '\n' && start[at] != '\r') return STANCE_OK;
  if (!*delimiter) *delimiter = start[mark + 4];
  input_bytes_skip(stream->bytes, at + 1);
  stream->line++;
  return STANCE_OK;
}

static enum stance_status begin(struct input_stream *stream, char delimiter, struct stance_error *error) {
  struct input_source *source = stream->source;
  struct input_field *fields;
  struct input_item header = {0};
  const char *start;
  size_t length;
  bool has;
  enum input_quotes quotes;
  struct table *table = stance_arena_zalloc(&source->arena, 1, sizeof *table);
  if (!table) return stance_fail_memory(error);
  STANCE_TRY(take_separator(stream, &delimiter, error));
  STANCE_TRY(peek_start(stream, &start, &length, error));
  input_csv_find(start, length, delimiter, &table->dialect);
  input_bytes_scan_start(stream->bytes, input_csv_state(&table->dialect));
  STANCE_TRY(input_stream_record(stream, input_scan_csv, &header, &has, error));
  if (!has || !header.length)
    return stance_fail_at(error, STANCE_INPUT, source->path, 1, 0, "is empty; expected a header of column names");
  enum stance_status status = input_csv_fields(header.data, header.length, &table->dialect, &source->arena, &fields,
                                               &table->count, &quotes, error);
  if (status != STANCE_OK) {
    struct stance_error what = *error;
    return stance_fail_at(error, status, source->path, 1, 0, "%s", what.message);
  }
  source->about = table;
  source->header = stance_hash(header.data, header.length);
  STANCE_TRY(find_columns(source, table, fields, error));
  return look_for_row_names(stream, table, error);
}

static enum stance_status csv_begin(struct input_stream *stream, struct stance_error *error) {
  return begin(stream, stream->source->options->delimiter, error);
}

/* The delimiter is a tab, unless the header has none. */
static enum stance_status tsv_begin(struct input_stream *stream, struct stance_error *error) {
  char given = stream->source->options->delimiter;
  const char *start;
  size_t length;
  STANCE_TRY(peek_start(stream, &start, &length, error));
  size_t header = 0;
  while (header < length && start[header] != '\n' && start[header] != '\r') header++;
  return begin(stream, given || !header || !memchr(start, '\t', header) ? given : '\t', error);
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

/* The lines after a quote that is never closed, which would make one row up to the end of the file. They are read one
 * by one. */
struct rest { /* stream->state, in the source's arena */
  const char *data;
  size_t length, line;
  unsigned times;
};

/* The next row of the rest; *has false: the end. */
static void take_rest(struct rest *rest, const struct table *table, struct input_item *item, bool *has) {
  *has = false;
  while (rest->length && !*has) {
    size_t at = 0;
    unsigned state = input_csv_state(&table->dialect);
    input_scan_csv(rest->data, rest->length, &at, &state);
    *item = (struct input_item){
        .source = item->source, .path = item->path, .line = rest->line, .data = rest->data, .length = at};
    *has = at > strspn(rest->data, " \t\r\n");
    for (size_t i = 0; i < at; i++) rest->line += rest->data[i] == '\n';
    rest->data += at;
    rest->length -= at;
  }
}

static enum stance_status next(struct input_stream *stream, struct input_item *item, bool *has,
                               struct stance_error *error) {
  const struct table *table = stream->source->about;
  struct rest *rest = stream->state;
  if (rest && rest->length) take_rest(rest, table, item, has);
  else STANCE_TRY(input_stream_record(stream, input_scan_csv, item, has, error));
  const char *newline = *has && item->length ? memchr(item->data, '\n', item->length - 1) : NULL;
  bool is_open =
      newline && (!rest || rest->times < RESTS_MAX) && input_csv_is_open(item->data, item->length, &table->dialect);
  if (!is_open) return STANCE_OK;
  if (!rest) rest = stream->state = stance_arena_zalloc(&stream->source->arena, 1, sizeof *rest);
  if (!rest) return stance_fail_memory(error);
  size_t length = (size_t)(newline + 1 - item->data);
  *rest = (struct rest){newline + 1, item->length - length, item->line + 1, rest->times + 1};
  item->length = length;
  return STANCE_OK;
}

/* A field's value; NULL: missing, which is empty, or without quotes NA (R), NULL or \N (databases). */
static const char *value_of(const struct input_field *field) {
  static const char *const missing[] = {"NA", "NULL", "\\N", NULL};
  if (!field->length) return NULL;
  for (size_t i = 0; !field->is_quoted && field->length <= 4 && missing[i]; i++)
    if (strcmp(field->text, missing[i]) == 0) return NULL;
  return field->text;
}

/* Whether each of a row's lines has as many delimiters as the header, as if they were rows, and a quote of the first and
 * one of the last row were a pair. Two columns are too few to tell this from text with commas, unless there are many
 * lines. */
static bool has_lines_like_rows(const struct input_item *item, const struct table *table) {
  const size_t wanted = table->count + table->has_row_names;
  size_t lines = 0;
  if (item->length < 2 || !memchr(item->data, '\n', item->length - 1)) return false;
  for (const char *at = item->data, *end = at + item->length; at < end; lines++) {
    const char *newline = memchr(at, '\n', (size_t)(end - at)), *stop = newline ? newline : end;
    size_t fields = 1;
    while (at < stop && fields <= wanted) fields += *at++ == table->dialect.delimiter;
    if (fields != wanted) return false;
    at = newline ? newline + 1 : end;
  }
  return lines >= (table->count > 2 ? 2u : 4u);
}

static void note_open(const struct input_item *item, struct input_article *out, struct stance_arena *arena) {
  char lines[64];
  size_t last = item->line;
  for (size_t i = 0; i + 1 < item->length; i++) last += item->data[i] == '\n';
  snprintf(lines, sizeof lines, "lines %zu to %zu", item->line, last);
  input_note(&out->notes, INPUT_NOTE_OPEN_QUOTE, 1, lines, arena);
}

static enum stance_status parse(const struct input_item *item, struct stance_arena *arena, struct input_article *out,
                                struct stance_error *error) {
  const struct table *table = item->source->about;
  struct stance_article *article = &out->article;
  struct input_field *fields;
  size_t count;
  enum input_quotes quotes;
  enum stance_status status =
      input_csv_fields(item->data, item->length, &table->dialect, arena, &fields, &count, &quotes, error);
  if (status != STANCE_OK) {
    error->line += item->line; /* it was relative to the row's first line */
    return status;
  }
  if (table->has_row_names && count == table->count + 1) fields++, count--;
  if (count == table->count + 1 && !fields[count - 1].length) count--; /* a delimiter at the row's end */
  if (count != table->count)
    return stance_fail(error, STANCE_INPUT, "%zu fields; the header has %zu", count, table->count);
  const char **targets[COLUMN_COUNT] = {&article->text,   &article->id,  &article->title, &article->date,
                                        &article->outlet, &article->url, &article->lang};
  for (int i = 0; i < COLUMN_COUNT; i++) {
    if (table->columns[i] < 0) continue;
    const struct input_field *field = &fields[table->columns[i]];
    *targets[i] = value_of(field);
    if (i == COLUMN_TEXT && *targets[i]) article->text_length = field->length;
  }
  for (size_t i = 0; i < item->source->options->keep_count; i++)
    if (table->kept[i] >= 0) out->kept[i] = value_of(&fields[table->kept[i]]);
  if (quotes == INPUT_QUOTES_ODD) input_note(&out->notes, INPUT_NOTE_QUOTES, 1, NULL, arena);
  if (quotes == INPUT_QUOTES_OPEN || has_lines_like_rows(item, table)) note_open(item, out, arena);
  out->is_markup = true;
  out->has_lines = article->text && memchr(article->text, '\n', article->text_length);
  return STANCE_OK;
}

/* Whether a line consists of short parts between delimiters, as few titles and sentences do. */
static bool has_short_parts(const char *line, size_t length) {
  size_t delimiters = 0, part = 0;
  for (size_t i = 0; i < length; i++) {
    bool is_delimiter = line[i] == ',' || line[i] == ';' || line[i] == '\t' || line[i] == '|';
    delimiters += is_delimiter;
    part = is_delimiter ? 0 : part + 1;
    if (part > HEADER_NAME_MAX + 2) return false; /* two quotes */
  }
  return delimiters > 0;
}

/* Whether the first line is a header: known names of a text or title and of another column, and no long ones. */
static bool has_header(const struct input_start *start) {
  size_t count, known[COLUMN_COUNT] = {0}, kinds = 0;
  size_t looked = start->length > HEADER_MAX ? HEADER_MAX + 1 : start->length;
  const char *end = memchr(start->data, '\n', looked);
  const char *cr = memchr(start->data, '\r', end ? (size_t)(end - start->data) : looked);
  if (!end && !cr) return false;
  size_t length = (size_t)((cr ? cr : end) - start->data);
  if (!length) return false;
  if (!has_short_parts(start->data, length)) return false;
  struct input_csv_dialect dialect;
  struct stance_arena arena = {0};
  struct input_field *fields;
  struct stance_error ignored;
  enum input_quotes quotes;
  enum input_column column;
  bool is_short = true;
  input_csv_find(start->data, length, 0, &dialect);
  bool is_row =
      memchr(start->data, dialect.delimiter, length) != NULL &&
      input_csv_fields(start->data, length, &dialect, &arena, &fields, &count, &quotes, &ignored) == STANCE_OK;
  for (size_t i = 0; is_row && i < count; i++) {
    is_short = is_short && fields[i].length <= HEADER_NAME_MAX;
    if (input_name_rank(fields[i].text, fields[i].length, &column)) kinds += !known[column]++;
  }
  stance_arena_free(&arena);
  return is_row && is_short && kinds >= 2 && (known[COLUMN_TEXT] || known[COLUMN_TITLE]) && count <= kinds * 4;
}

/* Files without the ending, such as standard input and Excel's "Unicode text", by their header. */
static enum input_claim csv_claim(const struct input_start *start) {
  if (input_has_ending(start->path, csv_endings)) return INPUT_BY_ENDING;
  if (input_has_ending(start->path, tsv_endings)) return INPUT_NOT_MINE;
  bool is_other = start->length && (*start->data == '{' || *start->data == '[' || *start->data == '<');
  return !is_other && has_header(start) ? INPUT_SURE : INPUT_NOT_MINE;
}

const struct input_form input_form_csv = {.name = "csv",
                                          .title = "CSV",
                                          .endings = csv_endings,
                                          .claim = csv_claim,
                                          .begin = csv_begin,
                                          .next = next,
                                          .parse = parse};
const struct input_form input_form_tsv = {
    .name = "tsv", .title = "TSV", .endings = tsv_endings, .begin = tsv_begin, .next = next, .parse = parse};
