/* SPDX-License-Identifier: MIT
 * Fields of predictions that can be left out: --fields, --no-text. Pure functions. */
#ifndef STANCE_CLASSIFY_FIELDS_H
#define STANCE_CLASSIFY_FIELDS_H

#include "stance/stance.h"

/* X(constant, name, bit): as JSON Lines name them; p_labels are the columns p_LABEL of CSV, kept what --keep takes along. */
#define CLASSIFY_FIELDS(X)                                                                                       \
  X(ARTICLE, "article", 0)                                                                                       \
  X(DATE, "date", 1)                                                                                             \
  X(OUTLET, "outlet", 2)                                                                                         \
  X(KEPT, "kept", 3) X(SENTENCE, "sentence", 4) X(TEXT, "text", 5) X(SOURCE, "source", 6) X(TARGET, "target", 7) \
      X(AFFILIATIONS, "affiliations", 8) X(MENTIONS, "mentions", 9) X(HEAD, "head", 10) X(LABEL, "label", 11)    \
          X(P, "p", 12) X(P_LABELS, "p_labels", 13) X(SCORE, "score", 14) X(WHY, "why", 15)
#define CLASSIFY_FIELD_MEMBER(id, name, bit) CLASSIFY_##id = 1 << bit,
enum classify_field { CLASSIFY_FIELDS(CLASSIFY_FIELD_MEMBER) CLASSIFY_FIELDS_ALL = (1 << 16) - 1 };

/* "article,label,p": the fields that are not in the list, as bits. STANCE_USAGE: an unknown name, or none. */
enum stance_status classify_fields_parse(const char *list, unsigned *leaves_out, struct stance_error *error);

#endif
