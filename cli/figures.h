/* SPDX-License-Identifier: MIT
 * Tables of figures on the terminal, for train, evaluate and compare. */
#ifndef STANCE_CLI_FIGURES_H
#define STANCE_CLI_FIGURES_H

#include "train/evaluate.h"

void figures_merge(const struct dataset *data);
void figures_confusion(const struct stance_head *head, const struct metrics *metrics);
void figures_line(const char *what, const struct metrics *metrics, const struct metric_intervals *intervals);
void figures_pairs(const struct pair_metrics *pairs);
/* All units, and those in sentences that the model was not trained on. */
void figures_evaluation(const struct evaluation *evaluation);

#endif
