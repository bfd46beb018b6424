/* SPDX-License-Identifier: MIT
 * How far a project is: by annotator, what is done, how fast, and how well by gold and by repeated units. */
#ifndef STANCE_ANNOTATE_STATUS_H
#define STANCE_ANNOTATE_STATUS_H

#include "project.h"
#include "stance/base/buffer.h"

/* Appends text or one JSON object to out. `wall`: now, milliseconds since 1970, for today's pace. */
enum stance_status annotate_status(const struct annotate_project *project, bool is_json, int64_t wall,
                                   struct stance_buffer *out, struct stance_error *error);

#endif
