/* SPDX-License-Identifier: MIT
 * A matcher and an arena for suites that take text apart: TestSuite(NAME, .init = text_setup, .fini = text_teardown). */
#ifndef STANCE_TESTS_TEXT_SUITE_H
#define STANCE_TESTS_TEXT_SUITE_H

#include <criterion/criterion.h>

#include "stance/text/text.h"

static struct stance_text_matcher *matcher;
static struct stance_arena arena;

static void text_setup(void) {
  struct stance_error error;
  cr_assert_eq(stance_text_matcher_new(&matcher, &error), STANCE_OK, "%s", error.message);
}

static void text_teardown(void) {
  stance_text_matcher_destroy(matcher);
  stance_arena_free(&arena);
}

#endif
