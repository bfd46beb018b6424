/* SPDX-License-Identifier: MIT
 * Sets of templates as users write them. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "stance/features/feature.h"
#include "stance/features/template.h"

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

/* The table of docs/method.md has each template's row, in the program's words, and no other. */
Test(template, stands_in_the_manual) {
  static char text[200000];
  FILE *file = fopen("docs/method.md", "r");
  cr_assert_not_null(file, "run in the project's folder");
  size_t length = fread(text, 1, sizeof text - 1, file), rows = 0, count = 0;
  fclose(file);
  text[length] = '\0';
  for (; count < stance_template_count(); count++) {
    const struct stance_template *template = &stance_templates[count];
    char row[300];
    snprintf(row, sizeof row, "| `%s` | %s%s |\n", template->name, template->doc,
             template->on || strstr(template->doc, "off by default") ? "" : "; off by default");
    cr_expect(strstr(text, row), "docs/method.md lacks the row %s", row);
  }
  const char *table = strstr(text, "| template | what it tells |");
  cr_assert_not_null(table);
  for (const char *line = strchr(table, '\n') + 1; *line == '|'; line = strchr(line, '\n') + 1) rows += line[2] == '`';
  cr_expect_eq(rows, count, "%zu rows for %zu templates", rows, count);
}
