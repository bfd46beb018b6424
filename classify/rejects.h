/* SPDX-License-Identifier: MIT
 * The file of rejected articles, JSON Lines: {"file","line","id","error","data"}, with the first 4 KB of each as
 * data. */
#ifndef STANCE_CLASSIFY_REJECTS_H
#define STANCE_CLASSIFY_REJECTS_H

#include "engine.h"

struct classify_rejects {
  const char *path;
  int file; /* -1: none */
  uint64_t written;
  struct stance_buffer line;
};

/* Opens the file and keeps the first `length` bytes, of an earlier run. path NULL: no file, and take does nothing. */
enum stance_status classify_rejects_open(struct classify_rejects *rejects, const char *path, uint64_t length,
                                         struct stance_error *error);
/* Writes a rejected article with its reason. Call it in the input's order. */
enum stance_status classify_rejects_take(struct classify_rejects *rejects, const struct classify_result *result,
                                         struct stance_error *error);
enum stance_status classify_rejects_sync(struct classify_rejects *rejects,
                                         struct stance_error *error); /* syncs it to disk, unless it is a device */
/* Syncs and closes the file. STANCE_SYSTEM: what was written may be lost. */
enum stance_status classify_rejects_commit(struct classify_rejects *rejects, struct stance_error *error);
/* Frees what it holds. */
void classify_rejects_close(struct classify_rejects *rejects);

#endif
