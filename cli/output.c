/* SPDX-License-Identifier: MIT */
#include "output.h"

#include <errno.h>
#include <stdio.h>

/* A stream only keeps that it failed, and drops what it could not write: the reason is lost unless it is kept at once. */
static int first_failure;

static bool keep(bool is_good) {
  if (!is_good && !first_failure) first_failure = errno ? errno : EIO;
  return is_good;
}

bool output_write(const char *bytes, size_t length) {
  errno = 0;
  return keep(!length || fwrite(bytes, 1, length, stdout) == length);
}

bool output_flush(void) {
  errno = 0;
  return keep(fflush(stdout) == 0);
}

int output_close(void) {
  bool has_failed = ferror(stdout) != 0;
  errno = 0;
  keep(fclose(stdout) == 0);
  if (has_failed && !first_failure) first_failure = EIO;
  return first_failure == EPIPE ? 0 : first_failure;
}
