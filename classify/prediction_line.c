/* SPDX-License-Identifier: MIT */
#include "prediction_line.h"

#include <stdlib.h>
#include <string.h>

#include "stance/base/error.h"
#include "stance/base/json.h"

/* ---- lines as this program writes them --------------------------------------------------------------------------- */

struct reader {
  const char *at, *end;
  struct stance_arena *arena;
};

static bool take(struct reader *reader, const char *text, size_t length) {
  if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, text, length) != 0) return false;
  reader->at += length;
  return true;
}
#define TAKE(reader, text) take(reader, text, sizeof text - 1)

/* Decodes escapes of one letter. False: another escape, left to cJSON. */
static bool unescape(struct reader *reader, struct prediction_text *text) {
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  char *made = stance_arena_alloc(reader->arena, text->length + 1, 1);
  size_t length = 0;
  if (!made) return false;
  for (size_t i = 0; i < text->length; i++) {
    char c = text->at[i];
    if (c == '\\') {
      const char *found = i + 1 < text->length ? strchr(from, text->at[i + 1]) : NULL;
      if (!found || !*found) return false;
      c = to[found - from];
      i++;
    }
    made[length++] = c;
  }
  *text = (struct prediction_text){made, length};
  return true;
}

/* Reads a string from its opening quote on. */
static bool take_string(struct reader *reader, struct prediction_text *out) {
  if (reader->at == reader->end || *reader->at != '"') return false;
  const char *start = ++reader->at, *quote = start;
  bool is_escaped = false;
  for (;;) {
    quote = memchr(quote, '"', (size_t)(reader->end - quote));
    if (!quote) return false;
    size_t slashes = 0;
    while (quote - slashes > start && quote[-1 - (ptrdiff_t)slashes] == '\\') slashes++;
    if (slashes % 2 == 0) break;
    is_escaped = true;
    quote++;
  }
  *out = (struct prediction_text){start, (size_t)(quote - start)};
  is_escaped = is_escaped || memchr(start, '\\', out->length);
  reader->at = quote + 1;
  return !is_escaped || unescape(reader, out);
}

/* Reads a number such as -0.1234 or 12, of at most 15 digits, so that the quotient is the nearest double. */
static bool take_number(struct reader *reader, double *out) {
  static const double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  const char *at = reader->at, *start;
  bool is_negative = at < reader->end && *at == '-';
  at += is_negative;
  uint64_t digits = 0;
  size_t decimals = 0;
  for (start = at; at < reader->end && *at >= '0' && *at <= '9'; at++) digits = digits * 10 + (uint64_t)(*at - '0');
  size_t whole = (size_t)(at - start);
  if (!whole || whole > 9 || (whole > 1 && *start == '0')) return false;
  if (at < reader->end && *at == '.') {
    for (start = ++at; at < reader->end && *at >= '0' && *at <= '9' && at - start < 7; at++)
      digits = digits * 10 + (uint64_t)(*at - '0');
    decimals = (size_t)(at - start);
    if (!decimals) return false;
  }
  if (at == reader->end || (*at != ',' && *at != '}')) return false;
  reader->at = at;
  *out = (double)digits / powers[decimals];
  if (is_negative) *out = -*out;
  return true;
}

static bool take_text(struct reader *reader, const char *key, size_t length, struct prediction_text *out) {
  return !take(reader, key, length) || take_string(reader, out);
}
#define TEXT(reader, name, out) take_text(reader, ",\"" name "\":", sizeof name + 3, out)

/* Reads kept keys, which stand between outlet and sentence. */
static bool take_kept(struct reader *reader, const char *const *keep, size_t keep_count, struct prediction_line *out) {
  while (!TAKE(reader, ",\"sentence\":")) {
    struct prediction_text key, value;
    if (!TAKE(reader, ",") || !take_string(reader, &key) || !TAKE(reader, ":") || !take_string(reader, &value))
      return false;
    for (size_t i = 0; i < keep_count; i++)
      if (strlen(keep[i]) == key.length && memcmp(keep[i], key.at, key.length) == 0) out->kept[i] = value;
  }
  return true;
}

