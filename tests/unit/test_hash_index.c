/* SPDX-License-Identifier: MIT
 * The index from hashes to items: what was added is found, in order, and nothing else. */
#include <criterion/criterion.h>
#include <stdint.h>

#include "stance/base/hash_index.h"

Test(hash_index, an_empty_one_has_nothing) {
  struct stance_hash_index index = {0};
  cr_expect_eq(stance_hash_index_find(&index, 0), STANCE_HASH_NONE);
  stance_hash_index_clear(&index);
  stance_hash_index_free(&index);
}

Test(hash_index, finds_what_was_added_as_it_grows) {
  struct stance_hash_index index = {0};
  for (uint64_t i = 0; i < 5000; i++) cr_assert(stance_hash_index_add(&index, i * 64, i)); /* all start in few slots */
  for (uint64_t i = 0; i < 5000; i++) cr_expect_eq(stance_hash_index_find(&index, i * 64), i);
  for (uint64_t i = 0; i < 5000; i++) cr_expect_eq(stance_hash_index_find(&index, i * 64 + 1), STANCE_HASH_NONE);
  stance_hash_index_clear(&index);
  cr_expect_eq(stance_hash_index_find(&index, 64), STANCE_HASH_NONE);
  stance_hash_index_free(&index);
}

/* The slots' last place is where the run begins, so that it goes on at the first: order must hold over growth there too. */
Test(hash_index, items_of_one_hash_come_in_order) {
  for (uint64_t hash = 0; hash < 64; hash++) {
    struct stance_hash_index index = {0};
    for (size_t i = 0; i < 300; i++) cr_assert(stance_hash_index_add(&index, hash + (i % 3) * 64, i));
    for (uint64_t kind = 0; kind < 3; kind++) {
      size_t at = stance_hash_index_start(&index, hash + kind * 64);
      for (uint32_t expected = (uint32_t)kind; expected < 300; expected += 3)
        cr_assert_eq(stance_hash_index_next(&index, hash + kind * 64, &at), expected);
      cr_assert_eq(stance_hash_index_next(&index, hash + kind * 64, &at), STANCE_HASH_NONE);
    }
    stance_hash_index_free(&index);
  }
}

Test(hash_index, refuses_numbers_that_do_not_fit) {
  struct stance_hash_index index = {0};
  cr_expect_not(stance_hash_index_add(&index, 1, SIZE_MAX));
  cr_expect_not(stance_hash_index_add(&index, 1, STANCE_HASH_NONE));
  stance_hash_index_free(&index);
}
