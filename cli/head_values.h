/* SPDX-License-Identifier: MIT
 * Flags of stance train with a head's name: --features [HEAD:]LIST and --head-cost HEAD:C. Pure functions of the flag's
 * values. */
#ifndef STANCE_CLI_HEAD_VALUES_H
#define STANCE_CLI_HEAD_VALUES_H

#include "flags.h"
#include "stance/base/error.h"
#include "stance/labels/codebook.h"
#include "train/dataset.h"

/* The last list for the head, else the last one for all heads; NULL: none. */
const char *head_features(const struct flag_list *features, const char *head);

/* The last C for the head, else fallback. Call head_costs_check before. */
double head_cost(const struct flag_list *costs, double fallback, const char *head);

/* Checks before training; STANCE_USAGE: unknown heads or templates. data: an entry for each head of the codebook; the
 * templates of heads without units are not checked. */
enum stance_status head_features_check(const struct flag_list *features, const struct stance_codebook *codebook,
                                       const struct dataset *data, struct stance_error *error);
/* The same for costs; C must be 1e-6 to 1e6. */
enum stance_status head_costs_check(const struct flag_list *costs, const struct stance_codebook *codebook,
                                    struct stance_error *error);

#endif
