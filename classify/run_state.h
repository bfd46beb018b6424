/* SPDX-License-Identifier: MIT
 * The state of an interrupted run, from which it is resumed: the number of complete articles and bytes of its output,
 * and the counts so far. */
#ifndef STANCE_CLASSIFY_RUN_STATE_H
#define STANCE_CLASSIFY_RUN_STATE_H

#include "report.h"
#include "sketch.h"

struct classify_counts {
  uint64_t items, scored, rejected, duplicates, other_shard, left_out, repaired_articles, repaired_bytes, units,
      text_bytes;
};

struct classify_run_state {
  uint64_t settings; /* hash of all settings that the output depends on */
  uint64_t written, rejects_written,
      inputs_written; /* complete bytes of the output, of the rejects, of the ledger (ledger.h) */
  struct classify_counts counts;
};

/* The data that a run gathers; each may be NULL. Borrowed, except `seen`, which loading replaces. */
struct classify_gathered {
  struct classify_aggregate *aggregate;
  struct classify_report *report;
  struct classify_seen *seen;
};

/* Writes the state under a temporary name and renames it. */
enum stance_status classify_run_state_save(const char *path, const struct classify_run_state *state,
                                           const struct classify_gathered *gathered, struct stance_error *error);
/* Loads a state; without a file nothing changes. STANCE_USAGE: of a run with other settings. STANCE_INPUT: damaged, or
 * it claims more bytes than `partial` has. */
enum stance_status classify_run_state_load(const char *path, const char *partial, struct classify_run_state *state,
                                           struct classify_gathered *gathered, struct stance_error *error);

#endif
