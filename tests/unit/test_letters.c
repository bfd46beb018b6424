/* SPDX-License-Identifier: MIT
 * Texts that differ in case, punctuation and spacing alone have one hash; the signature agrees with sums by single characters. */
#include <criterion/criterion.h>
#include <string.h>

#include "stance/base/hash.h"
#include "stance/text/letters.h"

static uint64_t hash(const char *text) { return stance_letters_hash(text, strlen(text)); }

/* Character by character, as letters.h says. */
static uint32_t signature(const char *text, size_t length) {
  uint64_t count = 0, plain = 0, mixed = 0;
  for (size_t at = 0; at < length;) {
    int32_t c = stance_letter_next(text, length, &at);
    if (!c) continue;
    count++;
    plain += (uint64_t)c;
    mixed += ((uint64_t)c * 3 & 0xff) ^ 0x6d;
  }
  return (uint32_t)(stance_hash_combine(stance_hash_combine(count, plain), mixed) >> 32);
}

Test(letters, case_punctuation_and_spacing_do_not_count) {
  cr_expect_eq(hash("Mali, \xe2\x80\x9cthe State\xe2\x80\x9d \xe2\x80\x94 left the 15-nation bloc."),
               hash("MALI the state left the 15 nation bloc"));
  cr_expect_eq(hash("\xc3\x89TAT"), hash("\xc3\xa9tat."));
  cr_expect_neq(hash("Mali left France"), hash("France left Mali"), "the order counts");
  cr_expect_neq(hash("Mali left France"), hash("Mali left Franc"));
  cr_expect_eq(stance_letters_signature("Mali left France", 16), stance_letters_signature("France left Mali", 16));
}

Test(letters, signature_is_that_of_single_characters) {
  static const char text[] =
      "@`[{/:\x7f\x01 0123456789 AZaz, it\xe2\x80\x99s \xc3\x89tat \xe4\xb8\xad\xe5\x9b\xbd \xf0\x9f\x98\x80 said. The "
      "quick BROWN fox jumps over 13 lazy dogs\xcc\x81!";
  for (size_t start = 0; start < sizeof text; start++)
    for (size_t end = start; end < sizeof text; end++) {
      uint32_t found = stance_letters_signature(text + start, end - start);
      cr_assert_eq(found, signature(text + start, end - start), "%zu to %zu", start, end);
      cr_assert_eq(stance_letters_hash(text + start, end - start) >> 32, found);
    }
}
