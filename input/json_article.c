/* SPDX-License-Identifier: MIT
 * Objects of NewsAPI, GDELT, the Guardian, ninjs 1 to 3, JSON Feed, WordPress and crawlers have different names
 * (names.c) and types for the same seven fields. */
#include "json_article.h"

#include <math.h>
#include <string.h>

#include "names.h"
#include "stance/base/buffer.h"
#include "stance/base/error.h"

/* ---- values ------------------------------------------------------------------------------------------------------ */

static const char *string_of(const cJSON *value) {
  return cJSON_IsString(value) && *value->valuestring ? value->valuestring : NULL;
}

/* The string inside an object such as {"value": ...} (ninjs), {"name": ...} (NewsAPI) or {"rendered": ...}
 * (WordPress). */
static const char *string_in(const cJSON *object) {
  static const char *const keys[] = {"value", "rendered", "main", "basic" /* Arc */, "name",
                                     "text",  "content",  "$oid", "$date",           NULL};
  for (size_t i = 0; cJSON_IsObject(object) && keys[i]; i++) {
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, keys[i]);
    if (cJSON_IsObject(value)) value = cJSON_GetObjectItemCaseSensitive(value, "$numberLong"); /* MongoDB */
    if (string_of(value)) return value->valuestring;
  }
  return NULL;
}

static bool is_member(const cJSON *object, const char *key, const char *value) {
  const char *text = string_of(cJSON_GetObjectItemCaseSensitive(object, key));
  return text && strcasecmp(text, value) == 0;
}

/* Among alternatives of one text (ninjs 3: bodies, headlines), prefers plain text, then the main role. */
static const cJSON *best_of(const cJSON *list) {
  const cJSON *best = NULL, *each;
  int most = -1;
  cJSON_ArrayForEach(each, list) {
    int good =
        string_in(each) ? 2 * is_member(each, "contentType", "text/plain") + is_member(each, "role", "main") : -1;
    if (good > most) best = each, most = good;
  }
  return best;
}

static bool is_alternatives(const cJSON *list) {
  const cJSON *first = list->child;
  return cJSON_IsObject(first) &&
         (cJSON_GetObjectItemCaseSensitive(first, "role") || cJSON_GetObjectItemCaseSensitive(first, "contentType"));
}

/* Joins a list of paragraphs as lines. NULL: no paragraphs, or out of memory. */
static const char *join(const cJSON *list, struct stance_arena *arena) {
  struct stance_buffer text = {0};
  const cJSON *each;
  cJSON_ArrayForEach(each, list) {
    const char *paragraph = cJSON_IsString(each) ? each->valuestring : string_in(each);
    if (!paragraph) continue;
    if (text.length) stance_buffer_putc(&text, '\n');
    stance_buffer_puts(&text, paragraph);
  }
  const char *copy = text.length && !text.failed ? stance_arena_copy(arena, text.data, text.length) : NULL;
  stance_buffer_free(&text);
  return copy;
}

/* A value as a string; NULL: none. number: a number's digits as written, or NULL. */
static const char *say(const cJSON *value, const char *number, bool is_text, struct stance_arena *arena) {
  if (cJSON_IsString(value))
    return string_of(value) ? stance_arena_copy(arena, value->valuestring, strlen(value->valuestring)) : NULL;
  if (cJSON_IsNumber(value) && !is_text)
    return number ? number : stance_arena_format(arena, "%.17g", value->valuedouble);
  if (cJSON_IsBool(value) && !is_text) return cJSON_IsTrue(value) ? "true" : "false";
  if (cJSON_IsArray(value) && (is_alternatives(value) || !is_text))
    value = best_of(value) ? best_of(value) : value->child;
  if (cJSON_IsArray(value)) return join(value, arena);
  const char *text = cJSON_IsString(value) ? string_of(value) : string_in(value);
  return text ? stance_arena_copy(arena, text, strlen(text)) : NULL;
}

/* The value at "a.b.0.c"; a list on the way means its first element. NULL: none. */
static const cJSON *at_path(const cJSON *value, const char *path) {
  while (value && *path) {
    char key[128];
    size_t length = strcspn(path, ".");
    if (length >= sizeof key) return NULL;
    memcpy(key, path, length);
    key[length] = '\0';
    while (cJSON_IsArray(value)) value = value->child;
    value = cJSON_GetObjectItemCaseSensitive(value, key);
    path += length + (path[length] == '.');
  }
  return value;
}

