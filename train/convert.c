/* SPDX-License-Identifier: MIT */
#include "convert.h"

#include <string.h>

#include "stance/base/arena.h"
#include "stance/base/buffer.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/utf8.h"
#include "stance/labels/record.h"

enum stance_status train_convert_lines(const char *path, convert_line *each, void *context,
                                       struct stance_error *error) {
  struct stance_arena arena = {0};
  char *data;
  size_t length;
  enum stance_status status = stance_file_read(path, 0, &arena, &data, &length, error);
  if (status == STANCE_OK) status = train_convert_lines_of(data, length, each, context, error);
  stance_arena_free(&arena);
  return status;
}

enum stance_status train_convert_lines_of(const char *data, size_t length, convert_line *each, void *context,
                                          struct stance_error *error) {
  struct stance_arena arena = {0};
  size_t repaired = 0, number = 0;
  enum stance_status status = STANCE_OK;
  const char *clean = stance_utf8_repair(&arena, data, length, &length, &repaired); /* also turns CR LF into LF */
  char *lines = clean ? stance_arena_copy(&arena, clean, length) : NULL;
  if (!lines) status = stance_fail_memory(error);
  for (size_t start = 0; status == STANCE_OK && start < length;) {
    char *end = memchr(lines + start, '\n', length - start);
    size_t size = end ? (size_t)(end - lines) - start : length - start;
    lines[start + size] = '\0';
    status = each(context, lines + start, size, ++number, error);
    start += size + 1;
  }
  stance_arena_free(&arena);
  return status;
}

enum stance_status train_convert_put(const struct stance_record *record, FILE *out, struct stance_error *error) {
  struct stance_buffer buffer = {0};
  stance_record_write(record, &buffer);
  enum stance_status status = STANCE_OK;
  if (buffer.failed) status = stance_fail_memory(error);
  else if (fwrite(buffer.data, 1, buffer.length, out) != buffer.length)
    status = stance_fail_errno(error, NULL, "cannot write");
  stance_buffer_free(&buffer);
  return status;
}

char *train_convert_stem(struct stance_arena *arena, const char *path) {
  const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
  return stance_arena_copy(arena, name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
}
