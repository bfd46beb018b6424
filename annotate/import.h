/* SPDX-License-Identifier: MIT
 * Records from elsewhere into a project's journals. */
#ifndef STANCE_ANNOTATE_IMPORT_H
#define STANCE_ANNOTATE_IMPORT_H

#include "project.h"

struct annotate_imported {
  size_t records, known; /* appended; there already */
  size_t units;          /* new in the list */
  size_t to_label;       /* that say nothing of their unit: it is in the list, the journals stay */
  size_t journals;       /* that were written to */
};

/* Appends each record to its annotator's journal (is_gold: all to gold.jsonl), unless it is there already, and its unit to the
 * list where that lacks it. `now`: RFC 3339, for records without a time. STANCE_INPUT, with `file` and the record's line, for a
 * head or a label that the codebook lacks and for a name that cannot be a journal's; then nothing was written. */
enum stance_status annotate_import(const struct annotate_project *project, struct stance_record *records, size_t count,
                                   bool is_gold, const char *now, const char *file, struct annotate_imported *imported,
                                   struct stance_error *error);

#endif
