/* SPDX-License-Identifier: MIT
 * Walks the inputs, opens each file, lets its form cut it. */
#include "reader.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "stance/base/error.h"
#include "stance/base/utf8.h"
#include "walk.h"

enum { FIRST_LOOK = 512 };

struct input_reader {
  struct input_reading reading;
  size_t next_path, next_record;
  struct input_walk *walk;
  const char *root;           /* what is walked */
  struct input_stream stream; /* of the file that is open; bytes NULL: none */
  uint64_t done_bytes, files, skipped;
};

enum stance_status input_reader_open(const struct input_reading *reading, struct input_reader **out, struct stance_error *error) {
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

static void close_file(struct input_reader *reader) {
  struct input_stream *stream = &reader->stream;
  if (stream->source && stream->source->form && stream->source->form->end) stream->source->form->end(stream);
  if (stream->bytes) reader->done_bytes += input_bytes_position(stream->bytes);
  input_bytes_close(stream->bytes);
  input_source_drop(stream->source);
  *stream = (struct input_stream){0};
}

void input_reader_close(struct input_reader *reader) {
  if (!reader) return;
  close_file(reader);
  input_walk_close(reader->walk);
  free(reader);
}

void input_reader_progress(const struct input_reader *reader, struct input_reader_progress *out) {
  out->bytes = reader->done_bytes + (reader->stream.bytes ? input_bytes_position(reader->stream.bytes) : 0);
  out->files = reader->files;
  out->skipped = reader->skipped + (reader->walk ? input_walk_skipped(reader->walk) : 0);
}

/* ---- files ------------------------------------------------------------------------------------------------ */

/* "news/2022/05-03-mali.txt.gz" below "news" -> "2022/05-03-mali"; "-" -> "stdin". */
static const char *id_of(const char *path, const char *root, struct stance_arena *arena) {
  size_t root_length = strlen(root), length = input_plain_length(path), clean_length, repaired;
  const char *name = strrchr(path, '/');
  name = name ? name + 1 : path;
  const char *start = name;
  if (strncmp(path, root, root_length) == 0 && path[root_length]) {
    start = path + root_length;
    while (*start == '/') start++;
  }
  if (strcmp(path, "-") == 0) return "stdin";
  for (const char *dot = path + length - 1; dot > name; dot--)
    if (*dot == '.') {
      length = (size_t)(dot - path);
      break;
    }
  const char *clean = stance_utf8_repair(arena, start, length - (size_t)(start - path), &clean_length, &repaired);
  return clean ? stance_arena_copy(arena, clean, clean_length) : NULL;
}

static struct input_source *source_new(struct input_reader *reader, const char *path) {
  struct input_source *source = calloc(1, sizeof *source);
  if (!source) return NULL;
  const char *name = strcmp(path, "-") == 0 ? "<stdin>" : path;
  atomic_init(&source->holds, 1);
  source->options = &reader->reading.options;
  source->path = stance_arena_copy(&source->arena, name, strlen(name));
  source->id = id_of(path, reader->root, &source->arena);
  if (source->path && source->id) return source;
  input_source_drop(source);
  return NULL;
}

static enum stance_status open_file(struct input_reader *reader, const char *path, struct stance_error *error) {
  struct input_stream *stream = &reader->stream;
  struct input_start start = {.path = path, .data = ""};
  reader->files++;
  *stream = (struct input_stream){.max_bytes = reader->reading.max_bytes};
  if (!(stream->source = source_new(reader, path))) return stance_fail_memory(error);
  STANCE_TRY(input_bytes_open(path, reader->reading.stop, &stream->bytes, error));
  bool is_told = reader->reading.options.form != NULL;
  /* a pipe is looked at by its first byte alone where that tells enough, so that a feed does not wait */
  if (!is_told) STANCE_TRY(input_bytes_peek(stream->bytes, 1, &start.data, &start.length, error));
  if (!is_told && start.length && *start.data != '{') STANCE_TRY(input_bytes_peek(stream->bytes, FIRST_LOOK, &start.data, &start.length, error));
  stream->source->form = input_form_find(&start, &reader->reading.options);
  return stream->source->form->begin ? stream->source->form->begin(stream, error) : STANCE_OK;
}

/* Opens the next file; *has false: there is none. */
static enum stance_status next_file(struct input_reader *reader, bool *has, struct stance_error *error) {
  const char *path;
  *has = false;
  for (;;) {
    if (!reader->walk) {
      if (reader->next_path == reader->reading.path_count) return STANCE_OK;
      reader->root = reader->reading.paths[reader->next_path++];
      STANCE_TRY(input_walk_open(reader->root, &reader->walk, error));
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

static enum stance_status take_problem(struct input_item *item, enum stance_status status, struct stance_error *error) {
  if (status == STANCE_SYSTEM) return status;
  item->kind = INPUT_PROBLEM;
  item->problem = *error;
  item->path = item->problem.file;
  item->line = item->problem.line;
  return STANCE_OK;
}

/* The next item of the open file; *has false: the file is read, or reading it failed. */
static enum stance_status next_item(struct input_reader *reader, struct input_item *item, bool *has, struct stance_error *error) {
  struct input_stream *stream = &reader->stream;
  const struct input_form *form = stream->source->form;
  item->kind = INPUT_ARTICLE;
  item->source = stream->source;
  item->path = stream->source->path;
  return form->next ? form->next(stream, item, has, error) : input_stream_record(stream, form->scan, item, has, error);
}

static void next_of_records(struct input_reader *reader, struct input_item *item, bool *has) {
  *has = reader->next_record < reader->reading.record_count;
  if (!*has) return;
  const struct stance_record *record = &reader->reading.records[reader->next_record++];
  *item = (struct input_item){.kind = INPUT_RECORD, .path = reader->reading.records_path, .line = record->line, .data = "", .record = record};
}

enum stance_status input_reader_next(struct input_reader *reader, struct input_item *item, bool *has, struct stance_error *error) {
  enum stance_status status;
  *item = (struct input_item){.kind = INPUT_ARTICLE};
  *has = true;
  if (reader->reading.records) {
    next_of_records(reader, item, has);
    return STANCE_OK;
  }
  for (;;) {
    if (reader->reading.stop && *reader->reading.stop) {
      *has = false;
      return STANCE_OK;
    }
    if (reader->stream.bytes) {
      status = next_item(reader, item, has, error);
      if (status != STANCE_OK) {
        bool is_over = !*has; /* reading itself failed: on to the next file */
        *has = true;
        status = take_problem(item, status, error);
        if (is_over) {
          item->source = NULL;
          close_file(reader);
        }
        return status;
      }
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
