/* SPDX-License-Identifier: MIT
 * A growing string of bytes, and the JSON and number writing that every output shares. */
#ifndef STANCE_BUFFER_H
#define STANCE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Zeroed is empty. Memory that runs out sets failed and makes further appends do nothing: check once at the end. */
struct stance_buffer {
  char *data; /* NUL-terminated once anything was appended */
  size_t length, capacity;
  bool failed;
};

/* Frees the bytes; the buffer is empty behind it. */
void stance_buffer_free(struct stance_buffer *buffer);
void stance_buffer_clear(struct stance_buffer *buffer); /* keeps the memory */
/* Out of line of stance_buffer_reserve: room for `more` bytes and a NUL. False: out of memory, and buffer->failed is set. */
bool stance_buffer_grow(struct stance_buffer *buffer, size_t more);
/* Room for `more` bytes and a NUL behind data[length]; false: out of memory. */
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
/* Repeats the buffer's own bytes [start, end) behind its end. */
static inline void stance_buffer_repeat(struct stance_buffer *buffer, size_t start, size_t end) {
  if (stance_buffer_reserve(buffer, end - start)) stance_buffer_append(buffer, buffer->data + start, end - start);
}
/* Appends as printf, of any length. Slow beside the others. */
void stance_buffer_printf(struct stance_buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "text" with JSON's escapes, quotes included; valid UTF-8 goes through unchanged. NULL writes null. */
void stance_buffer_json_string(struct stance_buffer *buffer, const char *text, size_t length);
/* The same for NUL-terminated text; fast where it is short, as ids are. */
void stance_buffer_json_text(struct stance_buffer *buffer, const char *text);
/* Fixed-point, `decimals` 0..6, locale-free and fast; never "-0.00". */
void stance_buffer_fixed(struct stance_buffer *buffer, double value, int decimals);
/* Appends a number in decimal. */
void stance_buffer_unsigned(struct stance_buffer *buffer, unsigned long long value);
/* A CSV field, quoted where it needs to be (RFC 4180). */
void stance_buffer_csv(struct stance_buffer *buffer, const char *text, size_t length);

#endif
