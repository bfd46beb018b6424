/* SPDX-License-Identifier: MIT
 * Text to sentences. A paragraph (a line) is cut at the stops that end a sentence. A rule finds the stops; whether one
 * ends a sentence depends on the word before it, the quotes and brackets around it, and the word after it. */
#include <string.h>
#include <utf8proc.h>

#include "quotation.h"
#include "stance/base/ascii.h"
#include "stance/base/error.h"
#include "stance/base/swar.h"
#include "stance/base/utf8.h"

struct segmenter {
  struct stance_text_matcher *matcher;
  struct stance_arena *arena;
  struct stance_document *document;
  const char *text;
  size_t capacity; /* capacity of document->sentences */
  uint32_t paragraph;
  struct stance_text_regions regions;
};

/* A stop that may end a sentence: text[run..closers) are its marks, [closers..space) closing quotes and brackets,
 * [space..next) white space. */
struct stop {
  size_t run, closers, space, next;
  size_t sentence, end; /* start of the sentence; end of the paragraph */
};

enum { CHUNK_MAX = 100 }; /* bytes to look ahead in text without white space */
enum next_class { NEXT_END, NEXT_LOWER, NEXT_UPPER, NEXT_DIGIT, NEXT_OTHER };

static enum next_class class_at(const char *text, size_t at, size_t end) {
  if (at >= end) return NEXT_END;
  unsigned char c = (unsigned char)text[at];
  if (ascii_is_lower(c)) return NEXT_LOWER;
  if (ascii_is_upper(c)) return NEXT_UPPER;
  if (ascii_is_digit(c)) return NEXT_DIGIT;
  if (c < 0x80) return NEXT_OTHER;
  utf8proc_int32_t code;
  if (utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)(end - at), &code) <= 0)
    return NEXT_OTHER;
  utf8proc_category_t category = utf8proc_category(code);
  if (category == UTF8PROC_CATEGORY_LL) return NEXT_LOWER;
  return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LO ? NEXT_UPPER : NEXT_OTHER;
}

/* The offset after opening quotes and brackets. */
static size_t skip_openers(const char *text, size_t at, size_t end) {
  while (at < end) {
    unsigned char c = (unsigned char)text[at];
    if (c == '"' || c == '\'' || c == '(' || c == '[') at++;
    else if (c == 0xe2 && end - at > 2 && (unsigned char)text[at + 1] == 0x80 &&
             ((unsigned char)text[at + 2] == 0x9c || (unsigned char)text[at + 2] == 0x98))
      at += 3;
    else break;
  }
  return at;
}

/* The offset after a dash and the space after it: "(R-Ariz.) — who was". */
static size_t skip_dash(const char *text, size_t at, size_t end) {
  size_t dash = at;
  while (dash < end && text[dash] == '-') dash++;
  if (end - at > 3 && memcmp(text + at, "\xe2\x80", 2) == 0 &&
      ((unsigned char)text[at + 2] == 0x93 || (unsigned char)text[at + 2] == 0x94))
    dash = at + 3;
  return dash > at && dash < end && text[dash] == ' ' ? dash + 1 : at;
}

static bool is_letter_byte(unsigned char c) { return ascii_is_letter(c) || c >= 0xc3; }

static size_t word_end(const char *text, size_t at, size_t end) {
  size_t limit = end - at > 40 ? at + 40 : end;
  while (at < limit && (is_letter_byte((unsigned char)text[at]) || text[at] == '\'')) at++;
  return at;
}

/* The start of the word that ends at `at`: after white space, a bracket, or a quote that is no apostrophe. */
static size_t word_start(const char *text, size_t from, size_t at) {
  static const bool is_before_word[256] = {
      [0 ... ' '] = true, ['('] = true, ['['] = true, ['"'] = true, ['/'] = true, ['_'] = true, ['*'] = true};
  size_t limit = at - from > 60 ? at - 60 : from;
  while (at > limit) {
    unsigned char c = (unsigned char)text[at - 1];
    if (is_before_word[c]) break;
    if (c == '\'' && (at - 1 == from || !is_letter_byte((unsigned char)text[at - 2]))) break;
    if (c == 0xa0 && at - 1 > limit && (unsigned char)text[at - 2] == 0xc2) break;
    bool is_curly = at >= from + 3 && (unsigned char)text[at - 3] == 0xe2 && (unsigned char)text[at - 2] == 0x80;
    if (is_curly && c >= 0x93 && c <= 0x9e &&
        (c != 0x99 || at == from + 3 || !is_letter_byte((unsigned char)text[at - 4])))
      break;
    at--;
  }
  return at;
}

