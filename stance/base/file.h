/* SPDX-License-Identifier: MIT
 * Files: read whole, read by line, written beside and renamed when complete. */
#ifndef STANCE_FILE_H
#define STANCE_FILE_H

#include <stddef.h>
#include <stdio.h>

#include "arena.h"
#include "stance/stance.h"

/* The whole file ("-": stdin), NUL-terminated, in the arena. At most `limit` bytes (0: 2 GiB - 1). */
enum stance_status stance_file_read(const char *path, size_t limit, struct stance_arena *arena, char **data,
                                    size_t *length, struct stance_error *error);

/* A regular file of at least `least` bytes whole in memory of its own, aligned for any table, to be freed: what happens to the file later is no matter
 * (a mapped file that is cut kills who reads it by SIGBUS). A pipe is refused, not waited for. what: "a stancekit model". */
enum stance_status stance_file_load(const char *path, size_t least, const char *what, unsigned char **bytes,
                                    size_t *size, struct stance_error *error);

/* A file that appears under its name only when it is complete; or standard output, cleaned (plain.h) where it is a terminal. Zeroed: not open. */
struct stance_output {
  FILE *stream;
  char *path;      /* NULL: stdout */
  char *temporary; /* NULL for stdout, /dev/... and pipes, which are written straight */
  int failure;     /* errno of the first write that failed */
};
/* Opens a file beside `path`, to be committed or discarded; standard output ("-"), devices and pipes are written to at once. */
enum stance_status stance_output_open(struct stance_output *output, const char *path, struct stance_error *error);
/* A failure is kept for commit: a stream forgets why it failed. */
void stance_output_write(struct stance_output *output, const char *bytes, size_t length);
/* Flushes, fsyncs, checks, renames. A reader of stdout that went away is no failure. On failure nothing stands under the name that was not there before. */
enum stance_status stance_output_commit(struct stance_output *output, struct stance_error *error);
void stance_output_discard(struct stance_output *output); /* fine on one that is not open */

#endif
