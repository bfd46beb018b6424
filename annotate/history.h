/* SPDX-License-Identifier: MIT
 * One annotator's journal in memory: what holds for each unit, and what undo and redo would do. A record is the whole state of
 * its unit (label, note, flags, mentions), so the latest that is not retracted is the state. Undo retracts the latest act of the
 * journal (one record, or all that share an "act"); redo states again what was undone (flag "redo"); both are records, so they
 * reach across restarts. */
#ifndef STANCE_ANNOTATE_HISTORY_H
#define STANCE_ANNOTATE_HISTORY_H

#include "journal.h"
#include "stance/base/hash_map.h"
#include "units.h"

enum annotate_flag { /* bits; names in annotate_flag_names */
                     ANNOTATE_SKIP = 1,
                     ANNOTATE_FLAGGED = 2,
                     ANNOTATE_SPLIT = 4,
                     ANNOTATE_MENTIONS = 8,
                     ANNOTATE_CHECK_GOLD = 16,
                     ANNOTATE_CHECK_SELF = 32,
                     ANNOTATE_MERGED = 64,
                     ANNOTATE_UNCLEAR = 128,
                     ANNOTATE_REDO = 256,
                     ANNOTATE_ACCEPTED = 512, /* a preset label that was seen and let stand, not decided one by one */
                     ANNOTATE_NOT_DYAD =
                         1024, /* the annotator says that source or target is no such actor here: closed, without a label */
                     ANNOTATE_ADDED = 2048,   /* a dyad that the annotator added */
                     ANNOTATE_RECODED = 4096, /* by 'annotate recode': undo does not reach behind it */
                     ANNOTATE_REVIEW = 8192,  /* its label was split: open again */
};
enum { ANNOTATE_FLAG_COUNT = 14 };
/* What a unit's answer is besides its label: at most one of these stands. */
enum { ANNOTATE_CLOSED = ANNOTATE_SKIP | ANNOTATE_SPLIT | ANNOTATE_NOT_DYAD };
extern const char *const annotate_flag_names[ANNOTATE_FLAG_COUNT];

struct annotate_entry {
  uint32_t unit;
  uint32_t older; /* the unit's record before this one, + 1; 0: none */
  uint32_t flags;
  int8_t label;                                       /* -1: none */
  bool is_retracted, is_suggestion_shown, is_unknown; /* unknown: it has a label that the codebook lacks */
  float seconds, suggestion_p;
  int8_t suggestion; /* -1: none */
  const char *at;
  const char *note;     /* "" : none */
  const char *mentions; /* JSON; NULL: the unit's own */
  const char *kind;     /* adjudication: kind of error; NULL */
  const char *was;      /* the label that was split, of a unit to review; NULL */
  const char *extra;    /* flags that this program does not know, "\n" between them; NULL */
  const char *act;      /* shared by the records of one act; NULL: alone */
};

struct annotate_history {
  const struct annotate_units *units;
  struct stance_arena arena;
  struct annotate_entry *entries;
  size_t count, capacity;
  uint32_t *newest;            /* per unit: entry + 1 of what holds; 0: nothing */
  size_t newest_count;         /* units that newest has room for: the list may grow */
  struct stance_hash_map acts; /* what was done by which act: a set of hashes */
  uint32_t *done, *undone;     /* stacks of entries that undo and redo take from; as long as entries */
  size_t done_count, undone_count;
  size_t decisions; /* records that were ever made, retracted ones too: a clock for the checks */
  size_t unknown;   /* units whose label the codebook lacks: open again */
  size_t foreign;   /* lines about units that are not in the list, or by somebody else */
  char last_at[40]; /* times in a journal only grow */
};

/* Each: a decision closes a unit; a note or a flag alone does not. */
bool annotate_entry_decides(const struct annotate_entry *entry);
bool annotate_record_decides(const struct stance_record *record);

/* An empty history of these units, which must outlive it. Only memory can fail. Close it. */
enum stance_status annotate_history_open(const struct annotate_units *units, struct annotate_history *history,
                                         struct stance_error *error);
/* Frees what it holds. */
void annotate_history_close(struct annotate_history *history);
/* Replays a journal; annotator NULL: of anybody (gold.jsonl). */
enum stance_status annotate_history_read(struct annotate_history *history, const struct annotate_journal *journal,
                                         const char *annotator, struct stance_error *error);
/* The unit's state; NULL: untouched. */
const struct annotate_entry *annotate_history_state(const struct annotate_history *history, uint32_t unit);
/* Room for units that the list got since the history was opened. */
enum stance_status annotate_history_fit(struct annotate_history *history, struct stance_error *error);
/* Whether a record of this act is there: of the unit, or (ANNOTATE_NONE) of any. This is what makes a repeated request harmless. */
bool annotate_history_has(const struct annotate_history *history, const char *act, uint32_t unit);
/* After the records are on the disk: a new one; the undo of the latest; the redo of the latest undo (entry: with its new time);
 * act: of a record that retracts. */
enum stance_status annotate_history_add(struct annotate_history *history, const struct annotate_entry *entry,
                                        struct stance_error *error);
/* Takes back the latest record that counts; nothing where there is none. act: of the record that retracts. */
enum stance_status annotate_history_undo(struct annotate_history *history, const char *act, struct stance_error *error);
/* Takes the latest undo back. entry: the record as it counts again, with its new time. */
enum stance_status annotate_history_redo(struct annotate_history *history, const struct annotate_entry *entry,
                                         struct stance_error *error);
/* Each: how many records one undo or redo takes (those of one act; 0: there is nothing to take). */
size_t annotate_history_undo_count(struct annotate_history *history);
size_t annotate_history_redo_count(const struct annotate_history *history);
/* The i-th record that one undo takes, i below the count. Valid until the history changes. */
const struct annotate_entry *annotate_history_undo_at(const struct annotate_history *history, size_t i);
/* Likewise of one redo. */
const struct annotate_entry *annotate_history_redo_at(const struct annotate_history *history, size_t i);

#endif
