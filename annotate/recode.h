/* SPDX-License-Identifier: MIT
 * Recoding: labels are renamed, merged or split in the codebook and in all journals, gold, machines' labels and
 * withdrawn journals.
 *
 *   rules -> new codebook -> lock all files -> log "begun" -> a record for each label -> codebook.json -> log "done"
 *
 * No record is rewritten: a changed label is a further record of the same annotator with the flag "recoded". The unit
 * of a split label is open again (flags "review" and "was:LABEL"). All records of a recoding share an "act". The next
 * call completes an interrupted recoding: it changes the labels that are not changed yet. */
#ifndef STANCE_ANNOTATE_RECODE_H
#define STANCE_ANNOTATE_RECODE_H

#include "recode_log.h"
#include "stance/base/buffer.h"

struct annotate_recoded {
  size_t files, records; /* files changed (journals, also withdrawn ones, gold, machines), and labels changed in them */
  size_t review;         /* units that are open again because their label was split */
  size_t retracted;      /* by undo: records of the recoding that were retracted */
  size_t examples;       /* the codebook's examples of split labels, which were removed */
  const char *from, *to; /* editions */
  bool was_interrupted;  /* only an earlier, interrupted recoding was completed */
};

/* `codebook`: a file that replaces the project's codebook; NULL: the project's is edited. Appends a line to out for
 * each unit to review. With is_trial nothing is written to the project. `wall`: milliseconds since 1970. STANCE_USAGE:
 * rules contradict each other. STANCE_INPUT: a rule's label does not exist, or the new codebook lacks a label in
 * use. */
enum stance_status annotate_recode(const struct annotate_project *project, const char *head,
                                   const struct annotate_recode_rule *rules, size_t count, const char *codebook,
                                   bool is_trial, int64_t wall, struct stance_arena *arena,
                                   struct annotate_recoded *recoded, struct stance_buffer *out,
                                   struct stance_error *error);
/* Reverts the latest recoding: retracts its records and restores the codebook. Labels given since then get their old
 * names; those of a merged label must be reviewed. */
enum stance_status annotate_recode_undo(const struct annotate_project *project, bool is_trial, int64_t wall,
                                        struct stance_arena *arena, struct annotate_recoded *recoded,
                                        struct stance_buffer *out, struct stance_error *error);

#endif
