/* SPDX-License-Identifier: MIT
 * Stored predictions (JSON Lines) read back, to be counted and drawn again without scoring. */
#ifndef STANCE_CLASSIFY_PREDICTIONS_H
#define STANCE_CLASSIFY_PREDICTIONS_H

#include <stdatomic.h>

#include "scored.h"

struct classify_predictions;

/* How to read: actors replaced by those they act for; where bad lines are told; set to end early. */
struct classify_predictions_options {
  const char *const *paths; /* "-": standard input; gzip and zstd are recognised */
  size_t path_count;
  bool rollup, with_mentions; /* actors replaced; where actors stand in sentences is read too: the page shows it */
  const char *const *keep;    /* [keep_count] keys of predictions that go along as kept columns */
  size_t keep_count;
  const atomic_int *stop;
  void (*tell)(void *context, const struct stance_error *problem);
  void *tell_context;
};

/* Looks at the first lines for the heads and their labels, in the order in which they appear. */
enum stance_status classify_predictions_open(const struct classify_predictions_options *options,
                                             struct classify_predictions **out, struct stance_error *error);
/* Frees it; NULL is fine. */
void classify_predictions_close(struct classify_predictions *own);
/* The heads of the predictions. Borrowed. */
const struct classify_heads *classify_predictions_heads(const struct classify_predictions *own);
/* Lines of one article that follow each other, as one; NULL at the end. Valid until the next call. A line that is no prediction is
 * reported and passed over. */
enum stance_status classify_predictions_next(struct classify_predictions *own, const struct classify_scored **scored,
                                             struct stance_error *error);
const char *classify_predictions_run(
    const struct classify_predictions
        *own); /* the first record "run" (classify --provenance) as it stands; NULL: none at the start */
bool classify_predictions_has(const struct classify_predictions *own,
                              size_t keep); /* a prediction had this key so far */
/* How many lines were no predictions so far. */
uint64_t classify_predictions_rejected(const struct classify_predictions *own);

#endif
