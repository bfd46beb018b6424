/* SPDX-License-Identifier: MIT
 * The destination of results: standard output, a device or pipe, or FILE.partial, which is renamed to FILE when all is
 * done. One thread at a time. */
#ifndef STANCE_CLASSIFY_OUTPUT_H
#define STANCE_CLASSIFY_OUTPUT_H

#include "packer.h"
#include "stance/base/buffer.h"
#include "stance/stance.h"

struct classify_output {
  const char *path, *name; /* name: for messages */
  char *partial;           /* NULL: written directly */
  int file;                /* -1: closed */
  uint64_t written;        /* bytes in the file */
  struct stance_buffer pending;
  struct classify_packer *packer; /* NULL: not compressed */
  struct stance_buffer packed;
  const char *lent; /* borrowed bytes, to be written after `pending` without a copy */
  size_t lent_length;
  bool is_on_terminal; /* the output is cleaned for a terminal (stance/base/plain.h) */
  bool is_pipe_closed /* the reader went away */, has_failed;
};

/* Opens the output; path NULL or "-": standard output. The path must outlive the output; its ending chooses the
 * compression (format.h). A partial file is locked, and keeps what an earlier run left until classify_output_cut. Close
 * it even after a failure. */
enum stance_status classify_output_open(struct classify_output *output, const char *path, struct stance_error *error);
/* Truncates a regular file to `length` bytes, and continues there. */
enum stance_status classify_output_cut(struct classify_output *output, uint64_t length, struct stance_error *error);
/* Appends data without a copy; it must stay valid until the next settle or flush. */
enum stance_status classify_output_lend(struct classify_output *output, const char *data, size_t length,
                                        struct stance_error *error);
/* Writes the lent data, or copies it if it is small. */
enum stance_status classify_output_settle(struct classify_output *output, struct stance_error *error);
/* Writes all pending bytes, so that a reader of the file or pipe sees them. */
enum stance_status classify_output_flush(struct classify_output *output, struct stance_error *error);
/* Call between articles: ends the frame of a compressed file if it is long enough or is_last. Independent of time, so
 * the same input gives the same bytes. */
enum stance_status classify_output_end_frame(struct classify_output *output, bool is_last, struct stance_error *error);
/* Whether the file could be cut after the last article: all frames are complete. */
bool classify_output_is_between_frames(const struct classify_output *output);
/* Syncs a partial file to disk. */
enum stance_status classify_output_sync(struct classify_output *output, struct stance_error *error);
/* Syncs and renames a partial file, and closes it. Flush pending bytes before. */
enum stance_status classify_output_commit(struct classify_output *output, struct stance_error *error);
void classify_output_close(struct classify_output *output); /* keeps a partial file */

/* ---- for other files that grow ------------------------------------------------------------------------- */

int classify_file_open(const char *path); /* for writing, created if missing; -1: see errno */
/* Truncates a file to `length` bytes and seeks to its end; leaves pipes and devices alone. STANCE_INPUT: it is shorter.
 * path: for messages. */
enum stance_status classify_file_cut(int file, const char *path, uint64_t length, struct stance_error *error);
/* Writes all bytes, with as many system calls as needed. name: for messages. */
enum stance_status classify_file_write(int file, const char *name, const char *data, size_t length,
                                       struct stance_error *error);

#endif
