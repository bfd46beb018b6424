/* SPDX-License-Identifier: MIT
 * Offsets are code points (Python) or UTF-16 units (JavaScript, Java), and files do not tell which. */
#include "foreign_span.h"

#include <math.h>
#include <string.h>

#include "stance/actors/gazetteer.h"
#include "stance/base/error.h"
#include "stance/base/utf8.h"
#include "stance/text/text.h"

enum { NAME_BYTES_MAX = 200 };

static size_t step(const char *text, size_t length, size_t at) {
  do at++;
  while (at < length && ((unsigned char)text[at] & 0xC0) == 0x80);
  return at;
}

/* The byte offset of a place counted in `unit`; SIZE_MAX: after the end or within a surrogate pair. */
static size_t byte_of(const char *text, size_t length, double place, enum foreign_offsets unit) {
  if (!(place >= 0) || place != floor(place) || place > (double)length) return SIZE_MAX;
  if (unit == FOREIGN_CODE_POINTS) return stance_utf8_offset(text, length, (size_t)place);
  size_t at = 0, seen = 0, wanted = (size_t)place;
  while (seen < wanted && at < length) {
    seen += (unsigned char)text[at] >= 0xF0 ? 2 : 1;
    at = step(text, length, at);
  }
  return seen == wanted ? at : SIZE_MAX;
}

static bool find_bytes(const struct foreign *foreign, const struct foreign_span *span, enum foreign_offsets unit,
                       size_t *start, size_t *end) {
  size_t length = strlen(foreign->text);
  *start = byte_of(foreign->text, length, span->given_start, unit);
  *end = byte_of(foreign->text, length, span->given_end, unit);
  return *start != SIZE_MAX && *end != SIZE_MAX && *start < *end;
}

static bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0xC3;
}

/* A penalty: the number of the span's ends that are within a word, on white space, or outside the text. */
static unsigned misfit(const struct foreign *foreign, const struct foreign_span *span, enum foreign_offsets unit) {
  size_t start, end, length = strlen(foreign->text);
  const char *text = foreign->text;
  if (!find_bytes(foreign, span, unit, &start, &end)) return 3;
  bool cuts_start = start > 0 && is_word_byte(text[start - 1]) && is_word_byte(text[start]);
  bool cuts_end = end < length && is_word_byte(text[end - 1]) && is_word_byte(text[end]);
  return (unsigned)cuts_start + (unsigned)cuts_end + (unsigned)(text[start] == ' ') + (unsigned)(text[end - 1] == ' ');
}

static bool are_words(const struct foreign *foreign, const struct foreign_span *span, enum foreign_offsets unit,
                      size_t *start, size_t *end) {
  return find_bytes(foreign, span, unit, start, end) && strlen(span->words) == *end - *start &&
         memcmp(foreign->text + *start, span->words, *end - *start) == 0;
}

/* Finds the occurrence of the span's words nearest to the given start. */
static bool search_words(const struct foreign *foreign, const struct foreign_span *span, size_t *start, size_t *end) {
  double best = INFINITY;
  if (!*span->words) return false;
  for (const char *at = foreign->text; (at = strstr(at, span->words)); at++) {
    double distance = fabs((double)stance_utf8_count(foreign->text, (size_t)(at - foreign->text)) - span->given_start);
    if (distance >= best) break; /* later ones are farther away */
    best = distance;
    *start = (size_t)(at - foreign->text);
  }
  *end = *start + strlen(span->words);
  return best < INFINITY;
}

static bool place(struct foreign *foreign, struct foreign_span *span, enum foreign_offsets unit) {
  enum foreign_offsets other = unit == FOREIGN_UTF16 ? FOREIGN_CODE_POINTS : FOREIGN_UTF16;
  size_t start = 0, end = 0;
  bool is_found;
  if (!span->words) {
    is_found = find_bytes(foreign, span, unit, &start, &end);
    if (!is_found) annotate_lose(foreign->losses, "spans that do not fit their text");
  } else {
    is_found = are_words(foreign, span, unit, &start, &end) || are_words(foreign, span, other, &start, &end);
    if (!is_found && (is_found = search_words(foreign, span, &start, &end)))
      annotate_tell(foreign->losses, "spans placed by their words, which are not at their offsets");
    if (!is_found) annotate_lose(foreign->losses, "spans whose words are not in the text");
  }
  if (!is_found) return false;
  span->start = stance_utf8_count(foreign->text, start);
  span->end = stance_utf8_count(foreign->text, end);
  return true;
}

