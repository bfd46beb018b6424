/* SPDX-License-Identifier: MIT
 * A direct-mapped table by the keys' lower bits; predictions are encoded in a ring of words, whose oldest are
 * overwritten. */
#include "recall.h"

#include <stdlib.h>
#include <string.h>

#include "stance/base/hash.h"

enum {
  PLACES = 1 << 16,
  RING_WORDS = 1 << 20,
  ENTRY_WORDS = 1 << 12 /* most words of one sentence; more are not kept */
};

struct place {
  struct stance_recall_key key;
  uint64_t end; /* words written up to and with this entry; 0: empty */
  uint32_t first;
};

struct stance_recall {
  struct place *places; /* [PLACES] */
  uint32_t *ring;       /* [RING_WORDS] */
  uint64_t written;     /* words so far, with those skipped at the ring's end */
};

struct stance_recall *stance_recall_new(void) {
  struct stance_recall *recall = calloc(1, sizeof *recall);
  if (!recall) return NULL;
  recall->places = calloc(PLACES, sizeof *recall->places); /* the kernel gives memory only for pages that are written */
  recall->ring = malloc(RING_WORDS * sizeof *recall->ring);
  if (recall->places && recall->ring) return recall;
  stance_recall_destroy(recall);
  return NULL;
}

void stance_recall_destroy(struct stance_recall *recall) {
  if (!recall) return;
  free(recall->places);
  free(recall->ring);
  free(recall);
}

struct stance_recall_key stance_recall_key(const struct stance_document *document, uint32_t index) {
  const struct stance_sentence *sentence = &document->sentences[index];
  XXH128_hash_t text = XXH3_128bits(document->text + sentence->start, sentence->end - sentence->start);
  struct stance_recall_key key = {text.low64, text.high64};
  for (uint32_t i = 0; i < sentence->mention_count; i++) {
    const struct stance_mention *mention = &document->mentions[sentence->mention_first + i];
    uint64_t place = (uint64_t)(mention->start - sentence->start) << 32 | (mention->end - sentence->start);
    uint64_t actor = (uint64_t)(uintptr_t)mention->actor;
    key.low = stance_hash_combine(stance_hash_combine(key.low, place), actor);
    key.high = stance_hash_combine(stance_hash_combine(key.high, ~actor), place);
  }
  return key;
}

const uint32_t *stance_recall_find(const struct stance_recall *recall, struct stance_recall_key key) {
  const struct place *place = &recall->places[key.low % PLACES];
  bool is_there = place->end && place->key.low == key.low && place->key.high == key.high;
  return is_there && recall->written - place->end <= RING_WORDS - ENTRY_WORDS ? recall->ring + place->first : NULL;
}

const uint32_t *stance_recall_read(const uint32_t *words, size_t labels, struct stance_prediction *out) {
  out->label = words[0];
  memcpy(&out->score, words + 1, sizeof out->score);
  memcpy(out->p, words + 2, labels * sizeof *out->p);
  return words + 2 + labels;
}

void stance_recall_keep(struct stance_recall *recall, struct stance_recall_key key,
                        const struct stance_prediction *predictions, size_t count,
                        size_t (*labels_of)(const void *context, size_t head), const void *context) {
  size_t size = 0;
  for (size_t i = 0; i < count; i++) size += 2 + labels_of(context, predictions[i].head);
  if (!size || size > ENTRY_WORDS) return;
  size_t at = recall->written % RING_WORDS;
  if (RING_WORDS - at < size) { /* an entry does not wrap around */
    recall->written += RING_WORDS - at;
    at = 0;
  }
  uint32_t *words = recall->ring + at;
  for (size_t i = 0; i < count; i++) {
    size_t labels = labels_of(context, predictions[i].head);
    words[0] = predictions[i].label;
    memcpy(words + 1, &predictions[i].score, sizeof predictions[i].score);
    memcpy(words + 2, predictions[i].p, labels * sizeof *predictions[i].p);
    words += 2 + labels;
  }
  recall->written += size;
  recall->places[key.low % PLACES] = (struct place){key, recall->written, (uint32_t)at};
}
