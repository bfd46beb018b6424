/* SPDX-License-Identifier: MIT
 * Annotators who withdraw from a project, return, or are renamed. */
#ifndef STANCE_ANNOTATE_ANNOTATORS_H
#define STANCE_ANNOTATE_ANNOTATORS_H

#include "project.h"
#include "stance/base/buffer.h"

struct annotate_withdrawn {
  size_t labels;     /* labels that were current */
  size_t taken_back; /* gold labels that followed from them or that the annotator decided */
  size_t kept;       /* gold labels decided by somebody else on units that the annotator had labelled */
};

/* Removes NAME's labels: moves the journal to withdrawn/NAME.jsonl, retracts gold that follows from it, and removes the
 * name from project.json's list. Appends a line for each gold label concerned to out. `now`: RFC 3339. STANCE_INPUT:
 * there is no such journal, another process has it open, or withdrawn/ already has that name. After a crash the call
 * can be repeated. */
enum stance_status annotate_withdraw(const struct annotate_project *project, const char *name, const char *now,
                                     struct annotate_withdrawn *withdrawn, struct stance_buffer *out,
                                     struct stance_error *error);
/* Whether the annotator has a journal in the project. */
enum stance_status annotate_has_labels(const struct annotate_project *project, const char *name, bool *has,
                                       struct stance_error *error);
/* STANCE_INPUT if NAME has withdrawn and so may not label. */
enum stance_status annotate_withdrawn_check(const struct annotate_project *project, const char *name,
                                            struct stance_error *error);
/* Moves a withdrawn journal back into labels/. Retracted gold is not restored: adjudication or merging makes it
 * anew. */
enum stance_status annotate_readmit(const struct annotate_project *project, const char *name,
                                    struct stance_error *error);
/* Renames an annotator in the journal, in gold and in project.json's list. *records: lines that were rewritten. */
enum stance_status annotate_rename(const struct annotate_project *project, const char *old_name, const char *new_name,
                                   size_t *records, struct stance_error *error);

#endif
