/* SPDX-License-Identifier: MIT
 * Connects the annotation screen with the library: a model's suggestions, and actors to choose from. */
#ifndef STANCE_ANNOTATE_SUGGEST_H
#define STANCE_ANNOTATE_SUGGEST_H

#include "session.h"

struct annotate_lender {
  const struct stance_gazetteer *gazetteer; /* may be NULL */
  struct annotate_names *names;             /* for search and new actors; may be NULL */
  const char *added_path;                   /* the gazetteer file for new actors */
  struct stance_model *model;               /* may be NULL */
  const struct stance_codebook *codebook;
  int heads[16];                     /* by the codebook's head: the model's head, -1: none */
  int labels[16][STANCE_LABELS_MAX]; /* by the codebook's head and the model's label: the codebook's label, -1: none */
  struct stance_scorer *scorer;
  struct stance_text_matcher *matcher;
  struct stance_arena arena;
};

/* Loads the model (NULL: none). Heads are matched by name. STANCE_INPUT: model and codebook have no head in common. */
enum stance_status annotate_lender_open(const char *model, const struct stance_gazetteer *gazetteer,
                                        const struct stance_codebook *codebook, struct annotate_lender *lender,
                                        struct stance_error *error);
/* Frees what it holds. */
void annotate_lender_close(struct annotate_lender *lender);
/* The callbacks of a session that use the lender and the real clocks. */
struct annotate_helper annotate_lender_helper(struct annotate_lender *lender);
/* margins: by unit, the difference between the two largest of p times the label's decision factor, divided by their sum
 * over the labels; 2 if the model does not know the unit's head. */
enum stance_status annotate_lender_margins(struct annotate_lender *lender, const struct annotate_units *units,
                                           float *margins, struct stance_error *error);

#endif
