/* SPDX-License-Identifier: MIT
 * All settings that tuning tried, as CSV, for a paper's appendix and to see how flat the optimum is.
 *   head,folds,metric,c,balance,gamma,templates,score,standard_error,chosen
 * folds: "all", or "without 3" for the search in a nested cross-validation without fold 3. */
#ifndef STANCE_TRAIN_GRID_H
#define STANCE_TRAIN_GRID_H

#include "stance/base/buffer.h"
#include "stance/base/file.h"
#include "stance/features/feature.h"

struct train_grid {
  struct stance_output output;
  struct stance_buffer text;
};
struct train_grid_row {
  const char *head, *metric;
  int without; /* the fold left out; -1: none */
  double c, balance, gamma;
  stance_template_set templates;
  double score, error;
  bool is_linear, is_chosen; /* linear: gamma has no meaning, and no value */
};

/* Opens the file at `path` with its line of column names; an existing file is replaced once it is committed. Free
 * it. */
enum stance_status train_grid_open(struct train_grid *grid, const char *path, struct stance_error *error);
/* Adds a row; commit reports if memory was out. */
void train_grid_add(struct train_grid *grid, const struct train_grid_row *row);
/* Writes the rows and renames the file. */
enum stance_status train_grid_commit(struct train_grid *grid, struct stance_error *error);
/* Frees what it holds. */
void train_grid_free(struct train_grid *grid);

#endif
