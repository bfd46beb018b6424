/* SPDX-License-Identifier: MIT
 * The tables of frames: frame.c fills them, frame_image.c keeps them in models, frame_match.c asks them. */
#ifndef STANCE_FRAME_INTERNAL_H
#define STANCE_FRAME_INTERNAL_H

#include "frame.h"
#include "stance/base/hash.h"

struct frame_map {
  uint64_t *keys, *values;
  size_t count, capacity;
};
/* The key's value; 0: not there. */
uint64_t stance_frame_map_get(const struct frame_map *map, uint64_t key);

struct frame {                                     /* one verb of one line */
  uint64_t classes, tail[STANCE_FRAME_TAIL_WORDS]; /* bit set of noun classes; hashes of the verb's further words */
  uint32_t slots, lexeme; /* lexeme: index in lexemes of those of its first class; two for each class */
  uint32_t next;          /* index + 1 of the next frame of the same verb; 0: none */
  uint8_t tail_count;
};

/* Words that a noun may end with, by bits of their hashes: nine of ten words end none. */
enum { FRAME_ENDS = 1 << 13 };
struct frame_ends {
  uint64_t bits[FRAME_ENDS / 64];
};
static inline bool stance_frame_ends(const struct frame_ends *ends, uint64_t hash) {
  return ends->bits[hash / 64 % (FRAME_ENDS / 64)] >> hash % 64 & 1;
}

struct stance_frames {
  struct stance_arena *arena;
  struct frame_ends *ends;
  struct frame_map verbs, nouns, tails; /* verb -> its number; noun -> bit set of classes; first further word -> 1 */
  uint32_t *firsts;                     /* [verb_count + 1]: index + 1 of each verb's first frame; 0: none */
  size_t verb_count, first_capacity;
  const char *class_names[STANCE_FRAME_CLASSES_MAX];
  size_t class_count;
  struct frame *items;
  size_t count, capacity;
  uint32_t *lexemes;
  size_t lexeme_count, lexeme_capacity;
};

struct stance_buffer;
struct stance_image;
/* Appends the tables as parts of an image (base/image.h). */
void stance_frames_image(const struct stance_frames *frames, struct stance_buffer *out);
/* Takes them into a new struct; how many verbs there are. False: they are damaged, or name a lexeme above
 * lexeme_count. */
bool stance_frames_take(struct stance_frames *frames, struct stance_image *image, size_t lexeme_count,
                        size_t *verb_count);

/* The key of a noun, word by word: it starts as the number of words, and each call adds the hash of the next word. */
uint64_t stance_frame_noun_key(uint64_t key, uint64_t word);

#endif
