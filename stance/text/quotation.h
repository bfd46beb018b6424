/* SPDX-License-Identifier: MIT
 * Internal to text/: quotations and brackets, in which sentences do not end. */
#ifndef STANCE_QUOTATION_H
#define STANCE_QUOTATION_H

#include "text_rules.h"

struct stance_text_regions {
  struct stance_text_region *items; /* sorted by start; may be nested */
  size_t count, capacity;
};

/* Appends to `regions` the brackets in text[start..end), a paragraph or list item, and the quotations after whose end
 * the sentence goes on. STANCE_TEXT_ROOM zeros must follow the text. False: out of memory. */
bool stance_regions_find(struct stance_text_matcher *matcher, struct stance_arena *arena, const char *text,
                         size_t start, size_t end, struct stance_text_regions *regions);
/* Whether the sentence goes on after the closing quotes that end at `at`: "...," said X; "Will you?" he asked. */
bool stance_quotation_goes_on(struct stance_text_matcher *matcher, const char *text, size_t start, size_t at,
                              size_t end);

#endif
