/* SPDX-License-Identifier: MIT
 * A journal: a file of lines that only grows. A line counts once it is on the disk; one process writes at a time; what a crash
 * left half-written is cut off when it is next opened, and kept beside. */
#ifndef STANCE_ANNOTATE_JOURNAL_H
#define STANCE_ANNOTATE_JOURNAL_H

#include "stance/base/arena.h"
#include "stance/stance.h"

struct annotate_journal {
  int file; /* -1: not open */
  char *path;
  uint64_t size; /* bytes of whole lines that are on the disk */
  bool is_dirty; /* the file may be longer than size: a write failed half-way and could not be taken back */
};

/* Opens or makes the file, locks it (STANCE_INPUT where another process has it) and repairs its end: a last line that is half a
 * record goes to PATH.torn and *notice tells so (in the arena; NULL: all was well); one that lacks only its newline gets it. */
enum stance_status annotate_journal_open(const char *path, struct stance_arena *arena, struct annotate_journal *journal,
                                         const char **notice, struct stance_error *error);
/* Appends whole lines and waits until they are on the disk. On failure none of it counts: it may simply be tried again. */
enum stance_status annotate_journal_append(struct annotate_journal *journal, const char *lines, size_t length,
                                           struct stance_error *error);
void annotate_journal_close(struct annotate_journal *journal); /* fine on one that is not open (file -1) */

#endif
