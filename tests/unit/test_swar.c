/* SPDX-License-Identifier: MIT
 * Text several bytes at a time says what a look at each byte says. */
#include <criterion/criterion.h>

#include "stance/base/ascii.h"
#include "stance/base/swar.h"

Test(swar, classes_hold_for_each_byte_beside_each_other) {
  for (int c = 0; c < 256; c++)
    for (int other = 0; other < 256; other++) {
      char text[8] = {(char)other, (char)c, (char)other, (char)c, (char)c, (char)other, (char)other, (char)c};
      uint64_t word = swar_load(text), upper = swar_upper(word), letters = swar_letters(word);
      for (size_t i = 0; i < 8; i++) {
        uint64_t bit = UINT64_C(0x80) << 8 * i;
        cr_assert_eq((upper & bit) != 0, ascii_is_upper((unsigned char)text[i]), "%d beside %d", c, other);
        cr_assert_eq((letters & bit) != 0, ascii_is_letter((unsigned char)text[i]), "%d beside %d", c, other);
      }
      cr_assert_eq((upper | letters) & ~SWAR_HIGHS, 0);
    }
}

Test(swar, loads_no_more_than_is_asked_for) {
  char text[8];
  for (size_t length = 0; length <= 8; length++) {
    char *exact = malloc(length + 1); /* the sanitizer watches its end */
    for (size_t i = 0; i < 8; i++) text[i] = i < length ? (char)('a' + i) : '\0';
    memcpy(exact, text, length);
    cr_expect_eq(swar_load_some(exact, length), swar_load(text), "%zu", length);
    cr_expect_eq(swar_first(swar_load("abcdefgh"), length), swar_load(text), "%zu", length);
    free(exact);
  }
}

Test(swar, counts_and_finds_the_first) {
  for (size_t i = 0; i < SWAR_BLOCK; i++) {
    char text[SWAR_BLOCK] = {0};
    text[i] = text[SWAR_BLOCK - 1] = 'x';
    cr_expect_eq(swar_hit((swar_block)(swar_load_block(text) == 'x')), i);
    cr_expect_eq(swar_hit_in_words((swar_block)(swar_load_block(text) == 'x')), i);
    cr_expect_eq(swar_count(swar_letters(swar_load(text))), (size_t)(i < 8));
  }
  cr_expect_eq(swar_hit_in_words((swar_block){0}), SWAR_BLOCK);
  cr_expect_eq(swar_hit(swar_load_block("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")), SWAR_BLOCK);
  cr_expect_eq(swar_count(SWAR_HIGHS), 8);
}
