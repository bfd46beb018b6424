/* SPDX-License-Identifier: MIT
 * Walks the inputs, opens each file, and lets its form cut it into items. */
#include "reader.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "archive.h"
#include "docx.h"
#include "refuse.h"
#include "stance/base/error.h"
#include "stance/base/utf8.h"
#include "walk.h"
#include "xml.h"

enum {
  ARCHIVES_MAX = 3 /* nesting of archives */,
  DOCX_START_BYTES = 65536 /* bytes enough to find documents after the cover */
};

struct input_reader {
  struct input_reading reading;
  size_t next_path, next_record;
  struct input_walk *walk;
  const char *root;           /* the input being walked */
  struct input_stream stream; /* the open file; bytes NULL: none */
  struct {
    struct input_archive *archive;
    char *path;
  } archives[ARCHIVES_MAX]; /* each is a member of the one before */
  size_t archive_count;
  struct input_docx *docx;   /* the document whose text is being read; NULL: none */
  uint64_t recoded;          /* invalid bytes of this file reported so far */
  size_t last_line, on_line; /* of the file's last item */
  uint64_t done_bytes, files;
  struct input_passed passed;
  bool given;                       /* the open file gave an item or a problem */
  struct input_revisions revisions; /* of agencies' items */
  bool is_ahead, has_looked;        /* this reader looks ahead for another; it has looked ahead */
};

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

static void close_file(struct input_reader *reader) {
  struct input_stream *stream = &reader->stream;
  if (stream->source && stream->source->form && stream->source->form->end) stream->source->form->end(stream);
  if (stream->bytes) reader->done_bytes += input_bytes_position(stream->bytes);
  input_bytes_close(stream->bytes);
  input_docx_close(reader->docx);
  reader->docx = NULL;
  input_source_drop(stream->source);
  *stream = (struct input_stream){0};
  reader->given = false;
  reader->recoded = 0;
  reader->last_line = reader->on_line = 0;
}

static void close_archive(struct input_reader *reader) {
  size_t last = --reader->archive_count;
  reader->done_bytes += input_archive_position(reader->archives[last].archive);
  input_archive_close(reader->archives[last].archive);
  free(reader->archives[last].path);
}

void input_reader_close(struct input_reader *reader) {
  if (!reader) return;
  close_file(reader);
  while (reader->archive_count) close_archive(reader);
  input_walk_close(reader->walk);
  input_revisions_free(&reader->revisions);
  free(reader);
}

void input_reader_progress(const struct input_reader *reader, struct input_reader_progress *out) {
  out->in_file = (reader->stream.bytes ? input_bytes_position(reader->stream.bytes) : 0) +
                 (reader->archive_count ? input_archive_position(reader->archives[0].archive) : 0);
  out->bytes = reader->done_bytes + out->in_file;
  out->files = reader->files;
  out->passed = reader->passed;
  out->passed.unseen = reader->revisions.unseen;
  out->passed.files += (reader->walk ? input_walk_skipped(reader->walk) : 0);
  out->passed.specials += (reader->walk ? input_walk_others(reader->walk) : 0);
}

/* ---- files ------------------------------------------------------------------------------------------------ */

/* "news/2022/05-03-mali.txt.gz" below "news" -> "2022/05-03-mali"; "-" -> "stdin". Not terminated: [length] of the path,
 * or in the arena if it is not UTF-8. NULL: out of memory. */
static const char *id_of(const char *path, const char *root, struct stance_arena *arena, size_t *length) {
  size_t root_length = strlen(root), end = input_plain_length(path), repaired;
  const char *name = strrchr(path, '/');
  name = name ? name + 1 : path;
  const char *start = name;
  *length = strlen("stdin");
  if (strcmp(path, "-") == 0) return "stdin";
  if (strncmp(path, root, root_length) == 0 && path[root_length]) {
    start = path + root_length;
    while (*start == '/') start++;
  }
  for (const char *dot = path + end - 1; dot > name; dot--)
    if (*dot == '.') {
      end = (size_t)(dot - path);
      break;
    }
  return stance_utf8_repair(arena, start, end - (size_t)(start - path), length, &repaired);
}

