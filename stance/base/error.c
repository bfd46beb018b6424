/* SPDX-License-Identifier: MIT */
#include "error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "utf8.h"

/* A text may be cut within a character by a precision ("%.20s") or by the buffer's end: what is left of such a character,
 * and what never was one, goes. */
static void keep_characters(char *text) {
  size_t used = 0, length = strlen(text);
  if (stance_utf8_valid(text, length)) return;
  for (size_t at = 0; at < length;) {
    unsigned char lead = (unsigned char)text[at];
    size_t bytes = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    bool is_whole = bytes <= length - at && stance_utf8_valid(text + at, bytes);
    if (is_whole) memmove(text + used, text + at, bytes), used += bytes;
    at += is_whole ? bytes : 1;
  }
  text[used] = '\0';
}

static void fill(struct stance_error *error, enum stance_status status, const char *file, size_t line, size_t column,
                 const char *format, va_list arguments) {
  if (!error) return;
  error->status = status;
  error->line = line;
  error->column = column;
  snprintf(error->file, sizeof error->file, "%s", file ? file : "");
  vsnprintf(error->message, sizeof error->message, format, arguments);
  keep_characters(error->message);
}

enum stance_status stance_fail(struct stance_error *error, enum stance_status status, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fill(error, status, NULL, 0, 0, format, arguments);
  va_end(arguments);
  return status;
}

enum stance_status stance_fail_at(struct stance_error *error, enum stance_status status, const char *file, size_t line,
                                  size_t column, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fill(error, status, file, line, column, format, arguments);
  va_end(arguments);
  return status;
}

enum stance_status stance_fail_memory(struct stance_error *error) {
  return stance_fail(error, STANCE_SYSTEM, "out of memory");
}

enum stance_status stance_fail_errno(struct stance_error *error, const char *file, const char *what) {
  int code = errno;
  bool is_users = code == ENOENT || code == EISDIR || code == ENOTDIR || code == EACCES || code == EPERM ||
                  code == ENAMETOOLONG || code == ELOOP || code == EEXIST || code == EINVAL;
  return stance_fail_at(error, is_users ? STANCE_INPUT : STANCE_SYSTEM, file, 0, 0, "%s: %s", what, strerror(code));
}
