/* SPDX-License-Identifier: MIT
 * UTF-8. Expected values: Unicode 15 table 3-7 and chapter 3.9; NFC from the Unicode Character Database. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "stance/base/utf8.h"

static struct stance_arena arena;

static bool is_valid(const char *text) { return stance_utf8_valid(text, strlen(text)); }

Test(utf8, knows_well_formed_sequences) {
  static const char *const good[] = {"",
                                     "a",
                                     "\x7f",
                                     "\xc2\x80",
                                     "\xdf\xbf",
                                     "\xe0\xa0\x80",
                                     "\xed\x9f\xbf",
                                     "\xee\x80\x80",
                                     "\xef\xbf\xbf",
                                     "\xf0\x90\x80\x80",
                                     "\xf4\x8f\xbf\xbf",
                                     "plain text, long enough \xc3\xa9"};
  static const char *const bad[] = {"\x80",
                                    "\xc0\xaf",
                                    "\xc1\xbf",
                                    "\xc3",
                                    "\xc3(",
                                    "\xe0\x9f\x80",
                                    "\xe2\x82",
                                    "\xed\xa0\x80",
                                    "\xf0\x8f\x80\x80",
                                    "\xf4\x90\x80\x80",
                                    "\xf5\x80\x80\x80",
                                    "\xff",
                                    "plain text \xff and more"};
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) cr_expect(is_valid(good[i]), "good %zu", i);
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) cr_expect_not(is_valid(bad[i]), "bad %zu", i);
  cr_expect_not(stance_utf8_valid("a\0b", 3));
  cr_expect_not(
      stance_utf8_valid("0123456\0"
                        "89",
                        10));
}

Test(utf8, repairs_byte_by_byte) {
  static const struct {
    const char *text;
    size_t length;
    const char *clean;
    size_t repaired;
  } samples[] = {
      {"plain", 5, "plain", 0},
      {"\xef\xbb\xbfplain", 8, "plain", 0},
      {"a\r\nb\rc\n", 7, "a\nb\nc\n", 0},
      {"a\0b", 3,
       "a\xef\xbf\xbd"
       "b",
       1},
      {"\xe2\x82", 2, "\xef\xbf\xbd\xef\xbf\xbd", 2},
      {"\xed\xa0\x80!", 4, "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd!", 3},
      {"caf\xe9", 4, "caf\xef\xbf\xbd", 1},
  };
  for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
    size_t length, repaired;
    const char *clean = stance_utf8_repair(&arena, samples[i].text, samples[i].length, &length, &repaired);
    cr_expect_eq(length, strlen(samples[i].clean));
    cr_expect(length == strlen(samples[i].clean) && memcmp(clean, samples[i].clean, length) == 0, "sample %zu", i);
    cr_expect_eq(repaired, samples[i].repaired);
  }
  size_t length, repaired;
  static const char valid[] = "Goïta";
  cr_expect_eq(stance_utf8_repair(&arena, valid, strlen(valid), &length, &repaired), valid, "valid text is not copied");
}

Test(utf8, counts_code_points_both_ways) {
  static const char text[] = "Goïta “€” 𝄞 and a tail"; /* G o ï t a _ “ € ” _ 𝄞 : 11 code points, 21 bytes */
  cr_expect_eq(stance_utf8_count(text, 21), 11);
  cr_expect_eq(stance_utf8_count(text, strlen(text)), 22);
  cr_expect_eq(stance_utf8_offset(text, strlen(text), 3), 4);
  cr_expect_eq(stance_utf8_offset(text, strlen(text), 11), 21);
  cr_expect_eq(stance_utf8_offset(text, strlen(text), 22), strlen(text));
  cr_expect_eq(stance_utf8_offset(text, strlen(text), 23), SIZE_MAX);
  cr_expect_eq(stance_utf8_offset(text, 0, 0), 0);
}

static const char *fold(const char *text) {
  static char out[256];
  size_t length = stance_utf8_fold(text, strlen(text), out, sizeof out - 1);
  cr_assert_lt(length, sizeof out);
  out[length] = '\0';
  return out;
}

Test(utf8, folds_case_quotes_hyphens_and_composition) {
  cr_expect_str_eq(fold("Mali's JUNTA"), "mali's junta");
  cr_expect_str_eq(fold("Mali’s"), "mali's");
  cr_expect_str_eq(fold("“x” ‘y’ «z»"), "\"x\" 'y' \"z\"");
  cr_expect_str_eq(fold("Guinea‐Bissau A\xe2\x80\x91\x42 1–2"), "guinea-bissau a-b 1-2");
  cr_expect_str_eq(fold("ÉCOLE Goïta"), "école goïta");
  cr_expect_str_eq(fold("Goi\xcc\x88ta E\xcc\x81"), "goïta é"); /* decomposed */
  cr_expect_str_eq(fold("ΜΑΛΙ МАЛИ"), "μαλι мали");
  cr_expect_str_eq(fold("ju\xc2\xadnta"), "junta");                     /* soft hyphen */
  cr_expect_str_eq(fold("e\xc2\xad\xcc\x81"), "é");                     /* what it leaves behind composes */
  cr_expect_str_eq(fold("\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab"), "한"); /* jamo compose */
  cr_expect_str_eq(fold("q\xcc\xa3\xcc\x87"), "q\xcc\xa3\xcc\x87"); /* canonical order: dot below before dot above */
  cr_expect_str_eq(fold("q\xcc\x87\xcc\xa3"), "q\xcc\xa3\xcc\x87");
}

Test(utf8, folds_into_what_fits) {
  char out[4] = "zzz";
  cr_expect_eq(stance_utf8_fold("ABCDEF", 6, out, 3), 6);
  cr_expect_eq(memcmp(out, "abcz", 3), 0);
  cr_expect_eq(stance_utf8_fold("É", 2, out, 0), 2);
}

Test(utf8, folding_twice_changes_nothing_and_stays_in_bounds) {
  srand(11);
  for (int round = 0; round < 20000; round++) {
    char bytes[64], once[64 * 9 + 1], twice[64 * 27 + 1];
    size_t length = (size_t)rand() % sizeof bytes, clean_length, repaired;
    for (size_t i = 0; i < length; i++) bytes[i] = (char)(rand() % 4 ? 0xc3 + rand() % 16 : rand());
    for (size_t i = 1; i < length; i += 2) bytes[i] = (char)(0x80 + rand() % 64);
    const char *clean = stance_utf8_repair(&arena, bytes, length, &clean_length, &repaired);
    cr_assert(stance_utf8_valid(clean, clean_length));
    size_t first = stance_utf8_fold(clean, clean_length, once, sizeof once);
    cr_assert_leq(first, 3 * clean_length);
    cr_assert(stance_utf8_valid(once, first));
    size_t second = stance_utf8_fold(once, first, twice, sizeof twice);
    cr_assert(first == second && memcmp(once, twice, first) == 0, "round %d", round);
    cr_assert_eq(stance_utf8_offset(clean, clean_length, stance_utf8_count(clean, clean_length)), clean_length);
    stance_arena_reset(&arena);
  }
}
