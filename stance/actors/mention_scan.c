/* SPDX-License-Identifier: MIT
 * Look-ups that the steps of finding mentions share: a token's word without possessive, its spelling; and the persons
 * whose full names the article gave. */
#include "mention_scan.h"

#include <string.h>

#include "name_part.h"

static bool is_apostrophe(const struct stance_document *document, uint32_t token) {
  const struct stance_token *at = &document->tokens[token];
  const char *text = document->text + at->start;
  return (at->end - at->start == 1 && *text == '\'') ||
         (at->end - at->start == 3 && memcmp(text, "\xE2\x80\x99", 3) == 0);
}

uint32_t stance_scan_possessive_end(const struct stance_mention_scan *scan, uint32_t token, bool *is_possessive) {
  const struct stance_document *document = scan->document;
  const struct stance_token *at = &document->tokens[token];
  uint32_t end = at->end - (uint32_t)stance_name_part_possessive(document->text + at->start, at->end - at->start);
  *is_possessive = end < at->end;
  if (!*is_possessive && token + 1 < document->token_count && document->tokens[token + 1].start == at->end &&
      (document->text[at->end - 1] | 32) == 's' && is_apostrophe(document, token + 1))
    *is_possessive = true; /* "the forces'": the apostrophe is a token of its own */
  return end;
}

uint64_t stance_scan_marked_word(const struct stance_mention_scan *scan, uint32_t token) {
  const struct stance_token *at = &scan->document->tokens[token];
  if (at->kind == STANCE_TOKEN_PUNCTUATION || stance_name_part_is_token(scan->document->text, at)) return at->hash;
  return stance_name_part_word(scan->document->text + at->start, at->end - at->start);
}

bool stance_scan_is_spelled(const char *text, size_t length, const char *word) {
  size_t same = 0;
  if (strlen(word) != length) return false;
  while (same < length && ascii_lower((unsigned char)text[same]) == (unsigned char)word[same]) same++;
  return same == length;
}

const struct stance_surname *stance_scan_surname(const struct stance_mention_scan *scan, uint64_t hash) {
  if (!(scan->surname_filter >> (hash & 63) & 1)) return NULL;
  for (size_t i = scan->surname_count; i-- > 0;)
    if (scan->surnames[i].hash == hash) return &scan->surnames[i];
  return NULL;
}

void stance_scan_remember_surname(struct stance_mention_scan *scan, uint32_t token, const struct stance_actor *actor,
                                  bool is_known) {
  uint64_t hash = stance_scan_word(scan, token);
  if (scan->surname_count == STANCE_SURNAMES_MAX) { /* forget the oldest */
    memmove(scan->surnames, scan->surnames + 1, (STANCE_SURNAMES_MAX - 1) * sizeof *scan->surnames);
    scan->surname_count--;
  }
  scan->surnames[scan->surname_count++] = (struct stance_surname){hash, actor, is_known};
  scan->surname_filter |= UINT64_C(1) << (hash & 63);
}
