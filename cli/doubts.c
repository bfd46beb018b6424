/* SPDX-License-Identifier: MIT */
#include "doubts.h"

#include "command.h"

static void warn_label(const struct trained *trained, size_t label) {
  const struct stance_head *head = trained->data->head;
  const char *name = head->labels[label].name;
  size_t units = trained->metrics.label[label].support, groups = trained->label_groups[label];
  if (!units) {
    message_warning("head '%s': no unit has the label '%s'; the model cannot say it", head->name, name);
    return;
  }
  if (units < DOUBTS_LABEL)
    message_warning("head '%s': %zu unit%s with the label '%s'; under %d its figures and probabilities mean little",
                    head->name, units, units == 1 ? "" : "s", name, DOUBTS_LABEL);
  if (trained->grouping != TRAINER_UNJUDGED && groups < 2)
    message_warning(
        "head '%s': all %zu units with the label '%s' stand in one %s: how well it is found elsewhere cannot be judged",
        head->name, units, name, trained->grouping == TRAINER_BY_ARTICLE ? "article" : "sentence");
}

static bool says_one_label(const struct trained *trained, size_t *label) {
  size_t labels = trained->head.label_count;
  for (*label = 0; *label < labels; ++*label)
    if (trained->metrics.label[*label].predicted == trained->data->count) return true;
  return false;
}

void doubts_warn(const struct trained *trained) {
  const struct dataset *data = trained->data;
  size_t only;
  if (data->count < DOUBTS_UNITS)
    message_warning("head '%s': %zu units; under %d the figures vary too much from sample to sample to choose by them",
                    data->head->name, data->count, DOUBTS_UNITS);
  for (size_t l = 0; l < data->head->label_count; l++) warn_label(trained, l);
  if (trained->grouping == TRAINER_BY_SENTENCE)
    message_warning(
        "head '%s': fewer than two labels stand in two articles each: nothing can be judged by article; folds are by "
        "sentence, and their figures too good for other articles",
        data->head->name);
  if (trained->grouping == TRAINER_UNJUDGED)
    message_warning(
        "head '%s': fewer than two labels stand in two different sentences each: nothing can be judged, and "
        "probabilities are not calibrated",
        data->head->name);
  if (trained->grouping != TRAINER_UNJUDGED && says_one_label(trained, &only))
    message_warning(
        "head '%s': out of fold the model says '%s' of every unit: it has learnt nothing that holds elsewhere",
        data->head->name, data->head->labels[only].name);
}
