/* SPDX-License-Identifier: MIT
 * Where results' bytes go: standard output, a device or pipe, or FILE.partial, which gets the name FILE when all is done. One thread
 * at a time. */
#ifndef STANCE_CLASSIFY_OUTPUT_H
#define STANCE_CLASSIFY_OUTPUT_H

#include "packer.h"
#include "stance/base/buffer.h"
#include "stance/stance.h"

struct classify_output {
  const char *path, *name; /* name: for messages */
  char *partial;           /* NULL: written straight */
  int file;                /* -1: closed */
  uint64_t written;        /* bytes in the file */
  struct stance_buffer pending;
  struct classify_packer *packer; /* NULL: bytes are written as they are */
  struct stance_buffer packed;
  const char *lent; /* bytes that are written straight from where they are, behind what is pending */
  size_t lent_length;
  bool is_on_terminal; /* what is written is JSON or CSV, which is cleaned where a terminal shows it */
  bool is_pipe_closed /* the reader went away */, has_failed;
};

/* path NULL or "-": standard output; it must outlive the output. Its ending says whether bytes are packed (format.h). A partial file is locked; what an earlier run left in it stays until
 * classify_output_cut. On failure too, close it. */
enum stance_status classify_output_open(struct classify_output *output, const char *path, struct stance_error *error);
/* Keeps the first `length` bytes of a regular file and goes on behind them. */
enum stance_status classify_output_cut(struct classify_output *output, uint64_t length, struct stance_error *error);
/* Borrows data until the next call of settle or flush. */
enum stance_status classify_output_lend(struct classify_output *output, const char *data, size_t length,
                                        struct stance_error *error);
/* What is lent is written, or copied where it is too little for a write of its own. */
enum stance_status classify_output_settle(struct classify_output *output, struct stance_error *error);
/* Writes what is pending, so that a reader of the file or pipe sees it. */
enum stance_status classify_output_flush(struct classify_output *output, struct stance_error *error);
/* Between articles: ends the frame of a packed file when it has grown long enough, or at once where is_last. The ends do not depend on
 * time. */
enum stance_status classify_output_end_frame(struct classify_output *output, bool is_last, struct stance_error *error);
/* What was taken so far is in the file, and the file can be cut behind it. */
bool classify_output_is_between_frames(const struct classify_output *output);
/* What was written to a partial file is on the disk, whatever happens to the machine. */
enum stance_status classify_output_sync(struct classify_output *output, struct stance_error *error);
/* Closes the file, synced where it is a partial one, and gives it its name. What is pending must have been flushed. */
enum stance_status classify_output_commit(struct classify_output *output, struct stance_error *error);
void classify_output_close(struct classify_output *output); /* a partial file stays */

/* ---- for other files that grow -------------------------------------------------------------------------------- */

int classify_file_open(const char *path); /* for writing, made where it is not; -1 and errno */
/* Cuts the file to `length` bytes and goes to its end; pipes and devices stay as they are. STANCE_INPUT: it is shorter. path: for messages. */
enum stance_status classify_file_cut(int file, const char *path, uint64_t length, struct stance_error *error);
/* Writes all of it, however many calls it takes. name: for messages. */
enum stance_status classify_file_write(int file, const char *name, const char *data, size_t length,
                                       struct stance_error *error);

#endif
