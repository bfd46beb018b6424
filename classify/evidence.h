/* SPDX-License-Identifier: MIT
 * Which words of a sentence spoke for its label: for the report's sentences, which are few. */
#ifndef STANCE_CLASSIFY_EVIDENCE_H
#define STANCE_CLASSIFY_EVIDENCE_H

#include "scored.h"

struct stance_model;
struct classify_span {
  uint32_t start, end; /* bytes of the sentence */
};
enum { CLASSIFY_EVIDENCE_MAX = 3 };

/* The words outside of mentions whose features weigh most for the unit's label against the other labels, in the order of the text; at
 * most CLASSIFY_EVIDENCE_MAX, none where nothing speaks for it or the model is not linear. Returns how many; 0 also when memory is out. */
size_t classify_evidence(const struct stance_model *model, const char *text, const struct classify_mention *mentions,
                         size_t mention_count, const struct classify_unit *unit, struct classify_span *spans);

#endif
