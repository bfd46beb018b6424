/* SPDX-License-Identifier: MIT */
#include "item.h"

#include <string.h>

#include "csv.h"
#include "html.h"
#include "stance/text/article.h"
#include "stance/base/error.h"
#include "stance/base/json.h"
#include "stance/base/utf8.h"

/* The path without .gz or .zst. */
static const char *plain_path(const char *path, struct stance_arena *arena) {
  size_t length = strlen(path), cut = 0;
  if (length > 3 && strcasecmp(path + length - 3, ".gz") == 0) cut = 3;
  else if (length > 4 && strcasecmp(path + length - 4, ".zst") == 0) cut = 4;
  return cut ? stance_arena_copy(arena, path, length - cut) : path;
}

char *input_path_id(const char *path, struct stance_arena *arena) {
  path = plain_path(path, arena);
  if (!path) return NULL;
  if (strcmp(path, "<stdin>") == 0 || strcmp(path, "-") == 0) path = "stdin";
  const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
  size_t length = dot && dot > name ? (size_t)(dot - name) : strlen(name), clean_length, repaired;
  const char *clean = stance_utf8_repair(arena, name, length, &clean_length, &repaired);
  return clean ? stance_arena_copy(arena, clean, clean_length) : NULL;
}

/* "feed:12" for an article without an id. */
static char *line_id(const struct input_item *item, struct stance_arena *arena) {
  char *stem = input_path_id(item->path, arena);
  return stem ? stance_arena_format(arena, "%s:%zu", stem, item->line) : NULL;
}

static enum stance_status from_json(const struct input_item *item, bool repair, struct stance_arena *arena,
                                    struct stance_article *article, size_t *repaired, struct stance_error *error) {
  cJSON *object;
  bool is_valid = stance_utf8_valid(item->data, item->length);
  if (!repair && !is_valid) return stance_fail(error, STANCE_INPUT, "is not UTF-8, as JSON must be (see --repair)");
  bool is_plain = is_valid && stance_article_from_plain_json(item->data, item->length, arena, article);
  if (is_plain && article->id) return STANCE_OK;
  char *id = line_id(item, arena);
  if (!id) return stance_fail_memory(error);
  if (is_plain) {
    article->id = id;
    return STANCE_OK;
  }
  STANCE_TRY(stance_json_parse(item->data, item->length, item->path, item->line, &object, error));
  enum stance_status status = stance_article_from_json(object, id, arena, article, repaired, error);
  cJSON_Delete(object);
  return status;
}

static enum stance_status from_csv(const struct input_item *item, struct stance_arena *arena,
                                   struct stance_article *article, size_t *repaired, struct stance_error *error) {
  struct input_field *fields;
  size_t count;
  STANCE_TRY(input_csv_fields(item->data, item->length, item->form == INPUT_TSV ? '\t' : ',', arena, &fields, &count, error));
  if (count != item->column_count)
    return stance_fail(error, STANCE_INPUT, "%zu fields; the header has %zu", count, item->column_count);
  const char **targets[COLUMN_COUNT] = {&article->text, &article->id,  &article->title, &article->date,
                                        &article->outlet, &article->url, &article->lang};
  *article = (struct stance_article){0};
  for (int i = 0; i < COLUMN_COUNT; i++) {
    if (item->columns[i] < 0) continue;
    const struct input_field *field = &fields[item->columns[i]];
    if (!field->length && i != COLUMN_TEXT) continue;
    size_t length, bad;
    const char *clean = stance_utf8_repair(arena, field->text, field->length, &length, &bad);
    if (clean) clean = stance_arena_copy(arena, clean, length);
    if (!clean) return stance_fail_memory(error);
    *targets[i] = clean;
    *repaired += bad;
    if (i == COLUMN_TEXT) article->text_length = length;
  }
  if (!article->id && !(article->id = line_id(item, arena))) return stance_fail_memory(error);
  if (strspn(article->text, " \t\n") == article->text_length)
    return stance_fail(error, STANCE_INPUT, "the text is empty");
  return STANCE_OK;
}

enum stance_status input_item_article(const struct input_item *item, bool repair, struct stance_arena *arena,
                                         struct stance_article *article, size_t *repaired,
                                         struct stance_error *error) {
  enum stance_status status;
  const char *id, *path = plain_path(item->path, arena);
  *repaired = 0;
  if (!path) return stance_fail_memory(error);
  switch (item->form) {
    case INPUT_JSONL:
    case INPUT_JSON: status = from_json(item, repair, arena, article, repaired, error); break;
    case INPUT_CSV:
    case INPUT_TSV: status = from_csv(item, arena, article, repaired, error); break;
    case INPUT_HTML:
      if (!(id = input_path_id(path, arena))) return stance_fail_memory(error);
      status = input_html_article(id, item->data, item->length, arena, article, repaired, error);
      break;
    case INPUT_PROBLEM:
      if (error) *error = item->problem;
      return item->problem.status;
    default:
      status = stance_article_from_text(strcmp(path, "<stdin>") == 0 ? "-" : path, item->data, item->length, arena, article,
                                        repaired, error);
  }
  if (status != STANCE_OK && status != STANCE_SYSTEM) {
    struct stance_error what = *error;
    stance_fail_at(error, status, item->path, what.line ? what.line : item->line, what.column, "%s", what.message);
  }
  return status;
}
