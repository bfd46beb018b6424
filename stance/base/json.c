/* SPDX-License-Identifier: MIT */
#include "json.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "file.h"
#include "memory.h"
#include "utf8.h"

static void *watched_malloc(size_t size) {
  void *bytes = malloc(size);
  if (!bytes) stance_memory_note_out();
  return bytes;
}

void stance_json_watch(void) { cJSON_InitHooks(&(cJSON_Hooks){watched_malloc, free}); }

static bool is_blank(const char *text, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (!strchr(" \t\r\n", text[i]) || !text[i]) return false;
  return true;
}

/* Line and column (1-based, in bytes) of text[at]. */
static void locate(const char *text, size_t at, size_t first_line, size_t *line, size_t *column) {
  size_t start = 0;
  *line = first_line;
  for (size_t i = 0; i < at; i++)
    if (text[i] == '\n') {
      ++*line;
      start = i + 1;
    }
  *column = at - start + 1;
}

/* The first escape of a NUL, at which cJSON would end the string; NULL: none. */
static const char *find_nul(const char *text, size_t length) {
  static const char escape[] = "\\u0000";
  for (const char *at = text; (at = memmem(at, length - (size_t)(at - text), escape, sizeof escape - 1)); at++) {
    size_t before = 0; /* backslashes before it: an odd number means that this backslash is escaped */
    while (at - before > text && at[-(ptrdiff_t)before - 1] == '\\') before++;
    if (before % 2 == 0) return at;
  }
  return NULL;
}

/* The message for a frequent mistake at the place where cJSON stopped; NULL: another one. */
static const char *kind_of_fault(const char *at, size_t left) {
  if (left >= 6 && at[0] == '\\' && at[1] == 'u' && (at[2] == 'd' || at[2] == 'D') && strchr("89abAB", at[3]))
    return "a high surrogate alone; expected its pair";
  if (left >= 6 && at[0] == '\\' && at[1] == 'u' && (at[2] == 'd' || at[2] == 'D'))
    return "a low surrogate alone; expected its pair";
  if (left >= 3 && memcmp(at, "NaN", 3) == 0) return "NaN is none of JSON's values; expected a number or null";
  if ((left >= 8 && memcmp(at, "Infinity", 8) == 0) || (left >= 9 && memcmp(at, "-Infinity", 9) == 0))
    return "Infinity is none of JSON's values; expected a number or null";
  if (*at == '\'') return "expected a double quote";
  return NULL;
}

/* Where the text stands at `length`: within a string, and how many lists and objects are open. */
static size_t depth_at(const char *text, size_t length, bool *is_in_string) {
  size_t depth = 0;
  *is_in_string = false;
  for (size_t i = 0; i < length; i++) {
    if (*is_in_string && text[i] == '\\') i++;
    else if (text[i] == '"') *is_in_string = !*is_in_string;
    else if (!*is_in_string && (text[i] == '[' || text[i] == '{')) depth++;
    else if (!*is_in_string && (text[i] == ']' || text[i] == '}')) depth -= depth > 0;
  }
  return depth;
}

/* Whether the text ends within the string that holds, or begins at, this place. */
static bool is_cut_string(const char *text, size_t at, size_t length) {
  bool is_in_string;
  depth_at(text, length, &is_in_string);
  if (!is_in_string) return false;
  depth_at(text, at, &is_in_string);
  for (size_t i = at + !is_in_string; i < length; i++) {
    if (text[i] == '"') return false;
    if (text[i] == '\\') i++;
  }
  return is_in_string || text[at] == '"';
}

/* The offset of the first byte that is not UTF-8; length: none. */
static size_t find_bad_byte(const char *text, size_t length) {
  size_t at = 0;
  if (stance_utf8_valid(text, length)) return length;
  while (at < length) {
    unsigned char lead = (unsigned char)text[at];
    size_t bytes = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (bytes > length - at || !stance_utf8_valid(text + at, bytes)) break;
    at += bytes;
  }
  return at;
}

