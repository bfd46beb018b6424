/* SPDX-License-Identifier: MIT
 * What a training set is too small to say: told on stderr, so that a figure is not believed more than it is worth. */
#ifndef STANCE_CLI_DOUBTS_H
#define STANCE_CLI_DOUBTS_H

#include "train/trainer.h"

enum { DOUBTS_UNITS = 200, DOUBTS_LABEL = 10 }; /* fewer are warned about */

/* Says on stderr what makes a head's figures doubtful: few units, one label, one group. */
void doubts_warn(const struct trained *trained);

#endif
