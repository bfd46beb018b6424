/* SPDX-License-Identifier: MIT
 * Articles from JSON objects: by cJSON, and by a faster reader for objects with plain values, as most are. */
#include <math.h>
#include <string.h>
#include <utf8proc.h>

#include "article.h"
#include "stance/base/error.h"
#include "stance/base/json.h"
#include "stance/base/swar.h"
#include "stance/base/utf8.h"

enum { FIELD_COUNT = 7, FIELD_TEXT = FIELD_COUNT - 1 };
static const char *const keys[FIELD_COUNT] = {"id", "title", "date", "outlet", "url", "lang", "text"};

static void fields_of(struct stance_article *article, const char **fields[FIELD_COUNT]) {
  const char **all[FIELD_COUNT] = {&article->id,  &article->title, &article->date, &article->outlet,
                                   &article->url, &article->lang,  &article->text};
  memcpy(fields, all, sizeof all);
}

/* ---- any object --------------------------------------------------------------------------------------- */

/* A string field, repaired and copied; NULL where it is missing. */
static enum stance_status take_string(const cJSON *object, const char *key, struct stance_arena *arena,
                                      const char **out, size_t *length, size_t *repaired, struct stance_error *error) {
  const char *value;
  enum stance_status status = stance_json_get_string(object, key, NULL, &value, error);
  *out = NULL;
  if (status != STANCE_OK || !value) return status;
  size_t bad;
  const char *clean = stance_utf8_repair(arena, value, strlen(value), length, &bad);
  if (!clean) return stance_fail_memory(error);
  *repaired += bad;
  *out = stance_arena_copy(arena, clean, *length);
  return *out ? STANCE_OK : stance_fail_memory(error);
}

/* An id that is a whole number, in decimal; NULL: it is none. *is_good: false: out of memory. */
static const char *number_id(const cJSON *object, struct stance_arena *arena, bool *is_good) {
  const cJSON *id = cJSON_GetObjectItemCaseSensitive(object, "id");
  *is_good = true;
  if (!cJSON_IsNumber(id) || !(fabs(id->valuedouble) < 9007199254740992.0) ||
      fabs(id->valuedouble - trunc(id->valuedouble)) > 0)
    return NULL;
  const char *text = stance_arena_format(arena, "%.0f", id->valuedouble);
  *is_good = text != NULL;
  return text;
}

enum stance_status stance_article_from_json(const cJSON *object, const char *fallback_id, struct stance_arena *arena,
                                            struct stance_article *article, size_t *repaired,
                                            struct stance_error *error) {
  *article = (struct stance_article){0};
  *repaired = 0;
  if (!cJSON_IsObject(object)) return stance_fail(error, STANCE_INPUT, "expected a JSON object with \"text\"");
  const char **fields[FIELD_COUNT];
  fields_of(article, fields);
  size_t length = 0;
  bool is_good;
  article->id = number_id(object, arena, &is_good);
  if (!is_good) return stance_fail_memory(error);
  for (size_t i = article->id ? 1 : 0; i < FIELD_COUNT; i++) {
    enum stance_status status = take_string(object, keys[i], arena, fields[i], &length, repaired, error);
    if (status != STANCE_OK) return status;
  }
  if (!article->text) return stance_fail(error, STANCE_INPUT, "the article has no \"text\"");
  article->text_length = length;
  if (!stance_has_letter(article->text, length))
    return stance_fail(error, STANCE_INPUT, "no letter in \"text\"; expected an article");
  if (!article->id || !*article->id) {
    article->id = stance_arena_copy(arena, fallback_id, strlen(fallback_id));
    if (!article->id) return stance_fail_memory(error);
  }
  return STANCE_OK;
}

/* ---- plain objects ------------------------------------------------------------------------------------- */

/* Reads from `at` to `end` and writes the decoded strings to `to`, which has room for all of them. */
struct plain_reader {
  const char *at, *end;
  char *to;
  int (*is_other)(const char *key, size_t length);
  unsigned seen, others; /* bits of fields */
};

static void skip_space(struct plain_reader *reader) {
  while (reader->at < reader->end &&
         (*reader->at == ' ' || *reader->at == '\t' || *reader->at == '\n' || *reader->at == '\r'))
    reader->at++;
}

/* Skips c with white space around it. False: something else is next. */
static bool take(struct plain_reader *reader, char c) {
  skip_space(reader);
  if (reader->at == reader->end || *reader->at != c) return false;
  reader->at++;
  skip_space(reader);
  return true;
}

/* The code of an escape's four hexadecimal digits; 0: no digits, or U+0000. */
static uint32_t take_hex(struct plain_reader *reader) {
  uint32_t code = 0;
  if (reader->end - reader->at < 4) return 0;
  for (int i = 0; i < 4; i++) {
    char c = *reader->at++, small = (char)(c | 0x20);
    if (c >= '0' && c <= '9') code = code << 4 | (uint32_t)(c - '0');
    else if (small >= 'a' && small <= 'f') code = code << 4 | (uint32_t)(small - 'a' + 10);
    else return 0;
  }
  return code;
}

