/* SPDX-License-Identifier: MIT
 * Suggestions from a model, and completion from a gazetteer. */
#include "suggest.h"

#include <stdio.h>
#include <string.h>

#include "add.h"
#include "screen.h"
#include "stance/actors/gazetteer.h"
#include "stance/base/error.h"
#include "stance/model/model.h"
#include "stance/text/text.h"

enum { HEADS_MAX = 16 };

static enum stance_status join_heads(struct annotate_lender *lender, const char *path, struct stance_error *error) {
  const struct stance_codebook *codebook = lender->codebook;
  int joined = 0;
  for (int h = 0; h < HEADS_MAX; h++) lender->heads[h] = -1;
  for (size_t h = 0; h < codebook->head_count && h < HEADS_MAX; h++)
    for (size_t m = 0; m < stance_model_head_count(lender->model); m++) {
      if (strcmp(codebook->heads[h].name, stance_model_head_name(lender->model, m)) != 0) continue;
      if (stance_model_head_unit(lender->model, m) != codebook->heads[h].unit) continue;
      lender->heads[h] = (int)m;
      joined++;
      for (size_t l = 0; l < stance_model_label_count(lender->model, m) && l < STANCE_LABELS_MAX; l++)
        lender->labels[h][l] = stance_head_label(&codebook->heads[h], stance_model_label(lender->model, m, l));
    }
  if (joined) return STANCE_OK;
  return stance_fail_at(error, STANCE_INPUT, path, 0, 0, "has none of the codebook's heads");
}

enum stance_status annotate_lender_open(const char *model, const struct stance_gazetteer *gazetteer,
                                        const struct stance_codebook *codebook, struct annotate_lender *lender,
                                        struct stance_error *error) {
  *lender = (struct annotate_lender){.gazetteer = gazetteer, .codebook = codebook};
  if (!model) return STANCE_OK;
  enum stance_status status = stance_model_open(model, &lender->model, error);
  if (status == STANCE_OK) status = join_heads(lender, model, error);
  if (status == STANCE_OK) status = stance_text_matcher_new(&lender->matcher, error);
  if (status == STANCE_OK) status = stance_scorer_new(lender->model, gazetteer, NULL, &lender->scorer, error);
  if (status != STANCE_OK) annotate_lender_close(lender);
  return status;
}

void annotate_lender_close(struct annotate_lender *lender) {
  stance_scorer_destroy(lender->scorer);
  stance_text_matcher_destroy(lender->matcher);
  stance_model_close(lender->model);
  stance_arena_free(&lender->arena);
  *lender = (struct annotate_lender){0};
}

static bool predict(struct annotate_lender *lender, const struct stance_record *record, int head,
                    struct stance_prediction *prediction) {
  struct stance_document document = {0};
  struct stance_error error;
  if (!lender->scorer || head >= HEADS_MAX || lender->heads[head] < 0) return false;
  stance_arena_reset(&lender->arena);
  return stance_record_document(record, lender->matcher, &lender->arena, &document, &error) == STANCE_OK &&
         stance_scorer_unit(lender->scorer, &document, &document.units[0], (size_t)lender->heads[head], prediction,
                            &error) == STANCE_OK;
}

static bool suggest(void *context, const struct stance_record *record, int head, int *label, double *p) {
  struct annotate_lender *lender = context;
  struct stance_prediction prediction;
  if (stance_record_has_flag(record, ANNOTATE_SAMPLED))
    return false; /* these labels must be independent of the model */
  if (!predict(lender, record, head, &prediction)) return false;
  *label = lender->labels[head][prediction.label];
  *p = (double)prediction.p[prediction.label];
  return *label >= 0;
}

static size_t complete(void *context, const char *prefix, const char **ids, const char **names, size_t most) {
  const struct annotate_lender *lender = context;
  const struct annotate_name *found[ANNOTATE_MATCHES_MAX];
  size_t count = annotate_names_search(lender->names, prefix, found, NULL,
                                       most < ANNOTATE_MATCHES_MAX ? most : ANNOTATE_MATCHES_MAX);
  for (size_t i = 0; i < count; i++) {
    ids[i] = found[i]->id;
    names[i] = found[i]->name;
  }
  return count;
}

static enum stance_status make(void *context, const char *name, const char *type, char id[ANNOTATE_NEW_ID_MAX + 1],
                               struct stance_error *error) {
  struct annotate_lender *lender = context;
  struct stance_arena arena = {0};
  char *proposal = annotate_names_propose(lender->names, name, &arena);
  enum stance_status status =
      proposal ? annotate_gazetteer_add(lender->added_path, proposal, name, type, error) : stance_fail_memory(error);
  if (status == STANCE_OK) status = annotate_names_add(lender->names, proposal, name, type, error);
  if (status == STANCE_OK) snprintf(id, ANNOTATE_NEW_ID_MAX + 1, "%s", proposal);
  stance_arena_free(&arena);
  return status;
}

struct annotate_helper annotate_lender_helper(struct annotate_lender *lender) {
  return (struct annotate_helper){.context = lender,
                                  .suggest = lender->model ? suggest : NULL,
                                  .complete = lender->names ? complete : NULL,
                                  .make = lender->names && lender->added_path ? make : NULL,
                                  .names = lender->names,
                                  .wall = annotate_clock_wall,
                                  .elapsed = annotate_clock_elapsed};
}

enum stance_status annotate_lender_margins(struct annotate_lender *lender, const struct annotate_units *units,
                                           float *margins, struct stance_error *error) {
  struct stance_arena arena = {0};
  enum stance_status status = STANCE_OK;
  for (uint32_t i = 0; i < units->count && status == STANCE_OK; i++) {
    struct annotate_page page;
    struct stance_prediction prediction;
    stance_arena_reset(&arena);
    status = annotate_units_page(units, i, &arena, &page, error);
    margins[i] = 2;
    if (status != STANCE_OK || !predict(lender, &page.record, units->items[i].head, &prediction)) continue;
    float best = 0, second = 0;
    size_t labels = stance_model_label_count(lender->model, (size_t)lender->heads[units->items[i].head]);
    const double *factor = stance_model_factors(lender->model, (size_t)lender->heads[units->items[i].head]);
    float sum = 0;
    for (size_t l = 0; l < labels; l++) { /* the label maximises factor times p */
      float weighed = prediction.p[l] * (float)factor[l];
      sum += weighed;
      if (weighed > best) {
        second = best;
        best = weighed;
      } else if (weighed > second) {
        second = weighed;
      }
    }
    margins[i] = (best - second) / sum;
  }
  stance_arena_free(&arena);
  return status;
}
