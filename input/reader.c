/* SPDX-License-Identifier: MIT */
#include "reader.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "bytes.h"
#include "csv.h"
#include "stance/base/error.h"
#include "walk.h"

struct input_reader {
  struct input_reading reading;
  size_t next_path, next_record;
  struct input_walk *walk;
  struct input_bytes *bytes; /* of the file that is open */
  const char *path;             /* its name in messages */
  enum input_form form;
  uint64_t line; /* lines read of it */
  int columns[COLUMN_COUNT];
  size_t column_count;
  uint64_t records_seen; /* in this file */
  uint64_t done_bytes, files, skipped;
  struct stance_arena arena; /* the header's fields */
};

static const char *const column_names[COLUMN_COUNT] = {"text", "id", "title", "date", "outlet", "url", "lang"};

enum stance_status input_reader_open(const struct input_reading *reading, struct input_reader **out,
                                        struct stance_error *error) {
  *out = NULL;
  for (size_t i = 0; i < reading->path_count; i++) {
    struct stat about;
    if (strcmp(reading->paths[i], "-") != 0 && stat(reading->paths[i], &about) != 0)
      return stance_fail_errno(error, reading->paths[i], "cannot open");
  }
  struct input_reader *reader = calloc(1, sizeof *reader);
  if (!reader) return stance_fail_memory(error);
  reader->reading = *reading;
  *out = reader;
  return STANCE_OK;
}

void input_reader_close(struct input_reader *reader) {
  if (!reader) return;
  input_walk_close(reader->walk);
  input_bytes_close(reader->bytes);
  stance_arena_free(&reader->arena);
  free(reader);
}

void input_reader_progress(const struct input_reader *reader, struct input_reader_progress *out) {
  out->bytes = reader->done_bytes + (reader->bytes ? input_bytes_position(reader->bytes) : 0);
  out->files = reader->files;
  out->skipped = reader->skipped + (reader->walk ? input_walk_skipped(reader->walk) : 0);
}

/* ---- what kind of file ----------------------------------------------------------------------------------- */

static bool has_ending(const char *path, const char *ending) {
  size_t length = strlen(path), size = strlen(ending);
  if (length > 3 && strcasecmp(path + length - 3, ".gz") == 0) length -= 3;
  else if (length > 4 && strcasecmp(path + length - 4, ".zst") == 0) length -= 4;
  return length > size && strncasecmp(path + length - size, ending, size) == 0;
}

static bool looks_like_html(const char *data, size_t length) {
  char start[256];
  size_t used = length < sizeof start - 1 ? length : sizeof start - 1;
  memcpy(start, data, used);
  start[used] = '\0';
  return strcasestr(start, "<!doctype html") || strcasestr(start, "<html") || strcasestr(start, "<head") ||
         strcasestr(start, "<body") || strcasestr(start, "<article");
}

static enum input_form form_of(const struct input_reader *reader, const char *path, const char *data,
                                  size_t length) {
  static const struct {
    const char *ending;
    enum input_form form;
  } endings[] = {{".txt", INPUT_TEXT}, {".jsonl", INPUT_JSONL}, {".ndjson", INPUT_JSONL}, {".json", INPUT_JSON},
                 {".csv", INPUT_CSV}, {".tsv", INPUT_TSV}, {".html", INPUT_HTML}, {".htm", INPUT_HTML}};
  if (reader->reading.form != INPUT_AUTO) return reader->reading.form;
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
    if (has_ending(path, endings[i].ending)) return endings[i].form;
  size_t at = 0;
  if (length >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0) at = 3;
  while (at < length && strchr(" \t\r\n", data[at]) && data[at]) at++;
  if (at < length && data[at] == '{') return INPUT_JSONL;
  if (at < length && data[at] == '[' && at + 1 < length && strchr(" \t\r\n{", data[at + 1])) return INPUT_JSON;
  if (at < length && data[at] == '<' && looks_like_html(data + at, length - at)) return INPUT_HTML;
  return reader->reading.columns[COLUMN_TEXT] ? INPUT_CSV : INPUT_TEXT;
}

