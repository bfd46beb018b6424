/* SPDX-License-Identifier: MIT
 * The bytes of a file, standard input or an archive's member: decompressed if they start like gzip, zstd, bzip2 or xz,
 * converted to UTF-8 if a byte order mark or the user tells their encoding, and cut into records. Holds one record and
 * a block at most. One thread at a time. */
#ifndef STANCE_INPUT_BYTES_H
#define STANCE_INPUT_BYTES_H

#include <stdatomic.h>

#include "stance/stance.h"
#include "unpack.h"

struct input_bytes;

/* Opens a file; "-" is standard input. `stop`, which may be NULL, ends the bytes early when set, even while waiting. */
enum stance_status input_bytes_open(const char *path, const atomic_int *stop, struct input_bytes **out,
                                    struct stance_error *error);
/* Reads bytes from `fetch`; path and context must outlive them. */
enum stance_status input_bytes_from(const char *path, input_fetch *fetch, void *context, const atomic_int *stop,
                                    struct input_bytes **out, struct stance_error *error);
/* Frees it; NULL is fine. */
void input_bytes_close(struct input_bytes *bytes);
/* Sets the encoding, before the first read; a byte order mark overrides it. An unknown encoding fails at the first
 * read. Borrowed. */
void input_bytes_encoding(struct input_bytes *bytes, const char *encoding);
/* Bytes so far that were invalid in their encoding and became U+FFFD; UTF-8 is not checked here. */
uint64_t input_bytes_repaired(const struct input_bytes *bytes);
bool input_bytes_stopped(const struct input_bytes *bytes); /* whether *stop is set */
/* Bytes read from the file so far, before decompression. */
uint64_t input_bytes_position(const struct input_bytes *bytes);
/* The next `wanted` bytes, which are not consumed; fewer only at the end. */
enum stance_status input_bytes_peek(struct input_bytes *bytes, size_t wanted, const char **data, size_t *length,
                                    struct stance_error *error);

/* The regular file's size and its time of change (ns since 1970) when it was opened; 0 for pipes and members. */
void input_bytes_age(const struct input_bytes *bytes, uint64_t *size, int64_t *time);
/* Whether the bytes are from a regular file, not a pipe. */
bool input_bytes_is_whole(const struct input_bytes *bytes);
/* Consumes `length` bytes that were peeked at. */
void input_bytes_skip(struct input_bytes *bytes, size_t length);
/* Reads and consumes bytes; *got 0: the end. An input_fetch. */
enum stance_status input_bytes_read(struct input_bytes *bytes, char *out, size_t capacity, size_t *got,
                                    struct stance_error *error);

/* Finds the end of a record in data[*at .. length). True: *at is after it. False: more bytes are needed, and the scan
 * will continue at *at. *state is 0, or the state of input_bytes_scan_start, at the start of each record. */
typedef bool input_scan(const char *data, size_t length, size_t *at, unsigned *state);
/* Sets the state in which the scan of each record starts. */
void input_bytes_scan_start(struct input_bytes *bytes, unsigned state);
/* Records are lines. */
bool input_scan_line(const char *data, size_t length, size_t *at, unsigned *state);
bool input_scan_object(const char *data, size_t length, size_t *at,
                       unsigned *state); /* records are JSON objects, in sequence or in an array */
bool input_scan_all(const char *data, size_t length, size_t *at, unsigned *state); /* the file is one record */

struct input_record {
  const char *data; /* valid until the next call; with its line end */
  size_t length;
  uint64_t lines; /* number of line ends in it */
  bool is_over;   /* longer than the limit; data is its start */
  bool is_cut;    /* the file ended before the record did */
};
/* The next record; length 0 and is_over false: the end. limit: bytes. */
enum stance_status input_bytes_record(struct input_bytes *bytes, input_scan *scan, size_t limit,
                                      struct input_record *record, struct stance_error *error);

#endif
