/* SPDX-License-Identifier: MIT
 * The members of a tar or zip file, one after the other, by libarchive with these two formats alone: with all of them on it would take
 * plain text for an archive. */
#ifndef STANCE_INPUT_ARCHIVE_H
#define STANCE_INPUT_ARCHIVE_H

#include "bytes.h"

enum { INPUT_ARCHIVE_BYTES = 512 }; /* that tell one */

struct input_archive;
/* Whether unpacked bytes begin like a tar or zip file. */
bool input_archive_is(const char *start, size_t length);
/* Takes the bytes over, also where it fails. `path` must outlive it. */
enum stance_status input_archive_open(struct input_bytes *bytes_take, const char *path, const atomic_int *stop,
                                      struct input_archive **out, struct stance_error *error);
void input_archive_close(struct input_archive *own); /* after its members' bytes; NULL is fine */
/* The next member that is a file, as bytes that the caller closes before the next call; *name, valid until then, is NULL at the end.
 * Those that `wants` says no to, and hidden ones, are passed over; *skipped counts the former. */
enum stance_status input_archive_next(struct input_archive *own, bool (*wants)(const char *name), const char **name,
                                      struct input_bytes **member, uint64_t *skipped, struct stance_error *error);
uint64_t input_archive_position(const struct input_archive *own); /* of the file below */

#endif
