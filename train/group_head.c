/* SPDX-License-Identifier: MIT
 * Each text stores a hash of its first words, GROUP_HEAD_SHARE of them; a text begins like those whose hash one of its own
 * beginnings has. Of the texts that have a stored beginning the first is kept, so that each needs one comparison. */
#include "group_head.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stance/base/error.h"
#include "stance/base/hash.h"
#include "stance/base/hash_map.h"
#include "stance/text/letters.h"

size_t group_words(const char *text, uint64_t *words) {
  size_t length = strlen(text), count = 0;
  uint64_t word = 0;
  for (size_t at = 0; at <= length;) {
    int32_t c = at < length ? stance_letter_next(text, length, &at) : (at++, 0);
    if (c) word = stance_hash_combine(word, (uint64_t)c);
    else if (word) {
      words[count++] = word;
      word = 0;
    }
  }
  return count;
}

/* The hashes of the text's beginnings: [k] is that of the first k + 1 words. Returns the number of words. */
static size_t beginnings(const char *text, uint64_t *out) {
  size_t count = group_words(text, out);
  for (size_t i = 1; i < count; i++) out[i] = stance_hash_combine(out[i - 1], out[i]);
  return count;
}

enum stance_status group_heads(const char *const *texts, size_t count, group_pair *pair, void *context,
                               struct stance_error *error) {
  struct stance_hash_map first = {0}; /* beginning -> the first text that has it */
  size_t longest = 0;
  for (size_t t = 0; t < count; t++)
    if (strlen(texts[t]) > longest) longest = strlen(texts[t]);
  uint64_t *hashes = malloc((longest + 2) * sizeof *hashes);
  enum stance_status status = hashes ? STANCE_OK : stance_fail_memory(error);
  for (uint32_t t = 0; status == STANCE_OK && t < count; t++) {
    size_t words = beginnings(texts[t], hashes), head = (size_t)ceil(GROUP_HEAD_SHARE * (double)words);
    if (head < GROUP_HEAD_WORDS) continue;
    struct stance_hash_cell *cell = stance_hash_map_put(&first, hashes[head - 1]);
    if (!cell) status = stance_fail_memory(error);
    else if (!cell->count) {
      cell->count = 1;
      cell->value = t;
    }
  }
  for (int round = 0; status == STANCE_OK && round < 2; round++) /* finds the first text of each; then the pairs */
    for (uint32_t t = 0; t < count; t++) {
      size_t words = beginnings(texts[t], hashes);
      for (size_t k = GROUP_HEAD_WORDS; k <= words; k++) {
        struct stance_hash_cell *cell = stance_hash_map_get(&first, hashes[k - 1]);
        if (!cell) continue;
        if (round == 0 && cell->value > t) cell->value = t;
        if (round == 1 && cell->value < t) pair(context, t, cell->value);
      }
    }
  free(hashes);
  stance_hash_map_free(&first);
  return status;
}
