/* SPDX-License-Identifier: MIT
 * Labels under another codebook: renamed, merged or split, in every journal, in gold, in machines' labels and in what was withdrawn.
 *
 *   rules -> new codebook -> lock all -> log "begun" -> a record for each label concerned -> codebook.json -> log "done"
 *
 * Nothing is rewritten: a label that changes is a further record of the same annotator with the flag "recoded"; one that is split holds no
 * longer, and its unit is open again (flags "review" and "was:LABEL"). All records of a recoding share an "act". What was interrupted
 * is taken up by the next call, since only labels that still are to change are changed. */
#ifndef STANCE_ANNOTATE_RECODE_H
#define STANCE_ANNOTATE_RECODE_H

#include "recode_log.h"
#include "stance/base/buffer.h"

struct annotate_recoded {
  size_t files, records; /* journals (gold, machines, withdrawn ones too) and labels in them that were changed */
  size_t review;         /* labels that hold no longer: to be given anew */
  size_t retracted;      /* by undo: records of the recoding that were taken back */
  size_t examples;       /* of the codebook that fell with a label that was split */
  const char *from, *to; /* editions */
  bool was_interrupted;  /* an earlier recoding was finished, and nothing else done */
};

/* `codebook`: a file that takes the place of the project's; NULL: the project's is edited. Lines of the units to review go to out. With
 * is_trial nothing is written. `wall`: milliseconds since 1970. STANCE_USAGE for rules that contradict each other, STANCE_INPUT for labels
 * that are not there and for labels in use that a new codebook lacks. */
enum stance_status annotate_recode(const struct annotate_project *project, const char *head,
                                   const struct annotate_recode_rule *rules, size_t count, const char *codebook,
                                   bool is_trial, int64_t wall, struct stance_arena *arena,
                                   struct annotate_recoded *recoded, struct stance_buffer *out,
                                   struct stance_error *error);
/* Takes the latest recoding back: its records, and the codebook. Labels given since get their old names; where several were merged they
 * are to be reviewed. */
enum stance_status annotate_recode_undo(const struct annotate_project *project, bool is_trial, int64_t wall,
                                        struct stance_arena *arena, struct annotate_recoded *recoded,
                                        struct stance_buffer *out, struct stance_error *error);

#endif
