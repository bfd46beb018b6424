/* SPDX-License-Identifier: MIT
 * What was recoded: recodes.jsonl, a line when a recoding begins and one when it is done, and codebooks/HASH.json, every codebook that
 * such a line names. A recoding that was interrupted has no second line: nobody labels until it is taken up again. */
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

/* One label into another one. A split has a rule for each new label, a merge for each old one. */
struct annotate_recode_rule {
  enum annotate_recode_kind kind;
  const char *old_label, *new_label;
};

struct annotate_recode_step {
  const char *act, *at, *undoes; /* undoes: the act of the step that it takes back; NULL */
  const char *head;
  const char *from, *to; /* editions */
  struct annotate_recode_rule *rules;
  size_t rule_count;
  bool is_done, is_undone;
};

/* The steps so far, oldest first; none where there is no file. */
enum stance_status annotate_recode_log_read(const struct annotate_project *project, struct stance_arena *arena,
                                            struct annotate_recode_step **steps, size_t *count,
                                            struct stance_error *error);
/* Appends a step to the project's log, on the disk when it returns. */
enum stance_status annotate_recode_log_append(const struct annotate_project *project,
                                              const struct annotate_recode_step *step, struct stance_error *error);

/* Keeps the codebook as it is while labels are given by it (shared, so that many may), or takes it for oneself (to change it).
 * *file: to be closed when that ends. STANCE_INPUT where somebody else stands in the way, the codebook is no longer the one that was
 * read, or (shared) a recoding was interrupted. */
enum stance_status annotate_codebook_hold(const struct annotate_project *project, bool is_alone, int *file,
                                          struct stance_error *error);

#endif