void foreign_span_place(struct foreign *foreign) {
  enum foreign_offsets unit = foreign->offsets;
  bool has_astral = false;
  for (const char *c = foreign->text; *c && !has_astral; c++) has_astral = (unsigned char)*c >= 0xF0;
  if (has_astral && !foreign->is_own) {
    unsigned misfits[2] = {0, 0};
    bool is_told = true;
    for (size_t i = 0; i < foreign->span_count; i++) {
      if (foreign->spans[i].words) continue;
      is_told = false;
      for (int u = 0; u < 2; u++) misfits[u] += misfit(foreign, &foreign->spans[i], (enum foreign_offsets)u);
    }
    if (misfits[FOREIGN_CODE_POINTS] != misfits[FOREIGN_UTF16])
      unit = misfits[FOREIGN_UTF16] < misfits[FOREIGN_CODE_POINTS] ? FOREIGN_UTF16 : FOREIGN_CODE_POINTS;
    if (!is_told)
      annotate_tell(foreign->losses, unit == FOREIGN_UTF16 ? "texts whose offsets were taken as UTF-16 units"
                                                           : "texts whose offsets were taken as code points");
  }
  for (size_t i = 0; i < foreign->span_count; i++) {
    struct foreign_span *span = &foreign->spans[i];
    span->actor = place(foreign, span, unit) ? "" : NULL; /* named later */
  }
}

/* ---- actors ------------------------------------------------------------------------------------------------ */

/* The actor of the explicit mention that covers most of text[start..end), at least half of it. */
static const char *find_actor(const struct stance_document *document, size_t start, size_t end) {
  const struct stance_mention *best = NULL;
  size_t most = 0;
  for (uint32_t i = 0; i < document->mention_count; i++) {
    const struct stance_mention *mention = &document->mentions[i];
    size_t from = mention->start > start ? mention->start : start, to = mention->end < end ? mention->end : end;
    if (mention->is_implicit || from >= to || to - from <= most) continue;
    most = to - from;
    best = mention;
  }
  return best && most * 2 >= end - start ? stance_actor_id(best->actor) : NULL;
}

/* The words as an actor's name: white space becomes one space, and '>' is replaced, because it separates the actors in
 * a unit's id. */
static const char *name_of(struct foreign *foreign, size_t start, size_t end) {
  if (end - start > NAME_BYTES_MAX) {
    annotate_lose(foreign->losses, "spans of more than 200 bytes");
    return NULL;
  }
  char *name = stance_arena_alloc(&foreign->arena, end - start + 1, 1);
  size_t length = 0;
  for (size_t i = start; name && i < end; i++) {
    char c = (unsigned char)foreign->text[i] <= ' ' || foreign->text[i] == '>' ? ' ' : foreign->text[i];
    if (c == ' ' && (!length || name[length - 1] == ' ')) continue;
    name[length++] = c;
  }
  if (!name) return NULL;
  while (length && name[length - 1] == ' ') length--;
  name[length] = '\0';
  if (!length) annotate_lose(foreign->losses, "spans without a word");
  return length ? name : NULL;
}

static enum stance_status find_mentions(struct foreign *foreign, struct stance_document *document,
                                        struct stance_error *error) {
  struct stance_text_matcher *matcher = NULL;
  *document = (struct stance_document){0};
  if (!foreign->defaults->gazetteer) return STANCE_OK;
  enum stance_status status = stance_text_matcher_new(&matcher, error);
  if (status == STANCE_OK)
    status = stance_sentence_whole(&foreign->arena, foreign->text, strlen(foreign->text), document, error);
  if (status == STANCE_OK) status = stance_tokens_find(matcher, &foreign->arena, document, error);
  if (status == STANCE_OK) {
    document->date = foreign_string(foreign->base, "date");
    status = stance_mentions_find(foreign->defaults->gazetteer, &foreign->arena, document, false, error);
  }
  stance_text_matcher_destroy(matcher);
  return status;
}

enum stance_status foreign_span_name(struct foreign *foreign, struct stance_error *error) {
  struct stance_document document = {0};
  size_t length = strlen(foreign->text);
  bool from_label = foreign->is_own || foreign->defaults->actor_from_label;
  if (!from_label) STANCE_TRY(find_mentions(foreign, &document, error));
  for (size_t i = 0; i < foreign->span_count; i++) {
    struct foreign_span *span = &foreign->spans[i];
    if (!span->actor) continue;
    if (span->id) {
      span->actor = span->id;
      continue;
    }
    size_t start = stance_utf8_offset(foreign->text, length, span->start),
           end = stance_utf8_offset(foreign->text, length, span->end);
    if (from_label) {
      span->actor = span->label && *span->label ? span->label : NULL;
      if (!span->actor) annotate_lose(foreign->losses, "spans without a label");
      continue;
    }
    span->actor = find_actor(&document, start, end);
    if (!span->actor) span->actor = name_of(foreign, start, end);
  }
  return STANCE_OK;
}
