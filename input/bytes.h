/* SPDX-License-Identifier: MIT
 * Bytes of a file or of standard input, decompressed where they begin like gzip or zstd, cut into records without ever holding
 * more than one record and a block. */
#ifndef STANCE_INPUT_BYTES_H
#define STANCE_INPUT_BYTES_H

#include <stdatomic.h>

#include "stance/stance.h"

struct input_bytes;

/* "-" is standard input. `stop` (may be NULL) is looked at while waiting: a set one ends the bytes early. */
enum stance_status input_bytes_open(const char *path, const atomic_int *stop, struct input_bytes **out,
                                       struct stance_error *error);
void input_bytes_close(struct input_bytes *bytes);
bool input_bytes_stopped(const struct input_bytes *bytes); /* *stop is set */
/* Bytes read from the file so far, before decompression: progress. */
uint64_t input_bytes_position(const struct input_bytes *bytes);
/* The first bytes, at most `wanted`, without taking them; fewer only at the end. */
enum stance_status input_bytes_peek(struct input_bytes *bytes, size_t wanted, const char **data,
                                       size_t *length, struct stance_error *error);

/* Finds a record's end in data[*at .. length): true with *at behind it, or false with *at where to go on once there is more.
 * `state` is zeroed at the start of each record. */
typedef bool input_scan(const char *data, size_t length, size_t *at, unsigned *state);
bool input_scan_line(const char *data, size_t length, size_t *at, unsigned *state);
bool input_scan_object(const char *data, size_t length, size_t *at, unsigned *state); /* JSON values behind each other or in an array */
bool input_scan_all(const char *data, size_t length, size_t *at, unsigned *state);    /* one record: the file */

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
