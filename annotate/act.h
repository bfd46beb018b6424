/* SPDX-License-Identifier: MIT
 * An act is one action of an annotator: one or more label records, which are built, written to the journal in one write
 * and then applied to the history.
 *
 *   entries -> annotate_act_add -> lines -> annotate_act_commit: journal (under its lock, fdatasync) -> history
 *
 * The terminal and the web page both use these functions, so their records are the same. A writer is for one thread at
 * a time. */
#ifndef STANCE_ANNOTATE_ACT_H
#define STANCE_ANNOTATE_ACT_H

#include "history.h"
#include "stance/base/buffer.h"

enum { ANNOTATE_ACT_MAX = 64 }; /* bytes of an act's name, at most */

/* The annotator whose records are written, and the journal and history that they go to. All pointers are borrowed. */
struct annotate_writer {
  const struct annotate_project *project;
  const struct annotate_units *units;
  struct annotate_journal *journal;
  struct annotate_history *history;
  const char *name;
  const char *via; /* "web"; NULL: the terminal */
};

/* Records that are not on the disk yet. A zeroed one is empty. */
struct annotate_act {
  enum annotate_act_kind { ANNOTATE_ACT_NONE, ANNOTATE_ACT_ADD, ANNOTATE_ACT_UNDO, ANNOTATE_ACT_REDO } kind;
  char name[ANNOTATE_ACT_MAX + 1]; /* "": a record on its own */
  struct stance_arena arena;
  struct annotate_entry *entries;
  size_t count, capacity;
  struct stance_buffer lines;
  char last_at[40];
};

void annotate_act_begin(struct annotate_act *act, enum annotate_act_kind kind, const char *name /* NULL: none */);
/* Frees what it holds. */
void annotate_act_close(struct annotate_act *act);
/* Adds a record. Its `at` becomes `wall` (milliseconds since 1970), or later if the journal has a record of that time,
 * because the time identifies the record. `page`: the unit's page; NULL: it is read from the list. The entry's strings
 * are copied. */
enum stance_status annotate_act_add(const struct annotate_writer *writer, struct annotate_act *act,
                                    const struct annotate_entry *entry, const struct annotate_page *page, int64_t wall,
                                    struct stance_error *error);
/* Adds the records that retract the latest act. act->count is 0 if there is none. */
enum stance_status annotate_act_undo(const struct annotate_writer *writer, struct annotate_act *act, const char *name,
                                     int64_t wall, struct stance_error *error);
/* Adds the records that the latest undo retracted again, with new times. act->count is 0 if there are none. */
enum stance_status annotate_act_redo(const struct annotate_writer *writer, struct annotate_act *act, const char *name,
                                     int64_t wall, struct stance_error *error);
/* Writes the records to the journal and then applies them to the history. kind becomes NONE; the entries stay readable.
 * If writing fails, *is_saved is false, error tells the reason, nothing has changed, and the call can be repeated. */
enum stance_status annotate_act_commit(const struct annotate_writer *writer, struct annotate_act *act, bool *is_saved,
                                       struct stance_error *error);
/* A new entry for the unit: a copy of its current state. */
struct annotate_entry annotate_entry_carry(const struct annotate_history *history, uint32_t unit);
/* "2026-11-23T10:00:00.000Z" */
void annotate_time_format(int64_t wall, char at[40]);
/* The same, but later than `last` ("": none), because the time identifies a record. */
void annotate_time_after(const char *last, int64_t wall, char at[40]);

#endif
