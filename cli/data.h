/* SPDX-License-Identifier: MIT
 * Where the shipped data is: models, gazetteers, codebooks. */
#ifndef STANCE_CLI_DATA_H
#define STANCE_CLI_DATA_H

#include "command.h"

/* The model where none is named: the configuration's, which is noted, or the shipped one. NULL: neither is there, which error says.
 * Valid until the next call of data_path. */
const char *data_model(struct stance_error *error);
/* stance_data_path's; NULL where it is in none. Valid until the next call. */
const char *data_path(const char *name);
/* Expands files and folders into gazetteer paths (the folder's *.json in name order); none given: the shipped actors. */
enum stance_status data_gazetteer_paths(const struct flag_list *given, struct stance_arena *arena,
                                        const char *const **paths, size_t *count, struct stance_error *error);

#endif