/* Whether the word is single letters with stops between: "U.S", "J.K", "D.C". */
static bool is_dotted(const char *word, size_t length) {
  if (length < 3 || length % 2 == 0) return false;
  for (size_t i = 0; i < length; i++)
    if (i % 2 ? word[i] != '.' : !((word[i] | 32) >= 'a' && (word[i] | 32) <= 'z')) return false;
  return true;
}

static bool is_starter_at(const struct segmenter *segmenter, const struct stop *stop, size_t at) {
  size_t end = word_end(segmenter->text, at, stop->end);
  return (stance_word_flags(segmenter->text + at, end - at) & STANCE_STOP_STARTER) != 0;
}

/* Whether a short quotation and a name follow: "J. "Bud" Smith". */
static bool is_nickname(const char *text, size_t at, size_t end) {
  size_t limit = end - at > 24 ? at + 24 : end;
  while (at < limit && text[at] != '"' && text[at] != '\'' && text[at] != '.' && (unsigned char)text[at] != 0xe2) at++;
  if (at == limit || text[at] == '.') return false;
  at += (unsigned char)text[at] == 0xe2 ? 3 : 1;
  return at + 1 < end && text[at] == ' ' && ascii_is_upper((unsigned char)text[at + 1]);
}

/* Whether a sentence ends after a single letter: in "you and I. Did", but not in "Albert I. Jones" or "E. Smith". */
static bool initial_ends(const struct segmenter *segmenter, const struct stop *stop, size_t word, size_t letter) {
  const char *text = segmenter->text;
  if (ascii_is_lower((unsigned char)text[word]))
    return !stance_word_flags(text + word, 1) && is_starter_at(segmenter, stop, letter);
  size_t before = word;
  while (before > stop->sentence && text[before - 1] == ' ') before--;
  size_t previous = word_start(text, stop->sentence, before);
  bool is_lower = before > previous && class_at(text, previous, before) == NEXT_LOWER;
  if (text[word] == 'I' && is_lower) return true;
  if (letter > stop->next && !is_nickname(text, letter, stop->end)) return true;
  return is_starter_at(segmenter, stop, letter) && before > previous && text[word] != 'I';
}

/* Whether a sentence ends after a time. Three words or fewer are no sentence: "At 5 a.m. Mr. Smith went". */
static bool time_ends(const struct segmenter *segmenter, const struct stop *stop, size_t letter) {
  const char *text = segmenter->text;
  size_t words = 1, end = word_end(text, letter, stop->end);
  if (stance_word_flags(text + letter, end - letter) & STANCE_STOP_DAY) return false;
  for (size_t i = stop->sentence; i < stop->run && words <= 3; i++) words += text[i] == ' ';
  return words > 3;
}

/* Whether the sentence so far is a preposition and a short date, and so goes on: "In Feb. Mali voted", "On Tues. France
 * replied". */
static bool is_when(const struct segmenter *segmenter, const struct stop *stop, size_t word) {
  const char *text = segmenter->text;
  size_t at = stop->sentence;
  for (size_t step; at < word && (step = stance_space_length(text, at, word)); at += step) continue;
  size_t end = word_end(text, at, word);
  if (!(stance_word_flags(text + at, end - at) & STANCE_STOP_WHEN)) return false;
  while (end < word && text[end] == ' ') end++;
  return end == word;
}