/* The strings lie behind the source: an arena's first block would take a page for each of many small files. */
static struct input_source *source_new(struct input_reader *reader, const char *path) {
  struct stance_arena scratch = {0};
  const char *name = strcmp(path, "-") == 0 ? "<stdin>" : path;
  size_t name_size = strlen(name) + 1, id_length;
  const char *id = id_of(path, reader->root, &scratch, &id_length);
  struct input_source *source = id ? calloc(1, sizeof *source + name_size + id_length + 1) : NULL;
  if (source) {
    char *strings = (char *)(source + 1);
    atomic_init(&source->holds, 1);
    source->options = &reader->reading.options;
    source->path = memcpy(strings, name, name_size);
    source->id = memcpy(strings + name_size, id, id_length);
  }
  stance_arena_free(&scratch);
  return source;
}

/* Opens the current bytes as an archive, whose members come next. */
static enum stance_status enter_archive(struct input_reader *reader, struct stance_error *error) {
  struct input_stream *stream = &reader->stream;
  struct input_bytes *bytes = stream->bytes;
  size_t depth = reader->archive_count;
  if (depth == ARCHIVES_MAX)
    return stance_fail_at(error, STANCE_INPUT, stream->source->path, 0, 0,
                          "archives lie in each other deeper than %d; unpack them", ARCHIVES_MAX);
  char *path = strdup(stream->source->path);
  if (!path) return stance_fail_memory(error);
  stream->bytes = NULL; /* owned by the archive now */
  enum stance_status status =
      input_archive_open(bytes, path, reader->reading.stop, &reader->archives[depth].archive, error);
  if (status != STANCE_OK) {
    free(path);
    return status;
  }
  reader->archives[depth].path = path;
  reader->archive_count++;
  close_file(reader);
  return STANCE_OK;
}

/* Whether the input can be read twice: a file or folder, not a pipe. */
static bool is_on_disk(const char *path) {
  struct stat about;
  return strcmp(path, "-") != 0 && stat(path, &about) == 0 && (S_ISREG(about.st_mode) || S_ISDIR(about.st_mode));
}

static enum stance_status read_revisions(struct input_reader *ahead, struct input_revisions *out,
                                         struct stance_error *error) {
  struct input_item item;
  for (bool has = true; has;) {
    struct input_revision_of of = {0};
    STANCE_TRY(input_reader_next(ahead, &item, &has, error));
    if (!has || item.kind != INPUT_ARTICLE || !item.source->form->revision(item.data, item.length, &of)) continue;
    if (!input_revisions_add(out, &of)) return stance_fail_memory(error);
  }
  return STANCE_OK;
}

/* Collects the revisions of all files of the run, before the first item that has revisions is given. Uses a second
 * reader, which skips files of other forms. */
static enum stance_status look_ahead(struct input_reader *reader, struct stance_error *error) {
  struct input_reading reading = reader->reading;
  struct input_reader *ahead = NULL;
  const char **paths = calloc(reading.path_count + 1, sizeof *paths);
  if (!paths) return stance_fail_memory(error);
  reader->has_looked = true;
  reading.paths = paths;
  reading.path_count = 0;
  for (size_t i = 0; i < reader->reading.path_count; i++)
    if (is_on_disk(reader->reading.paths[i])) paths[reading.path_count++] = reader->reading.paths[i];
  enum stance_status status = input_reader_open(&reading, &ahead, error);
  if (status == STANCE_OK) {
    ahead->is_ahead = true;
    status = read_revisions(ahead, &reader->revisions, error);
  }
  input_reader_close(ahead);
  free(paths);
  return status;
}

/* Opens the current bytes as a Word document and reads its text instead, if it is an export of Nexis Uni. */
static enum stance_status enter_docx(struct input_reader *reader, struct input_start *start,
                                     struct stance_error *error) {
  struct input_stream *stream = &reader->stream;
  struct input_bytes *bytes = stream->bytes;
  stream->bytes = NULL; /* owned by the document now */
  STANCE_TRY(input_docx_open(bytes, stream->source->path, reader->reading.stop, &reader->docx, &stream->bytes, error));
  STANCE_TRY(input_bytes_peek(stream->bytes, DOCX_START_BYTES, &start->data, &start->length, error));
  bool is_known = input_form_nexis_uni.claim(start) == INPUT_SURE || reader->reading.options.form;
  if (is_known) return STANCE_OK;
  return stance_fail_at(error, STANCE_INPUT, stream->source->path, 0, 0,
                        "is a Word document (.docx), and no export of Nexis Uni; save it as plain text, or convert it: "
                        "libreoffice --convert-to txt FILE");
}

