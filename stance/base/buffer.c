/* SPDX-License-Identifier: MIT */
#include "buffer.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "swar.h"

void stance_buffer_free(struct stance_buffer *buffer) {
  free(buffer->data);
  *buffer = (struct stance_buffer){0};
}

void stance_buffer_clear(struct stance_buffer *buffer) {
  buffer->length = 0;
  buffer->failed = false;
  if (buffer->data) buffer->data[0] = '\0';
}

bool stance_buffer_grow(struct stance_buffer *buffer, size_t more) {
  if (buffer->failed) return false;
  size_t needed;
  if (__builtin_add_overflow(buffer->length, more, &needed) || needed > SIZE_MAX / 2 - 1) {
    buffer->failed = true;
    return false;
  }
  size_t capacity = buffer->capacity ? buffer->capacity : 256;
  while (capacity <= needed) capacity *= 2;
  char *data = realloc(buffer->data, capacity);
  if (!data) {
    stance_memory_note_out();
    buffer->failed = true;
    return false;
  }
  buffer->data = data;
  buffer->capacity = capacity;
  return true;
}

void stance_buffer_printf(struct stance_buffer *buffer, const char *format, ...) {
  va_list arguments, again;
  va_start(arguments, format);
  va_copy(again, arguments);
  int length = vsnprintf(NULL, 0, format, arguments);
  if (length < 0) {
    buffer->failed = true;
  } else if (stance_buffer_reserve(buffer, (size_t)length)) {
    vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, again);
    buffer->length += (size_t)length;
  }
  va_end(again);
  va_end(arguments);
}

/* ---- JSON strings ------------------------------------------------------------------------------------- */

static const bool needs_escape[256] = {[0 ... 0x1f] = true, ['"'] = true, ['\\'] = true, [0x7f] = true};

/* Writes the escape of c, at most ESCAPE_MAX bytes. Returns its length. */
enum { ESCAPE_MAX = 6 };
static size_t put_escape(unsigned char c, char *to) {
  static const char hex[] = "0123456789abcdef";
  *to++ = '\\';
  switch (c) {
    case '"':
    case '\\': *to = (char)c; return 2;
    case '\n': *to = 'n'; return 2;
    case '\t': *to = 't'; return 2;
    case '\r': *to = 'r'; return 2;
    default: memcpy(to, (char[]){'u', '0', '0', hex[c >> 4], hex[c & 15]}, ESCAPE_MAX - 1); return ESCAPE_MAX;
  }
}

/* Copies text up to the first byte that needs an escape; returns the bytes copied. The last block may overlap the one
 * before. */
static inline size_t copy_plain(const char *text, size_t length, char *to) {
  size_t at = 0;
  if (length < SWAR_BLOCK) {
    for (; at < length && !needs_escape[(unsigned char)text[at]]; at++) to[at] = text[at];
    return at;
  }
  for (;;) {
    swar_block block = swar_load_block(text + at);
    size_t plain = swar_hit((swar_block)((block < 0x20) | (block == '"') | (block == '\\') | (block == 0x7f)));
    memcpy(to + at, &block, sizeof block);
    at += plain;
    if (plain < SWAR_BLOCK || at == length) return at;
    if (length - at < SWAR_BLOCK) at = length - SWAR_BLOCK;
  }
}

void stance_buffer_json_string(struct stance_buffer *buffer, const char *text, size_t length) {
  if (!text) {
    stance_buffer_append(buffer, "null", 4);
    return;
  }
  if (!stance_buffer_reserve(buffer, length + 2)) return;
  char *to = buffer->data + buffer->length;
  *to++ = '"';
  size_t at = copy_plain(text, length, to);
  to += at;
  while (at < length) {
    buffer->length = (size_t)(to - buffer->data);
    if (!stance_buffer_reserve(buffer, length - at + ESCAPE_MAX)) return; /* for this escape, the rest and the quote */
    to = buffer->data + buffer->length;
    to += put_escape((unsigned char)text[at++], to);
    size_t plain = copy_plain(text + at, length - at, to);
    at += plain;
    to += plain;
  }
  *to++ = '"';
  *to = '\0';
  buffer->length = (size_t)(to - buffer->data);
}