/* Whether a single full stop ends the sentence, before white space and a capital, a digit or a mark. */
static bool full_stop_ends(const struct segmenter *segmenter, const struct stop *stop, size_t letter,
                           enum next_class next) {
  const char *text = segmenter->text;
  size_t word = word_start(text, stop->sentence, stop->run), length = stop->run - word;
  if (!length) return true;
  bool has_closers = stop->space > stop->closers;
  bool is_capital = class_at(text, word, stop->run) == NEXT_UPPER;
  if (has_closers && next == NEXT_UPPER && text[stop->space - 1] != ')' && text[stop->space - 1] != ']') return true;
  if (length == 1 && is_letter_byte((unsigned char)text[word])) return initial_ends(segmenter, stop, word, letter);
  if (length >= 2 && (unsigned char)text[stop->run - 1] == 0xb0 && next == NEXT_DIGIT) return false; /* N°. 5 */
  const char *hyphen = memrchr(text + word, '-', length); /* "then-U.N. Ambassador", "R-Ariz." */
  if (hyphen && (size_t)(hyphen + 3 - text) <= stop->run) {
    word = (size_t)(hyphen + 1 - text);
    length = stop->run - word;
  }
  unsigned flags = stance_word_flags(text + word, length);
  if (!(flags & (STANCE_STOP_TITLE | STANCE_STOP_NUMBER | STANCE_STOP_INNER | STANCE_STOP_OPEN | STANCE_STOP_TIME)) &&
      is_dotted(text + word, length))
    flags = STANCE_STOP_OPEN;
  if (flags & STANCE_STOP_TIME) return time_ends(segmenter, stop, letter);
  if (flags & STANCE_STOP_INNER) return false;
  if (flags & STANCE_STOP_NUMBER && (next == NEXT_DIGIT)) return false;
  if (flags & STANCE_STOP_CALENDAR_SHORT && is_when(segmenter, stop, word) && !is_starter_at(segmenter, stop, letter))
    return false;
  if (flags & STANCE_STOP_TITLE && is_capital)
    return flags & STANCE_STOP_OPEN && is_starter_at(segmenter, stop, letter);
  bool is_reference = text[stop->next] == '[' || text[stop->next] == '('; /* "et al. [12]" */
  if (flags & STANCE_STOP_OPEN) return (letter > stop->next && !is_reference) || is_starter_at(segmenter, stop, letter);
  return true;
}

/* Whether the stop is inside an address or a file name: "name@host.org", "docs/a_b.txt". */
static bool is_address_around(const struct stop *stop, const char *text, size_t word) {
  size_t chunk = stop->next, chunk_end = stop->end - chunk > CHUNK_MAX ? chunk + CHUNK_MAX : stop->end;
  while (chunk < chunk_end && text[chunk] > ' ') /* the text up to the next white space */
    if (strchr("@/\\_", text[chunk++])) return true;
  if (memchr(text + word, '@', stop->run - word) || memchr(text + word, '_', stop->run - word)) return true;
  return word > stop->sentence && text[word - 1] == '/';
}

/* Whether a stop without white space after it ends the sentence: "colony.A new", "1,000.That", but not "U.S.A", "3.5",
 * "Jane.Doe@example.com". */
static bool joined_ends(const struct segmenter *segmenter, const struct stop *stop) {
  const char *text = segmenter->text;
  size_t letter = skip_openers(text, stop->next, stop->end);
  if (stop->next == stop->end || class_at(text, letter, stop->end) != NEXT_UPPER) return false;
  size_t word = word_start(text, stop->sentence, stop->run), end = letter;
  if (text[stop->run] != '.' || stop->closers - stop->run > 1) {
    if (text[stop->run] == '.' || (unsigned char)text[stop->run] == 0xe2) return false; /* an ellipsis joins */
    return stop->run > word && is_letter_byte((unsigned char)text[stop->run - 1]);
  }
  if (stop->run - word < 2) return false;
  unsigned char before = (unsigned char)text[stop->run - 1], before_that = (unsigned char)text[stop->run - 2];
  bool is_word = ascii_is_lower(before) || before >= 0x80, is_number = ascii_is_digit(before);
  if (!is_word && !is_number && before != ')') return false;
  if (before_that == '.') return false;
  if (is_address_around(stop, text, word)) return false;
  while (end < stop->end && is_letter_byte((unsigned char)text[end])) end++;
  bool is_single =
      end == letter + 1 && (text[letter] == 'A' || text[letter] == 'I') && end < stop->end && text[end] == ' ';
  if (end < letter + 2 && !is_single) return false;
  if (!is_single && class_at(text, letter + 1, stop->end) != NEXT_LOWER && !is_starter_at(segmenter, stop, letter))
    return false;
  return !(stance_word_flags(text + word, stop->run - word) & (STANCE_STOP_TITLE | STANCE_STOP_SURE)) ||
         is_starter_at(segmenter, stop, letter);
}

