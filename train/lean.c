/* SPDX-License-Identifier: MIT */
#include "lean.h"

#include <stdlib.h>
#include <string.h>

#include "calibrate.h"
#include "stance/base/error.h"
#include "stance/base/hash.h"

static uint64_t key_of(const struct stance_record *record) {
  return stance_hash_combine(stance_hash(record->article, strlen(record->article)), record->sentence);
}

struct place { /* a dyad by its sentence */
  uint64_t key;
  size_t unit;
};

static int by_place(const void *a, const void *b) {
  const struct place *x = a, *y = b;
  if (x->key != y->key) return x->key < y->key ? -1 : 1;
  return (x->unit > y->unit) - (x->unit < y->unit);
}

size_t train_lean_inputs(const struct dataset *sentences, const struct dataset *dyads, const float *p, double *z) {
  struct place *places = malloc((dyads->count + 1) * sizeof *places);
  double values[STANCE_LABELS_MAX];
  size_t labels = dyads->head->label_count, found = 0;
  if (!places) return SIZE_MAX;
  for (size_t l = 0; l < labels; l++) values[l] = dyads->head->labels[l].value;
  for (size_t i = 0; i < dyads->count; i++) places[i] = (struct place){key_of(dyads->records[i]), i};
  qsort(places, dyads->count, sizeof *places, by_place);
  for (size_t i = 0; i < sentences->count; i++) {
    struct stance_lean lean = {.count = 0};
    uint64_t key = key_of(sentences->records[i]);
    size_t low = 0, high = dyads->count;
    while (low < high) {
      size_t middle = low + (high - low) / 2;
      if (places[middle].key < key) low = middle + 1;
      else high = middle;
    }
    for (; low < dyads->count && places[low].key == key; low++)
      stance_lean_add(&lean, p + places[low].unit * labels, values, labels);
    stance_lean_inputs(&lean, z + i * STANCE_LEAN_INPUTS);
    found += lean.count > 0;
  }
  free(places);
  return found;
}

bool train_lean_fits(const struct stance_head *sentences, const struct stance_head *dyads) {
  bool has_bad = false, has_good = false;
  if (sentences->unit != STANCE_UNIT_SENTENCE || dyads->unit != STANCE_UNIT_DYAD) return false;
  for (size_t l = 0; l < dyads->label_count; l++) {
    has_bad |= dyads->labels[l].value < 0;
    has_good |= dyads->labels[l].value > 0;
  }
  return has_bad && has_good;
}

enum stance_status train_lean(struct trained *sentences, const struct trained *dyads, struct stance_error *error) {
  const struct dataset *data = sentences->data;
  size_t labels = data->head->label_count, width = labels + STANCE_LEAN_INPUTS;
  if (sentences->grouping != TRAINER_BY_ARTICLE || dyads->grouping != TRAINER_BY_ARTICLE ||
      !train_lean_fits(data->head, dyads->data->head))
    return STANCE_OK;
  double *z = malloc((data->count + 1) * STANCE_LEAN_INPUTS * sizeof *z),
         *inputs = malloc((data->count + 1) * width * sizeof *inputs);
  size_t found = z && inputs ? train_lean_inputs(data, dyads->data, dyads->p, z) : SIZE_MAX;
  enum stance_status status = found == SIZE_MAX ? stance_fail_memory(error) : STANCE_OK;
  if (status == STANCE_OK && found >= LEAN_SENTENCES_MIN) {
    for (size_t i = 0; i < data->count; i++) {
      memcpy(inputs + i * width, sentences->decisions + i * labels, labels * sizeof *inputs);
      memcpy(inputs + i * width + labels, z + i * STANCE_LEAN_INPUTS, STANCE_LEAN_INPUTS * sizeof *inputs);
    }
    status = calibrate_lean(inputs, data->labels, data->count, labels, &sentences->head.lean, error);
    sentences->head.lean.head = dyads->data->head->name;
    for (size_t i = 0; status == STANCE_OK && i < data->count; i++)
      stance_lean_apply(&sentences->head.lean, z + i * STANCE_LEAN_INPUTS, labels, sentences->decisions + i * labels);
  }
  free(z);
  free(inputs);
  return status;
}
