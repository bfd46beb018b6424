/* SPDX-License-Identifier: MIT */
#include "names.h"

#include <string.h>

#include "stance/base/error.h"

enum stance_status names_split(const char *text, struct stance_arena *arena, const char ***names, size_t *count,
                               struct stance_error *error) {
  size_t capacity = 0;
  *names = NULL;
  *count = 0;
  while (text && *text) {
    size_t length = strcspn(text, ",");
    if (length) {
      const char **more = stance_arena_grow(arena, *names, &capacity, *count + 1, sizeof *more);
      if (!more || !(more[*count] = stance_arena_copy(arena, text, length))) return stance_fail_memory(error);
      *names = more;
      ++*count;
    }
    text += length + (text[length] == ',');
  }
  return STANCE_OK;
}
