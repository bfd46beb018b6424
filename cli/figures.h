/* SPDX-License-Identifier: MIT
 * Tables of figures on the terminal, for train, evaluate and compare. */
#ifndef STANCE_CLI_FIGURES_H
#define STANCE_CLI_FIGURES_H

#include "train/evaluate.h"

/* Prints how many units came of how many records, and how several annotators were settled. */
void figures_merge(const struct dataset *data);
/* Prints the table of truth by prediction, and precision, recall and F1 of each label. */
void figures_confusion(const struct stance_head *head, const struct metrics *metrics,
                       const struct metric_intervals *intervals);
/* Prints one line of macro-, micro- and polar F1. what: what the figures are of. */
void figures_line(const char *what, const struct metrics *metrics, const struct metric_intervals *intervals);
/* What p is worth: log loss, Brier, and mean p beside the true share of each label. confidence_error: of the printed label's p. */
void figures_probabilities(const struct stance_head *head, const struct probability_scores *scores,
                           double confidence_error);
/* Prints what pairs of units, both directions together, come to. */
void figures_pairs(const struct pair_metrics *pairs);
/* All units, and those in sentences that the model was not trained on. */
void figures_evaluation(const struct evaluation *evaluation);

#endif