static input_scan *scan_of(enum input_form form) {
  switch (form) {
    case INPUT_JSONL: return input_scan_line;
    case INPUT_JSON: return input_scan_object;
    case INPUT_CSV: return input_scan_csv;
    case INPUT_TSV: return input_scan_tsv;
    default: return input_scan_all;
  }
}

/* ---- files ------------------------------------------------------------------------------------------------ */

static void close_file(struct input_reader *reader) {
  if (reader->bytes) reader->done_bytes += input_bytes_position(reader->bytes);
  input_bytes_close(reader->bytes);
  reader->bytes = NULL;
}

static enum stance_status read_header(struct input_reader *reader, struct stance_error *error) {
  struct input_record record;
  struct input_field *fields;
  stance_arena_reset(&reader->arena);
  STANCE_TRY(input_bytes_record(reader->bytes, scan_of(reader->form), reader->reading.max_bytes, &record, error));
  if (!record.length)
    return stance_fail_at(error, STANCE_INPUT, reader->path, 1, 0, "is empty; expected a header of column names");
  const char *start = record.data;
  size_t length = record.length;
  if (length >= 3 && memcmp(start, "\xef\xbb\xbf", 3) == 0) start += 3, length -= 3;
  enum stance_status status = input_csv_fields(start, length, reader->form == INPUT_TSV ? '\t' : ',', &reader->arena,
                                                  &fields, &reader->column_count, error);
  if (status != STANCE_OK) {
    struct stance_error what = *error;
    return stance_fail_at(error, status, reader->path, 1, 0, "%s", what.message);
  }
  reader->line = record.lines;
  for (int column = 0; column < COLUMN_COUNT; column++) {
    const char *given = reader->reading.columns[column], *name = given ? given : column_names[column];
    reader->columns[column] = -1;
    for (size_t i = 0; i < reader->column_count; i++)
      if (strcmp(fields[i].text, name) == 0) reader->columns[column] = (int)i;
    if (reader->columns[column] >= 0 || (!given && column != COLUMN_TEXT)) continue;
    char known[200] = "";
    for (size_t i = 0; i < reader->column_count && strlen(known) + fields[i].length + 3 < sizeof known; i++) {
      strcat(known, i ? ", " : "");
      strcat(known, fields[i].text);
    }
    return stance_fail_at(error, STANCE_INPUT, reader->path, 1, 0, "no column '%s' in the header; it has %s", name, known);
  }
  return STANCE_OK;
}

static enum stance_status open_file(struct input_reader *reader, const char *path, struct stance_error *error) {
  const char *data;
  size_t length;
  reader->path = strcmp(path, "-") == 0 ? "<stdin>" : path;
  reader->line = reader->records_seen = 0;
  reader->files++;
  STANCE_TRY(input_bytes_open(path, reader->reading.stop, &reader->bytes, error));
  bool is_told = reader->reading.form != INPUT_AUTO || input_known_ending(path);
  data = "";
  length = 0;
  /* a pipe is looked at by its first byte alone where that tells enough, so that a feed does not wait */
  if (!is_told) STANCE_TRY(input_bytes_peek(reader->bytes, 1, &data, &length, error));
  if (!is_told && length && *data != '{') STANCE_TRY(input_bytes_peek(reader->bytes, 512, &data, &length, error));
  reader->form = form_of(reader, path, data, length);
  if (reader->form == INPUT_CSV || reader->form == INPUT_TSV) return read_header(reader, error);
  return STANCE_OK;
}

/* Opens the next file; *has false: there is none. */
static enum stance_status next_file(struct input_reader *reader, bool *has, struct stance_error *error) {
  const char *path;
  *has = false;
  for (;;) {
    if (!reader->walk) {
      if (reader->next_path == reader->reading.path_count) return STANCE_OK;
      STANCE_TRY(input_walk_open(reader->reading.paths[reader->next_path++], &reader->walk, error));
    }
    STANCE_TRY(input_walk_next(reader->walk, &path, error));
    if (path) break;
    reader->skipped += input_walk_skipped(reader->walk);
    input_walk_close(reader->walk);
    reader->walk = NULL;
  }
  *has = true;
  return open_file(reader, path, error);
}

/* ---- items ------------------------------------------------------------------------------------------------ */

