/* SPDX-License-Identifier: MIT
 * Files: read whole, or written under a temporary name and renamed when complete. */
#ifndef STANCE_FILE_H
#define STANCE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "arena.h"
#include "buffer.h"
#include "stance/stance.h"

/* Reads a whole file ("-": stdin), NUL-terminated, into the arena. STANCE_INPUT: it can not be read, or has more than
 * `limit` bytes (0: 2 GiB
 * - 1). */
enum stance_status stance_file_read(const char *path, size_t limit, struct stance_arena *arena, char **data,
                                    size_t *length, struct stance_error *error);

/* Reads a regular file of at least `least` bytes into memory of its own, aligned for any table; free() it. Not mapped,
 * as a mapped file that is truncated kills its readers by SIGBUS. Refuses pipes without waiting. what: "a stancekit
 * model", for messages. */
enum stance_status stance_file_load(const char *path, size_t least, const char *what, unsigned char **bytes,
                                    size_t *size, struct stance_error *error);

/* Whether something stands at `path`. STANCE_INPUT, STANCE_SYSTEM: it cannot be told. */
enum stance_status stance_file_exists(const char *path, bool *exists, struct stance_error *error);

/* Syncs the folder of the file at path, so that a new name in it survives a power cut. False, with errno: it may not. */
bool stance_folder_sync(const char *path);

/* A file that gets its name only when it is complete; or standard output, cleaned (plain.h) if it is a terminal.
 * Zeroed: not open. */
struct stance_output {
  FILE *stream;
  char *path;      /* NULL: stdout */
  char *temporary; /* NULL for stdout, devices and pipes, which are written directly */
  int failure;     /* errno of the first write that failed */
};
/* Opens a temporary file beside `path`, to be committed or discarded; "-" is standard output. */
enum stance_status stance_output_open(struct stance_output *output, const char *path, struct stance_error *error);
/* Writes bytes; a failure is kept in `failure`, which commit reports. */
void stance_output_write(struct stance_output *output, const char *bytes, size_t length);
/* Flushes, syncs to disk, renames and syncs the folder. After a failure the name has what it had before, or the whole
 * file if only the folder could not be synced. A closed reader of stdout (EPIPE) is no failure; that memory was out in
 * this thread (memory.h) is one, since something may be missing. */
enum stance_status stance_output_commit(struct stance_output *output, struct stance_error *error);
/* Closes and removes the temporary file; does nothing if not open. */
void stance_output_discard(struct stance_output *output);

/* Opens, writes and commits: the file at `path` ("-": standard output) is these bytes then, or what it was. */
enum stance_status stance_file_write(const char *path, const char *bytes, size_t length, struct stance_error *error);
/* The same of a buffer. STANCE_SYSTEM if memory was out while it was filled. */
enum stance_status stance_file_write_buffer(const char *path, const struct stance_buffer *buffer,
                                            struct stance_error *error);

#endif
