/* SPDX-License-Identifier: MIT
 * What units of sentences ask of each word, remembered from word to word: its word vector, and whether the model knows
 * its prefix (template prefix). Texts repeat few words, so a direct-mapped table answers for most of them with one read.
 * One per thread. */
#ifndef STANCE_WORD_MEMO_H
#define STANCE_WORD_MEMO_H

#include "feature.h"
#include "stance/events/sequence.h"
#include "vectors.h"

struct stance_word_memo;
/* Borrows vectors and filter. seed: where ids of template prefix start. NULL: out of memory. */
struct stance_word_memo *stance_word_memo_new(const struct stance_vectors *vectors,
                                              const struct stance_feature_filter *wanted, uint64_t seed);
/* Frees it; NULL is fine. */
void stance_word_memo_free(struct stance_word_memo *memo);
/* Whether it answers for this filter. */
bool stance_word_memo_serves(const struct stance_word_memo *memo, const struct stance_feature_filter *wanted);

/* The wanted features of template prefix in a sentence. */
struct stance_prefixes {
  uint64_t *ids;       /* [count], in the order of the words */
  size_t count, words; /* words: how many features there are in all */
};
/* Fills and prefetches rows [sequence->count] and weights as stance_vectors_read does, and *out, whose ids have room for
 * as many. */
void stance_word_memo_read(struct stance_word_memo *memo, const struct stance_sequence *sequence, const int8_t **rows,
                           float *weights, struct stance_prefixes *out);

#endif
