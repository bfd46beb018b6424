/* SPDX-License-Identifier: MIT
 * Functions shared by the formats. */
#include "format.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stance/base/buffer.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/json.h"
#include "stance/base/memory.h"

static void count_loss(struct annotate_losses *losses, const char *what, bool is_told) {
  for (size_t i = 0; i < losses->count; i++)
    if (strncmp(losses->items[i].what, what, sizeof losses->items[i].what - 1) == 0) {
      losses->items[i].count++;
      return;
    }
  if (losses->count == ANNOTATE_LOSSES_MAX) { /* the last entry counts all others */
    snprintf(losses->items[ANNOTATE_LOSSES_MAX - 1].what, sizeof losses->items[0].what, "things of further kinds");
    losses->items[ANNOTATE_LOSSES_MAX - 1].count++;
    return;
  }
  size_t i = losses->count++;
  snprintf(losses->items[i].what, sizeof losses->items[i].what, "%s", what);
  losses->items[i].count = 1;
  losses->items[i].is_told = is_told;
}

void annotate_lose(struct annotate_losses *losses, const char *what) { count_loss(losses, what, false); }
void annotate_tell(struct annotate_losses *losses, const char *what) { count_loss(losses, what, true); }

static void set_default(cJSON *object, const char *key, const char *value) {
  const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
  if (cJSON_IsString(item) && *item->valuestring) return;
  cJSON_DeleteItemFromObjectCaseSensitive(object, key);
  cJSON_AddStringToObject(object, key, value);
}

enum stance_status annotate_records_take(struct annotate_records *records, cJSON *object, const char *file, size_t line,
                                         const struct annotate_defaults *defaults, struct stance_error *error) {
  const cJSON *target = cJSON_GetObjectItemCaseSensitive(object, "target");
  set_default(object, "annotator", defaults->annotator ? defaults->annotator : ANNOTATE_DEFAULT_ANNOTATOR);
  set_default(object, "head",
              cJSON_IsString(target)
                  ? (defaults->head ? defaults->head : ANNOTATE_DEFAULT_HEAD)
                  : (defaults->sentence_head ? defaults->sentence_head : ANNOTATE_DEFAULT_SENTENCE_HEAD));
  if (stance_memory_was_out()) { /* keys may be missing */
    cJSON_Delete(object);
    return stance_fail_memory(error);
  }
  struct stance_record *items =
      stance_arena_grow(records->arena, records->items, &records->capacity, records->count + 1, sizeof *items);
  if (items) records->items = items;
  enum stance_status status = items ? stance_record_from_json(records->arena, object, &items[records->count], error)
                                    : stance_fail_memory(error);
  cJSON_Delete(object);
  if (status == STANCE_OK) items[records->count++].line = line;
  if (status != STANCE_INPUT) return status;
  struct stance_error what = *error;
  return stance_fail_at(error, status, file, line, 0, "%s", what.message);
}

cJSON *annotate_record_json(const struct stance_record *record) {
  struct stance_buffer line = {0};
  stance_record_write(record, &line);
  cJSON *object = line.failed ? NULL : cJSON_ParseWithLength(line.data, line.length);
  stance_buffer_free(&line);
  return object;
}

cJSON *annotate_record_meta(const struct stance_record *record) {
  static const char *const left_out[] = {"text", "mentions", "label"};
  cJSON *object = annotate_record_json(record);
  for (size_t i = 0; i < 3; i++) cJSON_DeleteItemFromObjectCaseSensitive(object, left_out[i]);
  return object;
}

int annotate_record_mention(const struct stance_record *record, const char *actor) {
  int found = -1;
  for (size_t i = 0; i < record->mention_count; i++) {
    if (!actor || strcmp(record->mentions[i].actor, actor) != 0) continue;
    if (!record->mentions[i].is_implicit) return (int)i;
    if (found < 0) found = (int)i;
  }
  return found;
}

bool annotate_record_lacks_span(const struct stance_record *record) {
  return record->target && record->label &&
         ((record->source && annotate_record_mention(record, record->source) < 0) ||
          annotate_record_mention(record, record->target) < 0);
}

void annotate_put_line(struct stance_buffer *out, cJSON *object) {
  char *text = object ? cJSON_PrintUnformatted(object) : NULL;
  cJSON_Delete(object);
  if (!text) {
    out->failed = true;
    return;
  }
  stance_buffer_puts(out, text);
  stance_buffer_putc(out, '\n');
  cJSON_free(text);
}
