/* SPDX-License-Identifier: MIT
 * Bytes of a file or of standard input, decompressed where they begin like gzip or zstd, cut into records without ever holding
 * more than one record and a block. */
#ifndef STANCE_CLASSIFY_BYTES_H
#define STANCE_CLASSIFY_BYTES_H

#include <stdatomic.h>

#include "stance/stance.h"

struct classify_bytes;

/* "-" is standard input. `stop` (may be NULL) is looked at while waiting: a set one ends the bytes early. */
enum stance_status classify_bytes_open(const char *path, const atomic_int *stop, struct classify_bytes **out,
                                       struct stance_error *error);
void classify_bytes_close(struct classify_bytes *bytes);
/* Bytes read from the file so far, before decompression: progress. */
uint64_t classify_bytes_position(const struct classify_bytes *bytes);
/* The first bytes, at most `wanted`, without taking them; fewer only at the end. */
enum stance_status classify_bytes_peek(struct classify_bytes *bytes, size_t wanted, const char **data,
                                       size_t *length, struct stance_error *error);

/* Finds a record's end in data[*at .. length): true with *at behind it, or false with *at where to go on once there is more.
 * `state` is zeroed at the start of each record. */
typedef bool classify_scan(const char *data, size_t length, size_t *at, unsigned *state);
bool classify_scan_line(const char *data, size_t length, size_t *at, unsigned *state);
bool classify_scan_object(const char *data, size_t length, size_t *at, unsigned *state); /* JSON values behind each other or in an array */
bool classify_scan_all(const char *data, size_t length, size_t *at, unsigned *state);    /* one record: the file */

struct classify_record {
  const char *data; /* valid until the next call; with its line end */
  size_t length;
  uint64_t lines; /* line ends in it */
  bool is_over;   /* longer than the limit: data is its start */
  bool is_cut;    /* the file ended before the record did */
};
/* The next record; length 0 and is_over false: there is none. */
enum stance_status classify_bytes_record(struct classify_bytes *bytes, classify_scan *scan, size_t limit,
                                         struct classify_record *record, struct stance_error *error);

#endif
