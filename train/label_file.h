/* SPDX-License-Identifier: MIT
 * A file of labels as records, whatever it is: label records, "LABEL TAB TEXT", or fastText's "__label__LABEL TEXT". */
#ifndef STANCE_TRAIN_LABEL_FILE_H
#define STANCE_TRAIN_LABEL_FILE_H

#include "stance/labels/codebook.h"
#include "stance/labels/record.h"

/* head: of lines without one; NULL: the codebook's sentence head, where it has one alone (else STANCE_INPUT). path may be "-".
 * A record's line is that of the file. All in the arena. */
enum stance_status train_label_file_read(const char *path, const struct stance_codebook *codebook, const char *head,
                                         struct stance_arena *arena, struct stance_record **records, size_t *count,
                                         struct stance_error *error);

#endif
