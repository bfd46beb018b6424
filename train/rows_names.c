/* SPDX-License-Identifier: MIT
 * Names of features, made again from the first unit that has each, so that training need not keep them. */
#include <stdlib.h>
#include <string.h>

#include "rows.h"
#include "stance/base/error.h"
#include "stance/text/text.h"

struct wish { /* make the column's name from this row */
  uint32_t row, column;
};

static int by_row(const void *a, const void *b) {
  const struct wish *x = a, *y = b;
  if (x->row != y->row) return x->row < y->row ? -1 : 1;
  return (x->column > y->column) - (x->column < y->column);
}

static const char *name_of(const struct stance_features *features, uint64_t id) {
  for (size_t i = 0; i < features->count; i++)
    if (features->ids[i] == id && features->origins && features->origins[i].name) return features->origins[i].name;
  return "";
}

enum stance_status rows_names(const struct rows *rows, const struct stance_record *const *records,
                              const struct rows_settings *settings, const bool *wanted, struct stance_arena *arena,
                              const char ***names, struct stance_error *error) {
  struct wish *wishes = malloc((rows->column_count + 1) * sizeof *wishes);
  struct stance_text_matcher *matcher = NULL;
  struct stance_featurizer *featurizer = NULL;
  struct stance_arena scratch = {0};
  size_t count = 0;
  enum stance_status status = wishes ? STANCE_OK : stance_fail_memory(error);
  *names = stance_arena_zalloc(arena, rows->column_count + 1, sizeof **names);
  if (!*names) status = stance_fail_memory(error);
  if (status == STANCE_OK) status = stance_text_matcher_new(&matcher, error);
  if (status == STANCE_OK) status = stance_featurizer_new(settings->lexicon, &featurizer, error);
  for (size_t c = 0; status == STANCE_OK && c < rows->column_count; c++)
    if (!wanted || wanted[c]) wishes[count++] = (struct wish){rows->seen_in[c], (uint32_t)c};
  if (status == STANCE_OK) qsort(wishes, count, sizeof *wishes, by_row);
  const struct stance_features *features = NULL;
  for (size_t i = 0; status == STANCE_OK && i < count; i++) {
    if (i == 0 || wishes[i].row != wishes[i - 1].row) {
      struct stance_document document = {0};
      stance_arena_reset(&scratch);
      status = stance_record_document(records[wishes[i].row], matcher, &scratch, &document, error);
      if (status == STANCE_OK)
        status =
            stance_featurize(featurizer, &document, &document.units[0], settings->templates, true, &features, error);
      if (status != STANCE_OK) break;
    }
    const char *name = name_of(features, rows->ids[wishes[i].column]);
    (*names)[wishes[i].column] = stance_arena_copy(arena, name, strlen(name));
    if (!(*names)[wishes[i].column]) status = stance_fail_memory(error);
  }
  stance_text_matcher_destroy(matcher);
  stance_featurizer_destroy(featurizer);
  stance_arena_free(&scratch);
  free(wishes);
  return status;
}
