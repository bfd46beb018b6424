/* SPDX-License-Identifier: MIT
 * What an annotator does at once, as records: built, put on the disk in one write, then into the history.
 *
 *   entries -> annotate_act_add -> lines -> annotate_act_commit: journal (under its lock, fdatasync) -> history
 *
 * The terminal and the web page both go through here, so that their records are the same. One thread at a time for a writer. */
#ifndef STANCE_ANNOTATE_ACT_H
#define STANCE_ANNOTATE_ACT_H

#include "history.h"
#include "stance/base/buffer.h"

enum { ANNOTATE_ACT_MAX = 64 }; /* bytes of an act's name */

/* Whose records these are, and where they go. All is borrowed. */
struct annotate_writer {
  const struct annotate_project *project;
  const struct annotate_units *units;
  struct annotate_journal *journal;
  struct annotate_history *history;
  const char *name;
  const char *via; /* "web"; NULL: the terminal */
};

/* What is not on the disk yet. Zeroed: nothing. */
struct annotate_act {
  enum annotate_act_kind { ANNOTATE_ACT_NONE, ANNOTATE_ACT_ADD, ANNOTATE_ACT_UNDO, ANNOTATE_ACT_REDO } kind;
  char name[ANNOTATE_ACT_MAX + 1]; /* "": the record stands alone */
  struct stance_arena arena;
  struct annotate_entry *entries;
  size_t count, capacity;
  struct stance_buffer lines;
  char last_at[40];
};

void annotate_act_begin(struct annotate_act *act, enum annotate_act_kind kind, const char *name /* NULL: none */);
/* Frees what it holds. */
void annotate_act_close(struct annotate_act *act);
/* Adds a record. Its `at` is set: now, but later than any record of the journal, since a time names a record. `page`: the unit's,
 * where the caller has it (NULL: read from the list). `wall`: milliseconds since 1970. The entry's strings are copied. */
enum stance_status annotate_act_add(const struct annotate_writer *writer, struct annotate_act *act,
                                    const struct annotate_entry *entry, const struct annotate_page *page, int64_t wall,
                                    struct stance_error *error);
/* The records that take the latest act back, or state again what was last undone; act->count 0: there is nothing. */
enum stance_status annotate_act_undo(const struct annotate_writer *writer, struct annotate_act *act, const char *name,
                                     int64_t wall, struct stance_error *error);
/* Adds what the latest undo took away, with new times. As undo. */
enum stance_status annotate_act_redo(const struct annotate_writer *writer, struct annotate_act *act, const char *name,
                                     int64_t wall, struct stance_error *error);
/* On the disk, then in the history; kind becomes NONE, entries stay to be looked at. Where the disk fails (*is_saved false, error
 * says why) none of it counts and it may simply be tried again. */
enum stance_status annotate_act_commit(const struct annotate_writer *writer, struct annotate_act *act, bool *is_saved,
                                       struct stance_error *error);
/* A new entry for the unit that carries on what holds for it. */
struct annotate_entry annotate_entry_carry(const struct annotate_history *history, uint32_t unit);
/* "2026-11-23T10:00:00.000Z" */
void annotate_time_format(int64_t wall, char at[40]);
/* The same, but later than `last` ("": none), since a time names a record. */
void annotate_time_after(const char *last, int64_t wall, char at[40]);

#endif
