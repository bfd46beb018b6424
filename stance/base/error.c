/* SPDX-License-Identifier: MIT */
#include "error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void fill(struct stance_error *error, enum stance_status status, const char *file, size_t line, size_t column,
                 const char *format, va_list arguments) {
  if (!error) return;
  error->status = status;
  error->line = line;
  error->column = column;
  snprintf(error->file, sizeof error->file, "%s", file ? file : "");
  vsnprintf(error->message, sizeof error->message, format, arguments);
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
