/* SPDX-License-Identifier: MIT
 * What the screen borrows from the library: a model's suggestions, and actors to choose from. */
#ifndef STANCE_ANNOTATE_SUGGEST_H
#define STANCE_ANNOTATE_SUGGEST_H

#include "session.h"

struct annotate_lender {
  const struct stance_gazetteer *gazetteer; /* may be NULL */
  struct annotate_names *names;             /* to search and to add to; may be NULL */
  const char *added_path;                   /* the gazetteer that new actors go to */
  struct stance_model *model;               /* may be NULL */
  const struct stance_codebook *codebook;
  int heads[16];                     /* the codebook's head to the model's; -1: the model does not know it */
  int labels[16][STANCE_LABELS_MAX]; /* the model's label to the codebook's; -1: unknown */
  struct stance_scorer *scorer;
  struct stance_text_matcher *matcher;
  struct stance_arena arena;
};

/* Loads the model (path NULL: none). Heads are joined by name; STANCE_INPUT where it shares none with the codebook. */
enum stance_status annotate_lender_open(const char *model, const struct stance_gazetteer *gazetteer,
                                        const struct stance_codebook *codebook, struct annotate_lender *lender,
                                        struct stance_error *error);
/* Frees what it holds. */
void annotate_lender_close(struct annotate_lender *lender);
/* The helper that hands out what the lender has, with the real clock. */
struct annotate_helper annotate_lender_helper(struct annotate_lender *lender);
/* By unit: the difference between the two likeliest labels; 2 where the model cannot tell. */
enum stance_status annotate_lender_margins(struct annotate_lender *lender, const struct annotate_units *units,
                                           float *margins, struct stance_error *error);

#endif
