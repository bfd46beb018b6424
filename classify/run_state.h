/* SPDX-License-Identifier: MIT
 * The state from which an interrupted run goes on: after which article and which byte its output was whole, with the counts so far. */
#ifndef STANCE_CLASSIFY_RUN_STATE_H
#define STANCE_CLASSIFY_RUN_STATE_H

#include "report.h"
#include "sketch.h"

struct classify_counts {
  uint64_t items, scored, rejected, duplicates, other_shard, left_out, repaired_articles, repaired_bytes, units,
      text_bytes;
};

struct classify_run_state {
  uint64_t settings;                 /* hash of all that decides what is written */
  uint64_t written, rejects_written, inputs_written; /* bytes that are whole; the last: of the ledger (ledger.h) */
  struct classify_counts counts;
};

/* What a run has gathered; NULL where it gathers none. Borrowed, but for `seen`, which loading replaces. */
struct classify_gathered {
  struct classify_aggregate *aggregate;
  struct classify_report *report;
  struct classify_seen *seen;
};

/* Writes a file beside path and renames it. */
enum stance_status classify_run_state_save(const char *path, const struct classify_run_state *state,
                                           const struct classify_gathered *gathered, struct stance_error *error);
/* No file at path: STANCE_OK, all as it was. Another run's settings: STANCE_USAGE; a damaged state, or one that vouches for more than
 * `partial` holds: STANCE_INPUT. */
enum stance_status classify_run_state_load(const char *path, const char *partial, struct classify_run_state *state,
                                           struct classify_gathered *gathered, struct stance_error *error);

#endif