/* Recognises the open bytes and starts their form. An archive's members are opened by the next call. */
static enum stance_status begin_file(struct input_reader *reader, const char *path, struct stance_error *error) {
  struct input_stream *stream = &reader->stream;
  struct input_start start = {.path = path, .data = ""};
  const struct input_options *options = &reader->reading.options;
  input_bytes_encoding(stream->bytes, options->encoding);
  /* of a pipe only two bytes are awaited if they tell enough, so that a live feed is not delayed */
  STANCE_TRY(input_bytes_peek(stream->bytes, 2, &start.data, &start.length, error));
  bool may_wait = !start.length || *start.data != '{' || (start.length > 1 && start.data[1] == '\\') ||
                  input_bytes_is_whole(stream->bytes);
  if (may_wait)
    STANCE_TRY(input_bytes_peek(stream->bytes,
                                input_bytes_is_whole(stream->bytes) ? INPUT_START_BYTES : INPUT_ARCHIVE_BYTES,
                                &start.data, &start.length, error));
  if (input_docx_may_be(start.data, start.length)) STANCE_TRY(enter_docx(reader, &start, error));
  const char *refusal = input_refusal(start.data, start.length);
  if (refusal) return stance_fail_at(error, STANCE_INPUT, stream->source->path, 0, 0, "%s", refusal);
  if (input_archive_is(start.data, start.length)) return enter_archive(reader, error);
  if (xml_is_prolog(start.data, start.length)) /* the root element tells the form */
    STANCE_TRY(input_bytes_peek(stream->bytes, XML_PROLOG_MAX, &start.data, &start.length, error));
  if (start.length >= 3 && memcmp(start.data, "\xef\xbb\xbf", 3) == 0) start.data += 3, start.length -= 3;
  stream->source->form = input_form_find(&start, options);
  if (reader->is_ahead && !stream->source->form->revision) {
    close_file(reader);
    return STANCE_OK;
  }
  return stream->source->form->begin ? stream->source->form->begin(stream, error) : STANCE_OK;
}

static enum stance_status open_file(struct input_reader *reader, const char *path, struct stance_error *error) {
  struct input_stream *stream = &reader->stream;
  reader->files++;
  *stream = (struct input_stream){.passed = &reader->passed, .max_bytes = reader->reading.max_bytes};
  if (!(stream->source = source_new(reader, path))) return stance_fail_memory(error);
  STANCE_TRY(input_bytes_open(path, reader->reading.stop, &stream->bytes, error));
  if (strcmp(path, "-") != 0) input_bytes_age(stream->bytes, &stream->source->size, &stream->source->time);
  return begin_file(reader, path, error);
}

/* Opens the next member of the innermost archive; *has false: no archive has any left. */
static enum stance_status next_member(struct input_reader *reader, bool *has, struct stance_error *error) {
  *has = false;
  while (reader->archive_count) {
    const char *name;
    struct input_stream *stream = &reader->stream;
    *stream = (struct input_stream){.passed = &reader->passed, .max_bytes = reader->reading.max_bytes};
    enum stance_status status =
        input_archive_next(reader->archives[reader->archive_count - 1].archive, input_known_ending, &name,
                           &stream->bytes, &reader->passed.files, &reader->passed.specials, error);
    if (status == STANCE_OK && name) {
      *has = true;
      reader->files++;
      if (!(stream->source = source_new(reader, name))) return stance_fail_memory(error);
      return begin_file(reader, name, error);
    }
    close_archive(reader);
    if (status != STANCE_OK) return status;
  }
  return STANCE_OK;
}

