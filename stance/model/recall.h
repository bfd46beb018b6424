/* SPDX-License-Identifier: MIT
 * Sentences that were scored before: agencies' copies, boilerplate, one report in many papers. What a model says of a sentence depends on
 * its text and on who is mentioned where, and on nothing else of the article; so the same sentence gets what it got, without being read
 * again. Told apart by 128 bits: of a billion different sentences two have the same with a chance of 1 in 10^21.
 */
#ifndef STANCE_RECALL_H
#define STANCE_RECALL_H

#include "stance/stance.h"

struct stance_recall; /* of one scorer; about 65,000 sentences at most, the older ones are forgotten; 6 MB when full */

/* NULL: out of memory. destroy(NULL) does nothing. */
struct stance_recall *stance_recall_new(void);
/* Frees it; NULL is fine. */
void stance_recall_destroy(struct stance_recall *recall);

struct stance_recall_key {
  uint64_t low, high;
};
/* Of a sentence with its mentions. */
struct stance_recall_key stance_recall_key(const struct stance_document *document, uint32_t sentence);

/* What was kept under the key: the words of its predictions one behind the other (recall_read); NULL: nothing. Valid until the next keep. */
const uint32_t *stance_recall_find(const struct stance_recall *recall, struct stance_recall_key key);
/* Takes label, p and score of a prediction of so many labels; returns where the next one's words are. */
const uint32_t *stance_recall_read(const uint32_t *words, size_t labels, struct stance_prediction *out);

/* Keeps what predictions[0..count) say; labels_of tells how many labels the head of each has. */
void stance_recall_keep(struct stance_recall *recall, struct stance_recall_key key,
                        const struct stance_prediction *predictions, size_t count,
                        size_t (*labels_of)(const void *context, size_t head), const void *context);

#endif
