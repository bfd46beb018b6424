/* SPDX-License-Identifier: MIT
 * The words of a sentence that weigh most for its label, for the few sentences of the report. */
#ifndef STANCE_CLASSIFY_EVIDENCE_H
#define STANCE_CLASSIFY_EVIDENCE_H

#include "scored.h"

struct stance_model;
struct classify_span {
  uint32_t start, end; /* bytes of the sentence */
};
enum { CLASSIFY_EVIDENCE_MAX = 3 };

/* Fills the words outside of mentions whose features weigh most for the unit's label and against the others, in text
 * order, at most CLASSIFY_EVIDENCE_MAX. *count: their number; 0: none weighs for it, or the model is not linear. False:
 * memory is out. */
bool classify_evidence(const struct stance_model *model, const char *text, const struct classify_mention *mentions,
                       size_t mention_count, const struct classify_unit *unit, struct classify_span *spans,
                       size_t *count);

#endif
