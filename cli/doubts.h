/* SPDX-License-Identifier: MIT
 * Warnings on stderr about training sets that are too small for reliable figures. */
#ifndef STANCE_CLI_DOUBTS_H
#define STANCE_CLI_DOUBTS_H

#include "train/trainer.h"

enum { DOUBTS_UNITS = 200, DOUBTS_LABEL = 10 }; /* fewer units, or fewer of a label, cause a warning */

/* Warns on stderr if a head's figures are unreliable: few units, one label, one group. */
void doubts_warn(const struct trained *trained);

#endif