/* Skips the array, and keeps it verbatim. */
static bool take_mentions(struct reader *reader, struct prediction_text *out) {
  if (!TAKE(reader, ",\"mentions\":")) return true;
  const char *start = reader->at;
  if (!TAKE(reader, "[")) return false;
  while (!TAKE(reader, "]")) {
    struct prediction_text actor;
    double from, to;
    bool is_good = (reader->at == start + 1 || TAKE(reader, ",")) && TAKE(reader, "{\"actor\":") &&
                   take_string(reader, &actor) && TAKE(reader, ",\"start\":") && take_number(reader, &from) &&
                   TAKE(reader, ",\"end\":") && take_number(reader, &to) &&
                   (TAKE(reader, "}") || TAKE(reader, ",\"implicit\":true}"));
    if (!is_good) return false;
  }
  *out = (struct prediction_text){start, (size_t)(reader->at - start)};
  return true;
}

static bool take_shares(struct reader *reader, struct prediction_line *out) {
  if (!TAKE(reader, ",\"p\":{")) return false;
  for (size_t i = 0; i < STANCE_LABELS_MAX; i++) {
    if (!take_string(reader, &out->share_names[i]) || !TAKE(reader, ":") || !take_number(reader, &out->shares[i]))
      return false;
    out->share_count++;
    if (TAKE(reader, "}")) return true;
    if (!TAKE(reader, ",")) return false;
  }
  return false;
}

/* Whether the text has a control character, which JSON strings may not contain. Eight bytes at a time: subtracting 0x20
 * from a byte below it sets its high bit. */
static bool has_control(const char *text, size_t length) {
  const uint64_t ones = 0x0101010101010101, high = ones * 0x80;
  uint64_t found = 0, eight;
  size_t i = 0;
  for (; i + 8 <= length; i += 8) {
    memcpy(&eight, text + i, 8);
    found |= (eight - ones * 0x20) & ~eight & high;
  }
  for (; i < length; i++) found |= (unsigned char)text[i] < 0x20;
  return found != 0;
}

bool prediction_line_read(const char *line, size_t length, const char *const *keep, size_t keep_count,
                          struct stance_arena *arena, struct prediction_line *out) {
  struct reader reader = {line, line + length, arena};
  *out = (struct prediction_line){0};
  return !has_control(line, length) && TAKE(&reader, "{\"article\":") && take_string(&reader, &out->article) &&
         TEXT(&reader, "date", &out->date) && TEXT(&reader, "outlet", &out->outlet) &&
         take_kept(&reader, keep, keep_count, out) && take_number(&reader, &out->sentence) &&
         TEXT(&reader, "text", &out->text) && TEXT(&reader, "source", &out->source) &&
         TEXT(&reader, "target", &out->target) && TEXT(&reader, "source_affiliation", &out->source_affiliation) &&
         TEXT(&reader, "target_affiliation", &out->target_affiliation) && take_mentions(&reader, &out->mentions) &&
         TEXT(&reader, "head", &out->head) && TEXT(&reader, "label", &out->label) && take_shares(&reader, out) &&
         TAKE(&reader, ",\"score\":") && take_number(&reader, &out->score) && TAKE(&reader, "}") &&
         reader.at == reader.end && out->head.at && out->label.at;
}

/* ---- any order --------------------------------------------------------------------------------------------------- */

static enum stance_status copy(struct stance_arena *arena, const char *text, struct prediction_text *out,
                               struct stance_error *error) {
  *out = (struct prediction_text){0};
  if (!text) return STANCE_OK;
  *out = (struct prediction_text){stance_arena_copy(arena, text, strlen(text)), strlen(text)};
  return out->at ? STANCE_OK : stance_fail_memory(error);
}

static enum stance_status copy_string(const cJSON *object, const char *key, struct stance_arena *arena,
                                      struct prediction_text *out, struct stance_error *error) {
  const char *text;
  STANCE_TRY(stance_json_get_string(object, key, NULL, &text, error));
  return copy(arena, text, out, error);
}

