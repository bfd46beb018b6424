/* SPDX-License-Identifier: MIT */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "error.h"
#include "memory.h"
#include "pages.h"
#include "plain.h"

enum { FIRST_READ = 64 * 1024 };
static const size_t READ_MAX = (size_t)INT32_MAX;

enum stance_status stance_file_read(const char *path, size_t limit, struct stance_arena *arena, char **data,
                                    size_t *length, struct stance_error *error) {
  bool is_stdin = strcmp(path, "-") == 0;
  const char *name = is_stdin ? "<stdin>" : path;
  if (!limit) limit = READ_MAX;
  int file = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return stance_fail_errno(error, name, "cannot open");
  enum stance_status status = STANCE_OK;
  struct stat about;
  size_t size = FIRST_READ, used = 0;
  if (fstat(file, &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0) size = (size_t)about.st_size + 1;
  if (size > limit) size = limit + 1;
  size_t capacity = size + 1;
  char *bytes = stance_arena_alloc(arena, capacity, 1);
  for (;;) {
    bytes = bytes ? stance_arena_grow(arena, bytes, &capacity, size + 1, 1) : NULL;
    if (!bytes) {
      status = stance_fail_memory(error);
      break;
    }
    ssize_t got = read(file, bytes + used, size - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) status = stance_fail_errno(error, name, "cannot read");
    if (got <= 0) break;
    used += (size_t)got;
    if (used > limit) {
      status = stance_fail_at(error, STANCE_INPUT, name, 0, 0, "is larger than %zu bytes", limit);
      break;
    }
    if (used == size) size *= 2;
  }
  if (status == STANCE_OK) bytes[used] = '\0';
  *data = bytes;
  *length = used;
  if (!is_stdin) close(file);
  return status;
}

enum { LOAD_STEP = 1 << 30 };

static enum stance_status load(int file, const char *path, size_t size, unsigned char *bytes,
                               struct stance_error *error) {
  for (size_t used = 0; used < size;) {
    size_t step = size - used < LOAD_STEP ? size - used : LOAD_STEP;
    ssize_t got = read(file, bytes + used, step);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return stance_fail_errno(error, path, "cannot read");
    if (!got) return stance_fail_at(error, STANCE_INPUT, path, 0, 0, "was cut while it was read");
    used += (size_t)got;
  }
  return STANCE_OK;
}

enum stance_status stance_file_load(const char *path, size_t least, const char *what, unsigned char **bytes,
                                    size_t *size, struct stance_error *error) {
  struct stat about;
  *bytes = NULL;
  int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) return stance_fail_errno(error, path, "cannot open");
  enum stance_status status = STANCE_OK;
  if (fstat(file, &about) != 0) status = stance_fail_errno(error, path, "cannot read");
  else if (!S_ISREG(about.st_mode))
    status = stance_fail_at(error, STANCE_INPUT, path, 0, 0, "is not a file; expected %s", what);
  else if ((uint64_t)about.st_size < least) status = stance_fail_at(error, STANCE_INPUT, path, 0, 0, "is not %s", what);
  if (status == STANCE_OK) {
    *size = (size_t)about.st_size;
    *bytes = stance_pages_new(*size + 1);
    status = *bytes ? load(file, path, *size, *bytes, error) : stance_fail_memory(error);
  }
  close(file);
  if (status == STANCE_OK) return STANCE_OK;
  free(*bytes);
  *bytes = NULL;
  return status;
}

enum stance_status stance_file_exists(const char *path, bool *exists, struct stance_error *error) {
  struct stat about;
  *exists = stat(path, &about) == 0;
  return *exists || errno == ENOENT ? STANCE_OK : stance_fail_errno(error, path, "cannot look at");
}

bool stance_folder_sync(const char *path) {
  char *copy = strdup(path);
  if (!copy) return false;
  int folder = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  /* a folder that may be written but not listed, or a file system that syncs no folders */
  bool is_good = folder < 0 ? errno == EACCES : fsync(folder) == 0 || errno == EINVAL;
  int code = errno;
  if (folder >= 0) close(folder);
  free(copy);
  errno = code;
  return is_good;
}

/* ---- standard output on a terminal ----------------------------------------------------------------------------- */

/* Writes through stance_buffer_plain. cookie: a buffer with the first bytes of a character that is incomplete so
 * far. */
static ssize_t write_plain(void *cookie, const char *bytes, size_t length) {
  struct stance_buffer *rest = cookie, plain = {0};
  stance_buffer_append(rest, bytes, length);
  size_t end = rest->length;
  /* a lead byte without all its continuation bytes */
  for (size_t back = 1; back <= 3 && back <= rest->length; back++) {
    unsigned char c = (unsigned char)rest->data[rest->length - back];
    if (c >= 0xc0 && back < (c >= 0xf0 ? 4u : c >= 0xe0 ? 3u : 2u)) end = rest->length - back;
    if (c < 0x80 || c >= 0xc0) break;
  }
  stance_buffer_plain(&plain, rest->data, end, true);
  bool is_good = !plain.failed && !rest->failed;
  if (is_good) {
    memmove(rest->data, rest->data + end, rest->length - end);
    rest->length -= end;
    is_good = !plain.length || fwrite(plain.data, 1, plain.length, stdout) == plain.length;
  } else {
    errno = ENOMEM;
  }
  stance_buffer_free(&plain);
  return is_good ? (ssize_t)length : 0;
}