/* ---- numbers as they are written --------------------------------------------------------------------------------- */

/* The position after the string that starts at its quote; NULL: it does not end. */
static const char *string_end(const char *at, const char *end) {
  for (at++; at < end && *at != '"'; at++)
    if (*at == '\\') at++;
  return at < end ? at + 1 : NULL;
}

const char *input_json_number(const char *json, size_t length, const char *key, struct stance_arena *arena) {
  const char *at = json, *end = json + length;
  size_t depth = 0, size = strlen(key);
  while (at < end) {
    if (*at == '"') {
      const char *start = at + 1;
      if (!(at = string_end(at, end))) return NULL;
      bool is_key = depth == 1 && (size_t)(at - 1 - start) == size && memcmp(start, key, size) == 0;
      const char *value = at;
      while (is_key && value < end && strchr(" \t\r\n", *value)) value++;
      if (!is_key || value == end || *value != ':') continue;
      for (value++; value < end && strchr(" \t\r\n", *value); value++) {
      }
      size_t digits = 0;
      while (value + digits < end && value[digits] && strchr("+-.0123456789eE", value[digits])) digits++;
      return digits ? stance_arena_copy(arena, value, digits) : NULL;
    }
    depth += *at == '{' || *at == '[';
    if (*at == '}' || *at == ']') depth--;
    at++;
  }
  return NULL;
}

enum { URL_RANK = 1000 };

/* ---- the article ------------------------------------------------------------------------------------------------- */

struct found {
  unsigned rank[COLUMN_COUNT];
  const char *values[COLUMN_COUNT];
};

/* Such an outlet gives way to any name. */
static bool is_url(const cJSON *value) {
  return cJSON_IsString(value) && strncasecmp(value->valuestring, "http", 4) == 0 && strstr(value->valuestring, "://");
}

/* Takes the values of the object's members; json NULL: numbers are formatted from cJSON. */
static void look_at_members(const cJSON *object, const char *json, size_t length, struct found *found,
                            struct stance_arena *arena) {
  const cJSON *member;
  cJSON_ArrayForEach(member, object) {
    enum input_column column;
    unsigned rank = member->string ? input_name_rank(member->string, strlen(member->string), &column) : 0;
    if (!rank || strcmp(member->string, "_source") == 0) continue; /* Elasticsearch's article, no outlet */
    if (column == COLUMN_OUTLET && is_url(member)) rank += URL_RANK;
    if (found->rank[column] && found->rank[column] <= rank) continue;
    const char *number = json && cJSON_IsNumber(member) ? input_json_number(json, length, member->string, arena) : NULL;
    const cJSON *inside = cJSON_GetObjectItemCaseSensitive(member, "title"); /* Event Registry's source */
    bool is_titled = column == COLUMN_OUTLET && cJSON_IsObject(member) && inside && !string_in(member);
    const char *value = say(is_titled ? inside : member, number, column == COLUMN_TEXT, arena);
    if (value) found->values[column] = value, found->rank[column] = rank;
  }
}

static enum stance_status look_at_named(const cJSON *object, const struct input_item *item, struct found *found,
                                        struct stance_arena *arena, struct stance_error *error) {
  const struct input_options *options = item->source->options;
  for (int column = 0; column < COLUMN_COUNT; column++) {
    const char *path = column == COLUMN_TEXT && options->json_text ? options->json_text : options->columns[column];
    if (!path) continue;
    const cJSON *value = at_path(object, path);
    const char *number = cJSON_IsNumber(value) ? input_json_number(item->data, item->length, path, arena) : NULL;
    found->values[column] = value ? say(value, number, column == COLUMN_TEXT, arena) : NULL;
    if (column == COLUMN_TEXT && !found->values[column])
      return stance_fail(error, STANCE_INPUT, "no text at \"%s\" in the object", path);
  }
  return STANCE_OK;
}

/* The Guardian's blocks of text, a line each; NULL: none. */
static const char *join_blocks(const cJSON *object, struct stance_arena *arena) {
  struct stance_buffer text = {0};
  const cJSON *each;
  cJSON_ArrayForEach(each, at_path(object, "blocks.body")) {
    const char *block = string_of(cJSON_GetObjectItemCaseSensitive(each, "bodyTextSummary"));
    if (!block) block = string_of(cJSON_GetObjectItemCaseSensitive(each, "bodyHtml"));
    if (!block) continue;
    if (text.length) stance_buffer_putc(&text, '\n');
    stance_buffer_puts(&text, block);
  }
  const char *copy = text.length && !text.failed ? stance_arena_copy(arena, text.data, text.length) : NULL;
  stance_buffer_free(&text);
  return copy;
}

