/* SPDX-License-Identifier: MIT
 * Heads and their data as libsvm and SVMlight files. Features are numbered by their slots in the model. */
#include "export.h"

#include <math.h>
#include <stdlib.h>

#include "stance/base/error.h"
#include "stance/model/model.h"
#include "stance/text/text.h"

/* Numbers the occupied slots from 1; number[slot] is 0 for an empty one. NULL: out of memory. Free it. */
static uint32_t *number_slots(const struct stance_model *model, size_t head) {
  size_t slots = stance_model_slot_count(model, head);
  uint32_t *number = calloc(slots + 1, sizeof *number), next = 0;
  for (size_t s = 0; number && s < slots; s++)
    if (stance_model_slot(model, head, s, NULL, NULL, NULL)) number[s] = ++next;
  return number;
}

enum stance_status train_export_libsvm_model(const struct stance_model *model, size_t index, FILE *out,
                                             struct stance_error *error) {
  const struct stance_model_head *curves = stance_model_curves(model, index);
  size_t labels = curves->label_count, slots = stance_model_slot_count(model, index);
  double constant[STANCE_LABELS_MAX];
  if (!stance_model_is_linear(model, index))
    return stance_fail(error, STANCE_USAGE, "head '%s' has a kernel that is not linear; only linear heads are exported",
                       stance_model_head_name(model, index));
  if (stance_model_has_vectors(model, index))
    return stance_fail(error, STANCE_USAGE,
                       "head '%s' has word vectors, which are no features; train it with --features -vectors",
                       stance_model_head_name(model, index));
  if (curves->calibration != STANCE_CALIBRATION_PLATT)
    return stance_fail(error, STANCE_USAGE,
                       "head '%s' has isotonic calibration, whose labels no libsvm model gives; train it with "
                       "--calibration platt",
                       stance_model_head_name(model, index));
  uint32_t *number = number_slots(model, index);
  if (!number) return stance_fail_memory(error);
  for (size_t l = 0; l < labels; l++)
    constant[l] =
        -(curves->platt_a[l] * stance_model_bias(model, index, l) + curves->platt_b[l]) + log(curves->factor[l]);
  fprintf(out, "svm_type c_svc\nkernel_type linear\nnr_class %zu\ntotal_sv %zu\nrho", labels, labels);
  for (size_t i = 0; i < labels; i++)
    for (size_t j = i + 1; j < labels; j++) fprintf(out, " %.17g", constant[j] - constant[i]);
  fputs("\nlabel", out);
  for (size_t l = 0; l < labels; l++) fprintf(out, " %zu", l + 1);
  fputs("\nnr_sv", out);
  for (size_t l = 0; l < labels; l++) fputs(" 1", out);
  fputs("\nSV\n", out);
  /* Each label has one vector, its weights, with coefficient 1 against later labels and -1 against earlier ones. */
  for (size_t l = 0; l < labels; l++) {
    for (size_t t = 0; t + 1 < labels; t++) fputs(t >= l ? "1 " : "-1 ", out);
    for (size_t s = 0; s < slots; s++) {
      const float *weights;
      if (!stance_model_slot(model, index, s, NULL, &weights, NULL)) continue;
      double weight = -curves->platt_a[l] * (double)weights[l];
      if (fabs(weight) > 0) fprintf(out, "%u:%.17g ", number[s], weight);
    }
    putc('\n', out);
  }
  free(number);
  return ferror(out) ? stance_fail_errno(error, NULL, "cannot write") : STANCE_OK;
}

struct cell {
  uint32_t number;
  double value;
};

static int by_number(const void *a, const void *b) {
  const struct cell *x = a, *y = b;
  return (x->number > y->number) - (x->number < y->number);
}

static enum stance_status put_row(const struct stance_model *model, size_t head, const uint32_t *number,
                                  const struct stance_features *features, uint32_t label, FILE *out,
                                  struct stance_error *error) {
  struct cell *cells = malloc((features->count + 1) * sizeof *cells);
  size_t count = 0, slots = stance_model_slot_count(model, head);
  if (!cells) return stance_fail_memory(error);
  for (size_t i = 0; i < features->count; i++) {
    size_t slot = stance_model_find(model, head, features->ids[i]);
    if (slot < slots) cells[count++] = (struct cell){number[slot], (double)features->values[i]};
  }
  qsort(cells, count, sizeof *cells, by_number);
  fprintf(out, "%u", label + 1);
  for (size_t i = 0; i < count; i++) {
    double value = cells[i].value;
    while (i + 1 < count && cells[i + 1].number == cells[i].number) value += cells[++i].value;
    fprintf(out, " %u:%.17g", cells[i].number, value);
  }
  putc('\n', out);
  free(cells);
  return STANCE_OK;
}

enum stance_status train_export_svmlight(const struct stance_model *model, size_t index, const struct dataset *data,
                                         FILE *out, struct stance_error *error) {
  struct stance_text_matcher *matcher = NULL;
  struct stance_featurizer *featurizer = NULL;
  struct stance_arena arena = {0};
  uint32_t *number = number_slots(model, index);
  enum stance_status status = number ? stance_text_matcher_new(&matcher, error) : stance_fail_memory(error);
  if (status == STANCE_OK) status = stance_featurizer_new(stance_model_lexicon(model), &featurizer, error);
  for (size_t i = 0; status == STANCE_OK && i < data->count; i++) {
    struct stance_document document = {0};
    const struct stance_features *features;
    stance_arena_reset(&arena);
    status = stance_record_document(data->records[i], matcher, &arena, &document, error);
    if (status == STANCE_OK)
      status = stance_featurize(featurizer, &document, &document.units[0], stance_model_templates(model, index), false,
                                &features, error);
    if (status == STANCE_OK) status = put_row(model, index, number, features, data->labels[i], out, error);
  }
  if (status == STANCE_OK && ferror(out)) status = stance_fail_errno(error, NULL, "cannot write");
  stance_text_matcher_destroy(matcher);
  stance_featurizer_destroy(featurizer);
  stance_arena_free(&arena);
  free(number);
  return status;
}
