/* SPDX-License-Identifier: MIT
 * Probabilities out of fold, of `stance train --folds-out`, in place of the model's own for the units that it was trained on: of these its
 * own are too good to be corrected by a sample of labels. */
#ifndef STANCE_CLASSIFY_FOLD_SCORES_H
#define STANCE_CLASSIFY_FOLD_SCORES_H

#include "scored.h"

struct classify_fold_scores;

/* Reads JSON Lines with "unit", "text", "head", "label", "p" and "fold"; heads: the model's. STANCE_INPUT with file and line: a line that is
 * none, or a head or label that the model lacks. Caller frees. */
enum stance_status classify_fold_scores_read(const char *path, const struct classify_heads *heads,
                                             struct classify_fold_scores **out, struct stance_error *error);
/* Frees what it holds; NULL is fine. */
void classify_fold_scores_free(struct classify_fold_scores *scores);
/* Where the unit of this id stands there with this sentence: its label, p, score and fold go into unit, and true. Thread-safe. */
bool classify_fold_scores_apply(struct classify_fold_scores *scores, const char *id, uint64_t text_hash,
                                struct classify_unit *unit);
/* How many units it holds, and how many were applied. */
size_t classify_fold_scores_count(const struct classify_fold_scores *scores, size_t *applied);

#endif
