/* SPDX-License-Identifier: MIT
 * Reading stored predictions (JSON Lines), to count and render them again without scoring. One thread at a time. */
#ifndef STANCE_CLASSIFY_PREDICTIONS_H
#define STANCE_CLASSIFY_PREDICTIONS_H

#include <stdatomic.h>

#include "scored.h"

struct classify_predictions;

struct classify_predictions_options {
  const char *const *paths; /* "-": standard input; gzip and zstd are recognised */
  size_t path_count;
  bool rollup, with_mentions; /* replace actors by those they act for; read mentions too, for the report */
  const char *const *keep;    /* [keep_count] keys to keep as columns */
  size_t keep_count;
  const atomic_int *stop;
  void (*tell)(void *context, const struct stance_error *problem);
  void *tell_context;
};

/* Opens the files and finds heads and labels in the first lines, in order of appearance. */
enum stance_status classify_predictions_open(const struct classify_predictions_options *options,
                                             struct classify_predictions **out, struct stance_error *error);
/* Frees it; NULL is fine. */
void classify_predictions_close(struct classify_predictions *own);
/* The heads of the predictions. Borrowed. */
const struct classify_heads *classify_predictions_heads(const struct classify_predictions *own);
/* The next article: consecutive lines with the same id; *scored NULL: the end. Valid until the next call. Lines that
 * are no predictions are reported to `tell` and skipped. */
enum stance_status classify_predictions_next(struct classify_predictions *own, const struct classify_scored **scored,
                                             struct stance_error *error);
const char *classify_predictions_run(
    const struct classify_predictions
        *own); /* the first record "run" (classify --provenance), verbatim; NULL: none at the start */
bool classify_predictions_has(const struct classify_predictions *own,
                              size_t keep); /* whether a prediction so far had this key */
/* The number of lines so far that were no predictions. */
uint64_t classify_predictions_rejected(const struct classify_predictions *own);

#endif
