/* SPDX-License-Identifier: MIT
 * One-vs-rest training over shared rows: in cross-validation, where a model that did not see the unit's group decides
 * each unit, and on given rows. */
#ifndef STANCE_TRAIN_CROSSVAL_H
#define STANCE_TRAIN_CROSSVAL_H

#include "solver.h"

struct labelled { /* rows with their labels; borrowed */
  const struct rows *rows;
  const uint32_t *labels; /* [rows->count] */
  size_t label_count;
};

/* balance: the C of a label is multiplied by (n / (2 n_label))^balance, and that of the rest likewise. 0: equal; 1:
 * balanced. */
struct crossval_settings {
  struct solver_settings solver;
  double balance;
  size_t threads;
};

/* Fills out-of-fold decision values [count][label_count] for rows in folds 0 .. k - 1; rows in folds k and above take
 * no part. *stopped: progress stopped it. */
enum stance_status crossval_run(const struct labelled *data, const struct solver_data *shared, const uint32_t *folds,
                                uint32_t k, const struct crossval_settings *settings,
                                const struct pool_progress *progress, double *decisions, bool *stopped,
                                struct stance_error *error);

/* Trains on the rows of index [count] (NULL: all rows); fills a solution for each label. Free each. */
enum stance_status crossval_train(const struct labelled *data, const struct solver_data *shared, const uint32_t *index,
                                  size_t count, const struct crossval_settings *settings,
                                  struct solver_solution *solutions, struct stance_error *error);

#endif
