/* SPDX-License-Identifier: MIT
 * One-vs-rest training over shared rows: in folds (every unit decided by a model that did not see its group) and once for good. */
#ifndef STANCE_TRAIN_CROSSVAL_H
#define STANCE_TRAIN_CROSSVAL_H

#include "solver.h"

struct labelled { /* rows with their labels; borrowed */
  const struct rows *rows;
  const uint32_t *labels; /* [rows->count] */
  size_t label_count;
};

/* How labels are weighted in C: weight = (n / (2 n_label))^balance, and the same for the rest. 0: all alike; 1: balanced. */
struct crossval_settings {
  struct solver_settings solver;
  double balance;
  size_t threads;
};

/* decisions [count][label_count] of every row by the models of the folds that it is not in. Rows of folds k and above take no part. */
enum stance_status crossval_run(const struct labelled *data, const struct solver_data *shared, const uint32_t *folds,
                                uint32_t k, const struct crossval_settings *settings,
                                const struct pool_progress *progress, double *decisions, bool *stopped,
                                struct stance_error *error);

/* Trains on the rows of index [count] (NULL: all): one solution a label. Free each. */
enum stance_status crossval_train(const struct labelled *data, const struct solver_data *shared, const uint32_t *index,
                                  size_t count, const struct crossval_settings *settings,
                                  struct solver_solution *solutions, struct stance_error *error);

#endif
