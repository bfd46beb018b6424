/* SPDX-License-Identifier: MIT
 * file or member of an archive -> [unpack] -> [recode] -> buffer -> records. */
#include "bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "recode.h"
#include "stance/base/error.h"

enum { BLOCK = 128 * 1024, KEPT_MAX = 1024 * 1024, WAIT_MS = 100 };

struct input_bytes {
  const char *path; /* for messages */
  int file;         /* -1: bytes come from `fetch` */
  bool is_regular, is_file_over, is_over, is_begun;
  const atomic_int *stop;
  uint64_t position, size; /* size, time: of a regular file, when it was opened */
  int64_t time;
  input_fetch *fetch; /* source of the bytes, perhaps compressed */
  void *context;
  struct input_unpack *unpack;
  const char *encoding; /* by the user; NULL: UTF-8, or by the byte order mark */
  struct input_recode *recode;
  char *foreign; /* bytes to be recoded: [foreign_start .. foreign_end) of BLOCK */
  size_t foreign_start, foreign_end;
  char *data; /* decoded: [start .. end) */
  size_t start, end, capacity;
  unsigned scan_start;
  struct stance_error failure; /* of reading on, held back until the bytes before it are consumed; STANCE_OK: none */
};

static enum stance_status read_file(void *context, char *out, size_t capacity, size_t *got, struct stance_error *error);

static enum stance_status bytes_new(const char *name, int file, size_t size, const atomic_int *stop,
                                    struct input_bytes **out, struct stance_error *error) {
  struct input_bytes *bytes = calloc(1, sizeof *bytes);
  *out = bytes;
  if (!bytes) return stance_fail_memory(error);
  *bytes =
      (struct input_bytes){.path = name, .file = file, .stop = stop, .capacity = size < BLOCK ? size + 1 : 2 * BLOCK};
  bytes->data = malloc(bytes->capacity);
  return bytes->data ? STANCE_OK : stance_fail_memory(error);
}

enum stance_status input_bytes_open(const char *path, const atomic_int *stop, struct input_bytes **out,
                                    struct stance_error *error) {
  *out = NULL;
  bool is_stdin = strcmp(path, "-") == 0;
  const char *name = is_stdin ? "<stdin>" : path;
  int file = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
  struct stat about;
  if (file < 0) return stance_fail_errno(error, name, "cannot open");
  bool is_regular = fstat(file, &about) == 0 && S_ISREG(about.st_mode);
  struct input_bytes *bytes;
  enum stance_status status = bytes_new(name, file, is_regular ? (size_t)about.st_size : BLOCK, stop, &bytes,
                                        error); /* small files need no large block */
  if (!bytes && !is_stdin) close(file);
  if (status == STANCE_OK) {
    bytes->is_regular = is_regular;
    bytes->size = is_regular ? (uint64_t)about.st_size : 0;
    bytes->time = is_regular ? (int64_t)about.st_mtim.tv_sec * 1000000000 + about.st_mtim.tv_nsec : 0;
    bytes->fetch = read_file;
    bytes->context = bytes;
    bytes->unpack = input_unpack_new(name, read_file, bytes);
    if (!bytes->unpack) status = stance_fail_memory(error);
  }
  if (status != STANCE_OK) {
    input_bytes_close(bytes);
    return status;
  }
  *out = bytes;
  return STANCE_OK;
}

enum stance_status input_bytes_from(const char *path, input_fetch *fetch, void *context, const atomic_int *stop,
                                    struct input_bytes **out, struct stance_error *error) {
  struct input_bytes *bytes;
  *out = NULL;
  enum stance_status status = bytes_new(path, -1, BLOCK, stop, &bytes, error);
  if (status == STANCE_OK) {
    bytes->fetch = fetch;
    bytes->context = context;
    bytes->unpack = input_unpack_new(path, fetch, context);
    if (!bytes->unpack) status = stance_fail_memory(error);
  }
  if (status != STANCE_OK) {
    input_bytes_close(bytes);
    return status;
  }
  *out = bytes;
  return STANCE_OK;
}

