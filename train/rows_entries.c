/* SPDX-License-Identifier: MIT
 * Reading rows entry by entry, and freeing them. */
#include <math.h>
#include <stdlib.h>

#include "rows.h"

void rows_free_entries(struct rows *rows) {
  free(rows->first);
  free(rows->first_value);
  free(rows->columns);
  free(rows->values);
  free(rows->dense);
  rows->first = rows->first_value = NULL;
  rows->columns = NULL;
  rows->values = rows->dense = NULL;
}

void rows_free(struct rows *rows) {
  rows_free_entries(rows);
  free(rows->ids);
  free(rows->row_counts);
  free(rows->seen_in);
  *rows = (struct rows){0};
}

size_t rows_longest(const struct rows *rows) {
  size_t longest = 0;
  for (size_t r = 0; r < rows->count; r++)
    if (rows->first[r + 1] - rows->first[r] > longest) longest = rows->first[r + 1] - rows->first[r];
  return longest + rows->dense_count;
}

size_t rows_entries(const struct rows *rows) { return rows->first[rows->count] + rows->count * rows->dense_count; }

static int by_column(const void *a, const void *b) {
  const struct rows_entry *x = a, *y = b;
  return (x->column > y->column) - (x->column < y->column);
}

size_t rows_expand(const struct rows *rows, size_t row, struct rows_entry *out) {
  size_t used = 0, zones = rows->column_count - rows->dense_count;
  const float *next = rows->values + rows->first_value[row];
  for (size_t e = rows->first[row]; e < rows->first[row + 1]; e++) {
    if (rows->columns[e] & ROWS_NEXT) next++;
    out[used++] = (struct rows_entry){rows->columns[e] & ROWS_COLUMN, next[-1]};
  }
  if (used) qsort(out, used, sizeof *out, by_column);
  for (size_t i = 0; i < rows->dense_count; i++) {
    float value = rows->dense[row * rows->dense_count + i];
    if (fabsf(value) > 0) out[used++] = (struct rows_entry){(uint32_t)(zones + i), value};
  }
  return used;
}
