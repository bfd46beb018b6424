/* SPDX-License-Identifier: MIT
 * The tables of deeds in a lexicon's image (lexicon_image.c): ends of nouns, nouns, tails, each verb's first frame, frames, their lexemes. */
#include <stdlib.h>

#include "frame_internal.h"
#include "stance/base/image.h"

static void put_map(const struct frame_map *map, struct stance_buffer *out) {
  stance_image_put(out, map->keys, map->capacity, sizeof *map->keys);
  stance_image_put(out, map->values, map->capacity, sizeof *map->values);
}

void stance_frames_image(const struct stance_frames *frames, struct stance_buffer *out) {
  struct frame *items = calloc(frames->count + 1, sizeof *items);
  uint32_t *firsts = calloc(frames->verb_count + 1, sizeof *firsts); /* there is no verb 0 */
  for (size_t i = 0; items && i < frames->count; i++) {
    const struct frame *from = &frames->items[i];
    items[i].classes = from->classes; /* field by field: no byte between them is left to chance */
    for (size_t k = 0; k < from->tail_count; k++) items[i].tail[k] = from->tail[k];
    items[i].slots = from->slots;
    items[i].lexeme = from->lexeme;
    items[i].next = from->next;
    items[i].tail_count = from->tail_count;
  }
  for (size_t v = 1; firsts && v <= frames->verb_count; v++) firsts[v] = frames->firsts[v];
  if (!items || !firsts) out->failed = true;
  stance_image_put(out, frames->ends, 1, sizeof *frames->ends);
  put_map(&frames->nouns, out);
  put_map(&frames->tails, out);
  stance_image_put(out, firsts, frames->verb_count + 1, sizeof *firsts);
  stance_image_put(out, items, frames->count, sizeof *items);
  stance_image_put(out, frames->lexemes, frames->lexeme_count, sizeof *frames->lexemes);
  free(items);
  free(firsts);
}

static bool take_map(struct frame_map *map, struct stance_image *image) {
  size_t values;
  map->keys = stance_image_take(image, sizeof *map->keys, &map->capacity);
  map->values = stance_image_take(image, sizeof *map->values, &values);
  if (image->is_damaged || values != map->capacity || map->capacity & (map->capacity - 1)) return false;
  for (size_t i = 0; i < map->capacity; i++) map->count += map->keys[i] != 0;
  return !map->capacity || map->count < map->capacity; /* a place is empty, so that each search ends */
}

/* A chain of frames goes on to earlier ones alone. */
static bool are_good(const struct stance_frames *frames, size_t lexeme_count) {
  for (size_t v = 1; v <= frames->verb_count; v++)
    if (frames->firsts[v] > frames->count) return false;
  for (size_t i = 0; i < frames->count; i++) {
    const struct frame *frame = &frames->items[i];
    size_t lexemes = 2 * (size_t)__builtin_popcountll(frame->classes);
    if (frame->next > i || frame->tail_count > STANCE_FRAME_TAIL_WORDS || lexemes > frames->lexeme_count ||
        frame->lexeme > frames->lexeme_count - lexemes)
      return false;
  }
  for (size_t i = 0; i < frames->lexeme_count; i++)
    if (!frames->lexemes[i] || frames->lexemes[i] > lexeme_count) return false;
  return true;
}

bool stance_frames_take(struct stance_frames *frames, struct stance_image *image, size_t lexeme_count,
                        size_t *verb_count) {
  frames->ends = stance_image_take_one(image, sizeof *frames->ends);
  bool are_maps = take_map(&frames->nouns, image) && take_map(&frames->tails, image);
  frames->firsts = stance_image_take(image, sizeof *frames->firsts, &frames->verb_count);
  frames->items = stance_image_take(image, sizeof *frames->items, &frames->count);
  frames->lexemes = stance_image_take(image, sizeof *frames->lexemes, &frames->lexeme_count);
  if (!are_maps || image->is_damaged || !frames->verb_count) return false;
  *verb_count = --frames->verb_count;
  return are_good(frames, lexeme_count);
}