void input_bytes_close(struct input_bytes *bytes) {
  if (!bytes) return;
  if (bytes->file > STDIN_FILENO) close(bytes->file);
  input_unpack_free(bytes->unpack);
  input_recode_free(bytes->recode);
  free(bytes->foreign);
  free(bytes->data);
  free(bytes);
}

uint64_t input_bytes_position(const struct input_bytes *bytes) { return bytes->position; }

void input_bytes_age(const struct input_bytes *bytes, uint64_t *size, int64_t *time) {
  *size = bytes->size;
  *time = bytes->time;
}

bool input_bytes_stopped(const struct input_bytes *bytes) { return bytes->stop && *bytes->stop; }

bool input_bytes_is_whole(const struct input_bytes *bytes) { return bytes->is_regular || bytes->file < 0; }

void input_bytes_encoding(struct input_bytes *bytes, const char *encoding) { bytes->encoding = encoding; }

void input_bytes_scan_start(struct input_bytes *bytes, unsigned state) { bytes->scan_start = state; }

uint64_t input_bytes_repaired(const struct input_bytes *bytes) {
  return bytes->recode ? input_recode_repaired(bytes->recode) : 0;
}

/* One read(2) to `out`; *got 0: the end. Waits in short steps, to notice a stop. */
static enum stance_status read_file(void *context, char *out, size_t capacity, size_t *got,
                                    struct stance_error *error) {
  struct input_bytes *bytes = context;
  *got = 0;
  while (!bytes->is_file_over) {
    if (input_bytes_stopped(bytes)) {
      input_unpack_stop(bytes->unpack);
      break;
    }
    if (!bytes->is_regular) {
      struct pollfd poll_file = {.fd = bytes->file, .events = POLLIN};
      int ready = poll(&poll_file, 1, WAIT_MS);
      if (ready == 0 || (ready < 0 && errno == EINTR)) continue; /* read() would block */
    }
    ssize_t count = read(bytes->file, out, capacity);
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count < 0) return stance_fail_errno(error, bytes->path, "cannot read");
    bytes->position += (uint64_t)count;
    *got = (size_t)count;
    bool is_short = bytes->is_regular && (size_t)count < capacity && bytes->position >= bytes->size;
    if (count == 0 || is_short) bytes->is_file_over = true; /* nothing is behind: it need not be asked for */
    return STANCE_OK;
  }
  bytes->is_file_over = true;
  return STANCE_OK;
}

/* ---- encodings --------------------------------------------------------------------------------------------------- */

/* Decides from the first decompressed bytes, in data, whether all are to be recoded. */
static enum stance_status find_encoding(struct input_bytes *bytes, struct stance_error *error) {
  size_t mark = 0;
  const char *encoding = input_recode_mark(bytes->data, bytes->end, &mark);
  bool is_utf8 = bytes->end >= 3 && memcmp(bytes->data, "\xef\xbb\xbf", 3) == 0;
  if (!encoding && !is_utf8) encoding = bytes->encoding;
  if (!encoding || strcasecmp(encoding, "UTF-8") == 0) return STANCE_OK;
  bytes->recode = input_recode_new(encoding);
  bytes->foreign = malloc(BLOCK);
  if (!bytes->foreign) return stance_fail_memory(error);
  if (!bytes->recode) bytes->end = 0; /* nothing is to be read */
  if (!bytes->recode)
    return stance_fail(error, STANCE_USAGE, "the encoding '%s' is not known; see iconv --list", encoding);
  bytes->foreign_end = bytes->end - mark;
  memcpy(bytes->foreign, bytes->data + mark, bytes->foreign_end);
  bytes->end = 0;
  return STANCE_OK;
}

/* Writes recoded bytes to out; *got 0: the end. */
static enum stance_status read_recoded(struct input_bytes *bytes, char *out, size_t capacity, size_t *got,
                                       struct stance_error *error) {
  bool is_last = false;
  *got = 0;
  while (!*got && !is_last) {
    size_t more = 0, used;
    if (bytes->foreign_end < BLOCK)
      STANCE_TRY(input_unpack_read(bytes->unpack, bytes->foreign + bytes->foreign_end, BLOCK - bytes->foreign_end,
                                   &more, error));
    is_last = !more && bytes->foreign_end < BLOCK;
    bytes->foreign_end += more;
    input_recode_run(bytes->recode, bytes->foreign, bytes->foreign_end, is_last, out, capacity, &used, got);
    memmove(bytes->foreign, bytes->foreign + used, bytes->foreign_end - used);
    bytes->foreign_end -= used;
  }
  return STANCE_OK;
}