enum stance_status stance_json_parse(const char *text, size_t length, const char *file, size_t first_line, cJSON **out,
                                     struct stance_error *error) {
  size_t line, column, at = find_bad_byte(text, length);
  *out = NULL;
  if (at == length) return stance_json_parse_unchecked(text, length, file, first_line, out, error);
  locate(text, at, first_line, &line, &column);
  return stance_fail_at(error, STANCE_INPUT, file, line, column, "is not UTF-8, as JSON must be (byte 0x%02X)",
                        (unsigned char)text[at]);
}

enum stance_status stance_json_parse_unchecked(const char *text, size_t length, const char *file, size_t first_line,
                                               cJSON **out, struct stance_error *error) {
  const char *end = NULL;
  size_t at, line, column;
  *out = NULL;
  const char *nul = length ? find_nul(text, length) : NULL;
  if (nul) {
    locate(text, (size_t)(nul - text), first_line, &line, &column);
    return stance_fail_at(error, STANCE_INPUT, file, line, column, "has \\u0000; expected text without it");
  }
  bool was_out = stance_memory_was_out();
  cJSON *value = length ? cJSON_ParseWithLengthOpts(text, length, &end, false) : NULL;
  bool is_out = stance_memory_was_out();
  if (was_out) stance_memory_note_out(); /* an earlier lack stays noted */
  if (is_out) {
    cJSON_Delete(value);
    return stance_fail_memory(error);
  }
  at = end ? (size_t)(end - text) : 0;
  if (value && is_blank(text + at, length - at)) {
    *out = value;
    return STANCE_OK;
  }
  cJSON_Delete(value);
  while (at < length && strchr(" \t\r\n", text[at]) && text[at]) at++;
  if (at + 1 == length && !value && strchr(":,", text[at]))
    at = length; /* cJSON points at the last mark that it read */
  locate(text, at < length ? at : length, first_line, &line, &column);
  if (is_blank(text, length)) return stance_fail_at(error, STANCE_INPUT, file, line, 0, "is empty; expected JSON");
  bool is_in_string;
  if (at < length && depth_at(text, at, &is_in_string) >= CJSON_NESTING_LIMIT)
    return stance_fail_at(error, STANCE_INPUT, file, line, column, "JSON is nested deeper than %d levels",
                          CJSON_NESTING_LIMIT);
  if (at >= length || is_cut_string(text, at, length))
    return stance_fail_at(error, STANCE_INPUT, file, line, column, "JSON ends too early");
  int shown = (int)(length - at < 20 ? length - at : 20);
  const char *newline = memchr(text + at, '\n', (size_t)shown);
  if (newline) shown = (int)(newline - (text + at));
  const char *kind = kind_of_fault(text + at, length - at);
  return stance_fail_at(error, STANCE_INPUT, file, line, column, "bad JSON at '%.*s'%s%s", shown, text + at,
                        kind ? ": " : "", kind ? kind : "");
}

enum stance_status stance_json_lines(const char *text, size_t length, const char *file, stance_json_line *each,
                                     void *context, struct stance_error *error) {
  return stance_json_lines_from(text, length, file, 1, each, context, error);
}

enum stance_status stance_json_lines_from(const char *text, size_t length, const char *file, size_t first_line,
                                          stance_json_line *each, void *context, struct stance_error *error) {
  size_t line = first_line - 1;
  for (size_t start = 0; start < length;) {
    const char *newline = memchr(text + start, '\n', length - start);
    size_t end = newline ? (size_t)(newline - text) : length;
    line++;
    if (!is_blank(text + start, end - start)) {
      cJSON *value;
      enum stance_status status = stance_json_parse(text + start, end - start, file, line, &value, error);
      if (status != STANCE_OK) return status;
      status = each(context, value, line, error);
      cJSON_Delete(value);
      if (status != STANCE_OK) {
        if (error && !error->file[0]) { /* field getters do not know the place */
          struct stance_error what = *error;
          stance_fail_at(error, status, file, line, 0, "%s", what.message);
        }
        return status;
      }
    }
    start = end + 1;
  }
  return STANCE_OK;
}

/* The index after the JSON string that starts at text[at] == '"'. */
static size_t skip_string(const char *text, size_t length, size_t at) {
  for (at++; at < length && text[at] != '"'; at++)
    if (text[at] == '\\') at++;
  return at + 1;
}

