/* SPDX-License-Identifier: MIT */
#include "data.h"

#include <limits.h>

#include "stance/actors/gazetteer.h"

const char *data_path(const char *name) {
  static char path[PATH_MAX];
  return stance_data_path(name, path, sizeof path) ? path : NULL;
}

enum stance_status data_gazetteer_paths(const struct flag_list *given, struct stance_arena *arena,
                                        const char *const **paths, size_t *count, struct stance_error *error) {
  return stance_gazetteer_paths(given->items, given->count, arena, paths, count, error);
}
