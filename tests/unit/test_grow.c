/* SPDX-License-Identifier: MIT
 * Lists that become longer: what was in them stays, and sizes that overflow are refused. */
#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>

#include "stance/base/grow.h"

Test(grow, a_list_keeps_its_items) {
  uint32_t *items = NULL;
  size_t capacity = 0;
  for (uint32_t i = 0; i < 1000; i++) {
    uint32_t *larger = stance_grow(items, &capacity, i + 1, sizeof *items);
    cr_assert_not_null(larger);
    items = larger;
    items[i] = i * 3;
  }
  cr_assert_geq(capacity, 1000);
  for (uint32_t i = 0; i < 1000; i++) cr_assert_eq(items[i], i * 3);
  free(items);
}

Test(grow, a_list_with_room_stays_where_it_is) {
  size_t capacity = 0;
  char *items = stance_grow(NULL, &capacity, 1, 1), *again = stance_grow(items, &capacity, capacity, 1);
  cr_assert_not_null(items);
  cr_assert_eq(again, items);
  free(items);
}

Test(grow, a_size_that_overflows_is_refused_and_nothing_changes) {
  size_t capacity = 0;
  double *items = stance_grow(NULL, &capacity, 4, sizeof *items);
  cr_assert_not_null(items);
  size_t before = capacity;
  items[3] = 4;
  cr_assert_null(stance_grow(items, &capacity, SIZE_MAX / 4, sizeof *items));
  cr_assert_null(stance_grow(items, &capacity, SIZE_MAX, sizeof *items));
  cr_assert_eq(capacity, before);
  cr_assert_eq(items[3], 4);
  free(items);
}
