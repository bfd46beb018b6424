/* SPDX-License-Identifier: MIT
 * Limits on the size of sentences, so that the output for an article stays in proportion to its length. */
#include "stance/base/error.h"
#include "text.h"

enum stance_status stance_document_check(const struct stance_document *document, struct stance_error *error) {
  for (uint32_t i = 0; i < document->sentence_count; i++) {
    const struct stance_sentence *sentence = &document->sentences[i];
    if (sentence->end - sentence->start > STANCE_SENTENCE_BYTES_MAX)
      return stance_fail(error, STANCE_INPUT, "sentence %u has %u bytes; the limit is %d", i,
                         sentence->end - sentence->start, STANCE_SENTENCE_BYTES_MAX);
    if (sentence->mention_count > STANCE_SENTENCE_MENTIONS_MAX)
      return stance_fail(error, STANCE_INPUT, "sentence %u has %u mentions of actors; the limit is %d", i,
                         sentence->mention_count, STANCE_SENTENCE_MENTIONS_MAX);
  }
  if (document->unit_count > STANCE_ARTICLE_UNITS_MAX)
    return stance_fail(error, STANCE_INPUT, "makes %u units (dyads in sentences); the limit is %d",
                       document->unit_count, STANCE_ARTICLE_UNITS_MAX);
  return STANCE_OK;
}
