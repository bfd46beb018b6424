/* SPDX-License-Identifier: MIT
 * Where the shipped data is: models, gazetteers, codebooks. */
#ifndef STANCE_CLI_DATA_H
#define STANCE_CLI_DATA_H

#include "command.h"

/* stance_data_path's; NULL where it is in none. Valid until the next call. */
const char *data_path(const char *name);
/* Expands files and folders into gazetteer paths (the folder's *.json in name order); none given: the shipped actors. */
enum stance_status data_gazetteer_paths(const struct flag_list *given, struct stance_arena *arena,
                                        const char *const **paths, size_t *count, struct stance_error *error);

#endif
