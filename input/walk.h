/* SPDX-License-Identifier: MIT
 * The files below a folder in the order of their names, however many there are, in bounded memory. */
#ifndef STANCE_INPUT_WALK_H
#define STANCE_INPUT_WALK_H

#include <stdatomic.h>

#include "stance/stance.h"

struct input_walk;

/* How many names of a folder are held at a time; tests make it small. */
extern size_t input_walk_window;

/* A file gives itself; a folder the files below it whose names end in a known ending (those of the forms and of archives,
 * also with .gz, .zst, .bz2 or .xz), sorted by bytes, folders in place. Hidden names and links to folders are passed over. */
enum stance_status input_walk_open(const char *path, struct input_walk **out, struct stance_error *error);
/* Frees it; NULL is fine. */
void input_walk_close(struct input_walk *walk);
/* The next file's path, valid until the next call; NULL at the end. A folder that cannot be read is an error; the walk may go on. */
enum stance_status input_walk_next(struct input_walk *walk, const char **path, struct stance_error *error);
/* Files passed over for their endings so far. */
uint64_t input_walk_skipped(const struct input_walk *walk);
/* So far: pipes, devices, and links to folders. */
uint64_t input_walk_others(const struct input_walk *walk);
/* How many files the walk will give, by a quick look that reads names alone; stops where *stop is set. */
uint64_t input_walk_count(const char *path, const atomic_int *stop);
/* Of a form, or of an archive of them: .tar .zip .tgz .tbz2 .txz. */
bool input_known_ending(const char *name);

#endif
