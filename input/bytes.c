/* SPDX-License-Identifier: MIT */
#include "bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "stance/base/error.h"

enum { BLOCK = 128 * 1024, KEPT_MAX = 1024 * 1024, WAIT_MS = 100 };
enum coding { CODING_UNKNOWN, CODING_PLAIN, CODING_GZIP, CODING_ZSTD };

struct input_bytes {
  const char *path; /* for messages */
  int file;
  bool is_regular, is_file_over, is_over;
  const atomic_int *stop;
  uint64_t position;
  enum coding coding;
  bool is_inside; /* of a gzip member or a zstd frame */
  z_stream inflater;
  bool has_inflater;
  ZSTD_DStream *expander;
  char *packed; /* [packed_start .. packed_end) */
  size_t packed_start, packed_end;
  char *data; /* decoded: [start .. end) */
  size_t start, end, capacity;
};

enum stance_status input_bytes_open(const char *path, const atomic_int *stop, struct input_bytes **out,
                                       struct stance_error *error) {
  *out = NULL;
  bool is_stdin = strcmp(path, "-") == 0;
  const char *name = is_stdin ? "<stdin>" : path;
  int file = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
  struct stat about;
  if (file < 0) return stance_fail_errno(error, name, "cannot open");
  struct input_bytes *bytes = calloc(1, sizeof *bytes);
  if (!bytes) {
    if (!is_stdin) close(file);
    return stance_fail_memory(error);
  }
  *bytes = (struct input_bytes){.path = name, .file = file, .stop = stop};
  bytes->is_regular = fstat(file, &about) == 0 && S_ISREG(about.st_mode);
  if (bytes->is_regular) /* small files need no large block */
    bytes->capacity = about.st_size < BLOCK ? (size_t)about.st_size + 1 : 2 * BLOCK;
  else
    bytes->capacity = 2 * BLOCK;
  bytes->data = malloc(bytes->capacity);
  if (!bytes->data) {
    input_bytes_close(bytes);
    return stance_fail_memory(error);
  }
  *out = bytes;
  return STANCE_OK;
}

void input_bytes_close(struct input_bytes *bytes) {
  if (!bytes) return;
  if (bytes->file != STDIN_FILENO) close(bytes->file);
  if (bytes->has_inflater) inflateEnd(&bytes->inflater);
  ZSTD_freeDStream(bytes->expander);
  free(bytes->packed);
  free(bytes->data);
  free(bytes);
}

uint64_t input_bytes_position(const struct input_bytes *bytes) { return bytes->position; }

bool input_bytes_stopped(const struct input_bytes *bytes) { return bytes->stop && *bytes->stop; }

/* One read(2) to `out`; *got 0: the end. Waits in short steps, so that a stop is seen. */
static enum stance_status read_file(struct input_bytes *bytes, char *out, size_t capacity, size_t *got,
                                    struct stance_error *error) {
  *got = 0;
  while (!bytes->is_file_over) {
    if (input_bytes_stopped(bytes)) break;
    if (!bytes->is_regular) {
      struct pollfd poll_file = {.fd = bytes->file, .events = POLLIN};
      int ready = poll(&poll_file, 1, WAIT_MS);
      if (ready == 0 || (ready < 0 && errno == EINTR)) continue; /* not on to read(): it would wait on */
    }
    ssize_t count = read(bytes->file, out, capacity);
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count < 0) return stance_fail_errno(error, bytes->path, "cannot read");
    bytes->position += (uint64_t)count;
    *got = (size_t)count;
    if (count == 0) bytes->is_file_over = true;
    return STANCE_OK;
  }
  bytes->is_file_over = true;
  return STANCE_OK;
}

/* More packed bytes behind those that are left. */
static enum stance_status read_packed(struct input_bytes *bytes, size_t *got, struct stance_error *error) {
  if (!bytes->packed && !(bytes->packed = malloc(BLOCK))) return stance_fail_memory(error);
  if (bytes->packed_start) {
    memmove(bytes->packed, bytes->packed + bytes->packed_start, bytes->packed_end - bytes->packed_start);
    bytes->packed_end -= bytes->packed_start;
    bytes->packed_start = 0;
  }
  STANCE_TRY(read_file(bytes, bytes->packed + bytes->packed_end, BLOCK - bytes->packed_end, got, error));
  bytes->packed_end += *got;
  return STANCE_OK;
}