static bool take_code_point(struct plain_reader *reader) {
  uint32_t code = take_hex(reader);
  if (code >= 0xd800 && code < 0xdc00) {
    if (reader->end - reader->at < 2 || memcmp(reader->at, "\\u", 2) != 0) return false;
    reader->at += 2;
    uint32_t low = take_hex(reader);
    if (low < 0xdc00 || low > 0xdfff) return false;
    code = 0x10000 + ((code & 0x3ff) << 10 | (low & 0x3ff));
  } else if (!code || (code >= 0xdc00 && code < 0xe000)) {
    return false;
  }
  reader->to += utf8proc_encode_char((utf8proc_int32_t)code, (utf8proc_uint8_t *)reader->to);
  return true;
}

static bool take_escape(struct plain_reader *reader) {
  static const char names[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
  if (reader->at == reader->end) return false;
  char c = *reader->at++;
  if (c == 'u') return take_code_point(reader);
  const char *name = memchr(names, c, sizeof names - 1);
  if (name) *reader->to++ = meant[name - names];
  return name != NULL;
}

/* Copies up to a quote, a backslash or the end. */
static void copy_plain(struct plain_reader *reader) {
  while (reader->end - reader->at >= SWAR_BLOCK) {
    swar_block block = swar_load_block(reader->at);
    size_t plain = swar_hit((swar_block)((block == '"') | (block == '\\')));
    memcpy(reader->to, &block, sizeof block);
    reader->at += plain;
    reader->to += plain;
    if (plain < SWAR_BLOCK) return;
  }
  while (reader->at < reader->end && *reader->at != '"' && *reader->at != '\\') *reader->to++ = *reader->at++;
}

/* The string that begins at its quote, NUL-terminated. */
static bool take_plain_string(struct plain_reader *reader, const char **string, size_t *length) {
  *string = reader->to;
  if (reader->at == reader->end || *reader->at++ != '"') return false;
  for (;;) {
    copy_plain(reader);
    if (reader->at == reader->end) return false;
    if (*reader->at++ == '"') break;
    if (!take_escape(reader)) return false;
  }
  *length = (size_t)(reader->to - *string);
  *reader->to++ = '\0';
  return true;
}

enum { DIGITS_MAX = 18 };

/* A value that is no string: only null and whole numbers. */
static bool skip_scalar(struct plain_reader *reader, bool *is_null) {
  const char *start = reader->at;
  *is_null = reader->end - start >= 4 && memcmp(start, "null", 4) == 0;
  if (*is_null) reader->at += 4;
  else
    while (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9') reader->at++;
  return reader->at > start && reader->at - start <= DIGITS_MAX;
}

static bool take_member(struct plain_reader *reader, struct stance_arena *arena, struct stance_article *article) {
  const char **fields[FIELD_COUNT], *key, *value;
  size_t length, field = 0, unused;
  bool is_null;
  fields_of(article, fields);
  if (!take_plain_string(reader, &key, &length) || !take(reader, ':') || reader->at == reader->end) return false;
  while (field < FIELD_COUNT && strcmp(keys[field], key) != 0) field++;
  bool is_first =
      field < FIELD_COUNT && !(reader->seen >> field & 1); /* of members with the same key the first counts */
  reader->seen |= 1u << field;
  int other = field == FIELD_COUNT && reader->is_other ? reader->is_other(key, length) : -1;
  if (other >= 0) reader->others |= 1u << other;
  if (*reader->at != '"') return skip_scalar(reader, &is_null) && (is_null || !is_first);
  if (!take_plain_string(reader, &value, &length)) return false;
  if (!is_first) return true;
  bool is_clean =
      !memchr(value, '\r', length) && strncmp(value, "\xef\xbb\xbf", 3) != 0; /* the text is valid UTF-8 already */
  *fields[field] = is_clean ? value : stance_utf8_repair(arena, value, length, &length, &unused);
  if (field == FIELD_TEXT) article->text_length = length;
  return *fields[field] != NULL;
}

bool stance_article_from_plain_json(const char *json, size_t length, int (*is_other)(const char *key, size_t length),
                                    struct stance_arena *arena, struct stance_article *article) {
  struct plain_reader reader = {
      .at = json, .end = json + length, .to = stance_arena_alloc(arena, length + SWAR_BLOCK, 1), .is_other = is_other};
  *article = (struct stance_article){0};
  if (!reader.to || !take(&reader, '{')) return false;
  do
    if (!take_member(&reader, arena, article)) return false;
  while (take(&reader, ','));
  if (!take(&reader, '}') || reader.at != reader.end || (reader.others & ~reader.seen)) return false;
  if (article->id && !*article->id) article->id = NULL;
  return article->text && stance_has_letter(article->text, article->text_length);
}
