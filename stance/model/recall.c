/* SPDX-License-Identifier: MIT
 * A set-associative table by the keys' lower bits, a set a line of the processor's cache; predictions are encoded in a
 * ring of words, whose oldest are overwritten. */
#include "recall.h"

#include <stdlib.h>
#include <string.h>

#include "stance/base/hash.h"
#include "stance/base/pages.h"

enum {
  SETS = 1 << 13,
  WAYS = 8, /* places of a set: sentences that come in turn do not drive each other out until all are taken */
  RING_WORDS = 1 << 20,
  KEY_WORDS = sizeof(struct stance_recall_key) / sizeof(uint32_t),
  ENTRY_WORDS = 1 << 12, /* of one sentence; what is longer is not kept */
  FIRST_KEPT = 256,      /* sentences before there is anything to recall: a short run needs no memory for it */
};

/* The key stands in the ring before what was said. What is written over loses its key first, as the ring is written upwards. */
struct set {
  uint32_t tag[WAYS], first[WAYS]; /* of the key, once in a set; word in the ring + 1, 0: empty */
};

struct stance_recall {
  struct set *sets; /* [SETS]; NULL until FIRST_KEPT sentences were seen */
  uint32_t *ring;   /* [RING_WORDS] */
  size_t end, seen; /* words of the ring behind the last entry; sentences */
};

struct stance_recall *stance_recall_new(void) {
  return calloc(1, sizeof(struct stance_recall));
}

void stance_recall_destroy(struct stance_recall *recall) {
  if (!recall) return;
  free(recall->sets);
  free(recall->ring);
  free(recall);
}

/* Without memory nothing is recalled. */
static bool make_room(struct stance_recall *recall) {
  if (recall->sets) return true;
  if (++recall->seen < FIRST_KEPT) return false;
  struct set *sets = stance_pages_new(SETS * sizeof *sets);
  uint32_t *ring = calloc(RING_WORDS, sizeof *ring); /* no memory is used until it is written to */
  if (!sets || !ring) {
    free(sets);
    free(ring);
    return false;
  }
  memset(sets, 0, SETS * sizeof *sets);
  recall->sets = sets;
  recall->ring = ring;
  return true;
}

static struct set *set_of(const struct stance_recall *recall, struct stance_recall_key key) {
  return &recall->sets[key.low % SETS];
}
static uint32_t tag_of(struct stance_recall_key key) { return (uint32_t)(key.low >> 32); }

/* The way of this tag; WAYS: none. */
static size_t way_of(const struct set *set, uint32_t tag) {
  for (size_t way = 0; way < WAYS; way++)
    if (set->tag[way] == tag && set->first[way]) return way;
  return WAYS;
}

/* Where a new key goes: to its own tag, else to an empty way, else to the one whose words the ring writes over next. */
static size_t way_for(const struct stance_recall *recall, const struct set *set, uint32_t tag) {
  size_t oldest = way_of(set, tag), soonest = RING_WORDS;
  if (oldest < WAYS) return oldest;
  for (size_t way = 0; way < WAYS; way++) {
    size_t left = set->first[way] ? (set->first[way] - 1 - recall->end) % RING_WORDS : 0;
    if (left >= soonest) continue;
    soonest = left;
    oldest = way;
  }
  return oldest;
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

void stance_recall_prefetch(const struct stance_recall *recall, struct stance_recall_key key) {
  if (recall->sets) __builtin_prefetch(set_of(recall, key));
}

const uint32_t *stance_recall_find(const struct stance_recall *recall, struct stance_recall_key key) {
  if (!recall->sets) return NULL;
  const struct set *set = set_of(recall, key);
  size_t way = way_of(set, tag_of(key));
  if (way == WAYS) return NULL;
  const uint32_t *words = recall->ring + set->first[way] - 1;
  return memcmp(words, &key, sizeof key) == 0 ? words + KEY_WORDS : NULL;
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
  size_t size = KEY_WORDS;
  if (!count || !make_room(recall)) return;
  for (size_t i = 0; i < count; i++) size += 2 + labels_of(context, predictions[i].head);
  if (size > ENTRY_WORDS) return;
  size_t first = RING_WORDS - recall->end < size ? 0 : recall->end; /* a sentence's words stand in a row */
  uint32_t *words = recall->ring + first;
  memcpy(words, &key, sizeof key);
  words += KEY_WORDS;
  for (size_t i = 0; i < count; i++) {
    size_t labels = labels_of(context, predictions[i].head);
    words[0] = predictions[i].label;
    memcpy(words + 1, &predictions[i].score, sizeof predictions[i].score);
    memcpy(words + 2, predictions[i].p, labels * sizeof *predictions[i].p);
    words += 2 + labels;
  }
  struct set *set = set_of(recall, key);
  size_t way = way_for(recall, set, tag_of(key));
  recall->end = first + size;
  set->tag[way] = tag_of(key);
  set->first[way] = (uint32_t)first + 1;
}
