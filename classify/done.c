/* SPDX-License-Identifier: MIT */
#include "done.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "stance/base/json.h"
#include "stance/base/utf8.h"

/* Finds the value of a top-level member of a well-formed object, as written; of repeated members the last, as parsers
 * do. False: none. */
static bool find_member(const char *json, size_t length, const char *name, const char **value, size_t *value_length) {
  size_t depth = 0, size = strlen(name);
  const char *at = json, *end = json + length, *from = NULL;
  bool has = false;
  for (bool is_key = false; at < end; at++) {
    if (*at == '"') {
      const char *start = at + 1;
      for (at++; at < end && *at != '"'; at++) at += *at == '\\';
      if (at >= end) return false;
      is_key = depth == 1 && !from && (size_t)(at - start) == size && memcmp(start, name, size) == 0;
      continue;
    }
    if (from && depth == 1 && (*at == ',' || *at == '}')) {
      *value = from;
      *value_length = (size_t)(at - from);
      from = NULL;
      has = true;
    }
    if (*at == ':' && is_key) from = at + 1;
    if (!strchr(" \t\r\n", *at)) is_key = false;
    if (*at == '{' || *at == '[') depth++;
    else if ((*at == '}' || *at == ']') && depth) depth--;
  }
  return has;
}

/* Whether the article's original bytes are a JSON object. */
static bool is_object(const struct classify_done *done) {
  cJSON *object;
  struct stance_error ignored;
  if (!done->raw || !stance_utf8_valid(done->raw, done->raw_length)) return false;
  if (stance_json_parse(done->raw, done->raw_length, NULL, 0, &object, &ignored) != STANCE_OK) return false;
  bool is_one = cJSON_IsObject(object);
  cJSON_Delete(object);
  return is_one;
}

/* Appends a member with its value as written, on one line; null if it is too long. False: there is none. */
static bool put_member(const struct classify_done *done, const char *name, struct stance_buffer *out) {
  const char *value;
  size_t length;
  if (!find_member(done->raw, done->raw_length, name, &value, &length)) return false;
  while (length && strchr(" \t\r\n", *value)) value++, length--;
  while (length && strchr(" \t\r\n", value[length - 1])) length--;
  stance_buffer_printf(out, "\"%s\":", name[0] == 'k' ? "key" : "article");
  if (length > CLASSIFY_KEY_BYTES) stance_buffer_puts(out, "null");
  for (size_t i = 0; i < length && length <= CLASSIFY_KEY_BYTES; i++)
    stance_buffer_putc(out, value[i] == '\n' || value[i] == '\r' ? ' ' : value[i]);
  return true;
}

void classify_put_whose(const struct classify_done *done, struct stance_buffer *out) {
  bool has_id = done->id && strlen(done->id) <= CLASSIFY_KEY_BYTES;
  bool may_have_key = done->raw && memmem(done->raw, done->raw_length, "\"key\"", 5);
  bool has_members = (may_have_key || !has_id) && is_object(done);
  if (has_id) {
    stance_buffer_puts(out, "\"article\":");
    stance_buffer_json_string(out, done->id, strlen(done->id));
  } else if (!has_members || !put_member(done, "id", out)) {
    stance_buffer_puts(out, "\"article\":null");
    if (done->line) stance_buffer_printf(out, ",\"line\":%zu", done->line);
  }
  size_t before = out->length;
  stance_buffer_putc(out, ',');
  if (!has_members || !may_have_key || !put_member(done, "key", out)) out->length = before;
}

void classify_put_done(const struct classify_done *done, struct stance_buffer *out) {
  stance_buffer_putc(out, '{');
  classify_put_whose(done, out);
  stance_buffer_printf(out, ",\"done\":true,\"units\":%llu", (unsigned long long)done->units);
  if (done->left_out) {
    stance_buffer_puts(out, ",\"left_out\":");
    stance_buffer_json_string(out, done->left_out, strlen(done->left_out));
  }
  stance_buffer_puts(out, ",\"error\":");
  if (done->error) stance_buffer_json_string(out, done->error, strlen(done->error));
  else stance_buffer_puts(out, "null");
  stance_buffer_puts(out, "}\n");
}