/* Whether an ellipsis ends the sentence. */
static bool ellipsis_ends(const struct segmenter *segmenter, const struct stop *stop, size_t dots, size_t letter) {
  const char *text = segmenter->text;
  if (dots >= 4) return true;
  if (stop->run > stop->sentence && text[stop->run - 1] == ' ') return false; /* "the thing is . . . I" */
  size_t end = word_end(text, letter, stop->end);
  return !(end - letter == 1 && text[letter] == 'I');
}

static bool has_word(const char *text, size_t start, size_t end) {
  for (; start < end; start++)
    if (is_letter_byte((unsigned char)text[start]) || ascii_is_digit((unsigned char)text[start])) return true;
  return false;
}

static bool stop_ends(struct segmenter *segmenter, const struct stop *stop) {
  const char *text = segmenter->text;
  if (stop->next >= stop->end) return true;
  if (stop->next == stop->space) return joined_ends(segmenter, stop);
  size_t letter = skip_openers(text, stop->next, stop->end);
  enum next_class next = class_at(text, letter, stop->end);
  if (next == NEXT_OTHER) next = class_at(text, skip_dash(text, letter, stop->end), stop->end);
  if (next == NEXT_LOWER) return false;
  unsigned char closer = stop->space > stop->closers ? (unsigned char)text[stop->space - 1] : 0;
  if (closer && closer != ')' && closer != ']' &&
      stance_quotation_goes_on(segmenter->matcher, text, stop->sentence, stop->space, stop->end))
    return false;
  if (stop->run - stop->sentence < 4 && !has_word(text, stop->sentence, stop->run))
    return false; /* "… He is", "?? Why" */
  size_t dots = 0, others = 0;
  for (size_t i = stop->run; i < stop->closers; i++) {
    unsigned char c = (unsigned char)text[i];
    dots += c == '.' ? 1 : c == 0xe2 ? 3 : 0;
    others += c == '!' || c == '?';
  }
  if (others)
    return !(text[stop->run] == '!' && stop->run - stop->sentence >= 5 && !is_starter_at(segmenter, stop, letter) &&
             memcmp(text + stop->run - 5, "Yahoo", 5) == 0);
  if (closer == ']' && dots >= 3) return false; /* [...] */
  if (dots > 1) return ellipsis_ends(segmenter, stop, dots, letter);
  return full_stop_ends(segmenter, stop, letter, next);
}

/* Whether the text is only emoji, which belong to the sentence before. */
static bool is_picture(const char *text, size_t start, size_t end) {
  bool has_picture = false;
  for (utf8proc_ssize_t step; start < end; start += (size_t)step) {
    utf8proc_int32_t code;
    step = utf8proc_iterate((const utf8proc_uint8_t *)text + start, (utf8proc_ssize_t)(end - start), &code);
    if (step <= 0) return false;
    utf8proc_category_t category = utf8proc_category(code);
    bool is_mark = category == UTF8PROC_CATEGORY_SO || category == UTF8PROC_CATEGORY_SK ||
                   category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME ||
                   category == UTF8PROC_CATEGORY_CF || category == UTF8PROC_CATEGORY_CN;
    if (!is_mark && category != UTF8PROC_CATEGORY_ZS) return false;
    has_picture |= category == UTF8PROC_CATEGORY_SO;
  }
  return has_picture;
}

