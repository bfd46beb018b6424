/* SPDX-License-Identifier: MIT */
#include "base.h"

#include <string.h>

#include "stance/text/letters.h"

bool train_base_find(const struct stance_model *model, const struct stance_head *head, struct base *out) {
  bool is_found = false;
  for (size_t h = 0; h < stance_model_head_count(model); h++) {
    bool is_named = strcmp(stance_model_head_name(model, h), head->name) == 0;
    if (stance_model_head_unit(model, h) != head->unit || !stance_model_is_linear(model, h) || (is_found && !is_named))
      continue;
    *out = (struct base){model, h};
    is_found = true;
  }
  return is_found;
}

size_t train_base_label_count(const struct base *base) { return stance_model_label_count(base->model, base->head); }

size_t train_base_seen(const struct base *base, const struct dataset *data) {
  size_t seen = 0;
  for (size_t i = 0; i < data->count; i++) {
    const char *text = data->records[i]->text;
    seen += stance_model_saw(base->model, base->head, stance_letters_hash(text, strlen(text)));
  }
  return seen;
}

double train_base_weight(const struct base *base, const train_base_mix mix, size_t slot, size_t label) {
  const float *weights;
  double sum = 0;
  if (!stance_model_slot(base->model, base->head, slot, NULL, &weights, NULL)) return 0;
  for (size_t k = 0; k < train_base_label_count(base); k++) sum += mix[label][k] * (double)weights[k];
  return sum;
}

double train_base_dense(const struct base *base, const train_base_mix mix, size_t i, size_t label) {
  size_t count;
  const float *dense = stance_model_dense(base->model, base->head, &count);
  double sum = 0;
  for (size_t k = 0; dense && i < count && k < train_base_label_count(base); k++)
    sum += mix[label][k] * (double)dense[k * count + i];
  return sum;
}

double train_base_bias(const struct base *base, const train_base_mix mix, size_t label) {
  double sum = 0;
  for (size_t k = 0; k < train_base_label_count(base); k++)
    sum += mix[label][k] * stance_model_bias(base->model, base->head, k);
  return sum;
}
