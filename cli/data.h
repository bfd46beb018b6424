/* SPDX-License-Identifier: MIT
 * Finds the shipped data: models, gazetteers, codebooks. */
#ifndef STANCE_CLI_DATA_H
#define STANCE_CLI_DATA_H

#include "command.h"

/* The default model: the configuration's, of which a note is printed, or the shipped one. NULL, with error: there is
 * neither. Valid until the next call of data_path. */
const char *data_model(struct stance_error *error);
/* The path of a file in the data folders of stance_data_path; NULL: not found. Valid until the next call. */
const char *data_path(const char *name);
/* Expands files and folders into gazetteer paths (the folder's *.json in name order); none given: the shipped
 * actors. */
enum stance_status data_gazetteer_paths(const char *const *given, size_t given_count, struct stance_arena *arena,
                                        const char *const **paths, size_t *count, struct stance_error *error);

#endif
