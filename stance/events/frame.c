/* SPDX-License-Identifier: MIT
 * The tables of frames: verbs, classes of nouns, and which combine. See frame.h; frame_match.c finds frames in a
 * sentence. */
#include <string.h>

#include "frame_internal.h"
#include "stance/base/error.h"
#include "stance/text/text.h"

enum { VERBS_MAX = 65000, LEMMA_MAX = 96 };

/* ---- a map of hashes: open addressing, a power of two, at most half full ---- */

static uint64_t filled(uint64_t key) { return key ? key : 1; } /* 0 marks an empty place */

uint64_t stance_frame_map_get(const struct frame_map *map, uint64_t key) {
  if (!map->capacity) return 0;
  key = filled(key);
  for (size_t i = key & (map->capacity - 1); map->keys[i]; i = (i + 1) & (map->capacity - 1))
    if (map->keys[i] == key) return map->values[i];
  return 0;
}

static void put(struct frame_map *map, uint64_t key, uint64_t value) {
  size_t i = key & (map->capacity - 1);
  while (map->keys[i] && map->keys[i] != key) i = (i + 1) & (map->capacity - 1);
  map->count += !map->keys[i];
  map->keys[i] = key;
  map->values[i] = value;
}

static bool map_set(struct stance_frames *frames, struct frame_map *map, uint64_t key, uint64_t value) {
  if (map->count * 2 >= map->capacity) {
    struct frame_map larger = {.capacity = map->capacity ? map->capacity * 2 : 1024};
    larger.keys = stance_arena_zalloc(frames->arena, larger.capacity, sizeof *larger.keys);
    larger.values = stance_arena_zalloc(frames->arena, larger.capacity, sizeof *larger.values);
    if (!larger.keys || !larger.values) return false;
    for (size_t i = 0; i < map->capacity; i++)
      if (map->keys[i]) put(&larger, map->keys[i], map->values[i]);
    *map = larger;
  }
  put(map, filled(key), value);
  return true;
}

/* ---- words ---- */

/* The hashes of a phrase's words, as tokens have them. Returns their number; 0: more than max, or an empty word. */
static size_t phrase_words(const char *phrase, size_t length, uint64_t *hashes, size_t max) {
  size_t count = 0;
  for (size_t start = 0; start <= length;) {
    const char *space = memchr(phrase + start, ' ', length - start);
    size_t end = space ? (size_t)(space - phrase) : length;
    if (end == start || count == max) return 0;
    struct stance_token token;
    stance_token_describe(phrase + start, end - start, &token);
    hashes[count++] = token.hash;
    start = end + 1;
  }
  return count;
}

uint64_t stance_frame_noun_key(uint64_t key, uint64_t word) { return stance_hash_combine(key, word); }

static int shown(size_t length) { return (int)(length < 60 ? length : 60); }

/* The next part of a list, from offset *at on; false: no more. */
static bool next_part(const char *list, size_t length, char separator, size_t *at, const char **part,
                      size_t *part_length) {
  if (*at > length) return false;
  const char *end = memchr(list + *at, separator, length - *at);
  *part = list + *at;
  *part_length = (end ? (size_t)(end - list) : length) - *at;
  *at += *part_length + 1;
  return true;
}

/* ---- reading ---- */

struct stance_frames *stance_frames_new(struct stance_arena *arena) {
  struct stance_frames *frames = stance_arena_zalloc(arena, 1, sizeof *frames);
  struct frame_ends *ends = stance_arena_zalloc(arena, 1, sizeof *ends);
  if (!frames || !ends) return NULL;
  frames->arena = arena;
  frames->ends = ends;
  return frames;
}

