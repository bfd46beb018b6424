/* SPDX-License-Identifier: MIT
 * The model's header: settings, data, scores. It has no times and paths, so that the same data gives the same bytes. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "stance/base/hash.h"
#include "trainer.h"
#include "transfer.h"

static double rounded(double value) { return isfinite(value) ? floor(value * 1e6 + 0.5) / 1e6 : 0; }

uint64_t train_dataset_hash(const struct dataset *data) {
  uint64_t hash = 0;
  for (size_t i = 0; i < data->count; i++) {
    const struct stance_record *record = data->records[i];
    hash = stance_hash_combine(hash, stance_hash(record->unit, strlen(record->unit)));
    hash = stance_hash_combine(hash, stance_hash(record->text, strlen(record->text)));
    hash = stance_hash_combine(hash, data->labels[i]);
  }
  return hash;
}

static bool add_data(cJSON *list, const struct trained *trained) {
  const struct dataset *data = trained->data;
  cJSON *item = cJSON_CreateObject(), *labels = NULL;
  char hash[20];
  snprintf(hash, sizeof hash, "%016llx", (unsigned long long)train_dataset_hash(data));
  if (!item || !cJSON_AddItemToArray(list, item)) return false;
  bool is_good = cJSON_AddStringToObject(item, "head", data->head->name) &&
                 cJSON_AddNumberToObject(item, "units", (double)data->count) &&
                 cJSON_AddNumberToObject(item, "groups", trained->group_count) &&
                 cJSON_AddNumberToObject(item, "annotators", (double)data->annotators) &&
                 cJSON_AddStringToObject(item, "hash", hash) && (labels = cJSON_AddObjectToObject(item, "labels"));
  for (size_t l = 0; is_good && l < data->head->label_count; l++)
    is_good =
        cJSON_AddNumberToObject(labels, data->head->labels[l].name, (double)trained->metrics.label[l].support) != NULL;
  return is_good;
}

static bool add_transfer(cJSON *item, const struct transfer *transfer) {
  cJSON *object = cJSON_AddObjectToObject(item, "cv_by");
  return object &&
         cJSON_AddStringToObject(object, "field", transfer->splits.by == SPLITS_BY_DATE ? "date" : "outlet") &&
         cJSON_AddNumberToObject(object, "splits", (double)transfer->judged_count) &&
         cJSON_AddNumberToObject(object, "units", (double)transfer->tested.count) &&
         cJSON_AddNumberToObject(object, "macro_f1", rounded(transfer->metrics.macro_f1)) &&
         cJSON_AddNumberToObject(object, "macro_f1_low", rounded(transfer->intervals.macro_f1.low)) &&
         cJSON_AddNumberToObject(object, "macro_f1_high", rounded(transfer->intervals.macro_f1.high));
}

static bool add_scores(cJSON *list, const struct trained *trained) {
  cJSON *item = cJSON_CreateObject(), *labels = NULL;
  if (!item || !cJSON_AddItemToArray(list, item)) return false;
  bool is_good = cJSON_AddStringToObject(item, "head", trained->head.name) != NULL;
  if (trained->grouping == TRAINER_UNJUDGED) return is_good && cJSON_AddStringToObject(item, "judged", "no") != NULL;
  if (trained->selected >= 0) /* no interval for a score by which settings were selected */
    is_good = is_good && cJSON_AddNumberToObject(item, "macro_f1", rounded(trained->selected)) &&
              cJSON_AddStringToObject(item, "macro_f1_is", "nested") &&
              cJSON_AddNumberToObject(item, "macro_f1_selected", rounded(trained->metrics.macro_f1));
  else is_good = is_good && cJSON_AddNumberToObject(item, "macro_f1", rounded(trained->metrics.macro_f1));
  if (trained->selected < 0 && !trained->is_tuned)
    is_good = is_good && cJSON_AddNumberToObject(item, "macro_f1_low", rounded(trained->intervals.macro_f1.low)) &&
              cJSON_AddNumberToObject(item, "macro_f1_high", rounded(trained->intervals.macro_f1.high));
  if (trained->nested_metric)
    is_good = is_good && cJSON_AddStringToObject(item, "tuned_for", trained->nested_metric) &&
              cJSON_AddNumberToObject(item, "tuned_for_nested", rounded(trained->nested));
  is_good = is_good && cJSON_AddNumberToObject(item, "micro_f1", rounded(trained->metrics.micro_f1)) &&
            cJSON_AddNumberToObject(item, "calibration_error", rounded(trained->reliability.error)) &&
            cJSON_AddNumberToObject(item, "class_wise_error", rounded(trained->probabilities.mean_error)) &&
            cJSON_AddNumberToObject(item, "log_loss", rounded(trained->probabilities.log_loss)) &&
            cJSON_AddNumberToObject(item, "kappa", rounded(trained->metrics.kappa)) &&
            (labels = cJSON_AddObjectToObject(item, "f1"));
  if (is_good && trained->pairs.pairs)
    is_good = cJSON_AddNumberToObject(item, "pair_macro_f1", rounded(trained->pairs.macro_f1)) &&
              cJSON_AddNumberToObject(item, "direction_accuracy", rounded(trained->pairs.direction_accuracy));
  for (size_t l = 0; is_good && l < trained->head.label_count; l++)
    is_good = cJSON_AddNumberToObject(labels, trained->data->head->labels[l].name,
                                      rounded(trained->metrics.label[l].f1)) != NULL;
  if (is_good && trained->transfer) is_good = add_transfer(item, trained->transfer);
  return is_good;
}

static bool add_settings(cJSON *list, const struct trained *trained, const struct trainer_settings *settings) {
  const struct solver_settings *solver = &trained->settings.solver;
  cJSON *item = cJSON_CreateObject();
  return item && cJSON_AddItemToArray(list, item) && cJSON_AddStringToObject(item, "head", trained->head.name) &&
         cJSON_AddStringToObject(item, "solver", solver_name(solver->kind)) &&
         cJSON_AddNumberToObject(item, "c", solver->c) &&
         cJSON_AddNumberToObject(item, "balance", trained->settings.balance) &&
         cJSON_AddNumberToObject(item, "folds", trained->fold_count) &&
         cJSON_AddStringToObject(item, "folds_by", trained->grouping == TRAINER_BY_ARTICLE ? "article" : "sentence") &&
         cJSON_AddStringToObject(item, "preset", trained->preset) &&
         cJSON_AddNumberToObject(item, "seed", (double)settings->seed) &&
         cJSON_AddNumberToObject(item, "min_count", (double)trained->min_count) &&
         cJSON_AddNumberToObject(item, "prune", settings->prune) &&
         (!trained->has_base || cJSON_AddNumberToObject(item, "seen_by_base", (double)trained->seen_by_base));
}

cJSON *train_trainer_header(const struct trained *heads, size_t head_count, const struct trainer_settings *settings) {
  cJSON *header = cJSON_CreateObject(), *data = NULL, *scores = NULL, *list = NULL;
  bool is_good = header && (list = cJSON_AddArrayToObject(header, "settings")) &&
                 (data = cJSON_AddArrayToObject(header, "data")) && (scores = cJSON_AddArrayToObject(header, "scores"));
  for (size_t h = 0; is_good && h < head_count; h++)
    is_good = add_settings(list, &heads[h], settings) && add_data(data, &heads[h]) && add_scores(scores, &heads[h]);
  if (is_good) return header;
  cJSON_Delete(header);
  return NULL;
}
