/* SPDX-License-Identifier: MIT */
#include "name_part.h"

#include <string.h>

#include "stance/base/plain.h"
#include "stance/base/utf8.h"
#include "stance/text/text.h"

enum { PART_BYTES_MAX = 256 }; /* bytes of a part without its stops */

/* Bytes that are surely part of a word: letters, digits, and all bytes of UTF-8 but the lead bytes C2 (no-break space,
 * guillemets) and E2 (dashes, curly quotes). A token of such bytes only is one part. */
static const bool is_word_byte[256] = {
    ['0' ... '9'] = true,   ['A' ... 'Z'] = true,   ['a' ... 'z'] = true,
    [0x80 ... 0xC1] = true, [0xC3 ... 0xE1] = true, [0xE3 ... 0xFF] = true,
};

bool stance_name_part_is_whole(const char *text, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (!is_word_byte[(unsigned char)text[i]]) return false;
  return true;
}

/* The bytes of the separator at text[at], where is_word_byte is false; 0: a letter or a stop after all. */
static size_t separator_length(const char *text, size_t at, size_t end) {
  unsigned char byte = (unsigned char)text[at];
  if (byte == '.') return 0;
  if (byte < 0x80) return 1;
  if (byte == 0xC2 && at + 1 < end) { /* ª, µ and º are letters */
    unsigned char next = (unsigned char)text[at + 1];
    return next == 0xAA || next == 0xB5 || next == 0xBA ? 0 : 2;
  }
  if (byte == 0xE2 && at + 2 < end && (unsigned char)text[at + 1] == 0x80) return 3;
  return 0;
}

/* The bytes of a character whose first byte is not in is_word_byte. */
static size_t letter_length(const char *text, size_t at, size_t end) {
  unsigned char byte = (unsigned char)text[at];
  size_t length = byte == 0xC2 ? 2 : byte == 0xE2 ? 3 : 1;
  return at + length <= end ? length : end - at;
}

/* Returns the offset after the separators and stops that start at text[at]. */
static size_t skip_separators(const char *text, size_t at, size_t end) {
  while (at < end && !is_word_byte[(unsigned char)text[at]]) {
    size_t step = separator_length(text, at, end);
    if (!step && text[at] != '.') break;
    at += step ? step : 1;
  }
  return at;
}

/* A part's bytes, half-open, and the number of stops in it. */
struct span {
  size_t start, end, stops;
};

/* The next part of text[at..end). False: only separators are left. */
static inline bool find_part(const char *text, size_t at, size_t end, struct span *span) {
  if (at < end && !is_word_byte[(unsigned char)text[at]]) at = skip_separators(text, at, end);
  if (at >= end) return false;
  *span = (struct span){at, at, 0};
  for (;;) {
    while (at < end && is_word_byte[(unsigned char)text[at]]) at++;
    if (at >= end || separator_length(text, at, end)) break;
    span->stops += text[at] == '.';
    at += letter_length(text, at, end);
  }
  span->end = at;
  return true;
}

static uint64_t hash_span(const char *text, const struct span *span, uint8_t *shape) {
  char bare[PART_BYTES_MAX];
  size_t length = span->end - span->start, used = 0;
  if (!span->stops || length - span->stops > sizeof bare) return stance_token_hash(text + span->start, length, shape);
  for (size_t i = span->start; i < span->end; i++)
    if (text[i] != '.') bare[used++] = text[i];
  return stance_token_hash(bare, used, shape);
}

static inline bool cut_part(const char *text, size_t at, size_t end, struct stance_name_part *part) {
  struct span span;
  uint8_t shape;
  if (!find_part(text, at, end, &span)) return false;
  uint64_t hash = hash_span(text, &span, &shape);
  *part = (struct stance_name_part){hash, (uint32_t)span.start, (uint32_t)span.end, 0, shape, span.stops > 0};
  return true;
}

