/* SPDX-License-Identifier: MIT
 * Renames labels, or leaves them out and counts them. */
#include "label_map.h"

#include <stdio.h>
#include <string.h>

#include "stance/base/error.h"

struct mapping {
  const char *from, *to;
};

static enum stance_status read_maps(const char *const *maps, size_t count, struct stance_arena *arena,
                                    struct mapping *out, struct stance_error *error) {
  for (size_t i = 0; i < count; i++) {
    const char *sign = strchr(maps[i], '=');
    if (!sign || sign == maps[i] || !sign[1])
      return stance_fail(error, STANCE_USAGE, "'%.80s' is no change of a label; expected OLD=NEW", maps[i]);
    out[i] = (struct mapping){stance_arena_copy(arena, maps[i], (size_t)(sign - maps[i])), sign + 1};
    if (!out[i].from) return stance_fail_memory(error);
    for (size_t j = 0; j < i; j++)
      if (strcmp(out[j].from, out[i].from) == 0)
        return stance_fail(error, STANCE_USAGE, "label '%.60s' is changed twice", out[i].from);
  }
  return STANCE_OK;
}

enum stance_status annotate_map_labels(struct stance_record *records, size_t count, const char *const *maps,
                                       size_t map_count, struct stance_arena *arena, struct stance_error *error) {
  struct mapping *mappings = stance_arena_alloc(arena, map_count + 1, sizeof *mappings);
  if (!mappings) return stance_fail_memory(error);
  STANCE_TRY(read_maps(maps, map_count, arena, mappings, error));
  for (size_t i = 0; i < count; i++)
    for (size_t m = 0; m < map_count; m++)
      if (records[i].label && strcmp(records[i].label, mappings[m].from) == 0) {
        records[i].label = mappings[m].to;
        break;
      }
  return STANCE_OK;
}

void annotate_skip_unknown(struct annotate_records *records, const struct stance_codebook *codebook,
                           struct annotate_losses *losses) {
  size_t kept = 0;
  char what[112];
  for (size_t i = 0; i < records->count; i++) {
    const struct stance_record *record = &records->items[i];
    const struct stance_head *head = stance_codebook_head(codebook, record->head);
    if (head && (!record->label || stance_head_label(head, record->label) >= 0)) {
      records->items[kept++] = *record;
      continue;
    }
    if (!head) snprintf(what, sizeof what, "labels of head '%.60s', which the codebook lacks", record->head);
    else snprintf(what, sizeof what, "labels '%.30s' of head '%.30s', which it lacks", record->label, record->head);
    annotate_lose(losses, what);
  }
  records->count = kept;
}