static bool is_blank(const char *data, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (!strchr(" \t\r\n", data[i]) || !data[i]) return false;
  return true;
}

static enum stance_status take_problem(struct input_item *item, enum stance_status status,
                                       struct stance_error *error) {
  if (status == STANCE_SYSTEM) return status;
  item->form = INPUT_PROBLEM;
  item->problem = *error;
  item->path = item->problem.file;
  item->line = item->problem.line;
  return STANCE_OK;
}

/* The next record of the open file as an item; *has false: the file is read. */
static enum stance_status next_record(struct input_reader *reader, struct input_item *item, bool *has,
                                      struct stance_error *error) {
  struct input_record record;
  *has = false;
  for (;;) {
    enum input_form form = reader->form;
    if (form == INPUT_TEXT || form == INPUT_HTML) {
      if (reader->records_seen) return STANCE_OK;
    }
    STANCE_TRY(input_bytes_record(reader->bytes, scan_of(form), reader->reading.max_bytes, &record, error));
    if (reader->reading.stop && *reader->reading.stop && !record.length) return STANCE_OK;
    bool is_file = form == INPUT_TEXT || form == INPUT_HTML;
    if (!is_file && !record.length && !record.is_over) return STANCE_OK;
    size_t first = (size_t)reader->line + 1;
    reader->line += record.lines;
    reader->records_seen++;
    if (form == INPUT_JSON && !record.is_over) { /* what stands between the objects of a list */
      size_t at = 0;
      if (first == 1 && record.length >= 3 && memcmp(record.data, "\xef\xbb\xbf", 3) == 0) at = 3;
      for (; at < record.length && strchr(" \t\r\n,[]", record.data[at]) && record.data[at]; at++)
        first += record.data[at] == '\n';
      record.data += at;
      record.length -= at;
      if (!record.length) return STANCE_OK;
    } else if (!is_file && !record.is_over && is_blank(record.data, record.length)) {
      continue;
    } else if (form == INPUT_JSONL && first == 1 && record.length >= 3 && memcmp(record.data, "\xef\xbb\xbf", 3) == 0) {
      record.data += 3;
      record.length -= 3;
    }
    while (form == INPUT_JSONL && record.length && (record.data[record.length - 1] == '\n' || record.data[record.length - 1] == '\r'))
      record.length--; /* so that an error at the end is on this line */
    *has = true;
    item->form = form;
    item->line = is_file ? 0 : first;
    item->data = record.data;
    item->length = record.length;
    memcpy(item->columns, reader->columns, sizeof item->columns);
    item->column_count = reader->column_count;
    if (record.is_over)
      return stance_fail_at(error, STANCE_INPUT, reader->path, item->line, 0,
                            "the article is larger than %zu bytes (see --max-bytes)", reader->reading.max_bytes);
    return STANCE_OK;
  }
}

enum stance_status input_reader_next(struct input_reader *reader, struct input_item *item, bool *has,
                                        struct stance_error *error) {
  enum stance_status status;
  item->record = NULL;
  *has = true;
  if (reader->reading.records) {
    *has = reader->next_record < reader->reading.record_count;
    if (!*has) return STANCE_OK;
    item->record = &reader->reading.records[reader->next_record++];
    *item = (struct input_item){.form = INPUT_RECORD, .path = reader->reading.records_path,
                                   .line = item->record->line, .data = "", .record = item->record};
    return STANCE_OK;
  }
  for (;;) {
    if (reader->reading.stop && *reader->reading.stop) {
      *has = false;
      return STANCE_OK;
    }
    if (reader->bytes) {
      item->path = reader->path;
      status = next_record(reader, item, has, error);
      if (status != STANCE_OK) {
        if (!*has) close_file(reader); /* reading itself failed: on to the next file */
        *has = true;
        return take_problem(item, status, error);
      }
      item->path = reader->path;
      if (*has) return STANCE_OK;
      close_file(reader);
    }
    status = next_file(reader, has, error);
    if (status != STANCE_OK) {
      close_file(reader);
      *has = true;
      return take_problem(item, status, error);
    }
    if (!*has) return STANCE_OK;
  }
}
