/* SPDX-License-Identifier: MIT
 * From inputs to items: the raw bytes of one article each, not yet parsed. What cannot be read is an item too, so that it is
 * reported in its place and the run goes on. */
#ifndef STANCE_INPUT_READER_H
#define STANCE_INPUT_READER_H

#include <stdatomic.h>

#include "stance/labels/record.h"
#include "stance/stance.h"

enum input_form {
  INPUT_AUTO, /* by ending, then by the first bytes */
  INPUT_TEXT, INPUT_HTML, INPUT_JSONL, INPUT_JSON, INPUT_CSV, INPUT_TSV,
  INPUT_RECORD,  /* a label record */
  INPUT_PROBLEM, /* could not be read: item.problem */
};

enum input_column { COLUMN_TEXT, COLUMN_ID, COLUMN_TITLE, COLUMN_DATE, COLUMN_OUTLET, COLUMN_URL, COLUMN_LANG, COLUMN_COUNT };

struct input_reading {
  const char *const *paths; /* files, folders, "-" */
  size_t path_count;
  enum input_form form;
  const char *columns[COLUMN_COUNT]; /* names in a CSV header; NULL: "text", "id", ... where they are there */
  size_t max_bytes;                  /* of one article, decompressed */
  const struct stance_record *records; /* instead of paths */
  size_t record_count;
  const char *records_path;
  const atomic_int *stop; /* may be NULL */
};

struct input_item {
  enum input_form form;
  const char *path; /* valid until the next item, like data */
  size_t line;      /* 0: the whole file */
  const char *data;
  size_t length;
  int columns[COLUMN_COUNT]; /* CSV: field index, -1: none */
  size_t column_count;       /* fields in the header */
  const struct stance_record *record;
  struct stance_error problem;
};

struct input_reader;
/* The reading's strings must outlive the reader. A named input that is not there is an error at once. */
enum stance_status input_reader_open(const struct input_reading *reading, struct input_reader **out,
                                        struct stance_error *error);
void input_reader_close(struct input_reader *reader);
/* *has false: the end. Only STANCE_SYSTEM failures are returned; all else becomes a INPUT_PROBLEM item. */
enum stance_status input_reader_next(struct input_reader *reader, struct input_item *item, bool *has,
                                        struct stance_error *error);

struct input_reader_progress {
  uint64_t bytes; /* read from files, as they are on disk */
  uint64_t files; /* begun */
  uint64_t skipped;
};
/* By the thread that reads. */
void input_reader_progress(const struct input_reader *reader, struct input_reader_progress *out);

#endif
