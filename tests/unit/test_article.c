/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "stance/text/article.h"

static struct stance_arena arena;
static struct stance_article article;
static struct stance_error error;
static size_t repaired;

static enum stance_status from_text(const char *path, const char *bytes, size_t length) {
  return stance_article_from_text(path, bytes, length, &arena, &article, &repaired, &error);
}

static enum stance_status from_json(const char *json) {
  cJSON *object = cJSON_Parse(json);
  enum stance_status status = stance_article_from_json(object, "a#7", &arena, &article, &repaired, &error);
  cJSON_Delete(object);
  return status;
}

Test(article, takes_the_first_line_as_title) {
  static const char bytes[] = "Mali breaks with France\nOne. Two.\n\nThree.\n";
  cr_assert_eq(from_text("news/2022-05-03-mali.txt", bytes, strlen(bytes)), STANCE_OK);
  cr_expect_str_eq(article.id, "2022-05-03-mali");
  cr_expect_str_eq(article.date, "2022-05-03");
  cr_expect_str_eq(article.title, "Mali breaks with France");
  cr_expect_eq(article.text_length, strlen("One. Two.\n\nThree.\n"));
  cr_expect_eq(memcmp(article.text, "One. Two.\n\nThree.\n", article.text_length), 0);
  cr_expect_eq(repaired, 0);
}

Test(article, mends_line_ends_marks_and_bad_bytes) {
  static const char bytes[] = "\xef\xbb\xbf\r\n \r\nTitle\r\nCaf\xe9.\r\n";
  cr_assert_eq(from_text("a.b.txt", bytes, strlen(bytes)), STANCE_OK);
  cr_expect_str_eq(article.id, "a.b");
  cr_expect_null(article.date);
  cr_expect_str_eq(article.title, "Title");
  cr_expect_eq(memcmp(article.text, "Caf\xef\xbf\xbd.\n", article.text_length), 0);
  cr_expect_eq(repaired, 1);
}

Test(article, may_be_a_title_alone) {
  cr_assert_eq(from_text("-", "Title", 5), STANCE_OK);
  cr_expect_str_eq(article.id, "stdin");
  cr_expect_str_eq(article.title, "Title");
  cr_expect_eq(article.text_length, 0);
}

Test(article, refuses_what_is_no_text) {
  static const struct {
    const char *bytes;
    size_t length;
    const char *message;
  } samples[] = {
      {"", 0, "the file is empty; expected an article"},
      {"\xef\xbb\xbf", 3, "the file is empty; expected an article"},
      {"12 - 34\n...\n", 12, "no letter in the text; expected an article"},
      {"\x7f"
       "ELF\0\0",
       6, "binary data (a NUL at byte 5); expected UTF-8 text"},
  };
  for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
    cr_expect_eq(from_text("x.txt", samples[i].bytes, samples[i].length), STANCE_INPUT);
    cr_expect_str_eq(error.message, samples[i].message);
    cr_expect_str_eq(error.file, "x.txt");
  }
  cr_expect_eq(from_text("x.txt", "Ж", 2), STANCE_OK);
}

Test(article, reads_json) {
  cr_assert_eq(from_json("{\"id\":\"m1\",\"title\":\"T\",\"date\":\"2022-05-03T10:00:00Z\",\"outlet\":\"O\",\"url\":"
                         "\"u\",\"lang\":\"en\","
                         "\"text\":\"One.\\r\\nTwo.\",\"extra\":[1]}"),
               STANCE_OK);
  cr_expect_str_eq(article.id, "m1");
  cr_expect_str_eq(article.title, "T");
  cr_expect_str_eq(article.date, "2022-05-03T10:00:00Z");
  cr_expect_str_eq(article.outlet, "O");
  cr_expect_str_eq(article.url, "u");
  cr_expect_str_eq(article.lang, "en");
  cr_expect_str_eq(article.text, "One.\nTwo.");
  cr_expect_eq(article.text_length, 9);
  cr_assert_eq(from_json("{\"text\":\"Only text\"}"), STANCE_OK);
  cr_expect_str_eq(article.id, "a#7");
  cr_expect_null(article.title);
}

Test(article, refuses_json_without_text) {
  cr_expect_eq(from_json("{\"title\":\"T\"}"), STANCE_INPUT);
  cr_expect_str_eq(error.message, "the article has no \"text\"");
  cr_expect_eq(from_json("{\"text\":5}"), STANCE_INPUT);
  cr_expect_neq(strstr(error.message, "text"), NULL);
  cr_expect_eq(from_json("{\"text\":\"...\"}"), STANCE_INPUT);
  cr_expect_eq(from_json("[]"), STANCE_INPUT);
}

