/* SPDX-License-Identifier: MIT
 * A table by the lower bits of the words' hashes; a word that is not there replaces the one in its place. */
#include "word_memo.h"

#include <stdlib.h>
#include <string.h>

enum { PLACES = 4096 };

/* Half a line of the processor's cache. The prefix is part of the key: of the rest of a token that a mention cuts it is
 * not that of the hash ("-led" is looked up as "led"). */
struct place {
  uint64_t hash, prefix;
  const int8_t *row;
  float weight;
  uint32_t is_known; /* 0 or 1: the filter has the prefix's feature */
};

struct stance_word_memo {
  struct place places[PLACES];
  const struct stance_vectors *vectors;
  struct stance_feature_filter wanted;
  uint64_t seed;
};

static void learn(const struct stance_word_memo *memo, struct place *place, uint64_t hash, uint64_t prefix) {
  *place = (struct place){.hash = hash, .prefix = prefix};
  place->row = stance_vectors_find(memo->vectors, hash, &place->weight);
  place->is_known = stance_feature_is_wanted(&memo->wanted, stance_hash_chain(memo->seed, prefix));
}

struct stance_word_memo *stance_word_memo_new(const struct stance_vectors *vectors,
                                              const struct stance_feature_filter *wanted, uint64_t seed) {
  enum { LINE = 64 };
  _Static_assert(LINE % sizeof(struct place) == 0, "no place straddles two lines");
  struct stance_word_memo *memo = aligned_alloc(LINE, (sizeof *memo + LINE - 1) / LINE * LINE);
  if (!memo) return NULL;
  memset(memo, 0, sizeof *memo);
  memo->vectors = vectors;
  memo->wanted = *wanted;
  memo->seed = seed;
  learn(memo, &memo->places[0], 0, 0); /* an empty place must not match a word; only this one's may have these keys */
  return memo;
}

void stance_word_memo_free(struct stance_word_memo *memo) { free(memo); }

bool stance_word_memo_serves(const struct stance_word_memo *memo, const struct stance_feature_filter *wanted) {
  return memo->wanted.bits == wanted->bits && memo->wanted.shift == wanted->shift;
}

void stance_word_memo_read(struct stance_word_memo *memo, const struct stance_sequence *sequence, const int8_t **rows,
                           float *weights, struct stance_prefixes *out) {
  const struct stance_token *tokens = sequence->tokens;
  const uint64_t seed = memo->seed;
  uint64_t *ids = out->ids;
  size_t words = 0;
  for (size_t i = 0; i < sequence->count; i++) {
    if (sequence->info[i].kind != STANCE_SYMBOL_WORD) {
      rows[i] = NULL;
      continue;
    }
    uint64_t hash = tokens[i].hash, prefix = tokens[i].prefix;
    struct place *place = &memo->places[hash % PLACES];
    if (place->hash != hash || place->prefix != prefix) learn(memo, place, hash, prefix);
    rows[i] = place->row;
    weights[i] = place->weight;
    __builtin_prefetch(place->row);
    *ids = stance_hash_chain(seed, prefix);
    ids += place->is_known; /* one that is not wanted is overwritten by the next */
    words++;
  }
  out->count = (size_t)(ids - out->ids);
  out->words = words;
}
