/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>

#include "stance/json.h"

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

/* What stance_json_parse makes of a text, stance_json_read makes too: the same tree, or the same error. */
static void both_read_the_same(const char *text, size_t length) {
  struct stance_arena arena = {0};
  struct stance_error error = {0}, other = {0};
  cJSON *expected;
  const cJSON *value;
  enum stance_status status = stance_json_parse(text, length, "f.json", 1, &expected, &error);
  cr_assert_eq(stance_json_read(&arena, text, length, "f.json", &value, &other), status, "'%.*s'", (int)length, text);
  if (status == STANCE_OK) {
    char *left = cJSON_PrintUnformatted(expected), *right = cJSON_PrintUnformatted(value);
    cr_assert_str_eq(left, right);
    cJSON_free(left);
    cJSON_free(right);
    cr_assert_eq(!value->child, !expected->child);
    if (value->child) cr_assert_null(value->child->prev->next); /* the first one's prev is the last */
  } else {
    cr_assert_null(value);
  }
  cJSON_Delete(expected);
  stance_arena_free(&arena);
}

Test(json, reading_into_an_arena_accepts_what_parsing_does) {
  static const char *const texts[] = {
      "", " ", "{}", "[]", " [ ] ", "null", "true", "false", "nul", "truely", "\"a\"", "\"a", "\"", "\"a\"b", "{\"a\":1}", "{\"a\" : [1, 2.5, -3e2] , \"b\":{\"c\":null}}",
      "[1,]", "[,1]", "[1 2]", "{\"a\":}", "{\"a\"}", "{a:1}", "{\"a\":1,}", "[", "{", "[[]", "01", "1.", "-", "-a", "1e5", "1e", "1e999", "+1", ".5", "3000000000", "-3000000000",
      "\"\\n\\t\\r\\b\\f\\/\\\\\\\"\"", "\"\\x\"", "\"\\", "\"\\u00e9\"", "\"\\u20AC\"", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "\"\\ude00\"", "\"\\ud83d\\u0041\"",
      "\"\\u12\"", "\"a\tb\nc\"", "\xEF\xBB\xBF{\"a\":1}", "{\"a\":1,\"a\":2}", "{} {}", "[1]]", "\"\xC3\xA9\"", "{\"\":0}", "[\"\",\"\"]"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    for (size_t length = strlen(texts[i]) + 1; length-- > 0;) both_read_the_same(texts[i], length);
}

Test(json, reading_into_an_arena_bounds_the_depth) {
  enum { DEPTH = 200000 };
  struct stance_arena arena = {0};
  const cJSON *value;
  char *text = malloc(DEPTH);
  memset(text, '[', DEPTH / 2);
  memset(text + DEPTH / 2, ']', DEPTH / 2);
  cr_assert_eq(stance_json_read(&arena, text, DEPTH, NULL, &value, NULL), STANCE_INPUT);
  size_t deepest = CJSON_NESTING_LIMIT;
  both_read_the_same(text + DEPTH / 2 - deepest, 2 * deepest);
  both_read_the_same(text + DEPTH / 2 - deepest - 1, 2 * deepest + 2);
  free(text);
  stance_arena_free(&arena);
}

Test(json, reading_into_an_arena_says_line_and_column) {
  struct stance_arena arena = {0};
  struct stance_error error = {0};
  const cJSON *value;
  const char text[] = "{\"a\":1,\n  \"b\":oops}";
  cr_assert_eq(stance_json_read(&arena, text, sizeof text - 1, "f.json", &value, &error), STANCE_INPUT);
  cr_assert_eq(error.line, 2);
  cr_assert_eq(error.column, 7);
  cr_assert_str_eq(error.message, "bad JSON at 'oops}'");
  cr_assert_eq(stance_json_read(&arena, "[1,", 3, "f.json", &value, &error), STANCE_INPUT);
  cr_assert_str_eq(error.message, "JSON ends too early");
  cr_assert_eq(stance_json_read(&arena, "\"\\u00g0\"", 8, "f.json", &value, &error), STANCE_INPUT); /* cJSON takes it for \u0000 */
  stance_arena_free(&arena);
}
