/* SPDX-License-Identifier: MIT
 * Filling a caller's struct stance_error.
 * May include stance.h and base/ alone; all read it. */
#ifndef STANCE_ERROR_H
#define STANCE_ERROR_H

#include "stance/stance.h"

/* Each returns the status, so that a function can end in `return stance_fail(...)`; error may be NULL. */
enum stance_status stance_fail(struct stance_error *error, enum stance_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* With the place: file may be NULL, line and column 0. */
enum stance_status stance_fail_at(struct stance_error *error, enum stance_status status, const char *file, size_t line,
                                  size_t column, const char *format, ...) __attribute__((format(printf, 6, 7)));
/* "out of memory" */
enum stance_status stance_fail_memory(struct stance_error *error);
/* A system call failed: message is "what: strerror(errno)". ENOENT, EISDIR, EACCES ... of a file the user
 * named are STANCE_INPUT; disk and memory STANCE_SYSTEM. */
enum stance_status stance_fail_errno(struct stance_error *error, const char *file, const char *what);

/* Hands a failure on to the caller; only where there is nothing to clean up. */
#define STANCE_TRY(call)                                          \
  do {                                                            \
    enum stance_status stance_try_status = (call);                \
    if (stance_try_status != STANCE_OK) return stance_try_status; \
  } while (0)

#endif
