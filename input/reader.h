/* SPDX-License-Identifier: MIT
 * From inputs to items, which are the raw bytes of one article each. What can not be read becomes an item too, so that
 * it is reported in its place and the run continues. One thread at a time. */
#ifndef STANCE_INPUT_READER_H
#define STANCE_INPUT_READER_H

#include <stdatomic.h>

#include "form.h"
#include "stance/labels/record.h"

struct input_reading {
  const char *const *paths; /* files, folders, "-" */
  size_t path_count;
  struct input_options options;
  size_t max_bytes;                    /* largest article, decompressed */
  const struct stance_record *records; /* [record_count], read instead of paths; NULL: none */
  size_t record_count;
  const char *records_path;
  const atomic_int *stop; /* may be NULL */
};

struct input_reader;
/* Opens a reader. The reading's strings must outlive it and its items. STANCE_INPUT: a named input does not exist. */
enum stance_status input_reader_open(const struct input_reading *reading, struct input_reader **out,
                                     struct stance_error *error);
/* Frees it; NULL is fine. Drop all held sources first. */
void input_reader_close(struct input_reader *reader);
/* The next item; *has false: the end. Returns only STANCE_SYSTEM failures; others become INPUT_PROBLEM items. */
enum stance_status input_reader_next(struct input_reader *reader, struct input_item *item, bool *has,
                                     struct stance_error *error);

struct input_reader_progress {
  uint64_t bytes;   /* bytes read from files, before decompression */
  uint64_t files;   /* files begun */
  uint64_t in_file; /* bytes read of the open file, or of its archive */
  struct input_passed passed;
};
/* The progress so far. For the reading thread. */
void input_reader_progress(const struct input_reader *reader, struct input_reader_progress *out);

#endif
