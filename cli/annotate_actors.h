/* SPDX-License-Identifier: MIT
 * The actors of a project: its own gazetteers or the shipped ones, and those that annotators added. */
#ifndef STANCE_CLI_ANNOTATE_ACTORS_H
#define STANCE_CLI_ANNOTATE_ACTORS_H

#include "annotate/names.h"
#include "annotate/project.h"

#define ANNOTATE_ADDED_ACTORS "actors-added.json" /* in the project's folder */

/* The paths of the project's gazetteers, in the arena. */
enum stance_status annotate_actors_paths(const struct annotate_project *project, struct stance_arena *arena,
                                         const char *const **paths, size_t *count, struct stance_error *error);
/* Opens the names to search: those of the project, and of the shipped gazetteers if they are found. */
enum stance_status annotate_actors_names(const struct annotate_project *project, struct stance_arena *arena,
                                         struct annotate_names *names, struct stance_error *error);

#endif
