/* SPDX-License-Identifier: MIT
 * From inputs to items: the raw bytes of one article each, not yet parsed. What cannot be read is an item too, so that it is
 * reported in its place and the run goes on. */
#ifndef STANCE_INPUT_READER_H
#define STANCE_INPUT_READER_H

#include <stdatomic.h>

#include "form.h"
#include "stance/labels/record.h"

struct input_reading {
  const char *const *paths; /* files, folders, "-" */
  size_t path_count;
  struct input_options options;
  size_t max_bytes;                    /* of one article, decompressed */
  const struct stance_record *records; /* instead of paths */
  size_t record_count;
  const char *records_path;
  const atomic_int *stop; /* may be NULL */
};

struct input_reader;
/* The reading's strings must outlive the reader and its items. A named input that is not there is an error at once. */
enum stance_status input_reader_open(const struct input_reading *reading, struct input_reader **out,
                                     struct stance_error *error);
/* All items' sources must be dropped first. */
void input_reader_close(struct input_reader *reader);
/* *has false: the end. Only STANCE_SYSTEM failures are returned; all else becomes an INPUT_PROBLEM item. */
enum stance_status input_reader_next(struct input_reader *reader, struct input_item *item, bool *has,
                                     struct stance_error *error);

struct input_reader_progress {
  uint64_t bytes;   /* read from files, as they are on disk */
  uint64_t files;   /* begun */
  uint64_t in_file; /* bytes of the file that is open, or of its archive */
  struct input_passed passed;
};
/* By the thread that reads. */
void input_reader_progress(const struct input_reader *reader, struct input_reader_progress *out);

#endif
