/* SPDX-License-Identifier: MIT
 * The tables of deeds, for frame.c that fills them and frame_match.c that asks them. */
#ifndef STANCE_FRAME_INTERNAL_H
#define STANCE_FRAME_INTERNAL_H

#include "frame.h"
#include "stance/base/hash.h"

struct frame_map {
  uint64_t *keys, *values;
  size_t count, capacity;
};
/* 0: not there. */
uint64_t stance_frame_map_get(const struct frame_map *map, uint64_t key);

struct frame {                                     /* one verb of one line */
  uint64_t classes, tail[STANCE_FRAME_TAIL_WORDS]; /* bits; hashes of the further words */
  uint32_t slots, lexeme;                          /* of its first class: place in lexemes, two a class */
  uint32_t next;                                   /* of the same verb: place + 1; 0: none */
  uint8_t tail_count;
};

struct stance_frames {
  struct stance_arena *arena;
  struct frame_map verbs, nouns, tails; /* word -> number; noun -> classes; first further word -> 1 */
  uint32_t *firsts;                     /* [verb_count + 1]: a verb's first frame, place + 1 */
  size_t verb_count, first_capacity;
  const char *class_names[STANCE_FRAME_CLASSES_MAX];
  size_t class_count;
  struct frame *items;
  size_t count, capacity;
  uint32_t *lexemes;
  size_t lexeme_count, lexeme_capacity;
};

/* The key of a noun: starts as the count of its words, then takes each word's hash. */
uint64_t stance_frame_noun_key(uint64_t key, uint64_t word);

#endif
