/* SPDX-License-Identifier: MIT
 * A lexicon's tables as a model's section, so that a start does not read the text. Nothing of them is trusted: every
 * number is checked before it becomes a pointer, every table of words has an empty place at which searches end. Parts,
 * in their order:
 *
 *   head; words; nodes; starts; readings; lexemes; their lemmas; deeds (frame_image.c)
 */
#include <stdlib.h>
#include <string.h>

#include "frame_internal.h"
#include "lexicon_internal.h"
#include "stance/base/error.h"
#include "stance/base/image.h"
#include "stance/text/text.h"

enum { IMAGE_VERSION = 2 };

struct head {
  uint64_t key, text_length;
};

/* Another version may read the text otherwise, or hash its words. */
static uint64_t image_key(void) {
  static const char probe[] = "Timbuktu's";
  uint8_t shape;
  uint64_t key = stance_hash(STANCE_VERSION, sizeof STANCE_VERSION);
  key = stance_hash_combine(key, IMAGE_VERSION);
  if (sizeof(void *) != 8) key = stance_hash_combine(key, sizeof(void *)); /* the tables hold pointers' places */
  return stance_hash_combine(key, stance_token_hash(probe, sizeof probe - 1, &shape));
}

/* ---- writing ------------------------------------------------------------------------------------------------ */

static void put_readings(const struct stance_lexicon *lexicon, struct stance_buffer *out) {
  struct stance_reading *readings = calloc(lexicon->reading_count + 1, sizeof *readings);
  for (size_t i = 0; readings && i < lexicon->reading_count; i++) {
    const struct stance_reading *from = &lexicon->readings[i];
    readings[i].inflection = from->inflection; /* field by field: no byte between them is left to chance */
    readings[i].frame_verb = from->frame_verb;
    for (size_t speech = 0; speech < 3; speech++) {
      const struct stance_lexeme *lexeme = from->lexemes[speech];
      uintptr_t number = lexeme ? (uintptr_t)(lexeme - lexicon->lexemes) + 1 : 0;
      readings[i].lexemes[speech] = (const void *)number;
    }
  }
  if (!readings) out->failed = true;
  else stance_image_put(out, readings, lexicon->reading_count, sizeof *readings);
  free(readings);
}

static void put_lexemes(const struct stance_lexicon *lexicon, struct stance_buffer *out) {
  struct stance_lexeme *lexemes = calloc(lexicon->lexeme_count + 1, sizeof *lexemes);
  struct stance_buffer lemmas = {0};
  for (size_t i = 0; lexemes && i < lexicon->lexeme_count; i++) {
    const struct stance_lexeme *from = &lexicon->lexemes[i];
    lexemes[i].lemma = (const void *)(uintptr_t)lemmas.length;
    lexemes[i].hash = from->hash;
    lexemes[i].speech = from->speech;
    lexemes[i].quad = from->quad;
    lexemes[i].strength = from->strength;
    lexemes[i].polarity = from->polarity;
    memcpy(lexemes[i].roles, from->roles, sizeof from->roles);
    stance_buffer_append(&lemmas, from->lemma, strlen(from->lemma) + 1);
  }
  if (!lexemes || lemmas.failed) out->failed = true;
  else {
    stance_image_put(out, lexemes, lexicon->lexeme_count, sizeof *lexemes);
    stance_image_put(out, lemmas.data, lemmas.length, 1);
  }
  stance_buffer_free(&lemmas);
  free(lexemes);
}

void stance_lexicon_image(const struct stance_lexicon *lexicon, struct stance_buffer *out) {
  struct head head = {image_key(), lexicon->text_length};
  stance_image_put(out, &head, 1, sizeof head);
  stance_image_put(out, lexicon->words, lexicon->word_capacity, sizeof *lexicon->words);
  stance_image_put(out, lexicon->nodes, lexicon->node_capacity, sizeof *lexicon->nodes);
  stance_image_put(out, lexicon->starts, 1, sizeof *lexicon->starts);
  put_readings(lexicon, out);
  put_lexemes(lexicon, out);
  stance_frames_image(lexicon->frames, out);
}

/* ---- taking ------------------------------------------------------------------------------------------------- */

static bool is_power(size_t count) { return count && !(count & (count - 1)); }

