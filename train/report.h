/* SPDX-License-Identifier: MIT
 * The training report, for a paper's supplement: the data, the metrics with intervals, baselines, learning curve,
 * features and errors. */
#ifndef STANCE_TRAIN_REPORT_H
#define STANCE_TRAIN_REPORT_H

#include "stance/base/buffer.h"
#include "stance/model/explain.h"
#include "trainer.h"

enum { REPORT_CURVE = 4, REPORT_BASELINES = 3, REPORT_ERRORS = 10, REPORT_TOP = 15, REPORT_REASONS = 5 };

struct report_point { /* a point of the learning curve: grouped cross-validation on a share of the groups */
  double share;
  size_t units;
  double macro_f1;
};
struct report_baseline {
  const char *name;
  double macro_f1, micro_f1;
  bool is_known; /* false: not computed, as the head has no such templates */
};
struct report_error {
  size_t index;                                       /* in the dataset */
  struct stance_contribution reasons[REPORT_REASONS]; /* by the final model; names in the arena */
  size_t reason_count;
};
struct report_feature {
  const char *name;
  double weight;
};
struct report_head {
  const struct trained *trained;
  struct report_point curve[REPORT_CURVE];
  struct report_baseline baselines[REPORT_BASELINES];
  struct report_error errors[REPORT_ERRORS];
  size_t error_count;
  struct report_feature top[STANCE_LABELS_MAX][REPORT_TOP];
  size_t top_count[STANCE_LABELS_MAX];
};

/* Computes baselines, learning curve, features and errors. model: the one just written. */
enum stance_status train_report_head_make(const struct trained *trained, const struct stance_model *model, size_t head,
                                          const struct stance_lexicon *lexicon, const struct trainer_settings *settings,
                                          struct stance_arena *arena, struct report_head *out,
                                          struct stance_error *error);
/* Appends the report as JSON. made: provenance, a JSON value; may be NULL. out->failed: out of memory. */
void train_report_json(const struct report_head *heads, size_t count, const struct trainer_settings *settings,
                       const char *made, struct stance_buffer *out);
/* Appends the report as an HTML page. made: provenance as HTML; may be NULL. */
void train_report_html(const struct report_head *heads, size_t count, const struct trainer_settings *settings,
                       const char *made, struct stance_buffer *out);

#endif
