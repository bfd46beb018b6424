/* SPDX-License-Identifier: MIT
 * The two halves of brat's format. */
#ifndef STANCE_ANNOTATE_FORMAT_BRAT_H
#define STANCE_ANNOTATE_FORMAT_BRAT_H

#include "format.h"

/* Where a mention's actor is named: "N1 <tab> Reference T1 actor:MLI <tab> Mali". */
#define BRAT_ACTORS "actor:"

/* Writes a folder for each annotator. Articles whose ids fall on one file name are told apart, and ids too long for one are
 * shortened, by a hash. Nothing stands under `path` before all of it is written. */
enum stance_status annotate_brat_write(const char *path, const struct stance_record *records, size_t count,
                                       struct annotate_losses *losses, struct stance_error *error);

#endif
