/* SPDX-License-Identifier: MIT */
#include "codebooks.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data.h"
#include "stance/base/buffer.h"
#include "stance/base/error.h"
#include "train/dataset.h"

static int is_codebook(const struct dirent *entry) {
  size_t length = strlen(entry->d_name);
  return length > 5 && strcmp(entry->d_name + length - 5, ".json") == 0;
}

/* The shipped names without ".json", in order; NULL where there is no folder. */
static char **shipped_names(struct stance_arena *arena, size_t *count) {
  struct dirent **entries;
  const char *folder = data_path("codebooks");
  int found = folder ? scandir(folder, &entries, is_codebook, alphasort) : -1;
  char **names = found > 0 ? stance_arena_zalloc(arena, (size_t)found, sizeof *names) : NULL;
  *count = 0;
  for (int i = 0; i < found; i++) {
    char *name = names ? stance_arena_copy(arena, entries[i]->d_name, strlen(entries[i]->d_name) - 5) : NULL;
    if (name) names[(*count)++] = name;
    free(entries[i]);
  }
  if (found >= 0) free(entries);
  return names;
}

/* *path, in the arena; NULL: there is none of that name. */
static enum stance_status shipped_path(const char *name, struct stance_arena *arena, const char **path,
                                       struct stance_error *error) {
  size_t length = strlen(name);
  bool has_ending = length > 5 && strcmp(name + length - 5, ".json") == 0;
  const char *within = stance_arena_format(arena, "codebooks/%s%s", name, has_ending ? "" : ".json");
  const char *found = within ? data_path(within) : NULL;
  *path = found ? stance_arena_copy(arena, found, strlen(found)) : NULL;
  return within && (!found || *path) ? STANCE_OK : stance_fail_memory(error);
}

enum stance_status codebook_find(const char *given, struct stance_arena *arena, const char **path,
                                 struct stance_error *error) {
  if (given && (strchr(given, '/') || access(given, F_OK) == 0)) {
    *path = given;
    return STANCE_OK;
  }
  STANCE_TRY(shipped_path(given ? given : "international", arena, path, error));
  if (*path) return STANCE_OK;
  if (!given) return stance_fail(error, STANCE_INPUT, "the shipped codebook is not found; give --codebook FILE");
  struct stance_buffer list = {0};
  size_t count;
  char **names = shipped_names(arena, &count);
  for (size_t i = 0; i < count; i++) stance_buffer_printf(&list, "%s%s", i ? ", " : "", names[i]);
  enum stance_status status =
      stance_fail(error, STANCE_INPUT, "--codebook '%.80s' is neither a file nor a shipped codebook%s%.200s", given,
                  count ? "; expected a file, " : "", count && list.data ? list.data : "");
  stance_buffer_free(&list);
  return status;
}

const char *codebook_that_fits(const char *const *files, size_t count, struct stance_arena *arena) {
  size_t name_count;
  char **names = shipped_names(arena, &name_count);
  for (size_t n = 0; n < name_count; n++) {
    struct stance_arena own = {0};
    struct stance_codebook codebook;
    struct dataset *data;
    struct stance_error why;
    const char *path;
    size_t units = 0, others = 0;
    if (shipped_path(names[n], &own, &path, &why) == STANCE_OK && path &&
        stance_codebook_read(path, &own, &codebook, &why) == STANCE_OK &&
        train_dataset_read(files, count, &codebook, NULL, &own, &data, &why) == STANCE_OK)
      for (size_t h = 0; h < codebook.head_count; h++) {
        units += data[h].count;
        others = data[h].merge.other_heads;
      }
    stance_arena_free(&own);
    if (units && !others) return names[n];
  }
  return NULL;
}
