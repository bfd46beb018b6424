/* SPDX-License-Identifier: MIT
 * Article ids that other programs number anew in each of their projects: "doccano-1" of two exports names two texts. */
#ifndef STANCE_ANNOTATE_TELL_APART_H
#define STANCE_ANNOTATE_TELL_APART_H

#include "format.h"
#include "project.h"

/* If an article's id belongs to another text, in the project (NULL: none) or in an earlier record, all its records get
 * a new id "ID~2", "ID~3" ...; the same text gets the same id again. Texts that differ only in case, punctuation and
 * spacing are the same. Counted in losses. */
enum stance_status annotate_tell_apart(const struct annotate_project *project, struct annotate_records *records,
                                       struct annotate_losses *losses, struct stance_error *error);

#endif
