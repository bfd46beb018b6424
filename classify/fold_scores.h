/* SPDX-License-Identifier: MIT
 * Out-of-fold probabilities, from `stance train --folds-out`, which replace the model's own for units that it was
 * trained on. The model's own are too good for those units, so a sample of labels could not correct them. */
#ifndef STANCE_CLASSIFY_FOLD_SCORES_H
#define STANCE_CLASSIFY_FOLD_SCORES_H

#include "scored.h"

struct classify_fold_scores;

/* Reads JSON Lines with "unit", "text", "head", "label", "p" and "fold"; heads: the model's. STANCE_INPUT with file and
 * line: a bad line, or a head or label that the model lacks. Free it. */
enum stance_status classify_fold_scores_read(const char *path, const struct classify_heads *heads,
                                             struct classify_fold_scores **out, struct stance_error *error);
/* Frees what it holds; NULL is fine. */
void classify_fold_scores_free(struct classify_fold_scores *scores);
/* If the unit with this id and sentence is known, copies its label, p, score and fold to `unit`. False: unknown.
 * Thread-safe. */
bool classify_fold_scores_apply(struct classify_fold_scores *scores, const char *id, uint64_t text_hash,
                                struct classify_unit *unit);
/* The number of units, and *applied: how many of them were applied. */
size_t classify_fold_scores_count(const struct classify_fold_scores *scores, size_t *applied);

#endif
