/* SPDX-License-Identifier: MIT
 * A growing string of bytes, and the writing of JSON, CSV and numbers that every output shares. One thread at a time
 * for each buffer. */
#ifndef STANCE_BUFFER_H
#define STANCE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Zeroed is empty. When memory is out, `failed` is set and further appends do nothing, so one check at the end
 * suffices. */
struct stance_buffer {
  char *data; /* NUL-terminated once anything was appended */
  size_t length, capacity;
  bool failed;
};

/* Frees the bytes; the buffer is empty then. */
void stance_buffer_free(struct stance_buffer *buffer);
void stance_buffer_clear(struct stance_buffer *buffer); /* keeps the memory */
/* The slow path of stance_buffer_reserve. */
bool stance_buffer_grow(struct stance_buffer *buffer, size_t more);
/* Makes room for `more` bytes and a NUL after data[length]. False: out of memory, and `failed` is set. */
static inline bool stance_buffer_reserve(struct stance_buffer *buffer, size_t more) {
  return (more < buffer->capacity - buffer->length && !buffer->failed) || stance_buffer_grow(buffer, more);
}
static inline void stance_buffer_append(struct stance_buffer *buffer, const char *bytes, size_t length) {
  if (!length || !stance_buffer_reserve(buffer, length)) return;
  memcpy(buffer->data + buffer->length, bytes, length);
  buffer->length += length;
  buffer->data[buffer->length] = '\0';
}
static inline void stance_buffer_puts(struct stance_buffer *buffer, const char *text) {
  stance_buffer_append(buffer, text, strlen(text));
}
static inline void stance_buffer_putc(struct stance_buffer *buffer, char c) { stance_buffer_append(buffer, &c, 1); }
/* Appends a copy of the buffer's own bytes [start, end). */
static inline void stance_buffer_repeat(struct stance_buffer *buffer, size_t start, size_t end) {
  if (stance_buffer_reserve(buffer, end - start)) stance_buffer_append(buffer, buffer->data + start, end - start);
}
/* Appends as printf, at any length; slower than the others. */
void stance_buffer_printf(struct stance_buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Appends text, valid UTF-8, as a JSON string with quotes and escapes. NULL: appends null. */
void stance_buffer_json_string(struct stance_buffer *buffer, const char *text, size_t length);
/* The same for NUL-terminated text; fast for short text such as ids. */
void stance_buffer_json_text(struct stance_buffer *buffer, const char *text);
/* Appends a number in fixed point with `decimals` 0..6, whatever the locale; never "-0.00".
 * NaN and infinities: null. Beyond 1e12: 1e12 with its sign. */
void stance_buffer_fixed(struct stance_buffer *buffer, double value, int decimals);
/* Appends a number in decimal. */
void stance_buffer_unsigned(struct stance_buffer *buffer, unsigned long long value);
/* Appends a CSV field, quoted if necessary (RFC 4180). */
void stance_buffer_csv(struct stance_buffer *buffer, const char *text, size_t length);

#endif
