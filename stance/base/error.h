/* SPDX-License-Identifier: MIT
 * Filling a caller's struct stance_error. Includes stance.h only; all wings read it. Thread-safe. */
#ifndef STANCE_ERROR_H
#define STANCE_ERROR_H

#include "stance/stance.h"

/* Each of these returns the status, so that a function can end in `return stance_fail(...)`; error may be NULL. */
enum stance_status stance_fail(struct stance_error *error, enum stance_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* With a place; unknown: file NULL, line or column 0. */
enum stance_status stance_fail_at(struct stance_error *error, enum stance_status status, const char *file, size_t line,
                                  size_t column, const char *format, ...) __attribute__((format(printf, 6, 7)));
/* STANCE_SYSTEM, "out of memory". */
enum stance_status stance_fail_memory(struct stance_error *error);
/* After a failed system call: the message is "WHAT: strerror(errno)". Errors of the name that the user gave (ENOENT,
 * EISDIR, EACCES ...) are STANCE_INPUT, others STANCE_SYSTEM. */
enum stance_status stance_fail_errno(struct stance_error *error, const char *file, const char *what);

/* Returns a failure of `call` to the caller; for functions with nothing to clean up. */
#define STANCE_TRY(call)                                          \
  do {                                                            \
    enum stance_status stance_try_status = (call);                \
    if (stance_try_status != STANCE_OK) return stance_try_status; \
  } while (0)

#endif
