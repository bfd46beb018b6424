/* SPDX-License-Identifier: MIT
 * Small files of a project to which facts are appended from the terminal and the server alike: opened, locked, written, synced and closed
 * each time. (A journal stays open instead, with one writer.) Thread-safe. */
#ifndef STANCE_ANNOTATE_LINE_LOG_H
#define STANCE_ANNOTATE_LINE_LOG_H

#include "project.h"
#include "stance/base/json.h"

/* Appends whole lines to DIR/name, whose folder is made where it is missing; waits up to a second for another writer. They are on the disk
 * when it returns. */
enum stance_status annotate_log_append(const struct annotate_project *project, const char *name, const char *lines,
                                       size_t length, struct stance_error *error);
/* Calls `each` with each whole line of DIR/name; a line that a crash left half-written never was. No such file: no line. */
enum stance_status annotate_log_read(const struct annotate_project *project, const char *name, stance_json_line *each,
                                     void *context, struct stance_error *error);

#endif