/* Punctuation inside names: the stop of "St. Kitts", a hyphen or apostrophe set apart, "&". */
static bool is_joiner(const struct stance_document *document, uint32_t index) {
  const struct stance_token *token = &document->tokens[index];
  const char *text = document->text + token->start;
  size_t length = token->end - token->start;
  if (length == 1 && *text == '&') return true;
  bool is_adjacent = index > 0 && document->tokens[index - 1].end == token->start;
  if (!is_adjacent) return false;
  if (length == 1) return *text == '.' || *text == '-' || *text == '\'';
  return length == 3 && memcmp(text, "\xE2\x80", 2) == 0 &&
         ((unsigned char)text[2] <= 0x93 || (unsigned char)text[2] == 0x99); /* hyphens, en dash, curly apostrophe */
}

bool stance_name_part_of_token(const struct stance_document *document, uint32_t index, uint32_t at,
                               struct stance_name_part *part) {
  const struct stance_token *token = &document->tokens[index];
  struct span span;
  uint64_t hash = token->hash;
  uint8_t shape = token->shape;
  if (!find_part(document->text, at, token->end, &span)) return false;
  bool is_whole =
      !span.stops && span.start == token->start && span.end == token->end; /* then the token's hash serves */
  if (!is_whole) hash = hash_span(document->text, &span, &shape);
  *part = (struct stance_name_part){hash, (uint32_t)span.start, (uint32_t)span.end, index, shape, span.stops > 0};
  return true;
}

bool stance_name_part_next_marked(struct stance_name_part_cursor *cursor, struct stance_name_part *part) {
  const struct stance_document *document = cursor->document;
  for (; cursor->token < cursor->limit; cursor->token++) {
    const struct stance_token *token = &document->tokens[cursor->token];
    if (cursor->at <= token->start) {
      cursor->at = token->start;
      if (token->kind == STANCE_TOKEN_PUNCTUATION) {
        if (is_joiner(document, cursor->token)) continue;
        return false;
      }
      if (token->kind == STANCE_TOKEN_URL || token->kind == STANCE_TOKEN_HANDLE) return false;
      if (token->end - token->start > STANCE_NAME_PART_TOKEN_MAX) return false;
    }
    if (stance_name_part_of_token(document, cursor->token, cursor->at, part)) {
      cursor->at = part->end;
      cursor->token += part->end == token->end;
      return true;
    }
    cursor->at = token->end;
  }
  return false;
}

size_t stance_name_parts_cut(const char *text, size_t length, struct stance_name_part *parts, size_t max) {
  struct stance_name_part part;
  size_t count = 0, at = 0;
  while (cut_part(text, at, length, &part)) {
    if (count < max) parts[count] = part;
    count++;
    at = part.end;
  }
  return count;
}

size_t stance_name_part_possessive(const char *text, size_t length) {
  static const char curly[] = "\xE2\x80\x99";
  if (length > 2 && (text[length - 1] | 32) == 's') {
    if (text[length - 2] == '\'') return 2;
    if (length > 4 && memcmp(text + length - 4, curly, 3) == 0) return 4;
  }
  if (length > 1 && text[length - 1] == '\'') return 1;
  if (length > 3 && memcmp(text + length - 3, curly, 3) == 0) return 3;
  return 0;
}

bool stance_name_has_control(const char *text) {
  uint32_t code;
  for (size_t step; (step = stance_utf8_decode(text, &code)) != 0; text += step) {
    enum stance_plain kind = stance_plain_kind(code);
    if (kind == STANCE_PLAIN_CONTROL || kind == STANCE_PLAIN_BLANK) return true;
  }
  return false;
}

bool stance_name_is_stem(const char *text) {
  const char *star = strchr(text, '*');
  return star && (star == text || !star[1] || star[1] == ' ');
}

uint64_t stance_name_part_word(const char *text, size_t length) {
  struct span span, next;
  uint8_t shape;
  length -= stance_name_part_possessive(text, length);
  bool is_one = find_part(text, 0, length, &span) && !find_part(text, span.end, length, &next);
  return is_one ? hash_span(text, &span, &shape) : stance_token_hash(text, length, &shape);
}