Test(article, parses_dates) {
  cr_expect_eq(stance_date_parse("2022-05-03"), 20220503);
  cr_expect_eq(stance_date_parse("2022-05-03T10:00:00Z"), 20220503);
  cr_expect_eq(stance_date_parse("2024-02-29-leap"), 20240229);
  static const char *const wrong[] = {"",           "2022",       "2022-5-3",   "2023-02-29", "1900-02-29",
                                      "2022-13-01", "2022-00-10", "2022-04-31", "2022-04-00", "2022-04-031",
                                      "22-04-03",   "2022/04/03", "0000-01-01", "abc"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
    cr_expect_eq(stance_date_parse(wrong[i]), 0, "%s", wrong[i]);
  cr_expect_eq(stance_date_parse(NULL), 0);
}

/* What both readers make of an object; "" where the plain one leaves it to the other. */
static const char *plain(const char *json) {
  static struct stance_article plain_article;
  char *exact = malloc(strlen(json)); /* the sanitizer watches its end */
  memcpy(exact, json, strlen(json));
  bool is_plain = stance_article_from_plain_json(exact, strlen(json), NULL, &arena, &plain_article);
  free(exact);
  if (!is_plain) return "";
  cr_assert_eq(from_json(json), STANCE_OK, "%s", json);
  const char *pairs[][2] = {{plain_article.id ? plain_article.id : "a#7", article.id},
                            {plain_article.title, article.title},
                            {plain_article.date, article.date},
                            {plain_article.outlet, article.outlet},
                            {plain_article.url, article.url},
                            {plain_article.lang, article.lang},
                            {plain_article.text, article.text}};
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    cr_assert_eq(!pairs[i][0], !pairs[i][1], "%s: %zu", json, i);
    if (pairs[i][0]) cr_assert_str_eq(pairs[i][0], pairs[i][1]);
  }
  cr_assert_eq(plain_article.text_length, article.text_length);
  return plain_article.text;
}

Test(article, reads_plain_json_as_a_parser_does) {
  cr_expect_str_eq(plain("{\"text\":\"One.\"}"), "One.");
  cr_expect_str_eq(plain(" {\"id\" : \"a\", \"title\":\"\", \"words\": 512,\"by\":null , \"text\": \"One.\"} \n"),
                   "One.");
  cr_expect_str_eq(plain("{\"text\":\"\\\"q\\\" \\\\ \\/ \\b\\f\\n\\r\\t \\u00e9\\u20AC\\ud83d\\ude00\"}"),
                   "\"q\" \\ / \b\f\n\n\t \xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
  cr_expect_str_eq(plain("{\"text\":\"a\\r\\nb\",\"id\":\"\"}"), "a\nb");
  cr_expect_str_eq(plain("{\"text\":\"\\ufeffa\"}"), "a");
  cr_expect_str_eq(plain("{\"text\":\"first\",\"text\":\"second\",\"text\":5}"), "first");
  cr_expect_str_eq(plain("{\"id\":null,\"id\":\"x\",\"text\":\"a\"}"), "a");
  cr_expect_str_eq(plain("{\"text\":\"sixteen bytes in\\nsixteen bytes behind, and some more\"}"),
                   "sixteen bytes in\nsixteen bytes behind, and some more");
}

Test(article, leaves_all_else_to_the_parser) {
  static const char *const samples[] = {"",
                                        "{",
                                        "{}",
                                        "[]",
                                        "\"text\"",
                                        "{\"text\"",
                                        "{\"text\":",
                                        "{\"text\":\"a",
                                        "{\"text\":\"a\"",
                                        "{\"text\":\"a\",}",
                                        "{\"text\":\"a\"}}",
                                        "{\"text\":\"a\"} x",
                                        "{\"text\":5}",
                                        "{\"text\":null}",
                                        "{\"text\":\"1\"}",
                                        "{\"id\":5,\"text\":\"a\"}",
                                        "{\"n\":[1],\"text\":\"a\"}",
                                        "{\"n\":{},\"text\":\"a\"}",
                                        "{\"n\":true,\"text\":\"a\"}",
                                        "{\"n\":-1.5,\"text\":\"a\"}",
                                        "{\"n\":1234567890123456789,\"text\":\"a\"}",
                                        "{\"text\":\"a\\x\"}",
                                        "{\"text\":\"a\\",
                                        "{\"text\":\"a\\u00\"}",
                                        "{\"text\":\"a\\u0000\"}",
                                        "{\"text\":\"a\\ud83d\"}",
                                        "{\"text\":\"a\\ud83d\\u0041\"}",
                                        "{\"text\":\"a\\ude00\"}",
                                        "{\"text\":\"a\\u12",
                                        "{\"text\":\"a\" \"id\":\"b\"}",
                                        "{,\"text\":\"a\"}",
                                        "{text:\"a\"}"};
  for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
    cr_expect_str_eq(plain(samples[i]), "", "%s", samples[i]);
}

Test(article, takes_a_whole_number_as_id) {
  cr_assert_eq(from_json("{\"id\":1234567890123,\"text\":\"Mali left.\"}"), STANCE_OK);
  cr_expect_str_eq(article.id, "1234567890123");
  cr_assert_eq(from_json("{\"id\":-5,\"text\":\"Mali left.\"}"), STANCE_OK);
  cr_expect_str_eq(article.id, "-5");
  cr_expect_eq(from_json("{\"id\":1.5,\"text\":\"Mali left.\"}"), STANCE_INPUT);
  cr_expect_eq(from_json("{\"id\":1e300,\"text\":\"Mali left.\"}"), STANCE_INPUT);
  stance_arena_free(&arena);
}
