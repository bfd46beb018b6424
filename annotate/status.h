/* SPDX-License-Identifier: MIT
 * The status of a project: for each annotator the progress, the pace, and the accuracy on hidden gold checks and
 * repeated units. */
#ifndef STANCE_ANNOTATE_STATUS_H
#define STANCE_ANNOTATE_STATUS_H

#include "project.h"
#include "stance/base/buffer.h"

/* Appends text or one JSON object to out. `wall`: the present time in milliseconds since 1970, for today's pace. */
enum stance_status annotate_status(const struct annotate_project *project, bool is_json, int64_t wall,
                                   struct stance_buffer *out, struct stance_error *error);

#endif
