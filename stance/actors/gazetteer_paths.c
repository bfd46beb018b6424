/* SPDX-License-Identifier: MIT
 * Opening gazetteers by the paths that a user gives: files, folders, or none for the shipped actors. Uses the compiled
 * actors where they were made from the same files. */
#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "gazetteer.h"
#include "gazetteer_tables.h"
#include "stance/base/error.h"

struct paths { /* in the arena */
  struct stance_arena *arena;
  const char **items;
  size_t count, capacity;
};

static enum stance_status add_path(struct paths *paths, const char *path, struct stance_error *error) {
  const char **more = stance_arena_grow(paths->arena, paths->items, &paths->capacity, paths->count + 1, sizeof *more);
  if (!more || !path) return stance_fail_memory(error);
  paths->items = more;
  paths->items[paths->count++] = path;
  return STANCE_OK;
}

static int is_json(const struct dirent *entry) {
  size_t length = strlen(entry->d_name);
  return length > 5 && strcmp(entry->d_name + length - 5, ".json") == 0;
}

static enum stance_status add_folder(struct paths *paths, const char *folder, struct stance_error *error) {
  struct dirent **entries;
  int found = scandir(folder, &entries, is_json, alphasort);
  if (found < 0) return stance_fail_errno(error, folder, "cannot list");
  enum stance_status status = STANCE_OK;
  for (int i = 0; i < found; i++) {
    if (status == STANCE_OK)
      status = add_path(paths, stance_arena_format(paths->arena, "%s/%s", folder, entries[i]->d_name), error);
    free(entries[i]);
  }
  free(entries);
  if (status == STANCE_OK && found == 0)
    return stance_fail_at(error, STANCE_INPUT, folder, 0, 0, "has no .json file; expected gazetteers");
  return status;
}

static enum stance_status add_shipped(struct paths *paths, struct stance_error *error) {
  char shipped[PATH_MAX];
  if (!stance_data_path("actors", shipped, sizeof shipped))
    return stance_fail(error, STANCE_INPUT, "the shipped gazetteer is not found; give --actors FILE");
  return add_folder(paths, shipped, error);
}

enum stance_status stance_gazetteer_paths(const char *const *given, size_t given_count, struct stance_arena *arena,
                                          const char *const **out, size_t *count, struct stance_error *error) {
  struct paths paths = {.arena = arena};
  enum stance_status status = given_count ? STANCE_OK : add_shipped(&paths, error);
  for (size_t i = 0; i < given_count && status == STANCE_OK; i++) {
    struct stat about;
    if (stat(given[i], &about) != 0) status = stance_fail_errno(error, given[i], "cannot open");
    else if (S_ISDIR(about.st_mode)) status = add_folder(&paths, given[i], error);
    else status = add_path(&paths, given[i], error);
  }
  *out = paths.items;
  *count = status == STANCE_OK ? paths.count : 0;
  return status;
}

enum stance_status stance_gazetteer_open(const char *const *given, size_t given_count, struct stance_gazetteer **out,
                                         struct stance_error *error) {
  struct stance_arena arena = {0};
  const char *const *paths;
  char compiled[PATH_MAX];
  size_t count;
  *out = NULL;
  enum stance_status status = stance_gazetteer_paths(given, given_count, &arena, &paths, &count, error);
  if (status == STANCE_OK)
    status = stance_gazetteer_open_compiled(
        stance_data_path("actors.compiled", compiled, sizeof compiled) ? compiled : NULL, paths, count, out, error);
  stance_arena_free(&arena);
  return status;
}
