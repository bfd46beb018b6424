/* SPDX-License-Identifier: MIT */
#include "model_labels.h"

#include <stdlib.h>
#include <string.h>

#include "stance/base/error.h"
#include "stance/model/model.h"
#include "stance/text/letters.h"
#include "stance/text/text.h"

static int by_unit(const void *left, const void *right) {
  const struct stance_record *a = *(const struct stance_record *const *)left,
                             *b = *(const struct stance_record *const *)right;
  int order = strcmp(a->head, b->head);
  return order ? order : strcmp(a->unit, b->unit);
}

static int head_of(const struct stance_model *model, const char *name) {
  for (size_t h = 0; h < stance_model_head_count(model); h++)
    if (strcmp(stance_model_head_name(model, h), name) == 0) return (int)h;
  return -1;
}

static enum stance_status score_all(const struct stance_model *model, const char *name,
                                    const struct stance_record *const *sorted, size_t count, struct stance_arena *arena,
                                    struct annotate_model_labels *out, struct stance_error *error) {
  struct stance_text_matcher *matcher = NULL;
  struct stance_scorer *scorer = NULL;
  struct stance_arena work = {0};
  enum stance_status status = stance_text_matcher_new(&matcher, error);
  if (status == STANCE_OK) status = stance_scorer_new(model, NULL, NULL, &scorer, error);
  for (size_t i = 0; status == STANCE_OK && i < count; i++) {
    struct stance_document document = {0};
    struct stance_prediction prediction;
    int head = head_of(model, sorted[i]->head);
    if (head < 0 || (i && by_unit(&sorted[i - 1], &sorted[i]) == 0)) continue;
    stance_arena_reset(&work);
    status = stance_record_document(sorted[i], matcher, &work, &document, error);
    if (status == STANCE_OK)
      status = stance_scorer_unit(scorer, &document, &document.units[0], (size_t)head, &prediction, error);
    if (status != STANCE_OK) break;
    const char *label = stance_model_label(model, (size_t)head, prediction.label);
    out->records[out->count] = *sorted[i];
    out->records[out->count].annotator = name;
    out->records[out->count].flag_count = 0;
    if (!(out->records[out->count++].label = stance_arena_copy(arena, label, strlen(label))))
      status = stance_fail_memory(error);
    out->seen += stance_model_saw(model, (size_t)head, stance_letters_hash(sorted[i]->text, strlen(sorted[i]->text)));
  }
  stance_scorer_destroy(scorer);
  stance_text_matcher_destroy(matcher);
  stance_arena_free(&work);
  return status;
}

enum stance_status annotate_model_labels(const char *path, const char *name, const struct stance_record *records,
                                         size_t count, struct stance_arena *arena, struct annotate_model_labels *out,
                                         struct stance_error *error) {
  struct stance_model *model;
  const struct stance_record **sorted = stance_arena_alloc(arena, count + 1, sizeof *sorted);
  *out = (struct annotate_model_labels){.records = stance_arena_alloc(arena, count + 1, sizeof *out->records)};
  if (!sorted || !out->records) return stance_fail_memory(error);
  STANCE_TRY(stance_model_open(path, &model, error));
  for (size_t i = 0; i < count; i++) sorted[i] = &records[i];
  if (count) qsort(sorted, count, sizeof *sorted, by_unit);
  enum stance_status status = score_all(model, name, sorted, count, arena, out, error);
  stance_model_close(model);
  if (status == STANCE_OK && !out->count)
    status = stance_fail_at(error, STANCE_INPUT, path, 0, 0, "answers none of the questions that the labels are of");
  return status;
}
