/* SPDX-License-Identifier: MIT */
#include "near.h"

#include <stdint.h>
#include <string.h>

enum { LONGEST = 40 };

/* Edits (insert, delete, replace) that turn a into b. */
static size_t edit_distance(const char *a, size_t n, const char *b, size_t m) {
  size_t row[LONGEST + 1];
  if (n > LONGEST || m > LONGEST) return SIZE_MAX;
  for (size_t j = 0; j <= m; j++) row[j] = j;
  for (size_t i = 1; i <= n; i++) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= m; j++) {
      size_t best = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      if (row[j] + 1 < best) best = row[j] + 1;
      if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
      row[j] = best;
    }
  }
  return row[m];
}

bool stance_is_near_name(const char *given, size_t length, const char *known) {
  size_t known_length = strlen(known);
  if (length >= 3 && length <= known_length && memcmp(given, known, length) == 0) return true;
  return edit_distance(given, length, known, known_length) <= (known_length > 5 ? 2 : 1);
}
