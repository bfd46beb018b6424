/* SPDX-License-Identifier: MIT
 * Lists inside a paragraph: the items of "1. The first item 2. The second item" are separated by their markers, not by
 * full stops. */
#include <string.h>

#include "stance/base/ascii.h"
#include "text_rules.h"

bool stance_list_marker_find(struct stance_text_matcher *matcher, const char *text, size_t start, size_t end,
                             struct stance_list_marker *marker) {
  unsigned char first = (unsigned char)text[start], second = start + 1 < end ? (unsigned char)text[start + 1] : 0;
  bool may_be = ascii_is_digit(first) || first == 0xe2 || (ascii_is_letter(first) && (second == '.' || second == ')'));
  if (!may_be || !stance_text_match(matcher, &matcher->rules->marker, text + start, end - start, 0)) return false;
  const size_t *groups = matcher->groups;
  if (groups[1] == 0) return false;
  *marker = (struct stance_list_marker){.start = start, .end = start + groups[1]};
  if (groups[2] != PCRE2_UNSET) marker->bullet = groups[3] - groups[2];
  if (groups[8] == PCRE2_UNSET) return true;
  marker->suffix = text + start + groups[8];
  marker->suffix_length = groups[9] - groups[8];
  if (groups[6] != PCRE2_UNSET) marker->letter = text[start + groups[6]];
  else
    for (size_t i = groups[4]; i < groups[5]; i++) marker->number = marker->number * 10 + (text[start + i] - '0');
  return true;
}

/* Writes the bytes that the next marker starts with. Returns their number; 0: no marker can follow. */
static size_t next_marker(const char *text, const struct stance_list_marker *last, char want[static 16]) {
  size_t length = 0;
  if (last->bullet) {
    memcpy(want, text + last->start, last->bullet);
    return last->bullet;
  }
  if (last->number) {
    long number = last->number + 1;
    if (number > 999) return 0;
    if (number >= 100) want[length++] = (char)('0' + number / 100);
    if (number >= 10) want[length++] = (char)('0' + number / 10 % 10);
    want[length++] = (char)('0' + number % 10);
  } else {
    if (!last->letter || last->letter == 'z' || last->letter == 'Z') return 0;
    want[length++] = (char)(last->letter + 1);
  }
  memcpy(want + length, last->suffix, last->suffix_length);
  length += last->suffix_length;
  want[length++] = ' ';
  return length;
}

size_t stance_list_marker_next(const char *text, const struct stance_list_marker *last, size_t end) {
  char want[16];
  size_t length = next_marker(text, last, want);
  for (size_t at = last->end; length && at + length < end; at += length) {
    const char *found = memmem(text + at, end - at, want, length);
    if (!found) return 0;
    at = (size_t)(found - text);
    if (text[at - 1] != ' ') continue;
    bool is_item = last->bullet || (at + length < end && ascii_is_upper((unsigned char)text[at + length]));
    if (is_item) return at;
  }
  return 0;
}