enum stance_status stance_frames_add_verb(struct stance_frames *frames, const char *lemma, size_t length,
                                          uint16_t *number, struct stance_error *error) {
  uint64_t word;
  if (phrase_words(lemma, length, &word, 1) != 1)
    return stance_fail(error, STANCE_INPUT, "lemma '%.*s'; expected one word", shown(length), lemma);
  if (stance_frame_map_get(&frames->verbs, word))
    return stance_fail(error, STANCE_INPUT, "the lemma '%.*s' stands twice", shown(length), lemma);
  if (frames->verb_count >= VERBS_MAX) return stance_fail(error, STANCE_INPUT, "more than %d verbs", VERBS_MAX);
  uint32_t *firsts =
      stance_arena_grow(frames->arena, frames->firsts, &frames->first_capacity, frames->verb_count + 2, sizeof *firsts);
  if (!firsts) return stance_fail_memory(error);
  frames->firsts = firsts;
  *number = (uint16_t)++frames->verb_count;
  firsts[*number] = 0;
  return map_set(frames, &frames->verbs, word, *number) ? STANCE_OK : stance_fail_memory(error);
}

enum stance_status stance_frames_add_class(struct stance_frames *frames, const char *name, size_t name_length,
                                           const char *nouns, size_t nouns_length, struct stance_error *error) {
  if (frames->class_count == STANCE_FRAME_CLASSES_MAX)
    return stance_fail(error, STANCE_INPUT, "more than %d classes", STANCE_FRAME_CLASSES_MAX);
  uint64_t bit = UINT64_C(1) << frames->class_count, words[STANCE_FRAME_NOUN_WORDS];
  char *copy = stance_arena_copy(frames->arena, name, name_length);
  if (!copy) return stance_fail_memory(error);
  if (!name_length) return stance_fail(error, STANCE_INPUT, "the class has no name");
  for (size_t i = 0; i < frames->class_count; i++)
    if (strcmp(frames->class_names[i], copy) == 0)
      return stance_fail(error, STANCE_INPUT, "the class '%s' stands twice", copy);
  frames->class_names[frames->class_count++] = copy;
  const char *noun;
  for (size_t at = 0, length; next_part(nouns, nouns_length, ',', &at, &noun, &length);) {
    size_t count = phrase_words(noun, length, words, STANCE_FRAME_NOUN_WORDS);
    if (!count)
      return stance_fail(error, STANCE_INPUT, "noun '%.*s' of class '%s'; expected 1 to %d words", shown(length), noun,
                         copy, STANCE_FRAME_NOUN_WORDS);
    uint64_t key = count, last = words[count - 1];
    for (size_t i = 0; i < count; i++) key = stance_frame_noun_key(key, words[i]);
    frames->ends->bits[last / 64 % (FRAME_ENDS / 64)] |= UINT64_C(1) << last % 64;
    uint64_t classes = stance_frame_map_get(&frames->nouns, key);
    if (classes & bit)
      return stance_fail(error, STANCE_INPUT, "noun '%.*s' stands twice in class '%s'", shown(length), noun, copy);
    if (!map_set(frames, &frames->nouns, key, classes | bit)) return stance_fail_memory(error);
  }
  return STANCE_OK;
}

static enum stance_status read_classes(const struct stance_frames *frames, const struct stance_frame_line *line,
                                       uint64_t *out, struct stance_error *error) {
  const char *name;
  *out = 0;
  for (size_t at = 0, length; next_part(line->classes, line->classes_length, ',', &at, &name, &length);) {
    size_t i = 0;
    while (i < frames->class_count &&
           (strlen(frames->class_names[i]) != length || memcmp(frames->class_names[i], name, length) != 0))
      i++;
    if (i == frames->class_count)
      return stance_fail(error, STANCE_INPUT, "unknown class '%.*s'; expected one of frame-objects.tsv", shown(length),
                         name);
    *out |= UINT64_C(1) << i;
  }
  return STANCE_OK;
}

/* Adds two lexemes for each class: the verb's object is not the target, and is. The class serves as lemma, so that all
 * verbs of a line share features, and what a model learns of one serves the others. */
