/* SPDX-License-Identifier: MIT
 * Inside of the text room: the compiled rules, a thread's matcher, and what single words mean to a sentence's end. */
#ifndef STANCE_TEXT_RULES_H
#define STANCE_TEXT_RULES_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "text.h"

enum { STANCE_TEXT_ROOM = 16 }; /* zeros behind a document's text: what reads some bytes at once may look there */

struct stance_text_rule {
  pcre2_code *code;
  bool has_jit;
};

struct stance_text_rules {
  struct stance_text_rule stop;        /* a place where a sentence may end: groups run, closers, space */
  struct stance_text_rule attribution; /* "Mr Blair told" behind a quotation: group of what follows */
  struct stance_text_rule marker;      /* of a list item at its start: groups bullet, number, letter, end */
  struct stance_text_rule token;       /* one token; the mark's first letter is its kind */
};

struct stance_text_region { /* a stretch in which no sentence ends */
  uint32_t start, end;
};

struct stance_text_matcher {
  const struct stance_text_rules *rules;
  pcre2_match_data *data;
  pcre2_match_context *context;
  pcre2_jit_stack *stack;
  size_t *groups;  /* of data: start and end of each group */
  bool rules_only; /* no fast paths: a test compares the two */
};

/* Matches in subject[start..length) (all rules but stop: at start), valid UTF-8 from subject[0]. False: no match, or the matcher's limits were hit, which is the
 * same to callers: a rule that does not apply. */
bool stance_text_match(struct stance_text_matcher *matcher, const struct stance_text_rule *rule, const char *subject,
                       size_t length, size_t start);

enum stance_word_flag {
  STANCE_STOP_TITLE = 1,            /* a name follows: Mr. Gen. */
  STANCE_STOP_NUMBER = 2,           /* a number follows: No. p. Sept. */
  STANCE_STOP_INNER = 4,            /* never the last word: e.g. vs. */
  STANCE_STOP_OPEN = 8,             /* may be the last word: Inc. U.S. */
  STANCE_STOP_TIME = 16,            /* a.m. p.m. */
  STANCE_STOP_SURE = 32,            /* a stop behind it is part of it, wherever it stands */
  STANCE_STOP_STARTER = 64,         /* with a capital, begins a sentence behind an abbreviation: The, However */
  STANCE_STOP_DAY = 128,            /* may follow "5 p.m." in a sentence: Monday, GMT */
  STANCE_STOP_CALENDAR_SHORT = 256, /* Feb. Tues. */
  STANCE_STOP_WHEN = 512,           /* before these at the start: In Feb. */
};
/* What is known of a word (inner stops included, the last one not: "a.m"), by its letters in lower case; 0: nothing. */
unsigned stance_word_flags(const char *word, size_t length);
/* Fills the table behind stance_word_flags; once in a process, before the first call. */
void stance_words_prepare(void);

struct stance_list_marker { /* "1.)", "a.", "• 9." */
  size_t start, end;        /* in the text, white space behind it included */
  size_t bullet;            /* its bytes */
  long number;              /* 0: none */
  char letter;              /* 0: none */
  const char *suffix;       /* ".", ")" or ".)" */
  size_t suffix_length;
};
/* Whether an item of a list begins at text[start]. */
bool stance_list_marker_find(struct stance_text_matcher *matcher, const char *text, size_t start, size_t end,
                             struct stance_list_marker *marker);
/* Where the marker that follows `last` in its list begins ("2." behind "1."); 0: nowhere before end. */
size_t stance_list_marker_next(const char *text, const struct stance_list_marker *last, size_t end);

/* Length in bytes of the white space character at text[at]; 0 where there is none. */
static inline size_t stance_space_length(const char *text, size_t at, size_t end) {
  unsigned char c = (unsigned char)text[at];
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  if (c == 0xc2 && at + 1 < end) return (text[at + 1] == (char)0xa0 || text[at + 1] == (char)0x85) ? 2 : 0;
  if (c < 0xe1 || c > 0xe3 || at + 2 >= end) return 0;
  unsigned code = (c & 0xfu) << 12 | ((unsigned char)text[at + 1] & 0x3fu) << 6 | ((unsigned char)text[at + 2] & 0x3fu);
  bool is_space = code == 0x1680 || (code >= 0x2000 && code <= 0x200a) || code == 0x2028 || code == 0x2029 ||
                  code == 0x202f || code == 0x205f || code == 0x3000;
  return is_space ? 3 : 0;
}
#define STANCE_SPACE_CLASS \
  "\\x09-\\x0d\\x20\\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}"

#endif
