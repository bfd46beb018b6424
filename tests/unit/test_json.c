/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>

#include "stance/base/json.h"

static struct stance_error fail_parse(const char *text) {
  struct stance_error error = {0};
  cJSON *value;
  cr_assert_eq(stance_json_parse(text, strlen(text), "f.json", 1, &value, &error), STANCE_INPUT);
  cr_assert_null(value);
  cr_assert_str_eq(error.file, "f.json");
  return error;
}

Test(json, errors_say_line_and_column) {
  struct stance_error error = fail_parse("{\"a\":1,\n  \"b\":oops}");
  cr_assert_eq(error.line, 2);
  cr_assert_eq(error.column, 7);
  cr_assert_str_eq(error.message, "bad JSON at 'oops}'");
}

Test(json, refuses_what_follows_the_value) { cr_assert_str_eq(fail_parse("{} {}").message, "bad JSON at '{}'"); }

Test(json, says_when_it_ends_too_early_or_is_empty) {
  cr_assert_str_eq(fail_parse("{\"a\":").message, "JSON ends too early");
  cr_assert_str_eq(fail_parse(" \n").message, "is empty; expected JSON");
}

Test(json, deep_nesting_is_refused_not_followed) {
  enum { DEPTH = 200000 };
  char *text = malloc(DEPTH);
  memset(text, '[', DEPTH);
  cJSON *value;
  cr_assert_eq(stance_json_parse(text, DEPTH, NULL, 1, &value, NULL), STANCE_INPUT);
  free(text);
}

static enum stance_status need_name(void *context, const cJSON *value, size_t line, struct stance_error *error) {
  const char *name;
  *(size_t *)context = line;
  return stance_json_need_string(value, "name", &name, error);
}

Test(json, lines_number_their_errors) {
  const char text[] = "{\"name\":\"a\"}\n\n{\"name\":3}\n";
  struct stance_error error = {0};
  size_t line = 0;
  cr_assert_eq(stance_json_lines(text, sizeof text - 1, "f.jsonl", need_name, &line, &error), STANCE_INPUT);
  cr_assert_eq(line, 3);
  cr_assert_eq(error.line, 3);
  cr_assert_str_eq(error.file, "f.jsonl");
  cr_assert_str_eq(error.message, "'name' is not a string");
}

Test(json, finds_the_line_of_an_array_element) {
  const char text[] = "{\"x\":[{}],\n\"actors\":[\n {\"id\":\"A}\\\"\"},\n\n {\"id\":\"B\", \"in\":[{}]},\n {}]}";
  size_t length = sizeof text - 1;
  cr_assert_eq(stance_json_element_line(text, length, "actors", 0), 3);
  cr_assert_eq(stance_json_element_line(text, length, "actors", 1), 5);
  cr_assert_eq(stance_json_element_line(text, length, "actors", 2), 6);
  cr_assert_eq(stance_json_element_line(text, length, "actors", 3), 0);
}

Test(json, refuses_the_escape_that_would_end_a_string) {
  static const struct {
    const char *text;
    size_t column; /* 0: it is read */
  } cases[] = {{"{\"a\":\"Mali\\u0000 left\"}", 11},
               {"{\"a\":\"\\\\u0000\"}", 0},
               {"{\"a\":\"\\\\\\u0000\"}", 9},
               {"\"\\u0001\"", 0}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct stance_error error = {0};
    cJSON *value;
    enum stance_status status = stance_json_parse(cases[i].text, strlen(cases[i].text), "f", 3, &value, &error);
    cr_expect_eq(status, cases[i].column ? STANCE_INPUT : STANCE_OK, "%s", cases[i].text);
    if (cases[i].column)
      cr_expect(error.line == 3 && error.column == cases[i].column, "%s: %zu", cases[i].text, error.column);
    cJSON_Delete(value);
  }
}

/* "%.20s" cuts within the character at byte 20. */
Test(json, what_a_message_shows_is_cut_between_characters) {
  struct stance_error error;
  cJSON *value;
  const char *text = "{\"a\": x123456789012345678\xc3\xa9}";
  cr_assert_eq(stance_json_parse(text, strlen(text), "f", 1, &value, &error), STANCE_INPUT);
  cr_assert(strstr(error.message, "'x123456789012345678'"), "%s", error.message);
}
