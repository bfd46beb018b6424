/* SPDX-License-Identifier: MIT
 * Finds the values of a few keys in a line of JSON, and reads the lines of a large file. */
#include "scan.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stance/base/error.h"

enum { CHUNK = 1 << 20 };
static const size_t LINE_MAX_BYTES = (size_t)64 << 20;

static size_t skip_space(const char *text, size_t length, size_t at) {
  while (at < length && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n')) at++;
  return at;
}

/* The index after the string that begins at text[at]; 0: it is not closed. A quote closes it unless an odd number of
 * backslashes precedes it. Quotes are rare, so memchr finds them. */
static size_t skip_string(const char *text, size_t length, size_t at) {
  for (size_t from = at + 1; from < length;) {
    const char *quote = memchr(text + from, '"', length - from);
    if (!quote) return 0;
    size_t end = (size_t)(quote - text), backslashes = 0;
    while (end - backslashes > from && text[end - backslashes - 1] == '\\') backslashes++;
    if (backslashes % 2 == 0) return end + 1;
    from = end + 1;
  }
  return 0;
}

/* The index after the value that starts at text[at]; 0: there is none. */
static size_t skip_value(const char *text, size_t length, size_t at) {
  size_t depth = 0, start = at;
  while (at < length) {
    char c = text[at];
    if (c == '"') {
      at = skip_string(text, length, at);
      if (!at) return 0;
      if (!depth) return at;
      continue;
    }
    if (c == '{' || c == '[') {
      depth++;
    } else if (c == '}' || c == ']') {
      if (!depth) return at > start ? at : 0; /* a number or word ends before the bracket of its object */
      if (--depth == 0) return at + 1;
    } else if (!depth && c == ',') {
      return at > start ? at : 0;
    }
    at++;
  }
  return 0;
}

bool annotate_scan(const char *line, size_t length, const char *const *keys, size_t key_count,
                   struct annotate_span *spans) {
  size_t at = skip_space(line, length, 0);
  for (size_t i = 0; i < key_count; i++) spans[i] = (struct annotate_span){0};
  if (at >= length || line[at] != '{') return false;
  at = skip_space(line, length, at + 1);
  if (at < length && line[at] == '}') return skip_space(line, length, at + 1) == length;
  for (;;) {
    if (at >= length || line[at] != '"') return false;
    size_t key = at + 1, key_end = skip_string(line, length, at);
    if (!key_end) return false;
    at = skip_space(line, length, key_end);
    if (at >= length || line[at] != ':') return false;
    size_t value = skip_space(line, length, at + 1), value_end = skip_value(line, length, value);
    if (!value_end) return false;
    for (size_t i = 0; i < key_count; i++)
      if (strlen(keys[i]) == key_end - 1 - key && memcmp(keys[i], line + key, key_end - 1 - key) == 0)
        spans[i] = (struct annotate_span){.start = line + value, .length = value_end - value};
    at = skip_space(line, length, value_end);
    if (at >= length) return false;
    if (line[at] == '}') return skip_space(line, length, at + 1) == length;
    if (line[at] != ',') return false;
    at = skip_space(line, length, at + 1);
  }
}

enum stance_status annotate_scan_string(const struct annotate_span *span, struct stance_arena *arena, const char **out,
                                        struct stance_error *error) {
  *out = NULL;
  if (!span->start) return STANCE_OK;
  size_t length = span->length;
  while (length && strchr(" \t\r", span->start[length - 1])) length--;
  if (length == 4 && memcmp(span->start, "null", 4) == 0) return STANCE_OK;
  if (length < 2 || span->start[0] != '"')
    return stance_fail(error, STANCE_INPUT, "'%.*s' is not a string", (int)(length < 40 ? length : 40), span->start);
  if (!memchr(span->start, '\\', length)) {
    *out = stance_arena_copy(arena, span->start + 1, length - 2);
    return *out ? STANCE_OK : stance_fail_memory(error);
  }
  cJSON *value = cJSON_ParseWithLength(span->start, length);
  if (!cJSON_IsString(value)) {
    cJSON_Delete(value);
    return stance_fail(error, STANCE_INPUT, "has a string with a bad escape");
  }
  *out = stance_arena_copy(arena, value->valuestring, strlen(value->valuestring));
  cJSON_Delete(value);
  return *out ? STANCE_OK : stance_fail_memory(error);
}

bool annotate_scan_is(const struct annotate_span *span, const char *text) {
  size_t length = span->start ? span->length : 0, wanted = strlen(text);
  while (length && strchr(" \t\r", span->start[length - 1])) length--;
  if (length < 2 || span->start[0] != '"') return false;
  if (!memchr(span->start, '\\', length)) return length == wanted + 2 && memcmp(span->start + 1, text, wanted) == 0;
  cJSON *value = cJSON_ParseWithLength(span->start, length);
  bool is_equal = cJSON_IsString(value) && strcmp(value->valuestring, text) == 0;
  cJSON_Delete(value);
  return is_equal;
}

/* ---- lines --------------------------------------------------------------------------------------------- */

struct line_reader {
  annotate_each_line *each;
  void *context;
  const char *name;
  size_t number;
  uint64_t offset; /* of the buffer's first byte */
};

static enum stance_status give_line(struct line_reader *reader, const char *line, size_t length, uint64_t offset,
                                    struct stance_error *error) {
  reader->number++;
  if (skip_space(line, length, 0) == length) return STANCE_OK;
  if (error) error->file[0] = '\0';
  enum stance_status status = reader->each(reader->context, line, length, offset, reader->number, error);
  if (status != STANCE_OK && error && !error->file[0]) {
    struct stance_error what = *error;
    stance_fail_at(error, status, reader->name, reader->number, 0, "%s", what.message);
  }
  return status;
}

/* Passes on the complete lines of bytes[0..used). *rest: start of the incomplete line. */
static enum stance_status give_lines(struct line_reader *reader, const char *bytes, size_t used, size_t *rest,
                                     struct stance_error *error) {
  size_t start = 0;
  const char *newline;
  while ((newline = memchr(bytes + start, '\n', used - start))) {
    size_t end = (size_t)(newline - bytes);
    enum stance_status status = give_line(reader, bytes + start, end - start, reader->offset + start, error);
    if (status != STANCE_OK) return status;
    start = end + 1;
  }
  *rest = start;
  return STANCE_OK;
}

enum stance_status annotate_lines(int file, const char *name, annotate_each_line *each, void *context,
                                  struct stance_error *error) {
  struct line_reader reader = {.each = each, .context = context, .name = name};
  size_t capacity = CHUNK, used = 0;
  enum stance_status status = STANCE_OK;
  char *bytes = malloc(capacity);
  if (!bytes) return stance_fail_memory(error);
  for (;;) {
    ssize_t got = pread(file, bytes + used, capacity - used, (off_t)(reader.offset + used));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      status = stance_fail_errno(error, name, "cannot read");
      break;
    }
    if (got == 0) {
      struct annotate_span none;
      bool is_torn = memchr(bytes, '\0', used) || !annotate_scan(bytes, used, NULL, 0, &none);
      if (used && !is_torn) status = give_line(&reader, bytes, used, reader.offset, error);
      break;
    }
    used += (size_t)got;
    size_t rest = 0;
    status = give_lines(&reader, bytes, used, &rest, error);
    if (status != STANCE_OK) break;
    memmove(bytes, bytes + rest, used - rest);
    used -= rest;
    reader.offset += rest;
    if (used < capacity) continue;
    if (capacity >= LINE_MAX_BYTES) {
      status =
          stance_fail_at(error, STANCE_INPUT, name, reader.number + 1, 0, "is longer than %zu bytes", LINE_MAX_BYTES);
      break;
    }
    char *larger = realloc(bytes, capacity * 2);
    if (!larger) {
      status = stance_fail_memory(error);
      break;
    }
    bytes = larger;
    capacity *= 2;
  }
  free(bytes);
  return status;
}
