/* SPDX-License-Identifier: MIT
 * Annotators who leave a project, or change their name. */
#ifndef STANCE_ANNOTATE_ANNOTATORS_H
#define STANCE_ANNOTATE_ANNOTATORS_H

#include "project.h"
#include "stance/base/buffer.h"

struct annotate_withdrawn {
  size_t labels;     /* that held */
  size_t taken_back; /* gold that followed from them, or was decided by the annotator */
  size_t kept;       /* gold that somebody decided by hand on units that the annotator had labelled */
};

/* Takes NAME's labels out: the journal goes to withdrawn/NAME.jsonl, gold that follows from it is retracted, the name leaves
 * project.json's list. Appends a line for each gold label concerned to out. `now`: RFC 3339. STANCE_INPUT where there is no such
 * journal, somebody writes it, or withdrawn/ holds one of that name. Every step may be done again after a crash. */
enum stance_status annotate_withdraw(const struct annotate_project *project, const char *name, const char *now,
                                     struct annotate_withdrawn *withdrawn, struct stance_buffer *out,
                                     struct stance_error *error);
/* Whether the annotator has a journal in the project. */
enum stance_status annotate_has_labels(const struct annotate_project *project, const char *name, bool *has,
                                       struct stance_error *error);
/* STANCE_INPUT where NAME has withdrawn, and so may not label. */
enum stance_status annotate_withdrawn_check(const struct annotate_project *project, const char *name,
                                            struct stance_error *error);
/* The journal's way back into labels/; gold comes with the next adjudication. */
enum stance_status annotate_readmit(const struct annotate_project *project, const char *name,
                                    struct stance_error *error);
/* OLD becomes NEW in the journal, in gold and in project.json's list. *records: lines that were rewritten. */
enum stance_status annotate_rename(const struct annotate_project *project, const char *old_name, const char *new_name,
                                   size_t *records, struct stance_error *error);

#endif
