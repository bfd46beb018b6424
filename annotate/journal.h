/* SPDX-License-Identifier: MIT
 * A journal is an append-only file of lines. A line is valid once it is synced to the disk. One process writes at a
 * time. A line that a crash left incomplete is moved to another file when the journal is next opened. */
#ifndef STANCE_ANNOTATE_JOURNAL_H
#define STANCE_ANNOTATE_JOURNAL_H

#include "stance/base/arena.h"
#include "stance/stance.h"

struct annotate_journal {
  int file; /* -1: not open */
  char *path;
  uint64_t size; /* bytes of complete lines on the disk */
  bool is_dirty; /* the file may be longer than size: a write failed part-way and could not be truncated */
};

/* Opens or creates the file, locks it (STANCE_INPUT if another process has it) and repairs its end: an incomplete last
 * line is moved to PATH.torn, of which *notice tells (in the arena; NULL: nothing to tell); one that lacks only its
 * newline gets it. */
enum stance_status annotate_journal_open(const char *path, struct stance_arena *arena, struct annotate_journal *journal,
                                         const char **notice, struct stance_error *error);
/* Appends whole lines and syncs them to the disk. After a failure none of them is in the journal, and the call can be
 * repeated. */
enum stance_status annotate_journal_append(struct annotate_journal *journal, const char *lines, size_t length,
                                           struct stance_error *error);
void annotate_journal_close(struct annotate_journal *journal); /* a journal that is not open (file -1) is allowed */

#endif
