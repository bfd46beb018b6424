/* SPDX-License-Identifier: MIT
 * Sets of templates as users write them. */
#include <criterion/criterion.h>

#include "stance/features/feature.h"

static stance_template_set parse(const char *text, enum stance_unit_kind kind) {
  stance_template_set set = 0;
  struct stance_error error = {.message = ""};
  cr_assert_eq(stance_template_parse(text, kind, &set, &error), STANCE_OK, "%s: %s", text, error.message);
  return set;
}

static void expect_error(const char *text, const char *message) {
  stance_template_set set;
  struct stance_error error = {.message = ""};
  cr_expect_eq(stance_template_parse(text, STANCE_UNIT_DYAD, &set, &error), STANCE_USAGE);
  cr_expect_str_eq(error.message, message);
}

Test(template, parses_lists_and_edits) {
  struct stance_arena arena = {0};
  cr_expect_str_eq(stance_template_format(parse("zone,word", STANCE_UNIT_DYAD), &arena), "word,zone");
  stance_template_set standard = stance_template_default(STANCE_UNIT_DYAD);
  cr_expect_eq(parse("", STANCE_UNIT_DYAD), standard);
  cr_expect_eq(parse("-prefix", STANCE_UNIT_DYAD), standard & ~parse("prefix", STANCE_UNIT_DYAD));
  cr_expect_eq(parse("-prefix,+prefix", STANCE_UNIT_DYAD), standard);
  stance_arena_free(&arena);
}

Test(template, names_the_near_ones) {
  expect_error("wird", "unknown feature template 'wird'; expected word");
  expect_error("+prefxi", "unknown feature template 'prefxi'; expected prefix");
  expect_error("word,", "'word,' ends in a comma");
  expect_error("word,+zone", "'word,+zone' mixes +name and -name with plain names");
}

Test(template, reads_back_what_it_formats) {
  struct stance_arena arena = {0};
  for (int kind = STANCE_UNIT_DYAD; kind <= STANCE_UNIT_SENTENCE; kind++) {
    stance_template_set set = stance_template_default((enum stance_unit_kind)kind);
    cr_expect_eq(parse(stance_template_format(set, &arena), (enum stance_unit_kind)kind), set);
  }
  stance_arena_free(&arena);
}

Test(template, has_a_name_and_a_line_of_doc_each) {
  for (size_t i = 0; i < stance_template_count(); i++) {
    cr_expect_gt(strlen(stance_template_name(i)), 2);
    cr_expect_gt(strlen(stance_template_doc(i)), 10);
    for (size_t j = 0; j < i; j++) cr_expect_str_neq(stance_template_name(i), stance_template_name(j));
  }
}