static bool add_sentence(struct segmenter *segmenter, size_t start, size_t end) {
  struct stance_document *document = segmenter->document;
  const char *text = segmenter->text;
  for (size_t step; start < end && (step = stance_space_length(text, start, end)); start += step) continue;
  while (start < end) {
    size_t last = end - 1;
    while (last > start && ((unsigned char)text[last] & 0xc0) == 0x80) last--;
    if (!stance_space_length(text, last, end)) break;
    end = last;
  }
  if (start == end) return true;
  struct stance_sentence *last_sentence =
      document->sentence_count ? &document->sentences[document->sentence_count - 1] : NULL;
  if (last_sentence && last_sentence->paragraph == segmenter->paragraph && is_picture(text, start, end)) {
    last_sentence->end = (uint32_t)end;
    return true;
  }
  struct stance_sentence *sentences = stance_arena_grow(segmenter->arena, document->sentences, &segmenter->capacity,
                                                        (size_t)document->sentence_count + 1, sizeof *sentences);
  if (!sentences) return false;
  document->sentences = sentences;
  sentences[document->sentence_count++] =
      (struct stance_sentence){.start = (uint32_t)start, .end = (uint32_t)end, .paragraph = segmenter->paragraph};
  return true;
}

/* The region that contains `at`; NULL: none. Ask in ascending order: *first is the first region that does not end
 * before. */
static const struct stance_text_region *region_over(const struct stance_text_regions *regions, size_t *first,
                                                    size_t at) {
  while (*first < regions->count && regions->items[*first].end <= at) ++*first;
  for (size_t i = *first; i < regions->count && regions->items[i].start < at; i++)
    if (regions->items[i].end > at) return &regions->items[i];
  return NULL;
}

/* ---- stops --------------------------------------------------------------------------------------------- */

static bool is_stop_mark(const char *text, size_t at) {
  return text[at] == '.' || text[at] == '!' || text[at] == '?' || memcmp(text + at, "\xe2\x80\xa6", 3) == 0;
}

static inline swar_block are_stop_marks(swar_block block) {
  return (swar_block)((block == '.') | (block == '!') | (block == '?') | (block == 0xe2));
}

static bool is_plain_byte(unsigned char c) { return ascii_is_letter(c) || ascii_is_digit(c); }

/* The next stop from `at` on. The common case, one mark before a letter or digit with at most one space between, needs
 * no rule. False: none. */
static bool next_stop(struct segmenter *segmenter, size_t start, size_t at, struct stop *stop) {
  struct stance_text_matcher *matcher = segmenter->matcher;
  const char *text = segmenter->text;
  if (!matcher->rules_only) {
    while ((at = swar_find(text, at, stop->end, are_stop_marks)) < stop->end && !is_stop_mark(text, at)) at++;
    if (at + 1 >= stop->end) return false; /* none, or one at the end of the text */
    size_t behind = at + 1 + (text[at + 1] == ' ');
    if ((unsigned char)text[at] < 0x80 && behind < stop->end && is_plain_byte((unsigned char)text[behind])) {
      stop->run = at;
      stop->closers = stop->space = at + 1;
      stop->next = behind;
      return true;
    }
  }
  if (!stance_text_match(matcher, &matcher->rules->stop, text + start, stop->end - start, at - start)) return false;
  const size_t *groups = matcher->groups;
  stop->run = start + groups[2];
  stop->closers = start + groups[4];
  stop->space = start + groups[6];
  stop->next = start + groups[7];
  return true;
}

/* Adds the sentences of text[start..end), which has no list markers after `body`. */
static bool cut_stretch(struct segmenter *segmenter, size_t start, size_t body, size_t end) {
  const char *text = segmenter->text;
  size_t first = 0;
  struct stop stop = {.next = body, .sentence = start, .end = end};
  segmenter->regions.count = 0;
  if (!stance_regions_find(segmenter->matcher, segmenter->arena, text, start, end, &segmenter->regions)) return false;
  while (stop.next < end && next_stop(segmenter, start, stop.next, &stop)) {
    if (region_over(&segmenter->regions, &first, stop.space)) continue;
    if (stop.next >= end) break;
    if (!stop_ends(segmenter, &stop)) continue;
    size_t cut = stop.space;
    bool is_spaced =
        stop.closers - stop.run == 7 && stop.space == stop.closers && memcmp(text + stop.run, ". . . .", 7) == 0;
    if (is_spaced && stop.run > stop.sentence && text[stop.run - 1] != ' ')
      cut = stop.run + 1; /* a stop, then an ellipsis */
    if (!add_sentence(segmenter, stop.sentence, cut)) return false;
    stop.sentence = cut;
  }
  return add_sentence(segmenter, stop.sentence, end);
}