/* Dow Jones' snapshots: the accession number is the id, and the first paragraphs of a body are apart, in "snippet". */
static void look_at_dow_jones(const cJSON *object, struct found *found, struct stance_arena *arena) {
  const char *number = string_of(cJSON_GetObjectItemCaseSensitive(object, "an")),
             *lead = string_of(cJSON_GetObjectItemCaseSensitive(object, "snippet")),
             *body = string_of(cJSON_GetObjectItemCaseSensitive(object, "body"));
  if (!number || !body) return;
  if (!found->values[COLUMN_ID]) found->values[COLUMN_ID] = stance_arena_copy(arena, number, strlen(number));
  if (lead && strncmp(body, lead, strlen(lead)) != 0)
    found->values[COLUMN_TEXT] = stance_arena_format(arena, "%s\n%s", lead, body);
}

/* Where a service gives no text: blocks of it, or the first lines. */
static void take_teaser(const cJSON *object, struct found *found, struct input_article *out,
                        struct stance_arena *arena) {
  static const char *const teasers[] = {"description", "summary", "snippet", "excerpt", "short_description", NULL};
  found->values[COLUMN_TEXT] = join_blocks(object, arena);
  for (size_t i = 0; !found->values[COLUMN_TEXT] && teasers[i]; i++) {
    const char *teaser = string_of(cJSON_GetObjectItemCaseSensitive(object, teasers[i]));
    if (!teaser) continue;
    found->values[COLUMN_TEXT] = stance_arena_copy(arena, teaser, strlen(teaser));
    input_note(&out->notes, INPUT_NOTE_CUT, 1, teaser, arena);
    const char *name = string_of(cJSON_GetObjectItemCaseSensitive(object, "name")); /* Bing's title */
    if (name && !found->values[COLUMN_TITLE])
      found->values[COLUMN_TITLE] = stance_arena_copy(arena, name, strlen(name));
  }
}

static const char *list_name(const cJSON *object) {
  static const char *const names[] = {"articles", "results", "response", "items", "docs", NULL};
  for (size_t i = 0; names[i]; i++) {
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, names[i]);
    if (cJSON_IsArray(value) || cJSON_IsObject(value)) return names[i];
  }
  return NULL;
}

static enum stance_status say_what_lacks(const cJSON *object, const struct found *found, struct stance_error *error) {
  const cJSON *text = cJSON_GetObjectItemCaseSensitive(object, "text");
  if (found->values[COLUMN_TEXT] || found->values[COLUMN_TITLE]) return STANCE_OK;
  if (cJSON_IsString(text)) return stance_fail(error, STANCE_INPUT, "no letter in \"text\"; expected an article");
  if (text && !cJSON_IsNull(text))
    return stance_fail(error, STANCE_INPUT, "'text' is not a string or a list of strings");
  const char *list = list_name(object);
  if (list)
    return stance_fail(error, STANCE_INPUT,
                       "the object has no \"text\" but \"%s\"; if that holds the articles, say --from json", list);
  return stance_fail(error, STANCE_INPUT, "the article has no \"text\"");
}

static bool is_withdrawn(const cJSON *object) {
  static const char *const keys[] = {"pubstatus", "pubStatus", NULL};
  for (size_t i = 0; keys[i]; i++)
    if (is_member(object, keys[i], "canceled") || is_member(object, keys[i], "cancelled") ||
        is_member(object, keys[i], "withheld"))
      return true;
  return false;
}

/* Whether the object is a label record, which must not be read as an article with the title "stance". */
static bool is_label_record(const cJSON *object) {
  return cJSON_IsString(cJSON_GetObjectItemCaseSensitive(object, "unit")) &&
         cJSON_IsString(cJSON_GetObjectItemCaseSensitive(object, "head")) &&
         cJSON_GetObjectItemCaseSensitive(object, "label") && !cJSON_GetObjectItemCaseSensitive(object, "title");
}

