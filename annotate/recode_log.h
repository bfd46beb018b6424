/* SPDX-License-Identifier: MIT
 * The log of recodings: recodes.jsonl has a line for the beginning and one for the end of each recoding, and
 * codebooks/HASH.json is the copy of each codebook that a line names. An interrupted recoding has no second line;
 * nobody can label until it is completed. */
#ifndef STANCE_ANNOTATE_RECODE_LOG_H
#define STANCE_ANNOTATE_RECODE_LOG_H

#include "project.h"
#include "stance/base/json.h"

enum annotate_recode_kind {
  ANNOTATE_RECODE_RENAME,
  ANNOTATE_RECODE_MERGE,
  ANNOTATE_RECODE_SPLIT,
  ANNOTATE_RECODE_KINDS
};
extern const char *const annotate_recode_names[ANNOTATE_RECODE_KINDS]; /* "rename", "merge", "split" */

/* Turns one label into another. A split has a rule for each new label, a merge one for each old label. */
struct annotate_recode_rule {
  enum annotate_recode_kind kind;
  const char *old_label, *new_label;
};

struct annotate_recode_step {
  const char *act, *at, *undoes; /* undoes: the act of the step that this one reverts, or NULL */
  const char *head;
  const char *from, *to; /* editions */
  struct annotate_recode_rule *rules;
  size_t rule_count;
  bool is_done, is_undone;
};

/* All steps, oldest first. A missing file has none. */
enum stance_status annotate_recode_log_read(const struct annotate_project *project, struct stance_arena *arena,
                                            struct annotate_recode_step **steps, size_t *count,
                                            struct stance_error *error);
/* Appends a step to the log and syncs it to the disk. */
enum stance_status annotate_recode_log_append(const struct annotate_project *project,
                                              const struct annotate_recode_step *step, struct stance_error *error);

/* Locks the codebook: shared, so that it does not change while people label, or exclusive (is_alone), to change it.
 * Close *file to unlock it. STANCE_INPUT: another process has a conflicting lock, the codebook has changed since it was
 * read, or (shared) a recoding was interrupted. */
enum stance_status annotate_codebook_hold(const struct annotate_project *project, bool is_alone, int *file,
                                          struct stance_error *error);

#endif
