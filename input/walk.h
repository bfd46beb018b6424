/* SPDX-License-Identifier: MIT
 * Walking the files below a folder in the order of names, in bounded memory. One thread at a time. */
#ifndef STANCE_INPUT_WALK_H
#define STANCE_INPUT_WALK_H

#include <stdatomic.h>

#include "stance/stance.h"

struct input_walk;

/* Names of a folder that are held at a time; tests make it small. */
extern size_t input_walk_window;

/* Starts a walk. A file gives itself; a folder gives the files below it with known endings (of forms and archives, also
 * with .gz, .zst, .bz2 or .xz), sorted by bytes, subfolders in their places. Hidden names and links to folders are
 * skipped. */
enum stance_status input_walk_open(const char *path, struct input_walk **out, struct stance_error *error);
/* Frees it; NULL is fine. */
void input_walk_close(struct input_walk *walk);
/* The next file's path, valid until the next call; NULL at the end. Fails if a folder can not be read; the walk can be
 * continued. */
enum stance_status input_walk_next(struct input_walk *walk, const char **path, struct stance_error *error);
/* The number of files so far that were skipped for their endings. */
uint64_t input_walk_skipped(const struct input_walk *walk);
/* The number of pipes, devices, and links to folders skipped so far. */
uint64_t input_walk_others(const struct input_walk *walk);
/* The number of files that a walk will give, by reading names only; ends early if *stop is set. */
uint64_t input_walk_count(const char *path, const atomic_int *stop);
/* Whether a name has an ending of a form, or of an archive: .tar .zip .tgz .tbz2 .txz. */
bool input_known_ending(const char *name);

#endif