/* ---- paragraphs and documents -------------------------------------------------------------------------- */

/* Adds the sentences of a paragraph, which is cut at list markers first. */
static bool cut_paragraph(struct segmenter *segmenter, size_t start, size_t end) {
  struct stance_list_marker marker;
  const char *text = segmenter->text;
  for (size_t step; start < end && (step = stance_space_length(text, start, end)); start += step) continue;
  if (start == end) return true;
  if (!stance_list_marker_find(segmenter->matcher, text, start, end, &marker))
    return cut_stretch(segmenter, start, start, end);
  for (;;) {
    size_t next = stance_list_marker_next(text, &marker, end);
    if (!cut_stretch(segmenter, marker.start, marker.end, next ? next : end)) return false;
    if (!next) return true;
    if (!stance_list_marker_find(segmenter->matcher, text, next, end, &marker))
      return cut_stretch(segmenter, next, next, end);
  }
}

/* Repairs invalid UTF-8, as PCRE2 is told not to check it. False: out of memory. */
static bool make_valid(struct stance_arena *arena, const char **text, size_t *length) {
  size_t repaired;
  if (!*length || stance_utf8_valid(*text, *length)) return true;
  *text = stance_utf8_repair(arena, *text, *length, length, &repaired);
  return *text != NULL;
}

static enum stance_status document_begin(struct stance_arena *arena, const char *title, const char *text, size_t length,
                                         struct stance_document *document, struct stance_error *error) {
  size_t title_length = title ? strlen(title) : 0;
  if (!make_valid(arena, &title, &title_length) || !make_valid(arena, &text, &length)) return stance_fail_memory(error);
  static _Atomic uint64_t serials;
  *document = (struct stance_document){.has_title = title_length > 0, .serial = ++serials};
  size_t total = length + title_length + (title_length > 0);
  if (total < length || total >= INT32_MAX)
    return stance_fail(error, STANCE_INPUT, "the article is too long; expected less than 2 GiB");
  char *copy = stance_arena_alloc(arena, total + STANCE_TEXT_ROOM, 1), *body = copy;
  if (!copy) return stance_fail_memory(error);
  if (title_length) {
    for (size_t i = 0; i < title_length; i++) copy[i] = title[i] == '\n' || title[i] == '\r' ? ' ' : title[i];
    copy[title_length] = '\n';
    body += title_length + 1;
  }
  if (length) memcpy(body, text, length);
  memset(copy + total, 0, STANCE_TEXT_ROOM);
  document->text = copy;
  document->length = (uint32_t)total;
  return STANCE_OK;
}

enum stance_status stance_sentences_find(struct stance_text_matcher *matcher, struct stance_arena *arena,
                                         const struct stance_article *article, struct stance_document *document,
                                         struct stance_error *error) {
  enum stance_status status =
      document_begin(arena, article->title, article->text, article->text ? article->text_length : 0, document, error);
  if (status != STANCE_OK) return status;
  document->date = article->date;
  struct segmenter segmenter = {.matcher = matcher, .arena = arena, .document = document, .text = document->text};
  size_t guess = document->length / 100 + 16;
  document->sentences = stance_arena_alloc(arena, guess, sizeof *document->sentences);
  if (!document->sentences) return stance_fail_memory(error);
  segmenter.capacity = guess;
  for (size_t at = 0; at < document->length; segmenter.paragraph++) {
    const char *newline = memchr(document->text + at, '\n', document->length - at);
    size_t end = newline ? (size_t)(newline - document->text) : document->length;
    if (!cut_paragraph(&segmenter, at, end)) return stance_fail_memory(error);
    at = end + 1;
  }
  return STANCE_OK;
}

enum stance_status stance_sentence_whole(struct stance_arena *arena, const char *text, size_t length,
                                         struct stance_document *document, struct stance_error *error) {
  enum stance_status status = document_begin(arena, NULL, text, length, document, error);
  if (status != STANCE_OK) return status;
  document->sentences = stance_arena_zalloc(arena, 1, sizeof *document->sentences);
  if (!document->sentences) return stance_fail_memory(error);
  document->sentences->end = document->length;
  document->sentence_count = 1;
  return STANCE_OK;
}
