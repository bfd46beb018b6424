/* SPDX-License-Identifier: MIT
 * Finds the shipped data: models, actors, codebooks. In a checkout it lies beside the program and the library;
 * installed, in share/stancekit below the prefix, which is also found relative to the library if the tree was moved. */
#include <dlfcn.h>
#include <limits.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stance/stance.h"

/* The folder of the shared object that has this code, or of the program that it is linked into. False: not found. */
static bool own_folder(char folder[PATH_MAX]) {
  Dl_info about;
  struct link_map *map = NULL;
  bool is_library = dladdr1((const void *)stance_data_path, &about, (void **)&map, RTLD_DL_LINKMAP) && map &&
                    map->l_name && *map->l_name;
  if (!realpath(is_library ? map->l_name : "/proc/self/exe", folder)) return false;
  *strrchr(folder, '/') = '\0';
  return true;
}

static bool is_there(char *path, size_t size, const char *folder, const char *below, const char *name) {
  int length = snprintf(path, size, "%s%s/%s", folder, below, name);
  return length > 0 && (size_t)length < size && access(path, R_OK) == 0;
}

const char *stance_version(void) { return STANCE_VERSION; }

bool stance_data_path(const char *name, char *path, size_t size) {
  static const char *const below[] = {"", "/../share/stancekit", "/../../share/stancekit"};
  char folder[PATH_MAX];
  const char *chosen = getenv("STANCE_DATA");
  bool is_found = false;
  if (chosen && *chosen) {
    is_found = is_there(path, size, chosen, "", name);
  } else {
    if (own_folder(folder))
      for (size_t i = 0; i < sizeof below / sizeof *below && !is_found; i++)
        is_found = is_there(path, size, folder, below[i], name);
    if (!is_found) is_found = is_there(path, size, STANCE_DATADIR, "", name);
  }
  if (!is_found && size) *path = '\0';
  return is_found;
}
