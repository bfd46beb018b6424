/* SPDX-License-Identifier: MIT
 * JSON into an arena: the reader for large files. It makes cJSON's nodes, so that all that reads trees reads these, but no
 * allocation a value, and nothing to delete. It accepts what cJSON accepts: a blank is any byte up to 32, strings may hold control
 * characters. Only "\u" must have its four digits. */
#include <string.h>

#include "error.h"
#include "json.h"

enum { DEPTH_MAX = CJSON_NESTING_LIMIT };

struct reader {
  struct stance_arena *arena;
  const char *at, *end; /* at: what is read next, or could not be read */
  char *strings;        /* where the next string goes: decoded ones are never longer than they stand in the text */
  size_t depth;
  bool memory_is_out;
};

static void skip_blanks(struct reader *reader) {
  while (reader->at < reader->end && (unsigned char)*reader->at <= ' ') reader->at++;
}

static char next_mark(struct reader *reader) {
  skip_blanks(reader);
  return reader->at < reader->end ? *reader->at : '\0';
}

/* ---- strings ---------------------------------------------------------------------------------------------- */

static bool read_hex(const char *text, const char *end, uint32_t *out) {
  *out = 0;
  if (end - text < 4) return false;
  for (int i = 0; i < 4; i++) {
    char c = text[i];
    uint32_t digit = c >= '0' && c <= '9' ? (uint32_t)(c - '0') : (c | 32) >= 'a' && (c | 32) <= 'f' ? (uint32_t)((c | 32) - 'a' + 10) : 16;
    if (digit > 15) return false;
    *out = *out << 4 | digit;
  }
  return true;
}

static char *put_character(char *out, uint32_t code) {
  if (code < 0x80) {
    *out++ = (char)code;
    return out;
  }
  int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  static const uint32_t leads[] = {0, 0xC0, 0xE0, 0xF0};
  *out++ = (char)(leads[more] | code >> (6 * more));
  while (more--) *out++ = (char)(0x80 | (code >> (6 * more) & 0x3F));
  return out;
}

/* What stands behind "\u", a pair of surrogates in one. False: no character. */
static bool read_code(const char **at, const char *end, uint32_t *code) {
  uint32_t low;
  if (!read_hex(*at, end, code)) return false;
  *at += 4;
  if (*code >= 0xDC00 && *code <= 0xDFFF) return false;
  if (*code < 0xD800 || *code > 0xDBFF) return true;
  if (end - *at < 6 || (*at)[0] != '\\' || (*at)[1] != 'u' || !read_hex(*at + 2, end, &low) || low < 0xDC00 || low > 0xDFFF) return false;
  *at += 6;
  *code = 0x10000 + ((*code & 0x3FF) << 10 | (low & 0x3FF));
  return true;
}

static bool read_escape(const char **at, const char *end, char **out) {
  static const char marks[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
  uint32_t code;
  if (end - *at < 2) return false;
  char mark = (*at)[1];
  const char *known = mark ? strchr(marks, mark) : NULL;
  if (!known && mark != 'u') return false;
  *at += 2;
  if (known) {
    *(*out)++ = meant[known - marks];
    return true;
  }
  if (!read_code(at, end, &code)) return false;
  *out = put_character(*out, code);
  return true;
}

/* NULL: no string stands here; reader->at is at its start. */
static char *read_string(struct reader *reader) {
  const char *at = reader->at, *end = reader->end;
  char *text = reader->strings, *out = text;
  if (at == end || *at != '"') return NULL;
  for (at++; at < end && *at != '"';) {
    if (*at != '\\') *out++ = *at++;
    else if (!read_escape(&at, end, &out)) return NULL;
  }
  if (at == end) return NULL;
  *out++ = '\0';
  reader->strings = out;
  reader->at = at + 1;
  return text;
}

/* ---- values ----------------------------------------------------------------------------------------------- */

static bool read_value(struct reader *reader, cJSON *item);

/* Numbers are rare here: cJSON reads them, whatever the locale's decimal point. */
static bool read_number(struct reader *reader, cJSON *item) {
  cJSON *number = cJSON_ParseWithLengthOpts(reader->at, (size_t)(reader->end - reader->at), &reader->at, false);
  if (!number) return false;
  item->type = number->type;
  item->valuedouble = number->valuedouble;
  item->valueint = number->valueint;
  cJSON_Delete(number);
  return true;
}

static bool read_word(struct reader *reader, cJSON *item) {
  static const struct {
    const char *text;
    int type;
  } words[] = {{"null", cJSON_NULL}, {"false", cJSON_False}, {"true", cJSON_True}};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    size_t length = strlen(words[i].text);
    if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, words[i].text, length) != 0) continue;
    item->type = words[i].type;
    item->valueint = words[i].type == cJSON_True;
    reader->at += length;
    return true;
  }
  return false;
}

/* The next member of an array or an object, at the end of its chain. The first one's prev is the last, as cJSON keeps it. */
static cJSON *add_member(struct reader *reader, cJSON *parent) {
  cJSON *member = stance_arena_zalloc(reader->arena, 1, sizeof *member);
  if (!member) {
    reader->memory_is_out = true;
    return NULL;
  }
  cJSON *first = parent->child;
  if (!first) {
    parent->child = member->prev = member;
    return member;
  }
  member->prev = first->prev;
  first->prev->next = member;
  first->prev = member;
  return member;
}

static bool read_key(struct reader *reader, cJSON *member) {
  skip_blanks(reader);
  member->string = read_string(reader);
  if (!member->string || next_mark(reader) != ':') return false;
  reader->at++;
  return true;
}

static bool read_members(struct reader *reader, cJSON *item, int type, char closing) {
  item->type = type;
  if (++reader->depth > DEPTH_MAX) return false;
  reader->at++;
  if (next_mark(reader) != closing) {
    for (;;) {
      cJSON *member = add_member(reader, item);
      if (!member || (type == cJSON_Object && !read_key(reader, member))) return false;
      skip_blanks(reader);
      if (!read_value(reader, member)) return false;
      if (next_mark(reader) != ',') break;
      reader->at++;
    }
    if (next_mark(reader) != closing) return false;
  }
  reader->at++;
  reader->depth--;
  return true;
}

static bool read_value(struct reader *reader, cJSON *item) {
  switch (reader->at < reader->end ? *reader->at : '\0') {
    case '"':
      item->type = cJSON_String;
      item->valuestring = read_string(reader);
      return item->valuestring;
    case '{': return read_members(reader, item, cJSON_Object, '}');
    case '[': return read_members(reader, item, cJSON_Array, ']');
    case '-': case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7': case '8': case '9':
      return read_number(reader, item);
    default: return read_word(reader, item);
  }
}

enum stance_status stance_json_read(struct stance_arena *arena, const char *text, size_t length, const char *file, const cJSON **out,
                                    struct stance_error *error) {
  static const char mark[] = "\xEF\xBB\xBF";
  struct reader reader = {.arena = arena, .at = text, .end = text + length, .strings = stance_arena_alloc(arena, length + 1, 1)};
  cJSON *root = stance_arena_zalloc(arena, 1, sizeof *root);
  *out = NULL;
  if (!reader.strings || !root) return stance_fail_memory(error);
  if (length > 3 && memcmp(text, mark, 3) == 0) reader.at += 3;
  skip_blanks(&reader);
  bool is_read = read_value(&reader, root);
  if (reader.memory_is_out) return stance_fail_memory(error);
  skip_blanks(&reader);
  if (!is_read || reader.at != reader.end) return stance_json_refuse(text, length, (size_t)(reader.at - text), file, 1, error);
  *out = root;
  return STANCE_OK;
}
