/* SPDX-License-Identifier: MIT */
#include "buffer.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void stance_buffer_free(struct stance_buffer *buffer) {
  free(buffer->data);
  *buffer = (struct stance_buffer){0};
}

void stance_buffer_clear(struct stance_buffer *buffer) {
  buffer->length = 0;
  buffer->failed = false;
  if (buffer->data) buffer->data[0] = '\0';
}

/* Room for `more` bytes and a NUL. */
static bool reserve(struct stance_buffer *buffer, size_t more) {
  if (buffer->failed) return false;
  if (more < buffer->capacity - buffer->length) return true;
  size_t needed;
  if (__builtin_add_overflow(buffer->length, more, &needed) || needed > SIZE_MAX / 2 - 1) {
    buffer->failed = true;
    return false;
  }
  size_t capacity = buffer->capacity ? buffer->capacity : 256;
  while (capacity <= needed) capacity *= 2;
  char *data = realloc(buffer->data, capacity);
  if (!data) {
    buffer->failed = true;
    return false;
  }
  buffer->data = data;
  buffer->capacity = capacity;
  return true;
}

void stance_buffer_append(struct stance_buffer *buffer, const char *bytes, size_t length) {
  if (!length || !reserve(buffer, length)) return;
  memcpy(buffer->data + buffer->length, bytes, length);
  buffer->length += length;
  buffer->data[buffer->length] = '\0';
}

void stance_buffer_puts(struct stance_buffer *buffer, const char *text) {
  stance_buffer_append(buffer, text, strlen(text));
}

void stance_buffer_putc(struct stance_buffer *buffer, char c) { stance_buffer_append(buffer, &c, 1); }

void stance_buffer_printf(struct stance_buffer *buffer, const char *format, ...) {
  va_list arguments, again;
  va_start(arguments, format);
  va_copy(again, arguments);
  int length = vsnprintf(NULL, 0, format, arguments);
  if (length < 0) {
    buffer->failed = true;
  } else if (reserve(buffer, (size_t)length)) {
    vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, again);
    buffer->length += (size_t)length;
  }
  va_end(again);
  va_end(arguments);
}

void stance_buffer_json_string(struct stance_buffer *buffer, const char *text, size_t length) {
  static const char hex[] = "0123456789abcdef";
  if (!text) {
    stance_buffer_append(buffer, "null", 4);
    return;
  }
  stance_buffer_putc(buffer, '"');
  size_t plain = 0; /* start of the run that needs no escape */
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)text[i];
    if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f) continue;
    stance_buffer_append(buffer, text + plain, i - plain);
    plain = i + 1;
    switch (c) {
      case '"': stance_buffer_append(buffer, "\\\"", 2); break;
      case '\\': stance_buffer_append(buffer, "\\\\", 2); break;
      case '\n': stance_buffer_append(buffer, "\\n", 2); break;
      case '\t': stance_buffer_append(buffer, "\\t", 2); break;
      case '\r': stance_buffer_append(buffer, "\\r", 2); break;
      default: {
        char escape[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
        stance_buffer_append(buffer, escape, 6);
      }
    }
  }
  stance_buffer_append(buffer, text + plain, length - plain);
  stance_buffer_putc(buffer, '"');
}

void stance_buffer_unsigned(struct stance_buffer *buffer, unsigned long long value) {
  char digits[24];
  size_t at = sizeof digits;
  do {
    digits[--at] = (char)('0' + value % 10);
    value /= 10;
  } while (value);
  stance_buffer_append(buffer, digits + at, sizeof digits - at);
}

void stance_buffer_fixed(struct stance_buffer *buffer, double value, int decimals) {
  static const double power[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
  if (!isfinite(value) || fabs(value) > 1e12) { /* no JSON number can say it, or not in fixed point */
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

void stance_buffer_csv(struct stance_buffer *buffer, const char *text, size_t length) {
  bool quote = false;
  for (size_t i = 0; i < length && !quote; i++) quote = strchr(",\"\r\n", text[i]) && text[i];
  if (!quote) {
    stance_buffer_append(buffer, text, length);
    return;
  }
  stance_buffer_putc(buffer, '"');
  for (size_t i = 0; i < length; i++) {
    if (text[i] == '"') stance_buffer_putc(buffer, '"');
    stance_buffer_putc(buffer, text[i]);
  }
  stance_buffer_putc(buffer, '"');
}
