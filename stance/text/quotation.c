/* SPDX-License-Identifier: MIT
 * Finds the quotations and brackets of a paragraph, and whether a sentence goes on after them:
 *   "We will go. We will not stay," said the minister.     one sentence, with its attribution
 *   He said: "We will go. We will not stay." They left.    three sentences; two in single curly quotes */
#include "quotation.h"

#include <string.h>
#include <utf8proc.h>

#include "stance/base/ascii.h"
#include "stance/base/swar.h"

enum {
  BRACKET_MAX = 400, /* bytes; a bracket that closes later is ignored as a mistake or an attack */
  SINGLE_MAX = 400,
  DOUBLE_MAX = 4000,
};

/* A quotation mark: its bytes, its type ('d'ouble or 's'ingle), and its side by its form: 1 opens, 2 closes, 0
 * unknown. */
struct mark {
  size_t bytes;
  char type;
  int side;
};

static struct mark mark_at(const char *text, size_t at, size_t end) {
  unsigned char c = (unsigned char)text[at];
  if (c == '"') return (struct mark){1, 'd', 0};
  if (c == '\'') return (struct mark){1, 's', 0};
  if (c == 0xe2 && at + 2 < end && (unsigned char)text[at + 1] == 0x80) switch ((unsigned char)text[at + 2]) {
      case 0x9c:
      case 0x9e: return (struct mark){3, 'd', 1};
      case 0x9d: return (struct mark){3, 'd', 2};
      case 0x98:
      case 0x9a: return (struct mark){3, 's', 1};
      case 0x99: return (struct mark){3, 's', 2};
      default: break;
    }
  if (c == 0xc2 && at + 1 < end) {
    if ((unsigned char)text[at + 1] == 0xab) return (struct mark){2, 'd', 1};
    if ((unsigned char)text[at + 1] == 0xbb) return (struct mark){2, 'd', 2};
  }
  return (struct mark){0, 0, 0};
}

static bool is_word_byte(unsigned char c) { return ascii_is_digit(c) || ascii_is_letter(c) || c >= 0xc3; }

/* Whether a quotation mark opens: after white space, a bracket or a dash, and before a word. */
static bool opens(const char *text, size_t start, size_t at, size_t bytes, size_t end) {
  if (at + bytes >= end || stance_space_length(text, at + bytes, end)) return false;
  if (at == start) return true;
  unsigned char before = (unsigned char)text[at - 1];
  return before == ' ' || before == '\t' || before == '(' || before == '[' || before == '-' || before == '"' ||
         before == 0xa0 || before == 0x94 || before == 0x93 || before == 0x9c || before == 0x98;
}

static inline swar_block are_double_quotes(swar_block block) {
  return (swar_block)((block == '"') | (block == 0xe2) | (block == 0xc2));
}

/* The end of the double quotation opened at `at`, after its closing mark; 0: it has none, or another opens before. */
static size_t double_end(const char *text, size_t at, size_t end) {
  size_t limit = end - at > DOUBLE_MAX ? at + DOUBLE_MAX : end;
  for (size_t i = at; (i = swar_find(text, i, limit, are_double_quotes)) < limit; i++) {
    struct mark mark = mark_at(text, i, end);
    if (mark.type != 'd') continue;
    if (mark.side == 2) return i + mark.bytes;
    if (mark.side == 1) return 0;
    bool is_after_space = text[i - 1] == ' ' || text[i - 1] == '\t';
    if (is_after_space && opens(text, at, i, mark.bytes, end)) return 0;
    return i + mark.bytes;
  }
  return 0;
}

/* The same for a single quotation, whose closing mark must follow a stop or comma, as else it may be an apostrophe. */
static size_t single_end(const char *text, size_t at, size_t end) {
  size_t limit = end - at > SINGLE_MAX ? at + SINGLE_MAX : end;
  for (size_t i = at; i < limit; i++) {
    unsigned char c = (unsigned char)text[i];
    if (c != '\'' && c != 0xe2) continue;
    struct mark mark = mark_at(text, i, end);
    if (mark.type != 's' || mark.side == 1 || i == at) continue;
    bool is_behind_stop = strchr(".,!?", text[i - 1]) != NULL;
    if (is_behind_stop && (i + mark.bytes >= end || !is_word_byte((unsigned char)text[i + mark.bytes])))
      return i + mark.bytes;
  }
  return 0;
}

static size_t bracket_end(const char *text, size_t at, size_t end) {
  size_t limit = end - at > BRACKET_MAX ? at + BRACKET_MAX : end;
  char open = text[at], close = open == '(' ? ')' : ']';
  int depth = 0;
  for (size_t i = at; i < limit; i++) {
    if (text[i] == open) depth++;
    else if (text[i] == close && --depth == 0) return i + 1;
  }
  return 0;
}

static bool is_lower_at(const char *text, size_t at, size_t end) {
  utf8proc_int32_t code;
  if ((unsigned char)text[at] < 0x80) return ascii_is_lower((unsigned char)text[at]);
  return utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)(end - at), &code) > 0 &&
         utf8proc_category(code) == UTF8PROC_CATEGORY_LL;
}

