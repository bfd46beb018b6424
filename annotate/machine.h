/* SPDX-License-Identifier: MIT
 * Labels that machines made elsewhere (any model, a language model's JSON Lines): annotators of their own kind. They are kept in
 * machine/NAME.jsonl, beside people's journals, so that votes, gold and agreement between people never see them. */
#ifndef STANCE_ANNOTATE_MACHINE_H
#define STANCE_ANNOTATE_MACHINE_H

#include "units.h"

struct annotate_machine_added {
  size_t records, replaced; /* new; of units that it had labelled already: the later label holds */
  size_t no_unit, no_label; /* lines whose unit is not in the list; whose label the head lacks */
};

/* Appends a file's labels to machine/NAME.jsonl. A line is {"unit" or "article","sentence","source","target"; "label"; "head", which a
 * codebook of one head of that kind of unit may leave out; "p" or "confidence"}. STANCE_INPUT for a line that is no such object
 * and for a name that a person has; then nothing was written. */
enum stance_status annotate_machine_add(const struct annotate_project *project, const char *name, const char *path,
                                        const char *now, struct annotate_machine_added *added,
                                        struct stance_error *error);
/* All machines' labels that hold; none where there is no machine. */
enum stance_status annotate_machine_read(const struct annotate_project *project, struct stance_arena *arena,
                                         struct stance_record **records, size_t *count, struct stance_error *error);

#endif