/* Copies a kept value: text as it is, numbers and truth values as printed. */
static enum stance_status copy_kept(const cJSON *object, const char *key, struct stance_arena *arena,
                                    struct prediction_text *out, struct stance_error *error) {
  const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
  if (!item || cJSON_IsNull(item)) return STANCE_OK;
  if (cJSON_IsObject(item) || cJSON_IsArray(item))
    return stance_fail(error, STANCE_INPUT, "'%s' is neither a text nor a number: predictions cannot be counted by it",
                       key);
  if (cJSON_IsString(item)) return copy(arena, item->valuestring, out, error);
  char *printed = cJSON_PrintUnformatted(item);
  enum stance_status status = printed ? copy(arena, printed, out, error) : stance_fail_memory(error);
  cJSON_free(printed);
  return status;
}

static enum stance_status copy_shares(const cJSON *object, struct stance_arena *arena, struct prediction_line *out,
                                      struct stance_error *error) {
  const cJSON *p = cJSON_GetObjectItemCaseSensitive(object, "p"), *item;
  cJSON_ArrayForEach(item, p) {
    if (!cJSON_IsNumber(item) || !item->string || out->share_count == STANCE_LABELS_MAX)
      return stance_fail(error, STANCE_INPUT, "'p' is not an object of 1 to %d labels with numbers", STANCE_LABELS_MAX);
    STANCE_TRY(copy(arena, item->string, &out->share_names[out->share_count], error));
    out->shares[out->share_count++] = item->valuedouble;
  }
  return STANCE_OK;
}

static enum stance_status copy_all(const cJSON *object, const char *const *keep, size_t keep_count,
                                   struct stance_arena *arena, struct prediction_line *out,
                                   struct stance_error *error) {
  const struct {
    const char *key;
    struct prediction_text *text;
  } texts[] = {{"article", &out->article},
               {"date", &out->date},
               {"outlet", &out->outlet},
               {"text", &out->text},
               {"source", &out->source},
               {"target", &out->target},
               {"head", &out->head},
               {"label", &out->label},
               {"source_affiliation", &out->source_affiliation},
               {"target_affiliation", &out->target_affiliation}};
  const cJSON *mentions;
  if (!cJSON_IsString(cJSON_GetObjectItemCaseSensitive(object, "article")))
    return stance_fail(error, STANCE_INPUT, "no \"article\"; expected a prediction");
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    STANCE_TRY(copy_string(object, texts[i].key, arena, texts[i].text, error));
  const char *ignored;
  STANCE_TRY(stance_json_need_string(object, "head", &ignored, error));
  STANCE_TRY(stance_json_need_string(object, "label", &ignored, error));
  for (size_t i = 0; i < keep_count; i++) STANCE_TRY(copy_kept(object, keep[i], arena, &out->kept[i], error));
  STANCE_TRY(stance_json_get_number(object, "sentence", 0, &out->sentence, error));
  STANCE_TRY(stance_json_get_number(object, "score", 0, &out->score, error));
  STANCE_TRY(copy_shares(object, arena, out, error));
  STANCE_TRY(stance_json_get_array(object, "mentions", &mentions, error));
  if (!mentions) return STANCE_OK;
  char *printed = cJSON_PrintUnformatted(mentions);
  enum stance_status status = printed ? copy(arena, printed, &out->mentions, error) : stance_fail_memory(error);
  cJSON_free(printed);
  return status;
}

enum stance_status prediction_line_parse(const char *line, size_t length, const char *file, size_t number,
                                         const char *const *keep, size_t keep_count, struct stance_arena *arena,
                                         struct prediction_line *out, struct stance_error *error) {
  cJSON *object;
  *out = (struct prediction_line){0};
  STANCE_TRY(stance_json_parse(line, length, file, number, &object, error));
  enum stance_status status = copy_all(object, keep, keep_count, arena, out, error);
  cJSON_Delete(object);
  return status;
}