/* Opens the next file; *has false: the end. */
static enum stance_status next_file(struct input_reader *reader, bool *has, struct stance_error *error) {
  const char *path;
  STANCE_TRY(next_member(reader, has, error));
  if (*has) return STANCE_OK;
  for (;;) {
    if (!reader->walk) {
      if (reader->next_path == reader->reading.path_count) return STANCE_OK;
      reader->root = reader->reading.paths[reader->next_path++];
      STANCE_TRY(input_walk_open(reader->root, &reader->walk, error));
    }
    STANCE_TRY(input_walk_next(reader->walk, &path, error));
    if (path) break;
    reader->passed.files += input_walk_skipped(reader->walk);
    reader->passed.specials += input_walk_others(reader->walk);
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

/* Decides by the file's first item whether its items have revisions; a look ahead skips other files. */
static void find_revision(struct input_reader *reader, const struct input_item *item, bool *has) {
  const struct input_form *form = reader->stream.source->form;
  bool has_them = form->revision && (!form->has_revisions || form->has_revisions(item->data, item->length));
  reader->stream.is_judged = true;
  reader->stream.revision = has_them ? form->revision : NULL;
  if (reader->is_ahead && !has_them) *has = false;
}

static enum stance_status find_fate(struct input_reader *reader, struct input_item *item, struct stance_error *error) {
  struct input_revision_of of = {0};
  if (reader->is_ahead) return STANCE_OK;
  if (!reader->has_looked) STANCE_TRY(look_ahead(reader, error));
  if (!reader->stream.revision(item->data, item->length, &of)) return STANCE_OK;
  item->fate = input_revision_fate(&reader->revisions, &of);
  if (is_on_disk(reader->root)) return STANCE_OK;
  item->is_late = input_revision_is_late(&reader->revisions, &of);
  return input_revisions_add(&reader->revisions, &of) ? STANCE_OK : stance_fail_memory(error);
}

/* The next item of the open file; *has false: the end of the file, or reading it failed. */
static enum stance_status next_item(struct input_reader *reader, struct input_item *item, bool *has,
                                    struct stance_error *error) {
  struct input_stream *stream = &reader->stream;
  const struct input_form *form = stream->source->form;
  item->kind = INPUT_ARTICLE;
  item->source = stream->source;
  item->path = stream->source->path;
  enum stance_status status =
      form->next ? form->next(stream, item, has, error) : input_stream_record(stream, form->scan, item, has, error);
  uint64_t recoded = input_bytes_repaired(stream->bytes);
  item->repaired = (uint32_t)(recoded - reader->recoded);
  reader->recoded = recoded;
  reader->given |= *has || status != STANCE_OK;
  reader->on_line = item->line && item->line == reader->last_line ? reader->on_line + 1 : 0;
  reader->last_line = item->line;
  item->on_line = reader->on_line;
  if (status == STANCE_OK && *has && !stream->is_judged) find_revision(reader, item, has);
  if (status == STANCE_OK && *has && stream->revision) status = find_fate(reader, item, error);
  return status;
}

static void next_of_records(struct input_reader *reader, struct input_item *item, bool *has) {
  *has = reader->next_record < reader->reading.record_count;
  if (!*has) return;
  const struct stance_record *record = &reader->reading.records[reader->next_record++];
  *item = (struct input_item){
      .kind = INPUT_RECORD, .path = reader->reading.records_path, .line = record->line, .data = "", .record = record};
}

static bool is_stopped(const struct input_reader *reader) { return reader->reading.stop && *reader->reading.stop; }

static void note_empty(struct input_reader *reader) {
  struct input_passed *passed = &reader->passed;
  if (passed->empty++) return;
  const char *path = reader->stream.source->path;
  size_t length = strlen(path), cut = length < sizeof passed->an_empty ? 0 : length - sizeof passed->an_empty + 1;
  while (cut && ((unsigned char)path[cut] & 0xc0) == 0x80) cut++;
  memcpy(passed->an_empty, path + cut, length - cut + 1);
}

static enum stance_status next_of_files(struct input_reader *reader, struct input_item *item, bool *has,
                                        struct stance_error *error) {
  enum stance_status status;
  for (;;) {
    *has = !is_stopped(reader);
    if (!*has) return STANCE_OK;
    if (reader->stream.bytes) {
      status = next_item(reader, item, has, error);
      if (status != STANCE_OK) {
        bool is_over = !*has; /* reading failed: continue with the next file */
        *has = true;
        status = take_problem(item, status, error);
        if (is_over) {
          item->source = NULL;
          close_file(reader);
        }
        return status;
      }
      if (*has) return STANCE_OK;
      if (!reader->given && !is_stopped(reader)) note_empty(reader);
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

enum stance_status input_reader_next(struct input_reader *reader, struct input_item *item, bool *has,
                                     struct stance_error *error) {
  *item = (struct input_item){.kind = INPUT_ARTICLE};
  if (reader->reading.records) {
    next_of_records(reader, item, has);
    return STANCE_OK;
  }
  STANCE_TRY(next_of_files(reader, item, has, error));
  if (is_stopped(reader)) *has = false; /* after a stop, a file may look cut, and revisions are incomplete */
  return STANCE_OK;
}
