/* SPDX-License-Identifier: MIT
 * All files of a project that hold labels: journals, withdrawn journals, machines' labels, gold. */
#ifndef STANCE_ANNOTATE_RECODE_FILES_H
#define STANCE_ANNOTATE_RECODE_FILES_H

#include "journal.h"
#include "project.h"

struct annotate_recode_file {
  char *path;
  const char *name; /* for messages: "ana", "gold", "withdrawn/ben", "machine/llm" */
  bool is_gold, is_machine;
  struct annotate_journal journal;
};

/* Opens all of them, locked unless is_trial. STANCE_INPUT: another process has one open. Close the files, also after a
 * failure. */
enum stance_status annotate_recode_files_open(const struct annotate_project *project, bool is_trial,
                                              struct stance_arena *arena, struct annotate_recode_file **files,
                                              size_t *count, struct stance_error *error);
/* Frees what it holds. */
void annotate_recode_files_close(struct annotate_recode_file *files, size_t count);
/* Reads the file's current records and its latest time ("": none). */
enum stance_status annotate_recode_file_read(const struct annotate_recode_file *file, struct stance_arena *arena,
                                             struct stance_record **records, size_t *count, char **last,
                                             struct stance_error *error);

#endif
