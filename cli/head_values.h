/* SPDX-License-Identifier: MIT
 * Flags of stance train that name a head: --features [HEAD:]LIST and --head-cost HEAD:C. Pure functions over the list as given. */
#ifndef STANCE_CLI_HEAD_VALUES_H
#define STANCE_CLI_HEAD_VALUES_H

#include "flags.h"
#include "stance/base/error.h"
#include "stance/labels/codebook.h"
#include "train/dataset.h"

/* The last list given for the head, else the last one for all heads; NULL: none was given. */
const char *head_features(const struct flag_list *features, const char *head);

/* The last C given for the head, else fallback. Only after head_costs_check. */
double head_cost(const struct flag_list *costs, double fallback, const char *head);

/* What is wrong is found before any head is trained: unknown heads, templates that do not exist (STANCE_USAGE). data: one entry a head of
 * the codebook; the templates of heads without units are not read. */
enum stance_status head_features_check(const struct flag_list *features, const struct stance_codebook *codebook,
                                       const struct dataset *data, struct stance_error *error);
/* The same for costs; C is 1e-6 to 1e6. */
enum stance_status head_costs_check(const struct flag_list *costs, const struct stance_codebook *codebook,
                                    struct stance_error *error);

#endif
