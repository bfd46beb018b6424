/* SPDX-License-Identifier: MIT
 * Articles as JSON objects: JSON Lines, a sequence, a list, or a list inside the response object of a service
 * ({"articles": [...]} of NewsAPI and GDELT, {"response": {"results": [...]}} of the Guardian). */
#include <inttypes.h>
#include <string.h>

#include "archive.h"
#include "form.h"
#include "json_article.h"
#include "names.h"
#include "stance/base/error.h"
#include "stance/base/json.h"
#include "stance/base/utf8.h"
#include "stance/text/article.h"

enum { LIST_LOOK = 64 * 1024 }; /* bytes that are searched for a list that the user did not name */

static const char *const jsonl_endings[] = {".jsonl", ".ndjson", NULL}, *const json_endings[] = {".json", NULL};

static enum input_claim jsonl_claim(const struct input_start *start) {
  if (input_has_ending(start->path, jsonl_endings)) return INPUT_BY_ENDING;
  const char *end = start->data + start->length, *at = input_skip_space(start->data, end);
  return at < end && *at == '{' ? INPUT_LIKELY : INPUT_NOT_MINE;
}

/* Whether JSON begins that is no JSON Lines, whatever the ending: a list, or an object over several lines. */
static bool is_over_lines(const char *at, const char *end) {
  if (at == end || (*at != '[' && *at != '{')) return false;
  const char *next = input_skip_space(at + 1, end);
  if (*at == '[') return next < end && *next == '{';
  return (next == end || *next == '"') && memchr(at, '\n', (size_t)(next - at));
}

static enum input_claim json_claim(const struct input_start *start) {
  const char *end = start->data + start->length, *at = input_skip_space(start->data, end);
  if (is_over_lines(at, end)) return INPUT_SURE;
  if (input_has_ending(start->path, json_endings)) return INPUT_BY_ENDING;
  return at + 1 < end && *at == '[' && strchr(" \t\r\n", at[1]) ? INPUT_LIKELY : INPUT_NOT_MINE;
}

static enum stance_status jsonl_next(struct input_stream *stream, struct input_item *item, bool *has,
                                     struct stance_error *error) {
  enum stance_status status = input_stream_record(stream, input_scan_line, item, has, error);
  while (status == STANCE_OK && *has && item->length &&
         (item->data[item->length - 1] == '\n' || item->data[item->length - 1] == '\r'))
    item->length--; /* so that an error at the end has this line */
  return status;
}

/* ---- JSON -------------------------------------------------------------------------------------------------------- */

struct list {     /* stream->state, in the source's arena */
  bool is_within; /* inside a response object */
  bool is_open;   /* not closed so far */
  bool is_over;
};

/* As input_scan_object, but also ends at the ']' that closes the list. */
static bool scan_element(const char *data, size_t length, size_t *at, unsigned *state) {
  for (size_t i = *at; *state == 0 && i < length; i++) {
    if (data[i] == ']') {
      *at = i + 1;
      return true;
    }
    if (!strchr(" \t\r\n,", data[i])) break;
  }
  return input_scan_object(data, length, at, state);
}

/* Finds the list, within LIST_LOOK bytes unless the user has named it. */
static enum stance_status find_list(struct input_stream *stream, const char *path, bool is_named, size_t *at, bool *has,
                                    struct stance_error *error) {
  size_t wanted = input_bytes_is_whole(stream->bytes) ? LIST_LOOK : INPUT_ARCHIVE_BYTES, length, before = 0;
  const char *data;
  for (;; wanted *= 4) {
    STANCE_TRY(input_bytes_peek(stream->bytes, wanted, &data, &length, error));
    size_t mark = length >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    enum input_json_search search = input_json_find_list(data + mark, length - mark, path, !is_named, at);
    *has = search == INPUT_JSON_FOUND;
    *at += mark;
    if (search != INPUT_JSON_MORE || !is_named || length == before || length > stream->max_bytes) return STANCE_OK;
    before = length;
  }
}

static enum stance_status json_begin(struct input_stream *stream, struct stance_error *error) {
  static const char *const usual[] = {"articles",
                                      "response.results",
                                      "response.docs",
                                      "results",
                                      "items",
                                      "docs",
                                      "documents",
                                      "stories",
                                      "data",
                                      "value",
                                      "hits.hits",
                                      "posts",
                                      "news",
                                      "articles.results",
                                      "recentActivityArticles.activity",
                                      NULL};
  const char *named = stream->source->options->json_items, *data;
  size_t at = 0, length;
  bool has = false;
  if (named) STANCE_TRY(find_list(stream, named, true, &at, &has, error));
  for (size_t i = 0; !named && !has && usual[i]; i++) STANCE_TRY(find_list(stream, usual[i], false, &at, &has, error));
  if (named && !has)
    return stance_fail_at(error, STANCE_INPUT, stream->source->path, 0, 0, "no list under \"%s\" (--json-items)",
                          named);
  struct list *list = stream->state = stance_arena_zalloc(&stream->source->arena, 1, sizeof *list);
  if (!list) return stance_fail_memory(error);
  list->is_within = list->is_open = has;
  if (!has) {
    STANCE_TRY(input_bytes_peek(stream->bytes, 1, &data, &length, error));
    return length ? STANCE_OK
                  : stance_fail_at(error, STANCE_INPUT, stream->source->path, 0, 0, "the file is empty; expected JSON");
  }
  STANCE_TRY(input_bytes_peek(stream->bytes, at, &data, &length, error));
  for (size_t i = 0; i < length; i++) stream->line += data[i] == '\n';
  input_bytes_skip(stream->bytes, length);
  return STANCE_OK;
}

