/* SPDX-License-Identifier: MIT
 * Functions shared by the JSON readers. */
#include <stdio.h>
#include <string.h>

#include "foreign.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/hash.h"

const cJSON *foreign_get(const cJSON *object, const char *key) { return cJSON_GetObjectItemCaseSensitive(object, key); }

const char *foreign_string(const cJSON *object, const char *key) {
  const cJSON *item = foreign_get(object, key);
  return cJSON_IsString(item) ? item->valuestring : NULL;
}

double foreign_number(const cJSON *object, const char *key, double fallback) {
  const cJSON *item = foreign_get(object, key);
  return cJSON_IsNumber(item) ? item->valuedouble : fallback;
}

void foreign_set(cJSON *object, const char *key, const char *text) {
  cJSON_DeleteItemFromObjectCaseSensitive(object, key);
  if (text) cJSON_AddStringToObject(object, key, text);
}

const char *foreign_text(const struct annotate_defaults *defaults, const cJSON *object,
                         struct annotate_losses *losses) {
  char what[112];
  const char *found = foreign_string(object, defaults->text_key ? defaults->text_key : "text");
  const cJSON *item, *longest = NULL;
  if (found || defaults->text_key) return found;
  cJSON_ArrayForEach(item, object) {
    if (!cJSON_IsString(item) || !item->string || !strchr(item->valuestring, ' ') || strstr(item->valuestring, "://"))
      continue;
    if (!longest || strlen(item->valuestring) > strlen(longest->valuestring)) longest = item;
  }
  if (!longest) return NULL;
  snprintf(what, sizeof what, "texts taken from '%.60s' (--text-key says which)", longest->string);
  annotate_tell(losses, what);
  return longest->valuestring;
}

void foreign_article(char out[64], const char *program, const char *text) {
  snprintf(out, 64, "%.30s-%016llx", program, (unsigned long long)stance_hash(text, strlen(text)));
}

void foreign_lose_keys(struct annotate_losses *losses, const cJSON *object, const char *const *known) {
  char what[112];
  const cJSON *item;
  cJSON_ArrayForEach(item, object) {
    size_t k = 0;
    bool is_empty = cJSON_IsNull(item) || ((cJSON_IsArray(item) || cJSON_IsObject(item)) && !item->child) ||
                    (cJSON_IsString(item) && !*item->valuestring);
    while (known[k] && item->string && strcmp(known[k], item->string) != 0) k++;
    if (known[k] || is_empty || !item->string) continue;
    snprintf(what, sizeof what, "values of '%.60s'", item->string);
    annotate_lose(losses, what);
  }
}

cJSON *foreign_base(const cJSON *meta, const char *text, const char *article) {
  static const char *const own[] = {"unit",  "article",    "sentence", "source",  "target",
                                    "head",  "annotator",  "at",       "seconds", "note",
                                    "flags", "suggestion", "date",     "outlet",  NULL};
  static const char *const others[] = {"date", "outlet", NULL};
  bool is_own = foreign_string(meta, "unit") != NULL;
  cJSON *base = cJSON_CreateObject();
  for (const char *const *key = is_own ? own : others; *key; key++) {
    const cJSON *item = foreign_get(meta, *key);
    if (item && (is_own ? !cJSON_IsNull(item) : cJSON_IsString(item)))
      cJSON_AddItemToObject(base, *key, cJSON_Duplicate(item, true));
  }
  if (!is_own && !foreign_get(base, "outlet") && foreign_string(meta, "source"))
    foreign_set(base, "outlet", foreign_string(meta, "source"));
  if (!foreign_get(base, "article")) foreign_set(base, "article", article);
  foreign_set(base, "text", text);
  return base;
}

static enum stance_status each_of_array(const char *bytes, size_t length, const char *path, stance_json_line *each,
                                        void *context, struct stance_error *error) {
  cJSON *array;
  const cJSON *item;
  size_t place = 0;
  STANCE_TRY(stance_json_parse(bytes, length, path, 1, &array, error));
  enum stance_status status = STANCE_OK;
  cJSON_ArrayForEach(item, array) {
    place++;
    if (status == STANCE_OK) status = each(context, item, place, error);
  }
  cJSON_Delete(array);
  if (status != STANCE_OK && error && !error->file[0]) {
    struct stance_error what = *error;
    stance_fail_at(error, status, path, 0, 0, "object %zu of the array: %s", place, what.message);
  }
  return status;
}

enum stance_status foreign_each(const char *path, stance_json_line *each, void *context, struct stance_error *error) {
  struct stance_arena arena = {0};
  char *bytes;
  size_t length, first = 0;
  enum stance_status status = stance_file_read(path, 0, &arena, &bytes, &length, error);
  if (status == STANCE_OK) {
    if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) first = 3;
    size_t start = first + strspn(bytes + first, " \t\r\n");
    if (error) error->file[0] = '\0';
    if (bytes[start] && bytes[start] != '[' && bytes[start] != '{')
      status = stance_fail_at(error, STANCE_INPUT, path, 1, 1,
                              "begins with '%.20s'; expected JSON, an object a line or a list of them", bytes + start);
    else
      status = bytes[start] == '[' ? each_of_array(bytes + first, length - first, path, each, context, error)
                                   : stance_json_lines(bytes + first, length - first, path, each, context, error);
  }
  stance_arena_free(&arena);
  return status;
}
