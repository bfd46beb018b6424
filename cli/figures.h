/* SPDX-License-Identifier: MIT
 * Tables of figures on the terminal, for train, evaluate and compare. */
#ifndef STANCE_CLI_FIGURES_H
#define STANCE_CLI_FIGURES_H

#include "train/evaluate.h"

void figures_merge(const struct dataset *data);
void figures_confusion(const struct stance_head *head, const struct metrics *metrics,
                       const struct metric_intervals *intervals);
void figures_line(const char *what, const struct metrics *metrics, const struct metric_intervals *intervals);
/* What p is worth: log loss, Brier, and mean p beside the true share of each label. confidence_error: of the printed label's p. */
void figures_probabilities(const struct stance_head *head, const struct probability_scores *scores,
                           double confidence_error);
void figures_pairs(const struct pair_metrics *pairs);
/* All units, and those in sentences that the model was not trained on. */
void figures_evaluation(const struct evaluation *evaluation);

#endif
