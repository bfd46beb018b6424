/* SPDX-License-Identifier: MIT */
#include "output.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "stance/base/plain.h"

/* errno of the first failure: a stream stores only that it failed, not the reason. */
static int first_failure;

static bool keep(bool is_good) {
  if (!is_good && !first_failure) first_failure = errno ? errno : EIO;
  return is_good;
}

static bool put(const char *bytes, size_t length) {
  errno = 0;
  return keep(!length || fwrite(bytes, 1, length, stdout) == length);
}

static bool has_memory(bool has) {
  errno = ENOMEM;
  return keep(has);
}

static bool put_plain(const char *text, size_t length) {
  struct stance_buffer plain = {0};
  stance_buffer_plain(&plain, text, length, true);
  bool is_good = has_memory(!plain.failed) && put(plain.data, plain.length);
  stance_buffer_free(&plain);
  return is_good;
}

bool output_styled(const struct stance_buffer *text) {
  return has_memory(!text->failed) && put(text->data, text->length);
}

bool output_text(const struct stance_buffer *text) {
  return has_memory(!text->failed) && put_plain(text->data, text->length);
}

bool output_print(const char *format, ...) {
  char *text = NULL;
  va_list arguments;
  va_start(arguments, format);
  int length = vasprintf(&text, format, arguments);
  va_end(arguments);
  if (!has_memory(length >= 0)) return false;
  bool is_good = put_plain(text, (size_t)length);
  free(text);
  return is_good;
}

bool output_data(const struct stance_buffer *data) {
  return (isatty(STDOUT_FILENO) ? output_text : output_styled)(data);
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
