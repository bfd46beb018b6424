/* SPDX-License-Identifier: MIT */
#include "pieces.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "error.h"

enum { PIECE = 1 << 20, LINE_MAX_BYTES = 0x7fffffff };

struct reading {
  int file;
  const char *name;
  char *bytes; /* [capacity] */
  size_t used, capacity, line;
  uint64_t size, seen; /* of a regular file; 0 for others */
};

/* Fills what is free of the buffer, which grows while there is no whole line in it. Sets is_end at the file's end. */
static enum stance_status fill(struct reading *reading, bool *is_end, struct stance_error *error) {
  if (reading->used + 1 >= reading->capacity) {
    size_t capacity = reading->capacity ? reading->capacity * 2 : PIECE;
    if (reading->used > LINE_MAX_BYTES)
      return stance_fail_at(error, STANCE_INPUT, reading->name, reading->line, 0, "line has more than %d bytes",
                            LINE_MAX_BYTES);
    char *bytes = realloc(reading->bytes, capacity);
    if (!bytes) return stance_fail_memory(error);
    reading->bytes = bytes;
    reading->capacity = capacity;
  }
  while (reading->used + 1 < reading->capacity) {
    ssize_t got = read(reading->file, reading->bytes + reading->used, reading->capacity - reading->used - 1);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return stance_fail_errno(error, reading->name, "cannot read");
    *is_end = !got;
    if (!got) return STANCE_OK;
    reading->used += (size_t)got;
    reading->seen += (size_t)got;
  }
  return STANCE_OK;
}

static size_t count_lines(const char *text, size_t length) {
  size_t lines = 0;
  for (const char *at = text; (at = memchr(at, '\n', length - (size_t)(at - text))); at++) lines++;
  return lines;
}

/* Hands on the lines that are complete, and keeps the rest. */
static enum stance_status hand_on(struct reading *reading, size_t length, stance_piece_each *each, void *context,
                                  struct stance_error *error) {
  uint64_t behind = reading->used - length, left = reading->size > reading->seen ? reading->size - reading->seen : 0;
  char next = reading->bytes[length];
  reading->bytes[length] = '\0';
  struct stance_piece piece = {reading->bytes, length, reading->line, reading->size ? left + behind : 0};
  enum stance_status status = each(context, &piece, error);
  if (status != STANCE_OK) return status;
  reading->line += count_lines(reading->bytes, length);
  reading->bytes[length] = next;
  reading->used = (size_t)behind;
  memmove(reading->bytes, reading->bytes + length, reading->used);
  return STANCE_OK;
}

enum stance_status stance_pieces_read(const char *path, bool is_whole, stance_piece_each *each, void *context,
                                      struct stance_error *error) {
  bool is_stdin = strcmp(path, "-") == 0, is_end = false;
  struct stat about;
  struct reading reading = {.name = is_stdin ? "<stdin>" : path, .line = 1};
  reading.file = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
  if (reading.file < 0) return stance_fail_errno(error, reading.name, "cannot open");
  if (fstat(reading.file, &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0)
    reading.size = (uint64_t)about.st_size;
  enum stance_status status = STANCE_OK;
  while (status == STANCE_OK && !is_end) {
    status = fill(&reading, &is_end, error);
    if (status != STANCE_OK) break;
    const char *last = reading.used ? memrchr(reading.bytes, '\n', reading.used) : NULL;
    size_t length = last ? (size_t)(last - reading.bytes) + 1 : 0;
    if (is_end && !is_whole) length = reading.used;
    if (length) status = hand_on(&reading, length, each, context, error);
  }
  free(reading.bytes);
  if (!is_stdin) close(reading.file);
  return status;
}