/* ---- the buffer -------------------------------------------------------------------------------------------------- */

/* The first bytes of a regular file, read into their place: where they are packed, what was packed in them comes instead. */
static enum stance_status begin_regular(struct input_bytes *bytes, size_t room, size_t *got,
                                        struct stance_error *error) {
  bool is_plain;
  STANCE_TRY(read_file(bytes, bytes->data, room, got, error));
  STANCE_TRY(input_unpack_begin(bytes->unpack, bytes->data, *got, &is_plain, error));
  if (is_plain) bytes->end = *got;
  else STANCE_TRY(input_unpack_read(bytes->unpack, bytes->data, room, &bytes->end, error));
  *got = bytes->end;
  return STANCE_OK;
}

/* Reads the first bytes, enough for a byte order mark. */
static enum stance_status begin(struct input_bytes *bytes, struct stance_error *error) {
  size_t got;
  bytes->is_begun = true;
  if (bytes->capacity < 8) {
    char *data = realloc(bytes->data, 8);
    if (!data) return stance_fail_memory(error);
    bytes->data = data;
    bytes->capacity = 8;
  }
  size_t room = bytes->capacity < BLOCK ? bytes->capacity : BLOCK;
  if (bytes->is_regular) STANCE_TRY(begin_regular(bytes, room, &got, error));
  while (!bytes->is_regular || (got && bytes->end < 4)) {
    STANCE_TRY(input_unpack_read(bytes->unpack, bytes->data + bytes->end, room - bytes->end, &got, error));
    bytes->end += got;
    if (!got || bytes->end >= 4 || bytes->data[0] == '{') break;
  }
  STANCE_TRY(find_encoding(bytes, error));
  if (!bytes->recode && !got) bytes->is_over = true;
  return STANCE_OK;
}

/* Appends decoded bytes; sets is_over at the end. */
static enum stance_status more_data(struct input_bytes *bytes, struct stance_error *error) {
  if (bytes->failure.status != STANCE_OK) *error = bytes->failure;
  if (bytes->failure.status != STANCE_OK || bytes->is_over) return bytes->failure.status;
  if (!bytes->is_begun) {
    STANCE_TRY(begin(bytes, error));
    if (bytes->end || bytes->is_over) return STANCE_OK;
  }
  if (bytes->start && (bytes->start == bytes->end || bytes->capacity - bytes->end < BLOCK)) {
    memmove(bytes->data, bytes->data + bytes->start, bytes->end - bytes->start);
    bytes->end -= bytes->start;
    bytes->start = 0;
  }
  if (bytes->end == bytes->capacity || (bytes->recode && bytes->capacity - bytes->end < 16)) {
    size_t capacity = bytes->capacity < BLOCK ? 2 * BLOCK : bytes->capacity * 2;
    char *data = realloc(bytes->data, capacity);
    if (!data) return stance_fail_memory(error);
    bytes->data = data;
    bytes->capacity = capacity;
  }
  size_t got, room = bytes->capacity - bytes->end;
  STANCE_TRY(bytes->recode ? read_recoded(bytes, bytes->data + bytes->end, room, &got, error)
                           : input_unpack_read(bytes->unpack, bytes->data + bytes->end, room, &got, error));
  bytes->end += got;
  if (!got) bytes->is_over = true;
  return STANCE_OK;
}

enum stance_status input_bytes_peek(struct input_bytes *bytes, size_t wanted, const char **data, size_t *length,
                                    struct stance_error *error) {
  while (bytes->end - bytes->start < wanted && !bytes->is_over) {
    enum stance_status status = more_data(bytes, error);
    if (status != STANCE_OK && bytes->end == bytes->start) return status;
    if (status == STANCE_OK) continue;
    bytes->failure = *error; /* whole records may be in what is at hand */
    break;
  }
  *data = bytes->data + bytes->start;
  *length = bytes->end - bytes->start < wanted ? bytes->end - bytes->start : wanted;
  return STANCE_OK;
}

