/* SPDX-License-Identifier: MIT
 * Labels that a program made (any model, a language model's JSON Lines), called a machine. They are kept in
 * machine/NAME.jsonl, apart from the annotators' journals, so votes, gold and the annotators' agreement do not include
 * them. */
#ifndef STANCE_ANNOTATE_MACHINE_H
#define STANCE_ANNOTATE_MACHINE_H

#include "units.h"

struct annotate_machine_added {
  size_t records, replaced; /* new labels; labels that replaced an earlier one of the same unit */
  size_t no_unit, no_label; /* lines whose unit is not in the list; lines whose label the head lacks */
};

/* Appends a file's labels to machine/NAME.jsonl. A line is an object with "unit" or "article", "sentence", "source" and
 * "target"; with "label"; with "head" if the codebook has several heads for that kind of unit; and optionally with "p"
 * or "confidence". STANCE_INPUT: another kind of line, or the name of an annotator; then nothing has been written. */
enum stance_status annotate_machine_add(const struct annotate_project *project, const char *name, const char *path,
                                        const char *now, struct annotate_machine_added *added,
                                        struct stance_error *error);
/* The current labels of all machines. */
enum stance_status annotate_machine_read(const struct annotate_project *project, struct stance_arena *arena,
                                         struct stance_record **records, size_t *count, struct stance_error *error);

#endif