/* After the last object: STANCE_INPUT if the list was cut off. */
static enum stance_status end_list(const struct input_stream *stream, struct stance_error *error) {
  const struct list *list = stream->state;
  if (!list->is_open || input_bytes_stopped(stream->bytes)) return STANCE_OK;
  return stance_fail_at(error, STANCE_INPUT, stream->source->path, (size_t)stream->line + 1, 0,
                        "JSON ends too early: the list is not closed behind its %" PRIu64 " item%s", stream->count,
                        stream->count == 1 ? "" : "s");
}

static enum stance_status json_next(struct input_stream *stream, struct input_item *item, bool *has,
                                    struct stance_error *error) {
  struct list *list = stream->state;
  *has = false;
  if (list->is_over) return STANCE_OK;
  enum stance_status status =
      input_stream_record(stream, list->is_within ? scan_element : input_scan_object, item, has, error);
  if (status != STANCE_OK) return status;
  if (!*has) return end_list(stream, error);
  size_t at = 0; /* separators between the objects of a list */
  const char *between = list->is_within ? " \t\r\n," : " \t\r\n,[]";
  for (; at < item->length && strchr(between, item->data[at]) && item->data[at]; at++) {
    item->line += item->data[at] == '\n';
    if (item->data[at] == '[' || item->data[at] == ']') list->is_open = item->data[at] == '[';
  }
  item->data += at;
  item->length -= at;
  if (list->is_within && item->length && *item->data == ']') list->is_over = true, list->is_open = false;
  *has = item->length && !list->is_over;
  if (*has && item->data[item->length - 1] != '}') list->is_open = false; /* a cut item is an error by itself */
  if (*has) return STANCE_OK;
  stream->count--;
  return list->is_over ? STANCE_OK : end_list(stream, error);
}

/* ---- objects ----------------------------------------------------------------------------------------------------- */

/* The index of the key of stance_article_from_json that another key may stand for; -1: none. */
static int usual_key(const char *key, size_t length) {
  static const int fields[COLUMN_COUNT] = {[COLUMN_ID] = 0,  [COLUMN_TITLE] = 1, [COLUMN_DATE] = 2, [COLUMN_OUTLET] = 3,
                                           [COLUMN_URL] = 4, [COLUMN_LANG] = 5,  [COLUMN_TEXT] = 6};
  enum input_column column;
  return input_name_rank(key, length, &column) ? fields[column] : -1;
}

static bool wants_more(const struct input_options *options) {
  for (int i = 0; i < COLUMN_COUNT; i++)
    if (options->columns[i]) return true;
  return options->keep_count || options->json_text;
}

static enum stance_status json_parse(const struct input_item *item, struct stance_arena *arena,
                                     struct input_article *out, struct stance_error *error) {
  const struct input_options *options = item->source->options;
  cJSON *object;
  const char *nul = item->length ? memchr(item->data, '\0', item->length) : NULL;
  if (nul) /* strings would end there and lose the rest */
    return stance_fail(error, STANCE_INPUT, "binary data (a NUL at byte %zu); expected JSON",
                       (size_t)(nul - item->data) + 1);
  bool is_valid = stance_utf8_valid(item->data, item->length);
  out->is_markup = true;
  if (!options->repair && !is_valid)
    return stance_fail(error, STANCE_INPUT, "is not UTF-8, as JSON must be (see --repair)");
  if (is_valid && !wants_more(options) &&
      stance_article_from_plain_json(item->data, item->length, usual_key, arena, &out->article)) {
    out->has_lines = out->article.text && memchr(out->article.text, '\n', out->article.text_length);
    return STANCE_OK;
  }
  out->article = (struct stance_article){0};
  STANCE_TRY(stance_json_parse_unchecked(item->data, item->length, item->path, item->line, &object, error));
  enum stance_status status = input_json_article(object, item, arena, out, error);
  out->has_lines = out->article.text && memchr(out->article.text, '\n', out->article.text_length);
  cJSON_Delete(object);
  return status;
}

const struct input_form input_form_jsonl = {.name = "jsonl",
                                            .title = "JSON Lines",
                                            .endings = jsonl_endings,
                                            .claim = jsonl_claim,
                                            .revision = input_revision_ninjs,
                                            .has_revisions = input_is_ninjs,
                                            .next = jsonl_next,
                                            .parse = json_parse};
const struct input_form input_form_json = {.name = "json",
                                           .title = "JSON",
                                           .endings = json_endings,
                                           .claim = json_claim,
                                           .begin = json_begin,
                                           .revision = input_revision_ninjs,
                                           .has_revisions = input_is_ninjs,
                                           .next = json_next,
                                           .parse = json_parse};
