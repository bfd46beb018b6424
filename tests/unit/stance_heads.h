/* SPDX-License-Identifier: MIT
 * One head of three labels, as the shipped model's: hostile, neutral, friendly. */
#ifndef STANCE_TESTS_STANCE_HEADS_H
#define STANCE_TESTS_STANCE_HEADS_H

#include "classify/scored.h"

static const struct classify_heads heads = {.count = 1,
                                            .items = {{.name = "stance",
                                                       .unit = STANCE_UNIT_DYAD,
                                                       .label_count = 3,
                                                       .labels = {"hostile", "neutral", "friendly"},
                                                       .values = {-1, 0, 1}}}};

#endif