static bool is_upper_at(const char *text, size_t at, size_t end) {
  utf8proc_int32_t code;
  if ((unsigned char)text[at] < 0x80) return ascii_is_upper((unsigned char)text[at]);
  return utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)(end - at), &code) > 0 &&
         utf8proc_category(code) == UTF8PROC_CATEGORY_LU;
}

/* Whether text[at] begins an attribution: a name, a verb of speech and little more ("Mr Blair told reporters."). In
 * `"It is over." Mr Blair said the war ...` a new sentence begins. */
static bool is_attribution(struct stance_text_matcher *matcher, const char *text, size_t at, size_t end) {
  size_t word = at;
  while (word < end && is_word_byte((unsigned char)text[word])) word++;
  if (stance_word_flags(text + at, word - at) & STANCE_STOP_STARTER) return false;
  size_t limit = end - at > 200 ? at + 200 : end;
  while (limit < end && ((unsigned char)text[limit] & 0xc0) == 0x80) limit++;
  if (!stance_text_match(matcher, &matcher->rules->attribution, text + at, limit - at, 0)) return false;
  return matcher->groups[2] != matcher->groups[3] || at + matcher->groups[1] == end;
}

/* The byte before the closing quotes of a quotation that ends at `at`; 0: none. */
static unsigned char byte_before_quotes(const char *text, size_t start, size_t at) {
  enum { CLOSING_BYTES = 12 }; /* four marks of three bytes */
  size_t inner = at;
  while (inner > start && at - inner < CLOSING_BYTES) {
    unsigned char c = (unsigned char)text[inner - 1];
    size_t bytes = c == '"' || c == '\'' ? 1 : c == 0xbb ? 2 : c == 0x9d || c == 0x99 ? 3 : 0;
    if (!bytes || inner < start + bytes) break;
    inner -= bytes;
  }
  return inner > start ? (unsigned char)text[inner - 1] : 0;
}

static bool is_dash_at(const char *text, size_t at, size_t end) {
  unsigned char c = (unsigned char)text[at];
  return c == '-' || (c == 0xe2 && end - at > 2 && (unsigned char)text[at + 1] == 0x80 &&
                      ((unsigned char)text[at + 2] == 0x93 || (unsigned char)text[at + 2] == 0x94));
}

bool stance_quotation_goes_on(struct stance_text_matcher *matcher, const char *text, size_t start, size_t at,
                              size_t end) {
  size_t next = at;
  unsigned char before = byte_before_quotes(text, start, at);
  bool is_stopped = before == '.' || before == '!' || before == '?' || before == 0xa6;
  for (size_t step; next < end && (step = stance_space_length(text, next, end)); next += step) continue;
  if (next == end) return false;
  unsigned char c = (unsigned char)text[next];
  if (before == ',' || c == ',' || c == ';' || c == ':' || c == '(' || is_dash_at(text, next, end)) return true;
  if (c == '.' || c == '!' || c == '?') return false;
  if (is_lower_at(text, next, end) || !is_stopped) return true;
  return is_upper_at(text, next, end) && is_attribution(matcher, text, next, end);
}

static bool add(struct stance_arena *arena, struct stance_text_regions *regions, size_t start, size_t end) {
  struct stance_text_region *items =
      stance_arena_grow(arena, regions->items, &regions->capacity, regions->count + 1, sizeof *items);
  if (!items) return false;
  regions->items = items;
  items[regions->count++] = (struct stance_text_region){(uint32_t)start, (uint32_t)end};
  return true;
}

/* Whether a colon announces the quotation, which is then complete: "He told reporters: ‘...’". */
static bool is_announced(const char *text, size_t start, size_t at) {
  while (at > start && text[at - 1] == ' ') at--;
  return at > start && text[at - 1] == ':';
}

/* The bytes that may start a quotation or bracket. */
static inline swar_block are_openers(swar_block block) {
  return are_double_quotes(block) | (swar_block)((block == '\'') | (block == '(') | (block == '['));
}

bool stance_regions_find(struct stance_text_matcher *matcher, struct stance_arena *arena, const char *text,
                         size_t start, size_t end, struct stance_text_regions *regions) {
  for (size_t at = start; (at = swar_find(text, at, end, are_openers)) < end;) {
    unsigned char c = (unsigned char)text[at];
    if (c == '(' || c == '[') {
      size_t close = bracket_end(text, at, end);
      if (close && !add(arena, regions, at, close)) return false;
      at++;
      continue;
    }
    struct mark mark = mark_at(text, at, end);
    if (!mark.bytes || mark.side == 2 || (mark.side == 0 && !opens(text, start, at, mark.bytes, end))) {
      at += mark.bytes ? mark.bytes : 1;
      continue;
    }
    size_t close = mark.type == 'd' ? double_end(text, at + mark.bytes, end) : single_end(text, at + mark.bytes, end);
    if (close && stance_quotation_goes_on(matcher, text, start, close, end)) {
      if (!add(arena, regions, at, close + 1)) return false;
    } else if (close && mark.type == 's' && mark.side == 1 && is_announced(text, start, at)) {
      if (!add(arena, regions, at, close)) return false;
    }
    at = close && mark.type == 'd' ? close : at + mark.bytes;
  }
  return true;
}
