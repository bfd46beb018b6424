/* SPDX-License-Identifier: MIT
 * Articles as JSON objects: one a line (JSON Lines), or behind each other or in a list. */
#include <string.h>

#include "form.h"
#include "stance/base/error.h"
#include "stance/base/json.h"
#include "stance/base/utf8.h"
#include "stance/text/article.h"

static const char *const jsonl_endings[] = {".jsonl", ".ndjson", NULL}, *const json_endings[] = {".json", NULL};

static enum input_claim jsonl_claim(const struct input_start *start) {
  if (input_has_ending(start->path, jsonl_endings)) return INPUT_BY_ENDING;
  const char *end = start->data + start->length, *at = input_skip_space(start->data, end);
  return at < end && *at == '{' ? INPUT_LIKELY : INPUT_NOT_MINE;
}

static enum input_claim json_claim(const struct input_start *start) {
  if (input_has_ending(start->path, json_endings)) return INPUT_BY_ENDING;
  const char *end = start->data + start->length, *at = input_skip_space(start->data, end);
  return at + 1 < end && *at == '[' && strchr(" \t\r\n{", at[1]) ? INPUT_LIKELY : INPUT_NOT_MINE;
}

static enum stance_status jsonl_next(struct input_stream *stream, struct input_item *item, bool *has, struct stance_error *error) {
  enum stance_status status = input_stream_record(stream, input_scan_line, item, has, error);
  while (status == STANCE_OK && *has && item->length && (item->data[item->length - 1] == '\n' || item->data[item->length - 1] == '\r'))
    item->length--; /* so that an error at the end is on this line */
  return status;
}

static enum stance_status json_next(struct input_stream *stream, struct input_item *item, bool *has, struct stance_error *error) {
  STANCE_TRY(input_stream_record(stream, input_scan_object, item, has, error));
  if (!*has) return STANCE_OK;
  size_t at = 0; /* what stands between the objects of a list */
  for (; at < item->length && strchr(" \t\r\n,[]", item->data[at]) && item->data[at]; at++) item->line += item->data[at] == '\n';
  item->data += at;
  item->length -= at;
  *has = item->length > 0;
  return STANCE_OK;
}

static enum stance_status json_parse(const struct input_item *item, struct stance_arena *arena, struct input_article *out,
                                     struct stance_error *error) {
  cJSON *object;
  size_t repaired = 0;
  bool is_valid = stance_utf8_valid(item->data, item->length);
  if (!item->source->options->repair && !is_valid) return stance_fail(error, STANCE_INPUT, "is not UTF-8, as JSON must be (see --repair)");
  if (is_valid && stance_article_from_plain_json(item->data, item->length, arena, &out->article)) return STANCE_OK;
  STANCE_TRY(stance_json_parse(item->data, item->length, item->path, item->line, &object, error));
  enum stance_status status = stance_article_from_json(object, "", arena, &out->article, &repaired, error);
  cJSON_Delete(object);
  if (status == STANCE_OK && repaired) input_note(&out->notes, INPUT_NOTE_REPAIRED, (uint32_t)repaired, NULL, arena);
  return status;
}

const struct input_form input_form_jsonl = {.name = "jsonl", .title = "JSON Lines", .endings = jsonl_endings, .claim = jsonl_claim,
                                            .next = jsonl_next, .parse = json_parse};
const struct input_form input_form_json = {.name = "json", .title = "JSON", .endings = json_endings, .claim = json_claim,
                                           .next = json_next, .parse = json_parse};
