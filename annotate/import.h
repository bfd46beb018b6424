/* SPDX-License-Identifier: MIT
 * Imports label records into a project's journals. */
#ifndef STANCE_ANNOTATE_IMPORT_H
#define STANCE_ANNOTATE_IMPORT_H

#include "project.h"

struct annotate_imported {
  size_t records, known; /* records appended; records that the journals already had */
  size_t units;          /* added to the list */
  size_t to_label;       /* records without a label: only their unit is added to the list */
  size_t journals;       /* journals written to */
};

/* Appends each record to its annotator's journal (is_gold: all to gold.jsonl) unless the journal has it, and its unit
 * to the list unless the list has it. `now`: RFC 3339, for records without a time. STANCE_INPUT, with `file` and the
 * record's line: a head or label that the codebook lacks, or a name that cannot be a file name; then nothing has been
 * written. */
enum stance_status annotate_import(const struct annotate_project *project, struct stance_record *records, size_t count,
                                   bool is_gold, const char *now, const char *file, struct annotate_imported *imported,
                                   struct stance_error *error);

#endif
