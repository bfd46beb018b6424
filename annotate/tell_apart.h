/* SPDX-License-Identifier: MIT
 * Ids that other programs count anew in each project: "doccano-1" of one export and of the next are two texts. */
#ifndef STANCE_ANNOTATE_TELL_APART_H
#define STANCE_ANNOTATE_TELL_APART_H

#include "format.h"
#include "project.h"

/* Gives records whose id another text has, in the project (NULL: none) or earlier among them, "ID~2", "ID~3" ..., all of an article
 * together; the same text finds its id again. Case, punctuation and spacing tell no text apart. Counted in losses. */
enum stance_status annotate_tell_apart(const struct annotate_project *project, struct annotate_records *records,
                                       struct annotate_losses *losses, struct stance_error *error);

#endif
