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
/* Fills decisions [k][count][label_count]: those of `outer` decide the rows of each other fold by a model of the rows in
 * neither; rows of `outer` are left. One model serves both orders of two folds. Progress and stopped (both may be NULL) as in
 * crossval_run. */
enum stance_status crossval_run_nested(const struct labelled *data, const struct solver_data *shared,
                                       const uint32_t *folds, uint32_t k, const struct crossval_settings *settings,
                                       const struct pool_progress *progress, double *decisions, bool *stopped,
                                       struct stance_error *error);

struct crossval_model {
  struct solver_solution parts[STANCE_LABELS_MAX]; /* each of `lanes` labels */
  size_t lanes;
};
/* Trains on the rows of index [count] (NULL: all rows). Free the model. */
enum stance_status crossval_train(const struct labelled *data, const struct solver_data *shared, const uint32_t *index,
                                  size_t count, const struct crossval_settings *settings, struct crossval_model *out,
                                  struct stance_error *error);
/* Fills the decision values [data->label_count] of a row. */
void crossval_decide(const struct crossval_model *model, const struct labelled *data, const struct solver_data *shared,
                     uint32_t row, double *out);
/* A linear model's weight. */
static inline float crossval_weight(const struct crossval_model *model, size_t column, size_t label) {
  return model->parts[label / model->lanes].weights[column * SOLVER_LANES + label % model->lanes];
}
/* A label's bias. */
static inline double crossval_bias(const struct crossval_model *model, size_t label) {
  return model->parts[label / model->lanes].bias[label % model->lanes];
}
/* Frees what it holds. */
void crossval_model_free(struct crossval_model *model);

#endif
