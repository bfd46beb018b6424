/* SPDX-License-Identifier: MIT */
#include "letters.h"

#include <stdbool.h>
#include <utf8proc.h>

#include "stance/base/hash.h"

static bool is_word(utf8proc_int32_t c) {
  switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return true;
    default: return false;
  }
}

int32_t stance_letter_next(const char *text, size_t length, size_t *at) {
  utf8proc_int32_t c = (unsigned char)text[*at];
  if (c < 0x80) {
    ++*at;
    if (c >= 'A' && c <= 'Z') return c + 32;
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : 0;
  }
  utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)text + *at, (utf8proc_ssize_t)(length - *at), &c);
  *at += step > 0 ? (size_t)step : 1;
  return step > 0 && is_word(c) ? utf8proc_tolower(c) : 0;
}

uint64_t stance_letters_hash(const char *text, size_t length) {
  uint64_t hash = 0;
  for (size_t at = 0; at < length;) {
    int32_t c = stance_letter_next(text, length, &at);
    if (c) hash = stance_hash_combine(hash, (uint64_t)c);
  }
  return hash;
}