static enum coding coding_of(const unsigned char *start, size_t length) {
  if (length >= 2 && start[0] == 0x1f && start[1] == 0x8b) return CODING_GZIP;
  if (length >= 4 && start[0] == 0x28 && start[1] == 0xb5 && start[2] == 0x2f && start[3] == 0xfd) return CODING_ZSTD;
  if (length >= 4 && (start[0] & 0xf0) == 0x50 && start[1] == 0x2a && start[2] == 0x4d && start[3] == 0x18)
    return CODING_ZSTD; /* a skippable frame */
  return CODING_PLAIN;
}

static enum stance_status fail_packed(struct input_bytes *bytes, struct stance_error *error, const char *what) {
  return stance_fail_at(error, STANCE_INPUT, bytes->path, 0, 0, "%s", what);
}

static enum stance_status unpack_gzip(struct input_bytes *bytes, char *out, size_t capacity, size_t *got,
                                      struct stance_error *error) {
  z_stream *stream = &bytes->inflater;
  if (!bytes->is_inside) {
    if (bytes->packed_end - bytes->packed_start < 2 ||
        coding_of((unsigned char *)bytes->packed + bytes->packed_start, bytes->packed_end - bytes->packed_start) !=
            CODING_GZIP) {
      bytes->packed_start = bytes->packed_end; /* gzip pads and trails with what is not its own */
      return STANCE_OK;
    }
    int code = bytes->has_inflater ? inflateReset(stream) : inflateInit2(stream, 15 + 16);
    if (code != Z_OK) return stance_fail_memory(error);
    bytes->has_inflater = bytes->is_inside = true;
  }
  stream->next_in = (unsigned char *)bytes->packed + bytes->packed_start;
  stream->avail_in = (uInt)(bytes->packed_end - bytes->packed_start);
  stream->next_out = (unsigned char *)out;
  stream->avail_out = (uInt)(capacity < BLOCK ? capacity : BLOCK);
  uInt room = stream->avail_out;
  int code = inflate(stream, Z_NO_FLUSH);
  bytes->packed_start = bytes->packed_end - stream->avail_in;
  *got = room - stream->avail_out;
  if (code == Z_STREAM_END) bytes->is_inside = false;
  if (code == Z_MEM_ERROR) return stance_fail_memory(error);
  if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
    return fail_packed(bytes, error, "the gzip data is damaged");
  return STANCE_OK;
}

static enum stance_status unpack_zstd(struct input_bytes *bytes, char *out, size_t capacity, size_t *got,
                                      struct stance_error *error) {
  if (!bytes->expander) {
    bytes->expander = ZSTD_createDStream();
    if (!bytes->expander) return stance_fail_memory(error);
    ZSTD_DCtx_setParameter(bytes->expander, ZSTD_d_windowLogMax, 25); /* at most 32 MiB for its window */
  }
  ZSTD_inBuffer in = {bytes->packed, bytes->packed_end, bytes->packed_start};
  ZSTD_outBuffer to = {out, capacity, 0};
  size_t code = ZSTD_decompressStream(bytes->expander, &to, &in);
  bytes->packed_start = in.pos;
  *got = to.pos;
  if (ZSTD_isError(code)) return fail_packed(bytes, error, "the zstd data is damaged or needs a window above 32 MiB");
  bytes->is_inside = code != 0;
  return STANCE_OK;
}

/* Decoded bytes to `out`; *got 0: the end. */
static enum stance_status read_decoded(struct input_bytes *bytes, char *out, size_t capacity, size_t *got,
                                       struct stance_error *error) {
  *got = 0;
  if (bytes->coding == CODING_PLAIN && bytes->packed_start < bytes->packed_end) { /* what was read to look at the magic */
    size_t left = bytes->packed_end - bytes->packed_start;
    *got = left < capacity ? left : capacity;
    memcpy(out, bytes->packed + bytes->packed_start, *got);
    bytes->packed_start += *got;
    return STANCE_OK;
  }
  if (bytes->coding == CODING_PLAIN) return read_file(bytes, out, capacity, got, error);
  for (;;) {
    size_t left = bytes->packed_end - bytes->packed_start, more;
    if (bytes->is_inside || left >= 4 || (left && bytes->is_file_over)) { /* 4: enough to tell a member's start */
      STANCE_TRY(bytes->coding == CODING_GZIP ? unpack_gzip(bytes, out, capacity, got, error)
                                              : unpack_zstd(bytes, out, capacity, got, error));
      if (*got) return STANCE_OK;
      if (bytes->packed_end - bytes->packed_start < left) continue; /* a header was taken */
    }
    if (bytes->is_file_over) break;
    STANCE_TRY(read_packed(bytes, &more, error));
  }
  if (bytes->is_inside && !input_bytes_stopped(bytes)) return fail_packed(bytes, error, "the compressed data ends too early");
  return STANCE_OK;
}

