/* SPDX-License-Identifier: MIT
 * What the labelled dyads of a sentence say of its own label (stance/model/lean.h): matching the two heads' units, and
 * fitting the weights on p out of fold. Thread-safe. */
#ifndef STANCE_TRAIN_LEAN_H
#define STANCE_TRAIN_LEAN_H

#include "trainer.h"

enum { LEAN_SENTENCES_MIN = 200 }; /* sentences with dyads; with fewer nothing is fitted */

/* Fills z [sentences->count][STANCE_LEAN_INPUTS] from p [dyads->count][labels of the dyads' head] of the dyads of the
 * same article and sentence. Returns how many sentences have dyads; SIZE_MAX: out of memory. */
size_t train_lean_inputs(const struct dataset *sentences, const struct dataset *dyads, const float *p, double *z);
/* Whether sentences of the first head can lean on dyads of the second: kinds of units, labels good and bad. */
bool train_lean_fits(const struct stance_head *sentences, const struct stance_head *dyads);
/* Fits the weights of a head about sentences to the out-of-fold p of a head about dyads that is trained already, and
 * adds what they say to the head's out-of-fold decision values. Does nothing if there are too few such sentences. Call
 * it before train_trainer_calibrate. */
enum stance_status train_lean(struct trained *sentences, const struct trained *dyads, struct stance_error *error);

#endif