static int close_plain(void *cookie) {
  stance_buffer_free(cookie);
  free(cookie);
  return fflush(stdout);
}

static FILE *open_stdout(void) {
  if (!isatty(STDOUT_FILENO)) return stdout;
  struct stance_buffer *rest = calloc(1, sizeof *rest);
  cookie_io_functions_t functions = {.write = write_plain, .close = close_plain};
  FILE *stream = rest ? fopencookie(rest, "w", functions) : NULL;
  if (!stream) free(rest);
  return stream;
}

enum stance_status stance_output_open(struct stance_output *output, const char *path, struct stance_error *error) {
  *output = (struct stance_output){0};
  struct stat about;
  if (strcmp(path, "-") == 0) {
    output->stream = open_stdout();
    return output->stream ? STANCE_OK : stance_fail_memory(error);
  }
  if (stat(path, &about) == 0 && !S_ISREG(about.st_mode)) { /* a device or a pipe cannot be renamed onto */
    output->stream = fopen(path, "we");
    if (!output->stream) return stance_fail_errno(error, path, "cannot write");
    output->path = strdup(path);
    if (output->path) return STANCE_OK;
    stance_output_discard(output);
    return stance_fail_memory(error);
  }
  size_t length = strlen(path);
  output->path = strdup(path);
  output->temporary = malloc(length + sizeof ".XXXXXX");
  if (!output->path || !output->temporary) {
    stance_output_discard(output);
    return stance_fail_memory(error);
  }
  memcpy(output->temporary, path, length);
  strcpy(output->temporary + length, ".XXXXXX");
  int file = mkstemp(output->temporary);
  if (file < 0) {
    enum stance_status status = stance_fail_errno(error, path, "cannot write");
    free(output->temporary);
    output->temporary = NULL; /* nothing to remove */
    stance_output_discard(output);
    return status;
  }
  mode_t mask = umask(0);
  umask(mask);
  output->stream = fchmod(file, 0666 & ~mask) == 0 ? fdopen(file, "w") : NULL;
  if (!output->stream) {
    enum stance_status status = stance_fail_errno(error, path, "cannot write");
    close(file);
    stance_output_discard(output);
    return status;
  }
  return STANCE_OK;
}

void stance_output_write(struct stance_output *output, const char *bytes, size_t length) {
  errno = 0;
  if (length && fwrite(bytes, 1, length, output->stream) != length && !output->failure)
    output->failure = errno ? errno : EIO;
}

enum stance_status stance_output_commit(struct stance_output *output, struct stance_error *error) {
  if (!output->stream) return STANCE_OK;
  if (stance_memory_was_out()) { /* something may be missing */
    stance_output_discard(output);
    return stance_fail_memory(error);
  }
  const char *name = output->path ? output->path : "<stdout>";
  bool is_stdout = output->stream == stdout;
  errno = 0;
  bool is_good = fflush(output->stream) == 0 && !ferror(output->stream) && !output->failure;
  if (is_good && output->temporary) is_good = fsync(fileno(output->stream)) == 0;
  int code = is_good ? 0 : output->failure ? output->failure : errno ? errno : EIO;
  if (is_stdout && code == EPIPE) {
    clearerr(stdout);
    is_good = true;
  }
  if (!is_stdout && fclose(output->stream) != 0 && is_good) {
    is_good = false;
    code = errno;
  }
  output->stream = NULL;
  if (is_good && output->temporary && rename(output->temporary, output->path) != 0) {
    is_good = false;
    code = errno;
  }
  if (is_good && output->temporary) {
    free(output->temporary);
    output->temporary = NULL; /* it has its name: nothing to remove */
    is_good = stance_folder_sync(output->path);
    code = errno;
  }
  if (is_good) {
    stance_output_discard(output);
    return STANCE_OK;
  }
  errno = code;
  enum stance_status status = stance_fail_errno(error, name, "cannot write");
  stance_output_discard(output);
  return status;
}

void stance_output_discard(struct stance_output *output) {
  if (output->stream && output->stream != stdout) fclose(output->stream);
  if (output->temporary) unlink(output->temporary);
  free(output->temporary);
  free(output->path);
  *output = (struct stance_output){0};
}

enum stance_status stance_file_write(const char *path, const char *bytes, size_t length, struct stance_error *error) {
  struct stance_output output;
  STANCE_TRY(stance_output_open(&output, path, error));
  stance_output_write(&output, bytes, length);
  return stance_output_commit(&output, error);
}

enum stance_status stance_file_write_buffer(const char *path, const struct stance_buffer *buffer,
                                            struct stance_error *error) {
  if (buffer->failed) return stance_fail_memory(error);
  return stance_file_write(path, buffer->data, buffer->length, error);
}
