/* SPDX-License-Identifier: MIT
 * Reading a file of labels in any form: label records, "LABEL TAB TEXT", or fastText's "__label__LABEL TEXT". */
#ifndef STANCE_TRAIN_LABEL_FILE_H
#define STANCE_TRAIN_LABEL_FILE_H

#include "stance/labels/codebook.h"
#include "stance/labels/record.h"

/* Reads records into the arena; path may be "-". head: for lines that name none; NULL: the codebook's only sentence
 * head, or STANCE_INPUT if it has several. A record's line is that in the file. */
enum stance_status train_label_file_read(const char *path, const struct stance_codebook *codebook, const char *head,
                                         struct stance_arena *arena, struct stance_record **records, size_t *count,
                                         struct stance_error *error);

#endif
