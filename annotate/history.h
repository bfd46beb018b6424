/* SPDX-License-Identifier: MIT
 * One annotator's journal in memory: each unit's current state, and the records for undo and redo. A record is the
 * whole state of its unit (label, note, flags, mentions), so the latest record that is not retracted is the state. Undo
 * retracts the latest act of the journal (one record, or all that share an "act"); redo repeats the undone records with
 * the flag "redo". Both are records themselves, so they work across restarts. */
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
                     ANNOTATE_ACCEPTED = 512,  /* a preset label that the annotator saw and let stand */
                     ANNOTATE_NOT_DYAD = 1024, /* source or target is wrong: closed without a label */
                     ANNOTATE_ADDED = 2048,    /* a dyad that the annotator added */
                     ANNOTATE_RECODED = 4096,  /* by 'annotate recode': undo stops at it */
                     ANNOTATE_REVIEW = 8192,   /* its label was split: the unit is open again */
};
enum { ANNOTATE_FLAG_COUNT = 14 };
/* Answers other than a label: a state has at most one of these. */
enum { ANNOTATE_CLOSED = ANNOTATE_SKIP | ANNOTATE_SPLIT | ANNOTATE_NOT_DYAD };
extern const char *const annotate_flag_names[ANNOTATE_FLAG_COUNT];

struct annotate_entry {
  uint32_t unit;
  uint32_t older; /* index of the unit's previous record + 1; 0: none */
  uint32_t flags;
  int8_t label;                                       /* -1: none */
  bool is_retracted, is_suggestion_shown, is_unknown; /* is_unknown: its label is not in the codebook */
  float seconds, suggestion_p;
  int8_t suggestion; /* -1: none */
  const char *at;
  const char *note;     /* "" : none */
  const char *mentions; /* JSON; NULL: the unit's own */
  const char *kind;     /* adjudication: kind of error, or NULL */
  const char *was;      /* of a unit to review: the label that was split, else NULL */
  const char *extra;    /* flags that this version does not know, separated by a newline; NULL: none */
  const char *act;      /* shared by the records of an act; NULL: a record on its own */
};

struct annotate_history {
  const struct annotate_units *units;
  struct stance_arena arena;
  struct annotate_entry *entries;
  size_t count, capacity;
  uint32_t *newest;            /* per unit: index of the current entry + 1; 0: none */
  size_t newest_count;         /* units that newest has room for */
  struct stance_hash_map acts; /* set of hashes of (act, unit) */
  uint32_t *done, *undone;     /* stacks of entry indices for undo and redo; capacity as entries */
  size_t done_count, undone_count;
  size_t decisions; /* decisions ever made, including retracted ones: schedules the hidden checks */
  size_t unknown;   /* units whose label the codebook lacks: they are open again */
  size_t foreign;   /* lines about units that are not in the list, or by other annotators */
  char last_at[40]; /* time of the last record; times in a journal increase */
};

/* Each tells whether the entry or record is a decision, which closes its unit; a note or a flag alone is none. */
bool annotate_entry_decides(const struct annotate_entry *entry);
bool annotate_record_decides(const struct stance_record *record);

/* An empty history of these units, which must outlive it. Fails only if memory runs out. Close it. */
enum stance_status annotate_history_open(const struct annotate_units *units, struct annotate_history *history,
                                         struct stance_error *error);
/* Frees what it holds. */
void annotate_history_close(struct annotate_history *history);
/* Reads the records of a journal. annotator NULL: of all annotators (gold.jsonl). */
enum stance_status annotate_history_read(struct annotate_history *history, const struct annotate_journal *journal,
                                         const char *annotator, struct stance_error *error);
/* The unit's state; NULL: none yet. */
const struct annotate_entry *annotate_history_state(const struct annotate_history *history, uint32_t unit);
/* Makes room for units added to the list since the history was opened. */
enum stance_status annotate_history_fit(struct annotate_history *history, struct stance_error *error);
/* Whether the history has a record of this act for the unit (ANNOTATE_NONE: for any unit). So a repeated request is
 * recognised and has no further effect. */
bool annotate_history_has(const struct annotate_history *history, const char *act, uint32_t unit);
/* Applies a new record, which must be on the disk already. */
enum stance_status annotate_history_add(struct annotate_history *history, const struct annotate_entry *entry,
                                        struct stance_error *error);
/* Retracts the latest record that is not retracted, if there is one. act: the act of the retracting record. */
enum stance_status annotate_history_undo(struct annotate_history *history, const char *act, struct stance_error *error);
/* Repeats the record undone last. entry: that record with its new time. */
enum stance_status annotate_history_redo(struct annotate_history *history, const struct annotate_entry *entry,
                                         struct stance_error *error);
/* Each returns the number of records that the next undo or redo comprises (one act); 0: nothing to undo or redo. */
size_t annotate_history_undo_count(struct annotate_history *history);
size_t annotate_history_redo_count(const struct annotate_history *history);
/* The i-th record of the next undo, i < annotate_history_undo_count. Valid until the history changes. */
const struct annotate_entry *annotate_history_undo_at(const struct annotate_history *history, size_t i);
/* The i-th record of the next redo. */
const struct annotate_entry *annotate_history_redo_at(const struct annotate_history *history, size_t i);

#endif
