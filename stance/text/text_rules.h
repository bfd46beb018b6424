/* SPDX-License-Identifier: MIT
 * Internal to text/: the compiled rules, a thread's matcher, and the words that decide where a sentence ends. */
#ifndef STANCE_TEXT_RULES_H
#define STANCE_TEXT_RULES_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "text.h"

enum { STANCE_TEXT_ROOM = 16 }; /* zeros after a document's text, for code that reads several bytes at once */

struct stance_text_rule {
  pcre2_code *code;
  bool has_jit;
};

struct stance_text_rules {
  struct stance_text_rule stop;        /* where a sentence may end; groups: run, closers, space */
  struct stance_text_rule attribution; /* "Mr Blair told" after a quotation; group: what follows */
  struct stance_text_rule marker;      /* the marker that starts a list item; groups: bullet, number, letter, end */
  struct stance_text_rule token;       /* one token; the first letter of the PCRE2 mark tells its kind */
};

struct stance_text_region { /* a stretch in which no sentence ends */
  uint32_t start, end;
};

struct stance_text_matcher {
  const struct stance_text_rules *rules;
  pcre2_match_data *data;
  pcre2_match_context *context;
  pcre2_jit_stack *stack;
  size_t *groups;  /* start and end of each group, in data */
  bool rules_only; /* without fast paths, for a test that compares the two */
};

/* Matches in subject[start..length), valid UTF-8 from subject[0]; all rules but `stop` match at start only. False: no
 * match, or the limits on the work of a match were reached. */
bool stance_text_match(struct stance_text_matcher *matcher, const struct stance_text_rule *rule, const char *subject,
                       size_t length, size_t start);

enum stance_word_flag {
  STANCE_STOP_TITLE = 1,            /* a name follows: Mr. Gen. */
  STANCE_STOP_NUMBER = 2,           /* a number follows: No. p. Sept. */
  STANCE_STOP_INNER = 4,            /* never the last word: e.g. vs. */
  STANCE_STOP_OPEN = 8,             /* may be the last word: Inc. U.S. */
  STANCE_STOP_TIME = 16,            /* a.m. p.m. */
  STANCE_STOP_SURE = 32,            /* a stop after it is part of the word in any place */
  STANCE_STOP_STARTER = 64,         /* capitalised after an abbreviation, it starts a sentence: The, However */
  STANCE_STOP_DAY = 128,            /* may follow "5 p.m." in a sentence: Monday, GMT */
  STANCE_STOP_CALENDAR_SHORT = 256, /* Feb. Tues. */
  STANCE_STOP_WHEN = 512,           /* before CALENDAR_SHORT at the start of a sentence: In Feb. */
};
/* The bits of enum stance_word_flag of a word in any case, with inner stops but without the last one ("a.m"); 0:
 * none. */
unsigned stance_word_flags(const char *word, size_t length);
/* Fills the table of stance_word_flags. Call it once in a process, before that. */
void stance_words_prepare(void);

struct stance_list_marker { /* "1.)", "a.", "• 9." */
  size_t start, end;        /* bytes in the text, with the white space after it */
  size_t bullet;            /* bytes of the bullet; 0: none */
  long number;              /* 0: none */
  char letter;              /* 0: none */
  const char *suffix;       /* ".", ")" or ".)" */
  size_t suffix_length;
};
/* Reads the marker of a list item at text[start]. False: none starts there. */
bool stance_list_marker_find(struct stance_text_matcher *matcher, const char *text, size_t start, size_t end,
                             struct stance_list_marker *marker);
/* The start of the next marker of the list after `last` ("2." after "1."); 0: none before `end`. */
size_t stance_list_marker_next(const char *text, const struct stance_list_marker *last, size_t end);

/* The bytes of the white space character at text[at]; 0: none. */
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
