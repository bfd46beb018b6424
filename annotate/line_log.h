/* SPDX-License-Identifier: MIT
 * Small append-only files of a project that both the terminal and the server write: opened, locked, written, synced and
 * closed for each append. (A journal has one writer, who keeps it open.) Thread-safe. */
#ifndef STANCE_ANNOTATE_LINE_LOG_H
#define STANCE_ANNOTATE_LINE_LOG_H

#include "project.h"
#include "stance/base/json.h"

/* Appends whole lines to DIR/name and syncs them to the disk; creates a missing folder. Waits up to a second for
 * another writer, then STANCE_INPUT. */
enum stance_status annotate_log_append(const struct annotate_project *project, const char *name, const char *lines,
                                       size_t length, struct stance_error *error);
/* Calls `each` with each complete line of DIR/name; an incomplete last line is ignored. A missing file has no lines. */
enum stance_status annotate_log_read(const struct annotate_project *project, const char *name, stance_json_line *each,
                                     void *context, struct stance_error *error);

#endif
