/* SPDX-License-Identifier: MIT
 * Questions about the article so far: which mentions stand where, and whether a name that the gazetteer lacks stands
 * between. */
#include "reference_search.h"

enum {
  SUBJECT_TOKENS = 10
}; /* most tokens before a subject after a comma: "On Monday afternoon, Malian authorities" */

bool stance_reference_is_covered(const struct stance_reference_search *search, uint32_t token) {
  const struct stance_document *document = search->document;
  const struct stance_token *at = &document->tokens[token];
  size_t next = search->explicit_next; /* becomes the first mention that starts after the token */
  while (next < document->mention_count && document->mentions[next].start < at->end) next++;
  while (next > 0 && document->mentions[next - 1].start >= at->end) next--;
  return next > 0 && document->mentions[next - 1].end > at->start;
}

bool stance_reference_has_unknown_name(const struct stance_reference_search *search, uint32_t from, uint32_t to) {
  for (uint32_t i = from; i + 1 < to; i++) {
    if (!stance_reference_is_name_like(search, i) || !stance_reference_is_name_like(search, i + 1) ||
        stance_reference_is_covered(search, i) || stance_reference_is_covered(search, i + 1))
      continue;
    uint32_t ordinary = STANCE_NAME_CALENDAR | STANCE_NAME_FUNCTION;
    if (stance_scan_classes(search->scan, i) & ordinary || stance_scan_classes(search->scan, i + 1) & ordinary)
      continue;
    return true;
  }
  return false;
}

bool stance_reference_is_subject(const struct stance_reference_search *search, size_t mention) {
  const struct stance_mention_note *note = &search->notes[mention];
  const struct stance_sentence *sentence = &search->document->sentences[search->mentions[mention].sentence];
  uint32_t at = note->token_first, start = sentence->token_first;
  if (note->is_possessive ||
      (note->kind == STANCE_ALIAS_DEMONYM && !note->head && !note->is_plural && !note->is_person))
    return false;
  if (at > start && stance_reference_is_word(search, at - 1, "the")) at--;
  if (at == start || (at == start + 1 && search->document->tokens[start].kind == STANCE_TOKEN_PUNCTUATION)) return true;
  return at - start <= SUBJECT_TOKENS && stance_reference_is_word(search, at - 1, ",") &&
         mention == stance_reference_first_of(search, search->mentions[mention].sentence);
}
