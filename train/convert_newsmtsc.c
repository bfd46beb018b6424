/* SPDX-License-Identifier: MIT
 * NewsMTSC (Hamborg, Donnay 2021): sentiment towards targets in news; each target in a sentence is a unit. */
#include <stdlib.h>
#include <string.h>

#include "convert.h"
#include "stance/base/arena.h"
#include "stance/base/error.h"
#include "stance/base/json.h"
#include "stance/labels/record.h"

struct reader {
  const char *path;
  FILE *out;
};

/* "allsides_1000_401_25_..." is sentence 25 of allsides_1000_401; "polusa_v1_18140453_-1_9_..." sentence 9 of
 * polusa_v1_18140453. */
static const char *article_of(struct stance_arena *arena, const char *id, uint32_t *sentence) {
  const char *end = id;
  for (int field = 0; field < 3 && end; field++) end = strchr(field ? end + 1 : end, '_');
  *sentence = 0;
  if (!end) return id;
  const char *next = strncmp(end, "_-1_", 4) == 0 ? end + 4 : end + 1;
  *sentence = (uint32_t)strtoul(next, NULL, 10);
  return stance_arena_copy(arena, id, (size_t)(end - id));
}

static bool add_mention(const cJSON *from, const char *actor, struct stance_record_mention *mentions, size_t *count) {
  const cJSON *start = cJSON_GetObjectItemCaseSensitive(from, "from"),
              *end = cJSON_GetObjectItemCaseSensitive(from, "to");
  if (!cJSON_IsNumber(start) || !cJSON_IsNumber(end) || !(start->valuedouble >= 0) ||
      !(end->valuedouble > start->valuedouble) || end->valuedouble > 1e6)
    return false;
  mentions[(*count)++] = (struct stance_record_mention){
      .actor = actor, .start = (uint32_t)start->valuedouble, .end = (uint32_t)end->valuedouble};
  return true;
}

/* Reads the mentions of all targets of the sentence, where target i is the actor T<i+1>. False: out of memory. */
static bool read_mentions(const cJSON *targets, struct stance_arena *arena, struct stance_record *record) {
  const cJSON *target, *further;
  size_t most = 0, index = 0;
  cJSON_ArrayForEach(target, targets) most +=
      1 + (size_t)cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(target, "further_mentions"));
  record->mentions = stance_arena_alloc(arena, most + 1, sizeof *record->mentions);
  if (!record->mentions) return false;
  cJSON_ArrayForEach(target, targets) {
    const char *actor = stance_arena_format(arena, "T%zu", ++index);
    if (!actor || !add_mention(target, actor, record->mentions, &record->mention_count)) return false;
    cJSON_ArrayForEach(further, cJSON_GetObjectItemCaseSensitive(
                                    target, "further_mentions")) if (!add_mention(further, actor, record->mentions,
                                                                                  &record->mention_count)) return false;
  }
  return true;
}

static enum stance_status read_sentence(const struct reader *reader, const cJSON *object, struct stance_arena *arena,
                                        size_t line, struct stance_error *error) {
  const char *id = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, "primary_gid"));
  const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, "sentence_normalized"));
  const cJSON *targets = cJSON_GetObjectItemCaseSensitive(object, "targets"), *target;
  struct stance_record record = {.text = text, .head = "target", .annotator = "gold", .at = "", .note = ""};
  if (!id || !text || !cJSON_IsArray(targets))
    return stance_fail_at(error, STANCE_INPUT, reader->path, line, 0,
                          "is not an object with 'primary_gid', 'sentence_normalized' and 'targets'");
  record.article = article_of(arena, id, &record.sentence);
  if (!record.article) return stance_fail_memory(error);
  if (!read_mentions(targets, arena, &record))
    return stance_fail_at(error, STANCE_INPUT, reader->path, line, 0, "a target's 'from' and 'to' are not a span");
  size_t index = 0;
  cJSON_ArrayForEach(target, targets) {
    const cJSON *polarity = cJSON_GetObjectItemCaseSensitive(target, "polarity");
    double value = cJSON_IsNumber(polarity) ? polarity->valuedouble : 0;
    if (!(value >= 2 && value <= 6))
      return stance_fail_at(error, STANCE_INPUT, reader->path, line, 0, "a target's 'polarity' is not from 2 to 6");
    record.label = value < 3.5 ? "negative" : value > 4.5 ? "positive" : "neutral";
    record.target = stance_arena_format(arena, "T%zu", ++index);
    record.unit = record.target ? stance_arena_format(arena, "%s:>%s", id, record.target) : NULL;
    if (!record.unit) return stance_fail_memory(error);
    STANCE_TRY(train_convert_put(&record, reader->out, error));
  }
  return STANCE_OK;
}

static enum stance_status read_line(void *context, char *line, size_t length, size_t number,
                                    struct stance_error *error) {
  const struct reader *reader = context;
  cJSON *object;
  if (!length) return STANCE_OK;
  STANCE_TRY(stance_json_parse(line, length, reader->path, number, &object, error));
  struct stance_arena arena = {0};
  enum stance_status status = read_sentence(reader, object, &arena, number, error);
  stance_arena_free(&arena);
  cJSON_Delete(object);
  return status;
}

enum stance_status convert_newsmtsc(const char *path, FILE *out, struct stance_error *error) {
  struct reader reader = {path, out};
  return train_convert_lines(path, read_line, &reader, error);
}
