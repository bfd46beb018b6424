/* SPDX-License-Identifier: MIT
 * JSON-LD of schema.org: headline, datePublished, articleBody, inLanguage and publisher of the first Article (or
 * subtype) in a script, be it a single object, in a list, or in "@graph". */
#include <string.h>
#include <strings.h>

#include "html.h"
#include "html_meta.h"
#include "stance/base/error.h"
#include "stance/base/json.h"
#include "stance/base/utf8.h"

enum { NODES_MAX = 64 };

static const char *text_of(const cJSON *value) {
  return cJSON_IsString(value) && *value->valuestring ? value->valuestring : NULL;
}

static bool is_article_type(const char *type) {
  static const char *const types[] = {"Article",         "BlogPosting",        "Report",
                                      "LiveBlogPosting", "SocialMediaPosting", NULL};
  if (!type) return false;
  size_t length = strlen(type);
  for (size_t i = 0; types[i]; i++) {
    size_t size = strlen(types[i]);
    if (length >= size && strcmp(type + length - size, types[i]) == 0) return true;
  }
  return false;
}

static bool is_article(const cJSON *object) {
  const cJSON *type = cJSON_GetObjectItemCaseSensitive(object, "@type"), *each;
  if (text_of(type)) return is_article_type(text_of(type));
  cJSON_ArrayForEach(each, type) if (is_article_type(text_of(each))) return true;
  return false;
}

static const cJSON *find_article(const cJSON *root) {
  const cJSON *waiting[NODES_MAX] = {root};
  size_t count = 1;
  for (size_t i = 0; i < count; i++) {
    const cJSON *object = waiting[i], *child;
    if (cJSON_IsObject(object) && is_article(object)) return object;
    const cJSON *below = cJSON_IsArray(object) ? object : cJSON_GetObjectItemCaseSensitive(object, "@graph");
    const cJSON *entity = cJSON_GetObjectItemCaseSensitive(object, "mainEntity");
    cJSON_ArrayForEach(child, below) if (count < NODES_MAX) waiting[count++] = child;
    if (cJSON_IsObject(entity) && count < NODES_MAX) waiting[count++] = entity;
  }
  return NULL;
}

static const char *line_of(const cJSON *object, const char *key, struct stance_arena *arena) {
  const char *text = text_of(cJSON_GetObjectItemCaseSensitive(object, key));
  return text ? input_html_line(text, strlen(text), arena) : NULL;
}

static enum stance_status take_body(const cJSON *article, struct stance_arena *arena, struct html_meta *meta,
                                    struct stance_error *error) {
  const char *body = text_of(cJSON_GetObjectItemCaseSensitive(article, "articleBody"));
  char *text;
  if (!body) return STANCE_OK;
  size_t length = strlen(body), repaired;
  const char *valid = stance_utf8_repair(arena, body, length, &length, &repaired);
  if (!valid) return stance_fail_memory(error);
  if (!input_html_is_markup(valid, length)) {
    meta->body = stance_arena_copy(arena, valid, length);
    meta->body_length = length;
    return meta->body ? STANCE_OK : stance_fail_memory(error);
  }
  STANCE_TRY(input_html_text(valid, length, arena, &text, &meta->body_length, error));
  meta->body = text;
  return STANCE_OK;
}

enum stance_status html_meta_json(const char *data, size_t length, struct stance_arena *arena, struct html_meta *meta,
                                  struct stance_error *error) {
  struct stance_error ignored;
  cJSON *root = NULL;
  if (stance_json_parse_unchecked(data, length, "JSON-LD", 1, &root, &ignored) != STANCE_OK) return STANCE_OK;
  const cJSON *article = find_article(root);
  enum stance_status status = STANCE_OK;
  if (article) {
    meta->is_article = true;
    if (!meta->title) meta->title = line_of(article, "headline", arena);
    if (!meta->date) meta->date = line_of(article, "datePublished", arena);
    if (!meta->lang) meta->lang = line_of(article, "inLanguage", arena);
    const cJSON *publisher = cJSON_GetObjectItemCaseSensitive(article, "publisher");
    if (!meta->outlet && publisher) meta->outlet = line_of(publisher, "name", arena);
    if (!meta->body) status = take_body(article, arena, meta, error);
  }
  cJSON_Delete(root);
  return status;
}
