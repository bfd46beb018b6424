/* SPDX-License-Identifier: MIT */
#include "data.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stance/actors/gazetteer_tables.h"
#include "stance/base/error.h"

const char *data_path(const char *name) {
  static char path[PATH_MAX + 64];
  char self[PATH_MAX];
  const char *chosen = getenv("STANCE_DATA");
  if (chosen && *chosen) {
    int length = snprintf(path, sizeof path, "%s/%s", chosen, name);
    return length > 0 && (size_t)length < sizeof path && access(path, R_OK) == 0 ? path : NULL;
  }
  ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
  if (length > 0) {
    self[length] = '\0';
    *strrchr(self, '/') = '\0';
    static const char *const beside[] = {"", "/../share/stancekit"};
    for (size_t i = 0; i < 2; i++) {
      int written = snprintf(path, sizeof path, "%s%s/%s", self, beside[i], name);
      if (written > 0 && (size_t)written < sizeof path && access(path, R_OK) == 0) return path;
    }
  }
  int written = snprintf(path, sizeof path, "%s/%s", STANCE_DATADIR, name);
  return written > 0 && (size_t)written < sizeof path && access(path, R_OK) == 0 ? path : NULL;
}

static int is_json(const struct dirent *entry) {
  size_t length = strlen(entry->d_name);
  return length > 5 && strcmp(entry->d_name + length - 5, ".json") == 0;
}

static enum stance_status add_folder(const char *folder, struct stance_arena *arena, const char ***paths,
                                     size_t *capacity, size_t *count, struct stance_error *error) {
  struct dirent **entries;
  int found = scandir(folder, &entries, is_json, alphasort);
  if (found < 0) return stance_fail_errno(error, folder, "cannot list");
  enum stance_status status = STANCE_OK;
  const char **more = stance_arena_grow(arena, *paths, capacity, *count + (size_t)found, sizeof *more);
  if (more) *paths = more;
  for (int i = 0; i < found; i++) {
    char *path = more ? stance_arena_format(arena, "%s/%s", folder, entries[i]->d_name) : NULL;
    if (path) (*paths)[(*count)++] = path;
    else status = stance_fail_memory(error);
    free(entries[i]);
  }
  free(entries);
  if (status == STANCE_OK && found == 0)
    return stance_fail_at(error, STANCE_INPUT, folder, 0, 0, "has no .json file; expected gazetteers");
  return status;
}

enum stance_status gazetteer_paths(const struct flag_list *given, struct stance_arena *arena, const char *const **paths,
                                   size_t *count, struct stance_error *error) {
  const char **list = NULL, *shipped;
  size_t capacity = 0;
  *count = 0;
  if (!given->count) {
    shipped = data_path("actors");
    if (!shipped) return stance_fail(error, STANCE_INPUT, "the shipped gazetteer is not found; give --actors FILE");
    char *copy = stance_arena_copy(arena, shipped, strlen(shipped));
    enum stance_status status =
        copy ? add_folder(copy, arena, &list, &capacity, count, error) : stance_fail_memory(error);
    *paths = list;
    return status;
  }
  for (size_t i = 0; i < given->count; i++) {
    struct stat about;
    if (stat(given->items[i], &about) != 0) return stance_fail_errno(error, given->items[i], "cannot open");
    if (S_ISDIR(about.st_mode)) {
      enum stance_status status = add_folder(given->items[i], arena, &list, &capacity, count, error);
      if (status != STANCE_OK) return status;
      continue;
    }
    const char **more = stance_arena_grow(arena, list, &capacity, *count + 1, sizeof *more);
    if (!more) return stance_fail_memory(error);
    list = more;
    list[(*count)++] = given->items[i];
  }
  *paths = list;
  return STANCE_OK;
}

enum stance_status gazetteer_open(const char *const *paths, size_t count, struct stance_gazetteer **out,
                                  struct stance_error *error) {
  return stance_gazetteer_open_compiled(data_path("actors.compiled"), paths, count, out, error);
}
