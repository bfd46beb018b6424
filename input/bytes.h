/* SPDX-License-Identifier: MIT
 * Bytes of a file, of standard input or of an archive's member, unpacked where they begin like gzip, zstd, bzip2 or xz, in UTF-8 where a
 * mark or the user tells their encoding, cut into records without ever holding more than one record and a block. */
#ifndef STANCE_INPUT_BYTES_H
#define STANCE_INPUT_BYTES_H

#include <stdatomic.h>

#include "stance/stance.h"
#include "unpack.h"

struct input_bytes;

/* "-" is standard input. `stop` (may be NULL) is looked at while waiting: a set one ends the bytes early. */
enum stance_status input_bytes_open(const char *path, const atomic_int *stop, struct input_bytes **out,
                                    struct stance_error *error);
/* Bytes that `fetch` gives; path and context must outlive them. */
enum stance_status input_bytes_from(const char *path, input_fetch *fetch, void *context, const atomic_int *stop,
                                    struct input_bytes **out, struct stance_error *error);
/* Frees it; NULL is fine. */
void input_bytes_close(struct input_bytes *bytes);
/* Before the first look: what they are in, unless a byte order mark says else. An unknown one fails at the first look. Borrowed. */
void input_bytes_encoding(struct input_bytes *bytes, const char *encoding);
/* Bytes that were not of their encoding and became U+FFFD so far; UTF-8 is not looked at here. */
uint64_t input_bytes_repaired(const struct input_bytes *bytes);
bool input_bytes_stopped(const struct input_bytes *bytes); /* *stop is set */
/* Bytes read from the file so far, before decompression: progress. */
uint64_t input_bytes_position(const struct input_bytes *bytes);
/* The first bytes, at most `wanted`, without taking them; fewer only at the end. */
enum stance_status input_bytes_peek(struct input_bytes *bytes, size_t wanted, const char **data, size_t *length,
                                    struct stance_error *error);

/* A file that is all there, as a pipe need not be. */
bool input_bytes_is_whole(const struct input_bytes *bytes);
/* Takes `length` bytes that were looked at. */
void input_bytes_skip(struct input_bytes *bytes, size_t length);
/* The next bytes, taken; *got 0: the end. An input_fetch. */
enum stance_status input_bytes_read(struct input_bytes *bytes, char *out, size_t capacity, size_t *got,
                                    struct stance_error *error);

/* Finds a record's end in data[*at .. length): true with *at behind it, or false with *at where to go on once there is more.
 * `state` is zero, or what input_bytes_scan_start said, at the start of each record. */
typedef bool input_scan(const char *data, size_t length, size_t *at, unsigned *state);
/* The state in which the scan of each item begins. */
void input_bytes_scan_start(struct input_bytes *bytes, unsigned state);
/* A scanner whose items are lines. *at: behind the newline. False: there is none before `length`. */
bool input_scan_line(const char *data, size_t length, size_t *at, unsigned *state);
bool input_scan_object(const char *data, size_t length, size_t *at,
                       unsigned *state); /* JSON values behind each other or in an array */
bool input_scan_all(const char *data, size_t length, size_t *at, unsigned *state); /* one record: the file */

struct input_record {
  const char *data; /* valid until the next call; with its line end */
  size_t length;
  uint64_t lines; /* line ends in it */
  bool is_over;   /* longer than the limit: data is its start */
  bool is_cut;    /* the file ended before the record did */
};
/* The next record; length 0 and is_over false: there is none. */
enum stance_status input_bytes_record(struct input_bytes *bytes, input_scan *scan, size_t limit,
                                      struct input_record *record, struct stance_error *error);

#endif
