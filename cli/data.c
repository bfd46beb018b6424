/* SPDX-License-Identifier: MIT */
#include "data.h"

#include <limits.h>

#include "config.h"
#include "stance/actors/gazetteer.h"
#include "stance/base/error.h"

const char *data_path(const char *name) {
  static char path[PATH_MAX];
  return stance_data_path(name, path, sizeof path) ? path : NULL;
}

const char *data_model(struct stance_error *error) {
  const char *path = config_model();
  if (path) message_note("model %s (%s)", path, config_path());
  else path = data_path("default.model");
  if (!path)
    stance_fail(error, STANCE_INPUT, "the default model is not found; give one with -m MODEL, or make it with 'make'");
  return path;
}

enum stance_status data_gazetteer_paths(const char *const *given, size_t given_count, struct stance_arena *arena,
                                        const char *const **paths, size_t *count, struct stance_error *error) {
  const struct flag_list *configured = config_actors();
  if (!given_count && configured->count) {
    message_note("actors %s%s (%s)", configured->items[0], configured->count > 1 ? " ..." : "", config_path());
    given = configured->items;
    given_count = configured->count;
  }
  return stance_gazetteer_paths(given, given_count, arena, paths, count, error);
}
