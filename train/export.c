/* SPDX-License-Identifier: MIT */
#include "export.h"

#include <math.h>
#include <stdlib.h>

#include "stance/base/error.h"
#include "stance/model/model_internal.h"
#include "stance/text/text.h"

/* Feature numbers: the occupied slots, counted from 1. number[slot]: 0 where it is empty. */
static uint32_t *number_slots(const struct model_head *head) {
  uint32_t *number = calloc(head->slots + 1, sizeof *number), next = 0;
  for (size_t s = 0; number && s < head->slots; s++)
    if (model_key(head, s)) number[s] = ++next;
  return number;
}

enum stance_status export_libsvm_model(const struct stance_model *model, size_t index, FILE *out, struct stance_error *error) {
  const struct model_head *head = &model->heads[index];
  size_t labels = head->label_count;
  double constant[STANCE_LABELS_MAX];
  if (head->kernel != STANCE_KERNEL_LINEAR)
    return stance_fail(error, STANCE_USAGE, "head '%s' has a kernel that is not linear; only linear heads are exported",
                       head->definition->name);
  if (head->curves.calibration != STANCE_CALIBRATION_PLATT)
    return stance_fail(error, STANCE_USAGE, "head '%s' has isotonic calibration, whose labels no libsvm model gives; train it with "
                       "--calibration platt", head->definition->name);
  uint32_t *number = number_slots(head);
  if (!number) return stance_fail_memory(error);
  for (size_t l = 0; l < labels; l++)
    constant[l] = -(head->curves.platt_a[l] * head->bias[l] + head->curves.platt_b[l]) + log(head->curves.factor[l]);
  fprintf(out, "svm_type c_svc\nkernel_type linear\nnr_class %zu\ntotal_sv %zu\nrho", labels, labels);
  for (size_t i = 0; i < labels; i++)
    for (size_t j = i + 1; j < labels; j++) fprintf(out, " %.17g", constant[j] - constant[i]);
  fputs("\nlabel", out);
  for (size_t l = 0; l < labels; l++) fprintf(out, " %zu", l + 1);
  fputs("\nnr_sv", out);
  for (size_t l = 0; l < labels; l++) fputs(" 1", out);
  fputs("\nSV\n", out);
  for (size_t l = 0; l < labels; l++) { /* one vector a label: its weights; coefficient 1 against later labels, -1 against earlier */
    for (size_t t = 0; t + 1 < labels; t++) fputs(t >= l ? "1 " : "-1 ", out);
    for (size_t s = 0; s < head->slots; s++) {
      double weight = -head->curves.platt_a[l] * (double)model_weights(head, s)[l];
      if (number[s] && fabs(weight) > 0) fprintf(out, "%u:%.17g ", number[s], weight);
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

static enum stance_status put_row(const struct model_head *head, const uint32_t *number, const struct stance_features *features,
                                  uint32_t label, FILE *out, struct stance_error *error) {
  struct cell *cells = malloc((features->count + 1) * sizeof *cells);
  size_t count = 0;
  if (!cells) return stance_fail_memory(error);
  for (size_t i = 0; i < features->count; i++) {
    size_t slot = model_find(head, features->ids[i]);
    if (slot < head->slots) cells[count++] = (struct cell){number[slot], (double)features->values[i]};
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

enum stance_status export_svmlight(const struct stance_model *model, size_t index, const struct dataset *data, FILE *out,
                                   struct stance_error *error) {
  const struct model_head *head = &model->heads[index];
  struct stance_text_matcher *matcher = NULL;
  struct stance_featurizer *featurizer = NULL;
  struct stance_arena arena = {0};
  uint32_t *number = number_slots(head);
  enum stance_status status = number ? stance_text_matcher_new(&matcher, error) : stance_fail_memory(error);
  if (status == STANCE_OK) status = stance_featurizer_new(model->lexicon, &featurizer, error);
  for (size_t i = 0; status == STANCE_OK && i < data->count; i++) {
    struct stance_document document = {0};
    const struct stance_features *features;
    stance_arena_reset(&arena);
    status = stance_record_document(data->records[i], matcher, &arena, &document, error);
    if (status == STANCE_OK)
      status = stance_featurize(featurizer, &document, &document.units[0], head->templates, false, &features, error);
    if (status == STANCE_OK) status = put_row(head, number, features, data->labels[i], out, error);
  }
  if (status == STANCE_OK && ferror(out)) status = stance_fail_errno(error, NULL, "cannot write");
  stance_text_matcher_destroy(matcher);
  stance_featurizer_destroy(featurizer);
  stance_arena_free(&arena);
  free(number);
  return status;
}