static enum stance_status find_coding(struct input_bytes *bytes, struct stance_error *error) {
  if (bytes->is_regular) { /* straight into place, looked at there */
    unsigned char start[4];
    ssize_t count = pread(bytes->file, start, sizeof start, bytes->file == STDIN_FILENO ? lseek(bytes->file, 0, SEEK_CUR) : 0);
    bytes->coding = count > 0 ? coding_of(start, (size_t)count) : CODING_PLAIN;
    return STANCE_OK;
  }
  size_t got;
  do
    STANCE_TRY(read_packed(bytes, &got, error));
  while (got && bytes->packed_end < 4 && (unsigned char)bytes->packed[0] != '{');
  bytes->coding = coding_of((unsigned char *)bytes->packed, bytes->packed_end);
  return STANCE_OK;
}

/* Adds decoded bytes at the end; is_over is set at the end of all. */
static enum stance_status more_data(struct input_bytes *bytes, struct stance_error *error) {
  bool is_first = bytes->coding == CODING_UNKNOWN;
  if (bytes->is_over) return STANCE_OK;
  if (is_first) STANCE_TRY(find_coding(bytes, error));
  if (bytes->start && (bytes->start == bytes->end || bytes->capacity - bytes->end < BLOCK)) {
    memmove(bytes->data, bytes->data + bytes->start, bytes->end - bytes->start);
    bytes->end -= bytes->start;
    bytes->start = 0;
  }
  if (bytes->end == bytes->capacity) {
    size_t capacity = bytes->capacity < BLOCK ? 2 * BLOCK : bytes->capacity * 2;
    char *data = realloc(bytes->data, capacity);
    if (!data) return stance_fail_memory(error);
    bytes->data = data;
    bytes->capacity = capacity;
  }
  size_t got;
  STANCE_TRY(read_decoded(bytes, bytes->data + bytes->end, bytes->capacity - bytes->end, &got, error));
  bytes->end += got;
  if (!got) bytes->is_over = true;
  return STANCE_OK;
}

enum stance_status input_bytes_peek(struct input_bytes *bytes, size_t wanted, const char **data,
                                       size_t *length, struct stance_error *error) {
  while (bytes->end - bytes->start < wanted && !bytes->is_over) STANCE_TRY(more_data(bytes, error));
  *data = bytes->data + bytes->start;
  *length = bytes->end - bytes->start < wanted ? bytes->end - bytes->start : wanted;
  return STANCE_OK;
}

/* ---- records ------------------------------------------------------------------------------------------- */

bool input_scan_line(const char *data, size_t length, size_t *at, unsigned *state) {
  (void)state;
  const char *newline = *at < length ? memchr(data + *at, '\n', length - *at) : NULL;
  *at = newline ? (size_t)(newline - data) + 1 : length;
  return newline != NULL;
}

/* state: 0..  depth * 4 + (1: in a string, 2: behind a backslash) */
bool input_scan_object(const char *data, size_t length, size_t *at, unsigned *state) {
  unsigned depth = *state / 4, mode = *state % 4;
  bool is_end = false;
  size_t i = *at;
  for (; i < length && !is_end; i++) {
    char c = data[i];
    if (mode == 2) mode = 1;
    else if (mode == 1) mode = c == '"' ? 0 : c == '\\' ? 2 : 1;
    else if (c == '"' && depth) mode = 1;
    else if (c == '{' || (c == '[' && depth)) depth++; /* a [ outside of all objects is a list of articles */
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
  size_t at = 0, shown = 0; /* from bytes->start */
  unsigned state = 0;
  *record = (struct input_record){0};
  if (bytes->capacity > KEPT_MAX && bytes->end - bytes->start < KEPT_MAX / 2) { /* after a large one */
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
      if (input_bytes_stopped(bytes)) at = 0; /* stopped within a record: it was not read whole */
      break;
    }
    if (at > limit) { /* drop the middle: only its start is shown */
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
