/* SPDX-License-Identifier: MIT
 * A head of another model that training starts from (domain adaptation): its decision values s are inputs of the new
 * head beside the features x, and their weights a are learnt with the others,
 *
 *   d[l](x) = w[l].x + sum_k a[l][k] s[k](x) + bias[l]        s[k](x) = u[k].x + bias'[k]
 *
 * Few labels change little of what the base says, many outweigh it. Both heads have the same features, so the sum is one
 * linear head again, with the weights w[l] + sum_k a[l][k] u[k]: the new model stands by itself. The labels of the two
 * need not be the same. Source: the method PRED of Daume III 2007, "Frustratingly Easy Domain Adaptation" (ACL), 2;
 * with a fixed at 1 it is the adaptive SVM of Yang, Yan and Hauptmann 2007. Thread-safe. */
#ifndef STANCE_TRAIN_BASE_H
#define STANCE_TRAIN_BASE_H

#include "dataset.h"
#include "rows.h"
#include "stance/model/model.h"

struct base {
  const struct stance_model *model; /* borrowed */
  size_t head;
};

/* The head of the model for the same kind of units, rather one of the same name. False: it has none, or that is not
 * linear. */
bool train_base_find(const struct stance_model *model, const struct stance_head *head, struct base *out);
/* The number of its decision values. */
size_t train_base_label_count(const struct base *base);
/* How many of the units are of sentences that the base was trained on: its decisions on these are too good. */
size_t train_base_seen(const struct base *base, const struct dataset *data);

/* a [label][base's label]. */
typedef double train_base_mix[STANCE_LABELS_MAX][STANCE_LABELS_MAX];
/* What the base adds to the weight of its feature in `slot` for a label; 0 where the slot is empty. */
double train_base_weight(const struct base *base, const train_base_mix mix, size_t slot, size_t label);
/* What it adds to the i-th weight of the label's zones. */
double train_base_dense(const struct base *base, const train_base_mix mix, size_t i, size_t label);
/* What it adds to the label's bias. */
double train_base_bias(const struct base *base, const train_base_mix mix, size_t label);

#endif
