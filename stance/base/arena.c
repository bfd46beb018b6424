/* SPDX-License-Identifier: MIT */
#include "arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "pages.h"

enum { BLOCK_SIZE = 64 * 1024, ALIGNMENT = 16 };

struct stance_arena_block {
  struct stance_arena_block *next;
  size_t used, size;
  _Alignas(ALIGNMENT) unsigned char data[];
};

static struct stance_arena_block *block_new(size_t size) {
  if (size > SIZE_MAX - sizeof(struct stance_arena_block)) return NULL;
  struct stance_arena_block *block = stance_pages_new(sizeof *block + size);
  if (!block) {
    stance_memory_note_out();
    return NULL;
  }
  block->next = NULL;
  block->used = 0;
  block->size = size;
  return block;
}

/* Makes a block with room for `size` bytes the current one; reuses a block left by a reset if it is large enough. */
static bool arena_make_room(struct stance_arena *arena, size_t size) {
  struct stance_arena_block *current = arena->current;
  if (current && current->next && current->next->size >= size) {
    current->next->used = 0;
    arena->current = current->next;
    return true;
  }
  size_t want = current && current->size < (SIZE_MAX >> 2) ? (current->size + sizeof *current) * 2 : BLOCK_SIZE;
  if (want > 64 * (size_t)BLOCK_SIZE) want = 64 * (size_t)BLOCK_SIZE;
  want -= sizeof *current; /* with its head a block fills whole pages */
  struct stance_arena_block *block = block_new(size > want ? size : want);
  if (!block) return false;
  if (current) {
    block->next = current->next;
    current->next = block;
  } else {
    arena->first = block;
  }
  arena->current = block;
  return true;
}

void *stance_arena_alloc(struct stance_arena *arena, size_t count, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX - ALIGNMENT) return NULL;
  bytes = (bytes + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
  if (!bytes) bytes = ALIGNMENT;
  struct stance_arena_block *block = arena->current;
  if (!block || block->size - block->used < bytes) {
    if (!arena_make_room(arena, bytes)) return NULL;
    block = arena->current;
  }
  void *result = block->data + block->used;
  block->used += bytes;
  return result;
}

void *stance_arena_zalloc(struct stance_arena *arena, size_t count, size_t size) {
  void *result = stance_arena_alloc(arena, count, size);
  if (result) memset(result, 0, count * size);
  return result;
}

void *stance_arena_grow(struct stance_arena *arena, void *items, size_t *capacity, size_t needed, size_t size) {
  if (items && needed <= *capacity) return items;
  size_t larger = *capacity < 8 ? 8 : *capacity;
  while (larger < needed) {
    if (larger > SIZE_MAX / 2) return NULL;
    larger *= 2;
  }
  void *result = stance_arena_alloc(arena, larger, size);
  if (!result) return NULL;
  if (*capacity) memcpy(result, items, *capacity * size);
  *capacity = larger;
  return result;
}

char *stance_arena_copy(struct stance_arena *arena, const char *text, size_t length) {
  if (length == SIZE_MAX) return NULL;
  char *copy = stance_arena_alloc(arena, length + 1, 1);
  if (!copy) return NULL;
  if (length) memcpy(copy, text, length);
  copy[length] = '\0';
  return copy;
}

char *stance_arena_format(struct stance_arena *arena, const char *format, ...) {
  va_list arguments, again;
  va_start(arguments, format);
  va_copy(again, arguments);
  int length = vsnprintf(NULL, 0, format, arguments);
  char *text = length < 0 ? NULL : stance_arena_alloc(arena, (size_t)length + 1, 1);
  if (text) vsnprintf(text, (size_t)length + 1, format, again);
  va_end(again);
  va_end(arguments);
  return text;
}

void stance_arena_reset(struct stance_arena *arena) {
  arena->current = arena->first;
  if (arena->first) arena->first->used = 0;
}

void stance_arena_free(struct stance_arena *arena) {
  for (struct stance_arena_block *block = arena->first, *next; block; block = next) {
    next = block->next;
    free(block);
  }
  arena->first = arena->current = NULL;
}
