/* SPDX-License-Identifier: MIT
 * The two halves of brat's format. */
#ifndef STANCE_ANNOTATE_FORMAT_BRAT_H
#define STANCE_ANNOTATE_FORMAT_BRAT_H

#include "format.h"

/* The prefix of a mention's actor: "N1 <tab> Reference T1 actor:MLI <tab> Mali". */
#define BRAT_ACTORS "actor:"

/* Writes a folder for each annotator. A hash distinguishes articles whose ids give the same file name and shortens ids
 * that are too long for one. `path` appears only when all of it is written. */
enum stance_status annotate_brat_write(const char *path, const struct stance_record *records, size_t count,
                                       struct annotate_losses *losses, struct stance_error *error);

#endif