enum { SHORT_MAX = 30 };

void stance_buffer_json_text(struct stance_buffer *buffer, const char *text) {
  if (text && stance_buffer_reserve(buffer, SHORT_MAX + 2)) {
    char *to = buffer->data + buffer->length;
    size_t plain = 0;
    *to++ = '"';
    for (; plain < SHORT_MAX && !needs_escape[(unsigned char)text[plain]]; plain++) to[plain] = text[plain];
    if (!text[plain]) {
      to[plain] = '"';
      to[plain + 1] = '\0';
      buffer->length += plain + 2;
      return;
    }
  }
  stance_buffer_json_string(buffer, text, text ? strlen(text) : 0);
}

/* ---- numbers ------------------------------------------------------------------------------------------ */

enum { DIGITS_MAX = 20 }; /* digits of 2^64 - 1 */

void stance_buffer_unsigned(struct stance_buffer *buffer, unsigned long long value) {
  size_t digits = 1;
  for (unsigned long long over = 10; value >= over && digits < DIGITS_MAX; over *= 10) digits++;
  if (!stance_buffer_reserve(buffer, digits)) return;
  char *to = buffer->data + buffer->length;
  buffer->length += digits;
  to[digits] = '\0';
  while (digits > 1) {
    to[--digits] = (char)('0' + value % 10);
    value /= 10;
  }
  *to = (char)('0' + value);
}

void stance_buffer_fixed(struct stance_buffer *buffer, double value, int decimals) {
  static const double power[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
  if (!isfinite(value) || fabs(value) > 1e12) { /* not finite, or too large for fixed point */
    stance_buffer_puts(buffer, isfinite(value) ? (value < 0 ? "-1e12" : "1e12") : "null");
    return;
  }
  unsigned long long scaled = (unsigned long long)llround(fabs(value) * power[decimals]);
  unsigned long long unit = (unsigned long long)power[decimals];
  if (value < 0 && scaled) stance_buffer_putc(buffer, '-');
  stance_buffer_unsigned(buffer, scaled / unit);
  if (!decimals) return;
  char digits[8] = {'.'};
  unsigned long long rest = scaled % unit;
  for (int i = decimals; i > 0; i--, rest /= 10) digits[i] = (char)('0' + rest % 10);
  stance_buffer_append(buffer, digits, (size_t)decimals + 1);
}

/* ---- CSV ---------------------------------------------------------------------------------------------- */

static bool needs_quotes(const char *text, size_t length) {
  size_t at = 0;
  for (; length - at >= SWAR_BLOCK; at += SWAR_BLOCK) {
    swar_block block = swar_load_block(text + at);
    if (swar_hit((swar_block)((block == ',') | (block == '"') | (block == '\r') | (block == '\n'))) < SWAR_BLOCK)
      return true;
  }
  for (; at < length; at++)
    if (text[at] == ',' || text[at] == '"' || text[at] == '\r' || text[at] == '\n') return true;
  return false;
}

void stance_buffer_csv(struct stance_buffer *buffer, const char *text, size_t length) {
  if (!needs_quotes(text, length)) {
    stance_buffer_append(buffer, text, length);
    return;
  }
  const char *end = text + length, *quote;
  stance_buffer_putc(buffer, '"');
  for (; (quote = memchr(text, '"', (size_t)(end - text))) != NULL; text = quote + 1) {
    stance_buffer_append(buffer, text, (size_t)(quote + 1 - text));
    stance_buffer_putc(buffer, '"');
  }
  stance_buffer_append(buffer, text, (size_t)(end - text));
  stance_buffer_putc(buffer, '"');
}
