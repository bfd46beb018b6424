/* SPDX-License-Identifier: MIT
 * Choosing the fields of predictions: --fields, --no-text. Thread-safe. */
#ifndef STANCE_CLASSIFY_FIELDS_H
#define STANCE_CLASSIFY_FIELDS_H

#include "stance/stance.h"

/* X(constant, name, bit): with the names in JSON Lines; p_labels are the columns p_LABEL of CSV, kept are the columns
 * of --keep. */
#define CLASSIFY_FIELDS(X)                                                                                           \
  X(ARTICLE, "article", 0)                                                                                           \
  X(DATE, "date", 1)                                                                                                 \
  X(OUTLET, "outlet", 2)                                                                                             \
  X(KEPT, "kept", 3)                                                                                                 \
  X(SENTENCE, "sentence", 4)                                                                                         \
  X(TEXT, "text", 5) X(SOURCE, "source", 6) X(TARGET, "target", 7) X(AFFILIATIONS, "affiliations", 8)                \
      X(MENTIONS, "mentions", 9) X(HEAD, "head", 10) X(LABEL, "label", 11) X(P, "p", 12) X(P_LABELS, "p_labels", 13) \
          X(SCORE, "score", 14) X(WHY, "why", 15)
#define CLASSIFY_FIELD_MEMBER(id, name, bit) CLASSIFY_##id = 1 << bit,
enum classify_field { CLASSIFY_FIELDS(CLASSIFY_FIELD_MEMBER) CLASSIFY_FIELDS_ALL = (1 << 16) - 1 };

/* *leaves_out: bits of the fields that a list such as "article,label,p" does not name. STANCE_USAGE: an unknown name,
 * or an empty list. */
enum stance_status classify_fields_parse(const char *list, unsigned *leaves_out, struct stance_error *error);

#endif
