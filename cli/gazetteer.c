/* SPDX-License-Identifier: MIT
 * The name of a compiled file depends on its sources, and its content is checked against them. */
#include "gazetteer.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stance/actors/gazetteer.h"
#include "stance/actors/gazetteer_tables.h"
#include "stance/base/file.h"

enum { WORTHWHILE = 256 * 1024, KEPT_MAX = 8 };
static const char prefix[] = "actors-", ending[] = ".compiled";

/* Creates the folder if it is missing. False: it is not possible. */
static bool find_folder(char *folder, size_t size) {
  const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
  int length = 0;
  if (cache && *cache == '/') length = snprintf(folder, size, "%s", cache);
  else if (home && *home == '/') length = snprintf(folder, size, "%s/.cache", home);
  if (length <= 0 || (size_t)length >= size) return false;
  mkdir(folder, 0700);
  int more = snprintf(folder + length, size - (size_t)length, "/stancekit");
  if (more <= 0 || (size_t)more >= size - (size_t)length) return false;
  mkdir(folder, 0700);
  return access(folder, W_OK | X_OK) == 0;
}

static bool is_ours(const char *name) {
  size_t length = strlen(name), tail = sizeof ending - 1;
  return strncmp(name, prefix, sizeof prefix - 1) == 0 && length > tail && strcmp(name + length - tail, ending) == 0;
}

/* Removes the oldest files above the limit. */
static void make_room(const char *folder) {
  for (;;) {
    DIR *stream = opendir(folder);
    struct dirent *entry;
    struct stat about;
    char oldest[NAME_MAX + 1] = "";
    struct timespec age = {0};
    size_t count = 0;
    while (stream && (entry = readdir(stream))) {
      if (!is_ours(entry->d_name) || fstatat(dirfd(stream), entry->d_name, &about, AT_SYMLINK_NOFOLLOW) != 0) continue;
      bool is_older = !count++ || about.st_mtim.tv_sec < age.tv_sec ||
                      (about.st_mtim.tv_sec == age.tv_sec && about.st_mtim.tv_nsec < age.tv_nsec);
      if (!is_older) continue;
      age = about.st_mtim;
      snprintf(oldest, sizeof oldest, "%s", entry->d_name);
    }
    bool is_removed = count >= KEPT_MAX && unlinkat(dirfd(stream), oldest, 0) == 0;
    if (stream) closedir(stream);
    if (!is_removed) return;
  }
}

enum stance_status gazetteer_open(const char *const *given, size_t given_count, struct stance_gazetteer **out,
                                  struct stance_error *error) {
  struct stance_arena arena = {0};
  const char *const *paths;
  size_t count;
  uint64_t size = 0, hash;
  char folder[PATH_MAX], file[PATH_MAX + 64];
  bool is_cached = given_count &&
                   stance_gazetteer_paths(given, given_count, &arena, &paths, &count, NULL) == STANCE_OK &&
                   stance_gazetteer_sources(paths, count, &size, &hash, NULL) == STANCE_OK && size >= WORTHWHILE &&
                   !stance_gazetteer_is_compiled(size, hash) && find_folder(folder, sizeof folder);
  if (is_cached) {
    snprintf(file, sizeof file, "%s/%s%016llx%s", folder, prefix, (unsigned long long)hash, ending);
    if (access(file, F_OK) != 0) {
      make_room(folder);
      is_cached = stance_gazetteer_compile(paths, count, file, NULL) == STANCE_OK; /* errors are reported below */
    }
  }
  enum stance_status status = is_cached ? stance_gazetteer_open_compiled(file, paths, count, out, error)
                                        : stance_gazetteer_open(given, given_count, out, error);
  if (is_cached && status == STANCE_OK && !(*out)->compiled) unlink(file); /* damaged: compile it again next time */
  stance_arena_free(&arena);
  return status;
}

enum stance_status gazetteer_open_given(const struct flag_list *given, struct stance_gazetteer **out,
                                        struct stance_error *error) {
  struct stance_arena arena = {0};
  const char *const *paths;
  size_t count;
  enum stance_status status = data_gazetteer_paths(given->items, given->count, &arena, &paths, &count, error);
  if (status == STANCE_OK) status = gazetteer_open(paths, count, out, error);
  stance_arena_free(&arena);
  return status;
}
