/* SPDX-License-Identifier: MIT */
#include "figures.h"

#include <math.h>
#include <stdio.h>

#include "output.h"

void figures_merge(const struct dataset *data) {
  const struct dataset_merge *merge = &data->merge;
  output_print("head %s: %zu units from %zu records", data->head->name, merge->units, merge->records);
  if (merge->units - merge->single)
    output_print(
        " (several annotators: %zu by gold, %zu unanimous, %zu by majority, %zu by weighted votes; pairs agree %.0f%%)",
        merge->gold, merge->unanimous, merge->majority, merge->weighted, data->agreement * 100);
  if (merge->skipped) output_print(", %zu without a label left out", merge->skipped);
  if (merge->filtered) output_print(", %zu left out by --from, --until or --where", merge->filtered);
  output_print("\n");
}

void figures_confusion(const struct stance_head *head, const struct metrics *metrics,
                       const struct metric_intervals *intervals) {
  output_print("\n  %-12s %9s %9s %9s %16s %8s   said:", "", "precision", "recall", "F1", "95%", "units");
  for (size_t l = 0; l < head->label_count; l++) output_print(" %10s", head->labels[l].name);
  output_print("\n");
  for (size_t l = 0; l < head->label_count; l++) {
    const struct metric_label *label = &metrics->label[l];
    char interval[40] = "-"; /* none: the settings were tuned for these figures */
    if (isfinite(intervals->label_f1[l].low))
      snprintf(interval, sizeof interval, "[%.3f, %.3f]", intervals->label_f1[l].low, intervals->label_f1[l].high);
    output_print("  %-12s %9.3f %9.3f %9.3f %16s %8zu        ", head->labels[l].name, label->precision, label->recall,
                 label->f1, interval, label->support);
    for (size_t k = 0; k < head->label_count; k++) output_print(" %10zu", metrics->confusion[l][k]);
    output_print("\n");
  }
  output_print("\n");
}

/* Prints ", kappa 0.52", or that it is undefined. */
static void print_defined(const char *name, double value) {
  if (isfinite(value)) output_print(", %s %.3f", name, value);
  else output_print(", %s undefined (one label throughout)", name);
}

void figures_agreement(const struct metrics *metrics) {
  output_print("    balanced accuracy %.3f", metrics->balanced);
  print_defined("kappa", metrics->kappa);
  print_defined("MCC", metrics->mcc);
  output_print("\n");
}

void figures_line(const char *what, const struct metrics *metrics, const struct metric_intervals *intervals) {
  output_print("  %s: %zu units, macro-F1 %.3f", what, metrics->count, metrics->macro_f1);
  if (isfinite(intervals->macro_f1.low))
    output_print(" [%.3f, %.3f]", intervals->macro_f1.low, intervals->macro_f1.high);
  output_print(", micro-F1 %.3f, polar F1 %.3f\n", metrics->micro_f1, metrics->polar_f1);
  figures_agreement(metrics);
}

void figures_probabilities(const struct stance_head *head, const struct probability_scores *scores,
                           double confidence_error) {
  output_print(
      "  probabilities: log loss %.3f, Brier %.3f, calibration error %.3f (of the label's p), class-wise %.3f\n",
      scores->log_loss, scores->brier, confidence_error, scores->mean_error);
  output_print("    %-12s %8s %8s %12s\n", "", "mean p", "share", "class-wise");
  for (size_t l = 0; l < head->label_count; l++)
    output_print("    %-12s %8.3f %8.3f %12.3f\n", head->labels[l].name, scores->mean_p[l], scores->share[l],
                 scores->error[l]);
}

void figures_pairs(const struct pair_metrics *pairs) {
  if (!pairs->pairs) return;
  output_print("    %zu pairs in both directions: 5-class macro-F1 %.3f, 3-polarity macro-F1 %.3f, micro-F1 %.3f",
               pairs->pairs, pairs->macro_f1, pairs->polarity_macro_f1, pairs->micro_f1);
  if (isfinite(pairs->direction_accuracy))
    output_print(", direction right in %.3f of %zu", pairs->direction_accuracy, pairs->direction_count);
  output_print("\n");
}

static void print_leaks(const struct evaluation *evaluation) {
  output_print("  %zu of %zu units stand in sentences that the model was trained on (letters and digits equal)\n",
               evaluation->seen_count, evaluation->data->count);
}

void figures_evaluation(const struct evaluation *evaluation) {
  const struct stance_head *head = evaluation->data->head;
  figures_merge(evaluation->data);
  print_leaks(evaluation);
  figures_confusion(head, &evaluation->all.metrics, &evaluation->all.intervals);
  figures_line("all", &evaluation->all.metrics, &evaluation->all.intervals);
  figures_pairs(&evaluation->all.pairs);
  if (evaluation->seen_count && evaluation->seen_count < evaluation->data->count) {
    figures_line("unseen", &evaluation->unseen.metrics, &evaluation->unseen.intervals);
    figures_pairs(&evaluation->unseen.pairs);
  }
  figures_probabilities(head, &evaluation->probabilities, evaluation->reliability.error);
}
