/* SPDX-License-Identifier: MIT
 * Which gazetteers a project uses. */
#include "annotate_actors.h"

#include <string.h>

#include "data.h"
#include "stance/base/error.h"
#include "stance/base/file.h"

enum stance_status annotate_actors_paths(const struct annotate_project *project, struct stance_arena *arena,
                                         const char *const **paths, size_t *count, struct stance_error *error) {
  const char *const *base;
  size_t base_count;
  bool exists;
  STANCE_TRY(data_gazetteer_paths(project->actors, project->actor_count, arena, &base, &base_count, error));
  const char **all = stance_arena_alloc(arena, base_count + 1, sizeof *all);
  char *added = annotate_path(arena, project, ANNOTATE_ADDED_ACTORS);
  if (!all || !added) return stance_fail_memory(error);
  if (base_count) memcpy(all, base, base_count * sizeof *all);
  STANCE_TRY(stance_file_exists(added, &exists, error));
  if (exists) all[base_count++] = added;
  *paths = all;
  *count = base_count;
  return STANCE_OK;
}

enum stance_status annotate_actors_names(const struct annotate_project *project, struct stance_arena *arena,
                                         struct annotate_names *names, struct stance_error *error) {
  const char *const *paths;
  size_t count;
  *names = (struct annotate_names){0};
  if (annotate_actors_paths(project, arena, &paths, &count, error) != STANCE_OK && !project->actor_count)
    return STANCE_OK;
  return annotate_names_open(paths, count, names, error);
}
