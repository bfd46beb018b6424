/* SPDX-License-Identifier: MIT
 * The alternative annotator test over label records, with two baselines that must fail it; and the annotators'
 * agreement with each other compared with their agreement with a model. Both reports are appended to out. */
#ifndef STANCE_ANNOTATE_ALT_REPORT_H
#define STANCE_ANNOTATE_ALT_REPORT_H

#include "alt_test.h"
#include "stance/base/buffer.h"
#include "stance/labels/codebook.h"
#include "stance/labels/record.h"

struct alt_report_options {
  const struct stance_head *head;
  const char *const *candidates; /* annotators of the records that are put to the test */
  size_t candidate_count;
  struct alt_test_settings settings;
  const char *reason; /* for epsilon */
  uint64_t seed;
  bool is_csv;
};

/* records: the current labels of annotators and candidates. *has_passed: every candidate passes the test and neither
 * baseline does. STANCE_INPUT: fewer than three annotators, or none with enough units. */
enum stance_status annotate_alt_report(const struct stance_record *records, size_t count,
                                       const struct alt_report_options *options, struct stance_buffer *out,
                                       bool *has_passed, struct stance_error *error);
/* Percent agreement and Cohen's kappa of each annotator with the other annotators, and with `model` (the name of an
 * annotator among the records). */
enum stance_status annotate_compare_report(const struct stance_record *records, size_t count,
                                           const struct stance_head *head, const char *model, bool is_json,
                                           struct stance_buffer *out, struct stance_error *error);

#endif
