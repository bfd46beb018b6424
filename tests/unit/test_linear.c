/* SPDX-License-Identifier: MIT
 * Time grows with the text and not with its square, whatever the text: sentences, tokens, mentions and references of texts that repeat one unit,
 * as one sentence and as many. */
#include <time.h>

#include "actor_text.h"

static struct stance_text_matcher *matcher;
static struct stance_arena arena;

/* Processor seconds for about `size` bytes of the unit. */
static double seconds_of(const char *unit, size_t size, const struct stance_gazetteer *gazetteer) {
  struct stance_buffer text = {0};
  struct stance_document document = {0};
  struct stance_error error;
  struct timespec start, end;
  while (text.length < size) stance_buffer_puts(&text, unit);
  const struct stance_article article = {.id = "a", .text = text.data, .text_length = text.length};
  stance_arena_reset(&arena);
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
  cr_assert_eq(stance_sentences_find(matcher, &arena, &article, &document, &error), STANCE_OK);
  cr_assert_eq(stance_tokens_find(matcher, &arena, &document, &error), STANCE_OK);
  cr_assert_eq(stance_mentions_find(gazetteer, &arena, &document, true, &error), STANCE_OK);
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
  stance_buffer_free(&text);
  return (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
}

static const char *const units[] = {"a-",
                                    "a'",
                                    "a",
                                    "a.",
                                    "1-",
                                    "1,",
                                    "1.",
                                    "_-",
                                    "$1,",
                                    "@a",
                                    "a@",
                                    "#a",
                                    "http://a",
                                    "www.",
                                    "\xc3\xa9-",
                                    "\xcc\x81",
                                    "\xe2\x80\x8d",
                                    "\xf0\x9f\x91\xa8\xe2\x80\x8d",
                                    "\xe4\xb8\xad",
                                    "\x01",
                                    "-",
                                    "'",
                                    "\"",
                                    ". ",
                                    "? ",
                                    "\n",
                                    " ",
                                    "\t",
                                    "(",
                                    "[1]",
                                    "1. ",
                                    "A. ",
                                    "Mr. ",
                                    "U.S.",
                                    "\"a ",
                                    "\xe2\x80\x9c"
                                    "a ",
                                    "\"x,\" said Mali. ",
                                    "he said that ",
                                    "Abc ",
                                    "Abc-",
                                    "the ",
                                    "of ",
                                    "of the ",
                                    "he ",
                                    "the junta ",
                                    "its former colony ",
                                    "president of ",
                                    "president of Mali ",
                                    "President Mr. ",
                                    "Mali ",
                                    "Mali, ",
                                    "Mali-",
                                    "Mali's ",
                                    "Mali and ",
                                    "Mali Republic of ",
                                    "Assimi Goita. Goita said ",
                                    "Mali attacked France ",
                                    "was attacked by Mali ",
                                    "May 3, 2022 ",
                                    "s' ",
                                    "' "};

/* Of a megabyte: fast enough that it cannot have taken the square; or it takes less than half of the square's growth in one of a few tries, since a
 * busy machine counts against a thread too. */
static bool is_linear(const char *unit, const struct stance_gazetteer *gazetteer) {
  enum { SIZE = 1000 * 1000, TRIES = 4 };
  double whole = 0, quarter = 0;
  for (int i = 0; i < TRIES; i++) {
    whole = seconds_of(unit, SIZE, gazetteer);
    if (whole < 0.2) return true;
    quarter = seconds_of(unit, SIZE / 4, gazetteer);
    if (whole < quarter * 8) return true;
  }
  fprintf(stderr, "%s: %.3f s, %.3f s\n", unit, quarter, whole);
  return false;
}

Test(linear, whatever_the_text, .timeout = 500) {
  struct stance_error error;
  cr_assert_eq(stance_text_matcher_new(&matcher, &error), STANCE_OK);
  const struct stance_gazetteer *gazetteer = actor_shipped();
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) cr_expect(is_linear(units[i], gazetteer), "%s", units[i]);
  stance_text_matcher_destroy(matcher);
  stance_arena_free(&arena);
}