size_t stance_json_element_line(const char *text, size_t length, const char *key, size_t k) {
  size_t line = 1, depth = 0, seen = 0, key_length = strlen(key);
  bool inside = false; /* inside the array */
  for (size_t i = 0; i < length; i++) {
    char c = text[i];
    if (c == '\n') line++;
    if (c == '"') {
      size_t end = skip_string(text, length, i);
      if (depth == 1 && end - i == key_length + 2 && end <= length && memcmp(text + i + 1, key, key_length) == 0) {
        size_t next = end;
        while (next < length && strchr(" \t\r\n:", text[next])) next++;
        inside = next < length && text[next] == '[';
      }
      for (size_t j = i; j < end && j < length; j++)
        if (text[j] == '\n') line++;
      i = end - 1;
    } else if (c == '{' || c == '[') {
      if (inside && depth == 2 && seen++ == k) return line;
      depth++;
    } else if (c == '}' || c == ']') {
      if (depth) depth--;
      if (depth == 1) inside = false;
    }
  }
  return 0;
}

/* As cJSON_GetObjectItemCaseSensitive; most keys differ in their first letter, and records are many. */
static const cJSON *member_of(const cJSON *object, const char *key) {
  const cJSON *item = object ? object->child : NULL;
  while (item && item->string && (*item->string != *key || strcmp(item->string, key) != 0)) item = item->next;
  return item && item->string ? item : NULL;
}

/* The member, where it is there and no null; else NULL. STANCE_INPUT: it is of another type. */
static enum stance_status find_member(const cJSON *object, const char *key, cJSON_bool (*is_right)(const cJSON *),
                                      const char *expected, const cJSON **out, struct stance_error *error) {
  const cJSON *item = member_of(object, key);
  *out = NULL;
  if (!item || cJSON_IsNull(item)) return STANCE_OK;
  if (!is_right(item)) return stance_fail(error, STANCE_INPUT, "'%s' is not %s", key, expected);
  *out = item;
  return STANCE_OK;
}

enum stance_status stance_json_get_string(const cJSON *object, const char *key, const char *fallback, const char **out,
                                          struct stance_error *error) {
  const cJSON *item;
  STANCE_TRY(find_member(object, key, cJSON_IsString, "a string", &item, error));
  *out = item ? item->valuestring : fallback;
  return STANCE_OK;
}

enum stance_status stance_json_need_string(const cJSON *object, const char *key, const char **out,
                                           struct stance_error *error) {
  enum stance_status status = stance_json_get_string(object, key, NULL, out, error);
  if (status == STANCE_OK && !*out) return stance_fail(error, STANCE_INPUT, "'%s' is missing; expected a string", key);
  return status;
}

enum stance_status stance_json_get_number(const cJSON *object, const char *key, double fallback, double *out,
                                          struct stance_error *error) {
  const cJSON *item;
  STANCE_TRY(find_member(object, key, cJSON_IsNumber, "a number", &item, error));
  *out = item ? item->valuedouble : fallback;
  return STANCE_OK;
}

enum stance_status stance_json_get_bool(const cJSON *object, const char *key, bool fallback, bool *out,
                                        struct stance_error *error) {
  const cJSON *item;
  STANCE_TRY(find_member(object, key, cJSON_IsBool, "true or false", &item, error));
  *out = item ? cJSON_IsTrue(item) : fallback;
  return STANCE_OK;
}

enum stance_status stance_json_get_array(const cJSON *object, const char *key, const cJSON **out,
                                         struct stance_error *error) {
  return find_member(object, key, cJSON_IsArray, "an array", out, error);
}

enum stance_status stance_json_write(const char *path, const cJSON *value, struct stance_error *error) {
  struct stance_buffer text = {0};
  char *printed = cJSON_Print(value);
  if (!printed) return stance_fail_memory(error);
  stance_buffer_puts(&text, printed);
  stance_buffer_putc(&text, '\n');
  enum stance_status status = stance_file_write_buffer(path, &text, error);
  stance_buffer_free(&text);
  cJSON_free(printed);
  return status;
}
