/* SPDX-License-Identifier: MIT
 * UTF-8: repair, folding, and counting. Runs of ASCII are read several bytes at a time. */
#include "utf8.h"

#include <string.h>
#include <utf8proc.h>

#include "ascii.h"
#include "swar.h"

/* The bytes of the well-formed sequence (Unicode, table 3-7) at text[0]; 0: none, or NUL. */
static inline size_t sequence_length(const unsigned char *text, size_t left) {
  unsigned char first = text[0];
  if (first >= 0x01 && first <= 0x7f) return 1;
  if (first < 0xc2) return 0;
  if (left < 2 || (text[1] & 0xc0) != 0x80) return 0;
  if (first < 0xe0) return 2;
  if (left < 3 || (text[2] & 0xc0) != 0x80) return 0;
  if (first < 0xf0) {
    if (first == 0xe0 && text[1] < 0xa0) return 0; /* overlong */
    if (first == 0xed && text[1] > 0x9f) return 0; /* surrogates */
    return 3;
  }
  if (first > 0xf4 || left < 4 || (text[3] & 0xc0) != 0x80) return 0;
  if (first == 0xf0 && text[1] < 0x90) return 0; /* overlong */
  if (first == 0xf4 && text[1] > 0x8f) return 0; /* above U+10FFFF */
  return 4;
}

/* The number of bytes of the longest valid prefix. */
static size_t valid_prefix(const char *text, size_t length) {
  size_t at = 0;
  while (at < length) {
    while (length - at >= SWAR_BLOCK) { /* of 01..7f: as signed bytes, above 0 */
      size_t plain = swar_hit((swar_block)((swar_signed)swar_load_block(text + at) <= 0));
      at += plain;
      if (plain < SWAR_BLOCK) break;
    }
    while (at < length) { /* other characters than ASCII come in runs */
      size_t step = sequence_length((const unsigned char *)text + at, length - at);
      if (!step) return at;
      at += step;
      if (step == 1) break;
    }
  }
  return at;
}

bool stance_utf8_valid(const char *text, size_t length) { return valid_prefix(text, length) == length; }

bool stance_utf8_is_ascii(const char *text, size_t length) {
  size_t at = 0;
  swar_block all = {0};
  unsigned char rest = 0;
  for (; length - at >= SWAR_BLOCK; at += SWAR_BLOCK) all |= swar_load_block(text + at);
  for (; at < length; at++) rest |= (unsigned char)text[at];
  return rest < 0x80 && swar_hit((swar_block)((swar_signed)all < 0)) == SWAR_BLOCK;
}

static const char *repair_copy(struct stance_arena *arena, const char *text, size_t length, size_t *new_length,
                               size_t *repaired) {
  if (length > (SIZE_MAX - 1) / 3) return NULL;
  size_t bad = 0, at = 0, used = 0;
  while (at < length) { /* count first, as most copies only change line ends */
    at += valid_prefix(text + at, length - at);
    if (at < length) bad++, at++;
  }
  char *copy = stance_arena_alloc(arena, length + 2 * bad + 1, 1);
  if (!copy) return NULL;
  for (at = 0; at < length;) {
    size_t step = sequence_length((const unsigned char *)text + at, length - at);
    if (!step) {
      memcpy(copy + used, "\xef\xbf\xbd", 3);
      used += 3;
      at++;
    } else if (text[at] == '\r') {
      copy[used++] = '\n';
      at += at + 1 < length && text[at + 1] == '\n' ? 2 : 1;
    } else {
      memcpy(copy + used, text + at, step);
      used += step;
      at += step;
    }
  }
  copy[used] = '\0';
  *new_length = used;
  *repaired = bad;
  return copy;
}

const char *stance_utf8_repair(struct stance_arena *arena, const char *text, size_t length, size_t *new_length,
                               size_t *repaired) {
  *repaired = 0;
  if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
    text += 3;
    length -= 3;
  }
  *new_length = length;
  if (!length || (!memchr(text, '\r', length) && stance_utf8_valid(text, length))) return text;
  return repair_copy(arena, text, length, new_length, repaired);
}

size_t stance_utf8_count(const char *text, size_t bytes) {
  size_t count = 0, at = 0;
  for (; bytes - at >= 8; at += 8) { /* continuation bytes are 10xxxxxx */
    uint64_t word = swar_load(text + at);
    count += 8 - swar_count(word & ~(word << 1) & SWAR_HIGHS);
  }
  for (; at < bytes; at++) count += (text[at] & 0xc0) != 0x80;
  return count;
}

size_t stance_utf8_offset(const char *text, size_t length, size_t code_points) {
  size_t at = 0;
  for (; code_points; code_points--) {
    if (at >= length) return SIZE_MAX;
    at++;
    while (at < length && (text[at] & 0xc0) == 0x80) at++;
  }
  return at;
}

/* ---- folding ------------------------------------------------------------------------------------------ */

static utf8proc_int32_t fold_code_point(utf8proc_int32_t code, void *unused) {
  (void)unused;
  switch (code) {
    case 0x2018:
    case 0x2019:
    case 0x201a:
    case 0x201b:
    case 0x2032:
    case 0x2bc:
    case 0xb4: return '\'';
    case 0x201c:
    case 0x201d:
    case 0x201e:
    case 0x201f:
    case 0x2033:
    case 0xab:
    case 0xbb: return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2212: return '-';
    default: return code < 0x80 ? (code >= 'A' && code <= 'Z' ? code + 32 : code) : utf8proc_tolower(code);
  }
}