enum stance_status input_json_article(const cJSON *object, const struct input_item *item, struct stance_arena *arena,
                                      struct input_article *out, struct stance_error *error) {
  struct stance_article *article = &out->article;
  struct found found = {{0}, {0}};
  if (!cJSON_IsObject(object)) return stance_fail(error, STANCE_INPUT, "expected a JSON object with \"text\"");
  if (is_label_record(object))
    return stance_fail(
        error, STANCE_INPUT,
        "this is a label record (unit, head, label), not an article; 'stance classify --units FILE' scores "
        "the units of label files");
  look_at_members(object, item->data, item->length, &found, arena);
  static const char *const inner[] = {"fields" /* the Guardian */, "_source" /* Elasticsearch */,
                                      "thread" /* Webz.io */, NULL};
  for (size_t i = 0; inner[i]; i++) {
    const cJSON *fields = cJSON_GetObjectItemCaseSensitive(object, inner[i]);
    if (cJSON_IsObject(fields)) look_at_members(fields, NULL, 0, &found, arena);
  }
  look_at_dow_jones(object, &found, arena);
  STANCE_TRY(look_at_named(object, item, &found, arena, error));
  if (!found.values[COLUMN_TEXT] && !item->source->options->json_text) take_teaser(object, &found, out, arena);
  STANCE_TRY(say_what_lacks(object, &found, error));
  article->text = found.values[COLUMN_TEXT];
  article->text_length = article->text ? strlen(article->text) : 0;
  article->id = found.values[COLUMN_ID];
  article->title = found.values[COLUMN_TITLE];
  article->date = found.values[COLUMN_DATE];
  article->outlet = found.values[COLUMN_OUTLET];
  article->url = found.values[COLUMN_URL];
  article->lang = found.values[COLUMN_LANG];
  for (size_t i = 0; i < item->source->options->keep_count; i++) {
    const cJSON *value = at_path(object, item->source->options->keep[i]);
    const char *number = cJSON_IsNumber(value)
                             ? input_json_number(item->data, item->length, item->source->options->keep[i], arena)
                             : NULL;
    out->kept[i] = value ? say(value, number, false, arena) : NULL;
  }
  out->is_withdrawn = is_withdrawn(object);
  return STANCE_OK;
}

/* ---- where the list of articles begins --------------------------------------------------------------------------- */

static const char *skip_space(const char *at, const char *end) {
  while (at < end && (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n' || *at == ',')) at++;
  return at;
}

/* The position after the value at `at`; NULL: the data ends in it. */
static const char *skip_value(const char *at, const char *end) {
  size_t depth = 0;
  while (at < end) {
    if (*at == '"') {
      if (!(at = string_end(at, end))) return NULL;
      if (!depth) return at;
      continue;
    }
    if (*at == '{' || *at == '[') depth++;
    else if (*at == '}' || *at == ']') {
      if (!depth) return at;
      if (!--depth) return at + 1;
    } else if (!depth && *at == ',') return at;
    at++;
  }
  return NULL;
}

enum input_json_search input_json_find_list(const char *data, size_t length, const char *path, bool gives_way,
                                            size_t *found) {
  const char *end = data + length, *at = skip_space(data, end);
  if (at < end && *at != '{') return INPUT_JSON_ABSENT;
  for (at++;;) {
    at = skip_space(at, end);
    if (at >= end) return INPUT_JSON_MORE;
    if (*at != '"') return INPUT_JSON_ABSENT;
    const char *key = at + 1;
    if (!(at = string_end(at, end))) return INPUT_JSON_MORE;
    size_t key_length = (size_t)(at - 1 - key), size = strcspn(path, ".");
    at = skip_space(at, end);
    if (at >= end) return INPUT_JSON_MORE;
    if (*at != ':') return INPUT_JSON_ABSENT;
    at = skip_space(at + 1, end);
    if (at >= end) return INPUT_JSON_MORE;
    enum input_column column;
    if (gives_way && *at == '"' && input_name_rank(key, key_length, &column) && column == COLUMN_TEXT)
      return INPUT_JSON_ABSENT;
    bool is_next = key_length == size && memcmp(key, path, size) == 0;
    if (is_next && !path[size] && *at == '[') {
      const char *first = skip_space(at + 1, end);
      if (first >= end) return INPUT_JSON_MORE;
      if (gives_way && *first != '{' && *first != ']') return INPUT_JSON_ABSENT;
      *found = (size_t)(at + 1 - data);
      return INPUT_JSON_FOUND;
    }
    if (is_next && path[size] && *at == '{') {
      path += size + 1;
      at++;
      continue;
    }
    if (!(at = skip_value(at, end))) return INPUT_JSON_MORE;
  }
}