/* A place of several words holds a reading's number or what else is small; who asks knows which. */
static bool take_words(struct stance_lexicon *lexicon, struct stance_image *image, size_t reading_count) {
  lexicon->words = stance_image_take(image, sizeof *lexicon->words, &lexicon->word_capacity);
  lexicon->nodes = stance_image_take(image, sizeof *lexicon->nodes, &lexicon->node_capacity);
  lexicon->starts = stance_image_take_one(image, sizeof *lexicon->starts);
  if (image->is_damaged || !is_power(lexicon->word_capacity) || !is_power(lexicon->node_capacity)) return false;
  size_t words = 0, nodes = 0;
  bool is_good = true;
  for (size_t i = 0; i < lexicon->word_capacity; i++) {
    words += lexicon->words[i].hash != 0;
    is_good &= lexicon->words[i].reading <= reading_count;
  }
  for (size_t i = 0; i < lexicon->node_capacity; i++) {
    nodes += lexicon->nodes[i].key != 0;
    is_good &= lexicon->nodes[i].value <= reading_count || lexicon->nodes[i].value <= UINT8_MAX;
  }
  lexicon->word_count = words;
  lexicon->node_count = nodes;
  return is_good && words < lexicon->word_capacity && nodes < lexicon->node_capacity;
}

static bool take_readings(struct stance_lexicon *lexicon, size_t lexeme_count) {
  for (size_t i = 0; i < lexicon->reading_count; i++)
    for (size_t speech = 0; speech < 3; speech++) {
      uintptr_t number = (uintptr_t)lexicon->readings[i].lexemes[speech];
      if (number > lexeme_count) return false;
      lexicon->readings[i].lexemes[speech] = number ? &lexicon->lexemes[number - 1] : NULL;
    }
  return true;
}

static bool take_lexemes(struct stance_lexicon *lexicon, const char *lemmas, size_t size) {
  bool is_good = size && lemmas[size - 1] == '\0';
  for (size_t i = 0; is_good && i < lexicon->lexeme_count; i++) {
    struct stance_lexeme *lexeme = &lexicon->lexemes[i];
    uintptr_t place = (uintptr_t)lexeme->lemma;
    is_good = place < size && lexeme->speech <= STANCE_SPEECH_ADJECTIVE && lexeme->quad <= STANCE_MATERIAL_CONFLICT &&
              lexeme->strength <= 10 && lexeme->polarity >= -1 && lexeme->polarity <= 1;
    for (size_t slot = 0; slot < STANCE_SLOT_COUNT; slot++) is_good &= lexeme->roles[slot] <= STANCE_ROLE_ISSUE;
    if (is_good) lexeme->lemma = lemmas + place;
  }
  return is_good || !lexicon->lexeme_count;
}

/* Readings stand behind the tables that have their numbers. */
static bool take_all(struct stance_lexicon *lexicon, struct stance_image *image) {
  struct stance_image ahead = *image;
  size_t count, size;
  stance_image_take(&ahead, sizeof *lexicon->words, &count);
  stance_image_take(&ahead, sizeof *lexicon->nodes, &count);
  stance_image_take_one(&ahead, sizeof *lexicon->starts);
  lexicon->readings = stance_image_take(&ahead, sizeof *lexicon->readings, &lexicon->reading_count);
  lexicon->lexemes = stance_image_take(&ahead, sizeof *lexicon->lexemes, &lexicon->lexeme_count);
  const char *lemmas = stance_image_take(&ahead, 1, &size);
  if (ahead.is_damaged || lexicon->lexeme_count > LEXEMES_MAX || !take_words(lexicon, image, lexicon->reading_count) ||
      !take_lexemes(lexicon, lemmas, size) || !take_readings(lexicon, lexicon->lexeme_count))
    return false;
  *image = ahead;
  size_t verbs;
  if (!stance_frames_take(lexicon->frames, image, lexicon->lexeme_count, &verbs)) return false;
  for (size_t i = 0; i < lexicon->reading_count; i++)
    if (lexicon->readings[i].frame_verb > verbs) return false;
  return true;
}

enum stance_status stance_lexicon_take(const char *text, size_t length, unsigned char *bytes, size_t size,
                                       struct stance_lexicon **out, struct stance_error *error) {
  struct stance_image image = {.bytes = bytes, .size = size};
  const struct head *head = stance_image_take_one(&image, sizeof *head);
  if (!head || head->key != image_key() || head->text_length != length)
    return stance_lexicon_parse(text, length, out, error);
  struct stance_lexicon *lexicon = calloc(1, sizeof *lexicon);
  *out = NULL;
  if (!lexicon) return stance_fail_memory(error);
  lexicon->text = text;
  lexicon->text_length = length;
  lexicon->frames = stance_frames_new(&lexicon->arena);
  enum stance_status status = !lexicon->frames            ? stance_fail_memory(error)
                              : take_all(lexicon, &image) ? STANCE_OK
                                                          : stance_fail(error, STANCE_INPUT, "its tables are damaged");
  if (status == STANCE_OK) *out = lexicon;
  else stance_lexicon_close(lexicon);
  return status;
}