struct sink {
  char *out;
  size_t capacity, length;
};

static void put_code_point(struct sink *sink, utf8proc_int32_t code) {
  utf8proc_uint8_t bytes[4];
  size_t count = (size_t)utf8proc_encode_char(code, bytes);
  for (size_t i = 0; i < count; i++, sink->length++)
    if (sink->length < sink->capacity) sink->out[sink->length] = (char)bytes[i];
}

/* NFC changes no code point below U+0300 by itself, nor does one compose with what stands before it. So text is
 * normalised in runs: one such code point, then those from U+0300 on and soft hyphens (which folding drops). A run is
 * cut at RUN_MAX code points. */
enum { RUN_MAX = 64, RUN_DECOMPOSED_MAX = RUN_MAX * 4 + 8 };

static void fold_run(struct sink *sink, const char *text, size_t length) {
  utf8proc_int32_t codes[RUN_DECOMPOSED_MAX];
  utf8proc_ssize_t count =
      utf8proc_decompose_custom((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)length, codes, RUN_DECOMPOSED_MAX,
                                UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_IGNORE, fold_code_point, NULL);
  if (count >= 0 && count <= RUN_DECOMPOSED_MAX)
    count = utf8proc_normalize_utf32(codes, count, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
  for (utf8proc_ssize_t i = 0; i < count && i < RUN_DECOMPOSED_MAX; i++) put_code_point(sink, codes[i]);
}

static bool is_soft_hyphen(const char *text, size_t at, size_t length) {
  return length - at >= 2 && memcmp(text + at, "\xc2\xad", 2) == 0;
}

size_t stance_utf8_fold(const char *text, size_t length, char *out, size_t capacity) {
  struct sink sink = {out, capacity, 0};
  size_t at = 0;
  while (at < length) {
    unsigned char c = (unsigned char)text[at];
    bool is_alone = at + 1 >= length || (unsigned char)text[at + 1] < 0x80;
    if (c < 0x80 && is_alone) {
      if (sink.length < capacity) out[sink.length] = (char)ascii_lower(c);
      sink.length++;
      at++;
      continue;
    }
    size_t end = at, codes = 0;
    do {
      size_t step = sequence_length((const unsigned char *)text + end, length - end);
      end += step ? step : 1; /* the text is valid; the 1 only prevents an endless loop */
      codes++;
    } while (end < length && codes < RUN_MAX &&
             ((unsigned char)text[end] >= 0xcc || is_soft_hyphen(text, end, length)));
    fold_run(&sink, text + at, end - at);
    at = end;
  }
  return sink.length;
}

size_t stance_utf8_decode(const char *text, uint32_t *code_point) {
  const unsigned char *bytes = (const unsigned char *)text;
  size_t length = !bytes[0] ? 0 : bytes[0] < 0x80 ? 1 : bytes[0] < 0xe0 ? 2 : bytes[0] < 0xf0 ? 3 : 4;
  static const unsigned char masks[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
  *code_point = bytes[0] & masks[length];
  for (size_t i = 1; i < length; i++) *code_point = *code_point << 6 | (bytes[i] & 0x3f);
  return length;
}

size_t stance_utf8_encode(uint32_t code_point, char out[4]) {
  size_t length = code_point < 0x80 ? 1 : code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
  static const unsigned char leads[] = {0, 0, 0xc0, 0xe0, 0xf0};
  for (size_t i = length; i-- > 1; code_point >>= 6) out[i] = (char)(0x80 | (code_point & 0x3f));
  out[0] = (char)(leads[length] | code_point);
  return length;
}

/* The bytes of an invisible character (see stance_utf8_visible) at `at`; 0: none. */
static size_t invisible_length(const unsigned char *at, size_t left) {
  if (left >= 2 && at[0] == 0xc2 && at[1] == 0xad) return 2;
  if (left < 3) return 0;
  bool is_zero_width =
      at[0] == 0xe2 && ((at[1] == 0x80 && at[2] >= 0x8b && at[2] <= 0x8d) || (at[1] == 0x81 && at[2] == 0xa0));
  return is_zero_width || (at[0] == 0xef && at[1] == 0xbb && at[2] == 0xbf) ? 3 : 0;
}

/* The offset of the first invisible character; `length`: none. */
static size_t find_invisible(const char *text, size_t length) {
  const unsigned char *bytes = (const unsigned char *)text;
  for (size_t at = 0; at < length; at++) {
    while (length - at >= SWAR_BLOCK) {
      size_t plain = swar_hit((swar_block)((swar_signed)swar_load_block(text + at) < 0));
      at += plain;
      if (plain < SWAR_BLOCK) break;
    }
    if (at < length && bytes[at] >= 0xc2 && invisible_length(bytes + at, length - at)) return at;
  }
  return length;
}

const char *stance_utf8_visible(const char *text, size_t *length, struct stance_arena *arena) {
  const unsigned char *bytes = (const unsigned char *)text;
  size_t at = find_invisible(text, *length), used;
  if (at == *length) return text;
  char *out = stance_arena_alloc(arena, *length + 1, 1);
  if (!out) return NULL;
  memcpy(out, text, at);
  for (used = at; at < *length;) {
    size_t size = invisible_length(bytes + at, *length - at);
    if (size) at += size;
    else out[used++] = text[at++];
  }
  out[used] = '\0';
  *length = used;
  return out;
}
