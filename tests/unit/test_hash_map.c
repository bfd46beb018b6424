/* SPDX-License-Identifier: MIT
 * The map from hashes to two numbers: what was put is got, and nothing else. */
#include <criterion/criterion.h>
#include <stdint.h>

#include "stance/base/hash_map.h"

Test(hash_map, an_empty_one_has_nothing) {
  struct stance_hash_map map = {0};
  cr_expect_null(stance_hash_map_get(&map, 0));
  cr_expect_null(stance_hash_map_get(&map, 7));
  stance_hash_map_free(&map);
}

Test(hash_map, gets_what_was_put_as_it_grows) {
  struct stance_hash_map map = {0};
  for (uint64_t i = 1; i <= 5000; i++) {
    struct stance_hash_cell *cell = stance_hash_map_put(&map, i << 40); /* differ in their high bits alone */
    cr_assert_not_null(cell);
    cr_expect(cell->value == 0 && cell->count == 0);
    *cell = (struct stance_hash_cell){cell->key, (uint32_t)i, 1};
  }
  cr_expect_eq(map.count, 5000);
  for (uint64_t i = 1; i <= 5000; i++) {
    const struct stance_hash_cell *cell = stance_hash_map_get(&map, i << 40);
    cr_assert_not_null(cell);
    cr_expect(cell->value == i && cell->count == 1);
    cr_expect_null(stance_hash_map_get(&map, (i << 40) + 1));
  }
  stance_hash_map_free(&map);
  cr_expect(map.count == 0 && !stance_hash_map_get(&map, UINT64_C(1) << 40));
}

Test(hash_map, a_key_has_one_cell) {
  struct stance_hash_map map = {0};
  for (uint32_t i = 0; i < 3; i++) stance_hash_map_put(&map, 9)->count++;
  cr_expect_eq(stance_hash_map_get(&map, 9)->count, 3);
  cr_expect_eq(map.count, 1);
  stance_hash_map_free(&map);
}

Test(hash_map, key_0_is_key_1) {
  struct stance_hash_map map = {0};
  stance_hash_map_put(&map, 0)->value = 5;
  cr_expect_eq(stance_hash_map_get(&map, 0)->value, 5);
  cr_expect_eq(stance_hash_map_get(&map, 1)->value, 5);
  stance_hash_map_free(&map);
}
