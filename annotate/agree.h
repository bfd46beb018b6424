/* SPDX-License-Identifier: MIT
 * Who agrees with whom, on what: a report over the labels that hold, for each head of the codebook. */
#ifndef STANCE_ANNOTATE_AGREE_H
#define STANCE_ANNOTATE_AGREE_H

#include "agreement.h"
#include "project.h"
#include "stance/base/buffer.h"

struct annotate_agree_options {
  const char *head; /* only this one; NULL: all */
  size_t samples;   /* of the bootstrap; 0: no intervals */
  size_t worst;     /* how many of the units that disagree most to list */
  bool is_json;
  bool is_by_unit; /* the bootstrap draws units, not articles */
  /* Told after each coefficient's intervals, of all that are to come; false: stop (STANCE_USAGE). NULL: nobody is told. */
  bool (*progress)(void *context, size_t done, size_t total);
  void *progress_context;
};

/* Records as annotate_labels_read gives them, resolved. Appends text or one JSON object to out. */
enum stance_status annotate_agree(const struct annotate_project *project, const struct stance_record *records,
                                  size_t count, const struct annotate_agree_options *options, struct stance_buffer *out,
                                  struct stance_error *error);

#endif
