/* SPDX-License-Identifier: MIT
 * The members of a tar or zip file in order, by libarchive with only these two formats enabled, as with all formats it
 * takes plain text for an archive. One thread at a time. */
#ifndef STANCE_INPUT_ARCHIVE_H
#define STANCE_INPUT_ARCHIVE_H

#include "bytes.h"

enum { INPUT_ARCHIVE_BYTES = 512 }; /* enough to recognise one */

struct input_archive;
/* Whether unpacked bytes start like a tar or zip file. */
bool input_archive_is(const char *start, size_t length);
/* Opens an archive and takes over the bytes, even on failure. `path` must outlive it. */
enum stance_status input_archive_open(struct input_bytes *bytes_take, const char *path, const atomic_int *stop,
                                      struct input_archive **out, struct stance_error *error);
void input_archive_close(struct input_archive *own); /* close its member's bytes before; NULL is fine */
/* The next member that is a file, as bytes to be closed before the next call; *name is valid until then, and NULL at
 * the end. Skips hidden members, those for which `wants` is false, counted in *skipped, and links, pipes and
 * devices, counted in *specials. */
enum stance_status input_archive_next(struct input_archive *own, bool (*wants)(const char *name), const char **name,
                                      struct input_bytes **member, uint64_t *skipped, uint64_t *specials,
                                      struct stance_error *error);
uint64_t input_archive_position(const struct input_archive *own); /* bytes read of the archive's file */

#endif
