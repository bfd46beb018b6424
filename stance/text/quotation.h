/* SPDX-License-Identifier: MIT
 * Inside of the text room: quotations and brackets, in which sentences do not end. */
#ifndef STANCE_QUOTATION_H
#define STANCE_QUOTATION_H

#include "text_rules.h"

struct stance_text_regions {
  struct stance_text_region *items; /* by start; they may lie in each other */
  size_t count, capacity;
};

/* Finds in text[start..end), a paragraph or an item of a list, the brackets, and the quotations behind whose end the sentence
 * goes on. Appends to regions. The text is a document's (STANCE_TEXT_ROOM). False: out of memory. */
bool stance_regions_find(struct stance_text_matcher *matcher, struct stance_arena *arena, const char *text,
                         size_t start, size_t end, struct stance_text_regions *regions);
/* Whether the sentence goes on behind the closing quotes that end at `at`: "...," said X; "Will you?" he asked. */
bool stance_quotation_goes_on(struct stance_text_matcher *matcher, const char *text, size_t start, size_t at,
                              size_t end);

#endif
