/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>

#include "stance/base/near.h"

Test(near, slips_and_beginnings_are_near) {
  cr_assert(stance_is_near_name("trian", 5, "train"), "neighbours swapped are one slip");
  cr_assert(stance_is_near_name("tarin", 5, "train"));
  cr_assert_not(stance_is_near_name("tiarn", 5, "train"), "two slips are too many for five letters");
  cr_assert(stance_is_near_name("anotate", 7, "annotate"));
  cr_assert(stance_is_near_name("tran", 4, "train"));
  cr_assert(stance_is_near_name("polartiy", 8, "polarity"));
  cr_assert(stance_is_near_name("clas", 4, "classify"));
  cr_assert_not(stance_is_near_name("cl", 2, "classify"));
  cr_assert(stance_is_near_name("words,x", 5, "word"), "only the given length counts");
  cr_assert_not(stance_is_near_name("zebra", 5, "word"));
}
