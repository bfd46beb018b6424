/* SPDX-License-Identifier: MIT
 * Bump allocation: an article and everything made from it live in one arena and are freed together. One thread at a
 * time. */
#ifndef STANCE_ARENA_H
#define STANCE_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct stance_arena {
  struct stance_arena_block *first, *current;
};

/* A zeroed struct stance_arena is an empty arena. */

/* 16-byte aligned, not zeroed; NULL when memory is out or count * size overflows. */
void *stance_arena_alloc(struct stance_arena *arena, size_t count, size_t size);
/* The same, zeroed. */
void *stance_arena_zalloc(struct stance_arena *arena, size_t count, size_t size);
/* Grows an array of the arena to hold at least `needed` items. Returns items itself while *capacity suffices, else a
 * copy at least twice as large; the old copy stays in the arena. items NULL and *capacity 0: a new array. NULL: out of
 * memory, and items stays valid. */
void *stance_arena_grow(struct stance_arena *arena, void *items, size_t *capacity, size_t needed, size_t size);
/* A NUL-terminated copy; NULL when memory is out. */
char *stance_arena_copy(struct stance_arena *arena, const char *text, size_t length);
/* A NUL-terminated text as of printf; NULL when memory is out. */
char *stance_arena_format(struct stance_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Empties the arena and keeps its blocks for the next article. */
void stance_arena_reset(struct stance_arena *arena);
/* Frees everything; the arena is empty and may be used again. */
void stance_arena_free(struct stance_arena *arena);

#endif
