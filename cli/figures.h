/* SPDX-License-Identifier: MIT
 * Tables of figures on the terminal, for train, evaluate and compare. */
#ifndef STANCE_CLI_FIGURES_H
#define STANCE_CLI_FIGURES_H

#include "train/evaluate.h"

/* Prints the numbers of records and units, and how labels of several annotators were merged. */
void figures_merge(const struct dataset *data);
/* Prints the table of truth by prediction, and precision, recall and F1 of each label. */
void figures_confusion(const struct stance_head *head, const struct metrics *metrics,
                       const struct metric_intervals *intervals);
/* Prints a line with balanced accuracy, kappa and MCC. */
void figures_agreement(const struct metrics *metrics);
/* Prints a line with macro-, micro- and polar F1, and figures_agreement's. what: a name for the figures. */
void figures_line(const char *what, const struct metrics *metrics, const struct metric_intervals *intervals);
/* Prints the quality of the probabilities: log loss, Brier score, and each label's mean p and true share.
 * confidence_error: calibration error of the predicted label's p. */
void figures_probabilities(const struct stance_head *head, const struct probability_scores *scores,
                           double confidence_error);
/* Prints the figures of pairs of units (both directions of a dyad). */
void figures_pairs(const struct pair_metrics *pairs);
/* Prints the figures of all units and of those in sentences without training data. */
void figures_evaluation(const struct evaluation *evaluation);

#endif
