/* SPDX-License-Identifier: MIT
 * The report on inter-annotator agreement: over the current labels, for each head of the codebook. */
#ifndef STANCE_ANNOTATE_AGREE_H
#define STANCE_ANNOTATE_AGREE_H

#include "agreement.h"
#include "project.h"
#include "stance/base/buffer.h"

struct annotate_agree_options {
  const char *head; /* only this one; NULL: all */
  size_t samples;   /* bootstrap samples; 0: no intervals */
  size_t worst;     /* units with the most disagreement to list */
  bool is_json;
  bool is_by_unit; /* the bootstrap resamples units, not articles */
  /* Called after each coefficient's intervals: `done` of `total` are computed. False stops the report (STANCE_USAGE).
   * NULL: not called. */
  bool (*progress)(void *context, size_t done, size_t total);
  void *progress_context;
};

/* Records as annotate_labels_read returns them with is_raw false. Appends text or one JSON object to out. */
enum stance_status annotate_agree(const struct annotate_project *project, const struct stance_record *records,
                                  size_t count, const struct annotate_agree_options *options, struct stance_buffer *out,
                                  struct stance_error *error);

#endif