void input_bytes_skip(struct input_bytes *bytes, size_t length) { bytes->start += length; }

enum stance_status input_bytes_read(struct input_bytes *bytes, char *out, size_t capacity, size_t *got,
                                    struct stance_error *error) {
  *got = 0;
  if (bytes->start == bytes->end) STANCE_TRY(more_data(bytes, error));
  *got = bytes->end - bytes->start < capacity ? bytes->end - bytes->start : capacity;
  memcpy(out, bytes->data + bytes->start, *got);
  bytes->start += *got;
  return STANCE_OK;
}

/* ---- records ------------------------------------------------------------------------------------------- */

bool input_scan_line(const char *data, size_t length, size_t *at, unsigned *state) {
  (void)state;
  const char *newline = *at < length ? memchr(data + *at, '\n', length - *at) : NULL;
  *at = newline ? (size_t)(newline - data) + 1 : length;
  return newline != NULL;
}

/* state: depth * 4 + mode (1: in a string, 2: after a backslash) */
bool input_scan_object(const char *data, size_t length, size_t *at, unsigned *state) {
  unsigned depth = *state / 4, mode = *state % 4;
  bool is_end = false;
  size_t i = *at;
  for (; i < length && !is_end; i++) {
    char c = data[i];
    if (mode == 2) mode = 1;
    else if (mode == 1) mode = c == '"' ? 0 : c == '\\' ? 2 : 1;
    else if (c == '"' && depth) mode = 1;
    else if (c == '{' || (c == '[' && depth)) depth++; /* a '[' outside of all objects starts a list of articles */
    else if ((c == '}' || c == ']') && depth) is_end = --depth == 0;
  }
  *at = i;
  *state = depth * 4 + mode;
  return is_end;
}

bool input_scan_all(const char *data, size_t length, size_t *at, unsigned *state) {
  (void)data, (void)state;
  *at = length;
  return false;
}

static uint64_t count_lines(const char *data, size_t length) {
  uint64_t lines = 0;
  for (const char *at = data, *end = data + length; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++) lines++;
  return lines;
}

enum stance_status input_bytes_record(struct input_bytes *bytes, input_scan *scan, size_t limit,
                                      struct input_record *record, struct stance_error *error) {
  size_t at = 0, shown = 0; /* relative to bytes->start */
  unsigned state = bytes->scan_start;
  *record = (struct input_record){0};
  if (bytes->capacity > KEPT_MAX && bytes->end - bytes->start < KEPT_MAX / 2) { /* after a large record */
    memmove(bytes->data, bytes->data + bytes->start, bytes->end - bytes->start);
    bytes->end -= bytes->start;
    bytes->start = 0;
    char *smaller = realloc(bytes->data, KEPT_MAX);
    if (smaller) {
      bytes->data = smaller;
      bytes->capacity = KEPT_MAX;
    }
  }
  for (;;) {
    bool is_end = scan(bytes->data + bytes->start, bytes->end - bytes->start, &at, &state);
    if (is_end) break;
    if (bytes->is_over) {
      record->is_cut = true;
      at = bytes->end - bytes->start;         /* the rest is the record */
      if (input_bytes_stopped(bytes)) at = 0; /* stopped inside a record, which is incomplete */
      break;
    }
    if (at > limit) { /* drop the middle, as only its start is shown */
      record->is_over = true;
      if (!shown) shown = at < 80 ? at : 80;
      record->lines += count_lines(bytes->data + bytes->start + shown, at - shown);
      memmove(bytes->data + bytes->start + shown, bytes->data + bytes->start + at, bytes->end - bytes->start - at);
      bytes->end -= at - shown;
      at = shown;
    }
    STANCE_TRY(more_data(bytes, error));
  }
  if (at > limit + 2) record->is_over = true; /* a line end does not count */
  record->data = bytes->data + bytes->start;
  record->length = at;
  record->lines += count_lines(record->data + shown, at - shown);
  bytes->start += at;
  return STANCE_OK;
}
