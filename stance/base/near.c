/* SPDX-License-Identifier: MIT */
#include "near.h"

#include <stdint.h>
#include <string.h>

enum { LONGEST = 40 };

/* The optimal string alignment distance: the fewest insertions, deletions, replacements and swaps of neighbours
 * (Damerau 1964). SIZE_MAX: a text is longer than LONGEST. */
static size_t edit_distance(const char *a, size_t n, const char *b, size_t m) {
  size_t rows[3][LONGEST + 1]; /* row i stands at i % 3 */
  if (n > LONGEST || m > LONGEST) return SIZE_MAX;
  for (size_t j = 0; j <= m; j++) rows[0][j] = j;
  for (size_t i = 1; i <= n; i++) {
    size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *second = rows[(i + 1) % 3];
    row[0] = i;
    for (size_t j = 1; j <= m; j++) {
      size_t best = above[j - 1] + (a[i - 1] != b[j - 1]);
      if (above[j] + 1 < best) best = above[j] + 1;
      if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
      bool is_swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (is_swap && second[j - 2] + 1 < best) best = second[j - 2] + 1;
      row[j] = best;
    }
  }
  return rows[n % 3][m];
}

bool stance_is_near_name(const char *given, size_t length, const char *known) {
  size_t known_length = strlen(known);
  if (length >= 3 && length <= known_length && memcmp(given, known, length) == 0) return true;
  return edit_distance(given, length, known, known_length) <= (known_length > 5 ? 2 : 1);
}