static enum stance_status add_lexemes(struct stance_frames *frames, const struct stance_frame_line *line,
                                      uint64_t classes, stance_frame_lexeme_add *add, void *context, uint32_t *first,
                                      struct stance_error *error) {
  *first = (uint32_t)frames->lexeme_count;
  for (size_t i = 0; i < frames->class_count; i++) {
    if (!(classes >> i & 1)) continue;
    char lemma[LEMMA_MAX] = "deed with ";
    strncat(lemma, frames->class_names[i], LEMMA_MAX - strlen(lemma) - 1);
    uint32_t *lexemes = stance_arena_grow(frames->arena, frames->lexemes, &frames->lexeme_capacity,
                                          frames->lexeme_count + 2, sizeof *lexemes);
    if (!lexemes) return stance_fail_memory(error);
    frames->lexemes = lexemes;
    for (uint32_t has_object = 0; has_object < 2; has_object++) {
      uint32_t object = has_object ? 1u << STANCE_SLOT_OBJECT : 0;
      uint32_t slots = line->slots & ~(1u << STANCE_SLOT_OBJECT | 1u << STANCE_SLOT_POSSESSIVE);
      lexemes[frames->lexeme_count++] = add(context, lemma, slots | object);
      if (!lexemes[frames->lexeme_count - 1]) return stance_fail_memory(error);
    }
  }
  return STANCE_OK;
}

enum stance_status stance_frames_add_line(struct stance_frames *frames, const struct stance_frame_line *line,
                                          stance_frame_lexeme_add *add, void *context, struct stance_error *error) {
  struct frame frame = {.slots = line->slots};
  STANCE_TRY(read_classes(frames, line, &frame.classes, error));
  STANCE_TRY(add_lexemes(frames, line, frame.classes, add, context, &frame.lexeme, error));
  const char *verb;
  for (size_t at = 0, length; next_part(line->verbs, line->verbs_length, ';', &at, &verb, &length);) {
    uint64_t words[1 + STANCE_FRAME_TAIL_WORDS];
    size_t count = phrase_words(verb, length, words, 1 + STANCE_FRAME_TAIL_WORDS);
    size_t number = count ? stance_frame_map_get(&frames->verbs, words[0]) : 0;
    if (!number)
      return stance_fail(error, STANCE_INPUT, "verb '%.*s'; expected one of frame-verbs.tsv and at most %d words more",
                         shown(length), verb, STANCE_FRAME_TAIL_WORDS);
    struct frame *items =
        stance_arena_grow(frames->arena, frames->items, &frames->capacity, frames->count + 1, sizeof *items);
    if (!items) return stance_fail_memory(error);
    frames->items = items;
    frame.tail_count = (uint8_t)(count - 1);
    memcpy(frame.tail, words + 1, frame.tail_count * sizeof *words);
    if (count > 1 && !map_set(frames, &frames->tails, words[1], 1)) return stance_fail_memory(error);
    frame.next = frames->firsts[number];
    items[frames->count++] = frame;
    frames->firsts[number] = (uint32_t)frames->count;
  }
  return STANCE_OK;
}

/* Each chain goes downwards, as the image promises (frame_image.c). */
bool stance_frames_finish(struct stance_frames *frames) {
  struct frame *items = stance_arena_alloc(frames->arena, frames->count + 1, sizeof *items);
  uint32_t start = 0;
  if (!items) return false;
  for (size_t verb = 1; verb <= frames->verb_count; verb++) {
    uint32_t length = 0;
    for (uint32_t next = frames->firsts[verb]; next; next = frames->items[next - 1].next) length++;
    uint32_t from = frames->firsts[verb];
    for (uint32_t place = start + length; place > start; place--) {
      items[place - 1] = frames->items[from - 1];
      from = items[place - 1].next;
      items[place - 1].next = from ? place - 1 : 0;
    }
    if (length) frames->firsts[verb] = start + length;
    start += length;
  }
  frames->items = items;
  return true;
}
