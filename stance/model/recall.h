/* SPDX-License-Identifier: MIT
 * A cache of predictions for sentences that occur again: agency copy, boilerplate, one report in many papers.
 * Predictions for a sentence depend only on its text and mentions, not on the rest of the article. Keys are 128-bit
 * hashes: among a billion different sentences, a collision has a probability of about 1 in 10^21. One cache per scorer,
 * so one per thread.
 */
#ifndef STANCE_RECALL_H
#define STANCE_RECALL_H

#include "stance/stance.h"

struct stance_recall; /* at most 65,536 sentences, of which new ones replace old ones; 5 MB when full */

/* An empty cache. NULL: out of memory. */
struct stance_recall *stance_recall_new(void);
/* Frees it; NULL is fine. */
void stance_recall_destroy(struct stance_recall *recall);

struct stance_recall_key {
  uint64_t low, high;
};
/* The key of the sentence of this index, with its mentions. */
struct stance_recall_key stance_recall_key(const struct stance_document *document, uint32_t index);

/* Prefetches what find will read. */
void stance_recall_prefetch(const struct stance_recall *recall, struct stance_recall_key key);
/* The encoded predictions of a sentence, to be read one after the other by stance_recall_read; NULL: not in the cache.
 * Valid until the next keep. */
const uint32_t *stance_recall_find(const struct stance_recall *recall, struct stance_recall_key key);
/* Decodes label, p and score of a prediction with `labels` labels; returns where the next one starts. */
const uint32_t *stance_recall_read(const uint32_t *words, size_t labels, struct stance_prediction *out);

/* Adds predictions[0..count) of a sentence; labels_of gives the number of labels of a head. A very long list is not
 * kept. */
void stance_recall_keep(struct stance_recall *recall, struct stance_recall_key key,
                        const struct stance_prediction *predictions, size_t count,
                        size_t (*labels_of)(const void *context, size_t head), const void *context);

#endif
