/* SPDX-License-Identifier: MIT
 * Both ways of taking a stored prediction apart give the same; what one refuses the other reads or refuses with a reason. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "classify/prediction_line.h"

static const char *const keep[] = {"desk", "section"};

#define START "{\"article\":\"a/1\",\"date\":\"2022-05-03\",\"desk\":\"world\",\"sentence\":3,\"text\":"
#define END                                                                                                            \
  ",\"source\":\"MLI\",\"target\":\"FRA\",\"target_affiliation\":\"EU\",\"mentions\":[{\"actor\":\"MLI\",\"start\":0," \
  "\"end\":4},{\"actor\":\"FRA\",\"start\":10,\"end\":12,\"implicit\":true}],\"head\":\"stance\",\"label\":"           \
  "\"hostile\",\"p\":{\"hostile\":0.9100,\"neutral\":0.0700,\"friendly\":0.0200},\"score\":-0.8900}"

static bool is_equal(const struct prediction_text *a, const struct prediction_text *b) {
  return !a->at == !b->at && a->length == b->length && (!a->at || memcmp(a->at, b->at, a->length) == 0);
}

static void expect_same(const char *line) {
  struct stance_arena arena = {0};
  struct stance_error error = {0};
  struct prediction_line a, b;
  size_t length = strlen(line);
  cr_assert(prediction_line_read(line, length, keep, 2, &arena, &a), "%s", line);
  cr_assert_eq(prediction_line_parse(line, length, "f", 1, keep, 2, &arena, &b, &error), STANCE_OK, "%s",
               error.message);
  const struct prediction_text *const xs[] = {&a.article,
                                              &a.date,
                                              &a.outlet,
                                              &a.text,
                                              &a.source,
                                              &a.target,
                                              &a.mentions,
                                              &a.head,
                                              &a.label,
                                              &a.source_affiliation,
                                              &a.target_affiliation,
                                              &a.kept[0],
                                              &a.kept[1]};
  const struct prediction_text *const ys[] = {&b.article,
                                              &b.date,
                                              &b.outlet,
                                              &b.text,
                                              &b.source,
                                              &b.target,
                                              &b.mentions,
                                              &b.head,
                                              &b.label,
                                              &b.source_affiliation,
                                              &b.target_affiliation,
                                              &b.kept[0],
                                              &b.kept[1]};
  for (size_t i = 0; i < sizeof xs / sizeof *xs; i++) cr_expect(is_equal(xs[i], ys[i]), "text %zu of %s", i, line);
  cr_expect_eq(a.share_count, b.share_count);
  for (size_t i = 0; i < a.share_count; i++) {
    cr_expect(is_equal(&a.share_names[i], &b.share_names[i]));
    cr_expect(a.shares[i] == b.shares[i]);
  }
  cr_expect(a.sentence == b.sentence && a.score == b.score);
  stance_arena_free(&arena);
}

Test(prediction_line, both_ways_give_the_same) {
  expect_same(START "\"Mali left.\"" END);
  expect_same(START "\"\"" END);
  expect_same(START "\"\\\"Out\\\", it said: \\\\ and \\/ and \\n\\t\\b\\f\\r.\"" END);
  expect_same(START "\"ends in a slash \\\\\"" END);
  expect_same(
      "{\"article\":\"a\",\"sentence\":0,\"head\":\"sentiment\",\"label\":\"x\",\"p\":{\"x\":1.0000},\"score\":0}");
  expect_same(
      "{\"article\":\"a\",\"sentence\":12,\"text\":\"Ça\",\"mentions\":[],\"head\":\"h\",\"label\":\"x\",\"p\":"
      "{\"x\":0.3333,\"y\":0.6667},\"score\":1.0000}");
}

Test(prediction_line, others_are_left_to_the_parser) {
  static const char *const lines[] = {
      START "\"\\u00e9\"" END, /* an escape that is not one letter */
      "{\"sentence\":3,\"article\":\"a\",\"head\":\"h\",\"label\":\"x\",\"p\":{\"x\":1},\"score\":0}", /* another order */
      "{ \"article\":\"a\",\"sentence\":0,\"head\":\"h\",\"label\":\"x\",\"p\":{\"x\":1},\"score\":0}",
      "{\"article\":\"a\",\"sentence\":1e0,\"head\":\"h\",\"label\":\"x\",\"p\":{\"x\":1},\"score\":0}",
      "{\"article\":\"a\",\"sentence\":0,\"head\":\"h\",\"label\":\"x\",\"p\":{\"x\":0.123456789},\"score\":0}",
      "{\"article\":\"a\",\"sentence\":0,\"head\":\"h\",\"label\":\"x\",\"p\":{\"x\":1},\"score\":0,\"why\":{}}",
  };
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    struct stance_arena arena = {0};
    struct stance_error error = {0};
    struct prediction_line read;
    size_t length = strlen(lines[i]);
    cr_expect_not(prediction_line_read(lines[i], length, keep, 2, &arena, &read), "%s", lines[i]);
    cr_expect_eq(prediction_line_parse(lines[i], length, "f", 1, keep, 2, &arena, &read, &error), STANCE_OK, "%s: %s",
                 lines[i], error.message);
    stance_arena_free(&arena);
  }
}

/* Every prefix, in memory of just its length: AddressSanitizer tells of a byte too far. */
Test(prediction_line, an_end_too_early_is_no_prediction) {
  static const char line[] = START "\"a \\\"b\\\" c\"" END;
  for (size_t length = 0; length < sizeof line - 1; length++) {
    struct stance_arena arena = {0};
    struct prediction_line read;
    char *cut = malloc(length + 1);
    memcpy(cut, line, length);
    cut = realloc(cut, length ? length : 1);
    cr_expect_not(prediction_line_read(cut, length, keep, 2, &arena, &read));
    free(cut);
    stance_arena_free(&arena);
  }
}
